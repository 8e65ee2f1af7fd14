// How much each of several laws weighs in their average: settings learned on public learning curves.

import Fitting
import Formulas

/// Weights of laws from how well each extrapolated among the runs at hand, and among other people's.
///
///     w = blend · π + (1 − blend) · exp(−sharpness · S) / Σ exp(−sharpness · S)
///
/// S is the mean over cutoffs of the logarithm of a law's error in predicting the runs above, a cutoff with the share p
/// of the runs below it weighing p^nearness. π ∝ exp(−trust · S̄) with S̄ the mean logarithm of the law's error on
/// public curves, where that is known of every law; where not, equal weights of all
/// laws whose error is at most e times the least. Half of an equal or known weight keeps
/// one lucky cutoff from taking all.
public struct Averaging: Hashable, Sendable {
    public var blend: Double
    public var sharpness: Double
    public var nearness: Double
    public var trust: Double
    /// S̄ of laws by their ids.
    public var record: [String: Double]

    public init(blend: Double, sharpness: Double, nearness: Double, trust: Double, record: [String: Double]) {
        self.blend = blend
        self.sharpness = sharpness
        self.nearness = nearness
        self.trust = trust
        self.record = record
    }

    /// S of each law; nil where no cutoff is shared by all of them.
    ///
    /// - Parameters:
    ///   - backtests: one a law, of the same table.
    ///   - runs: of the whole table.
    public func scores(_ backtests: [[BacktestCutoff]], runs: Int) -> [Double]? {
        let shared = Self.shared(backtests)
        guard !shared.isEmpty else { return nil }
        return backtests.indices.map { law in
            var (sum, total) = (0.0, 0.0)
            for cutoffs in shared {
                let weight = Elementary.power(Double(cutoffs[law].runs) / Double(runs), nearness)
                sum += weight * Self.logError(cutoffs[law])
                total += weight
            }
            return sum / total
        }
    }

    /// The weights, in the order of the laws; they sum to 1.
    public func weights(_ ids: [String], scores: [Double]?) -> [Double] {
        let prior = prior(ids, scores)
        guard let scores else { return prior }
        let own = Self.softmax(scores.map { -sharpness * $0 })
        return zip(prior, own).map { blend * $0 + (1 - blend) * $1 }
    }

    // Where nothing is known beforehand, laws whose error is more than e times the best law's get no share of it.
    private func prior(_ ids: [String], _ scores: [Double]?) -> [Double] {
        let known = ids.compactMap { record[$0] }
        if known.count == ids.count { return Self.softmax(known.map { -trust * $0 }) }
        let least = scores?.min() ?? 0
        let isNear = ids.indices.map { (scores?[$0] ?? 0) <= least + 1 }
        let count = Double(isNear.count { $0 })
        return isNear.map { $0 ? 1 / count : 0 }
    }

    /// Cutoffs that every law has and whose runs every law predicts, one cutoff a law.
    static func shared(_ backtests: [[BacktestCutoff]]) -> [[BacktestCutoff]] {
        guard let first = backtests.first else { return [] }
        return first.compactMap { cutoff in
            let same = backtests.compactMap { other in
                other.first { $0.limit == cutoff.limit && $0.tests.count == cutoff.tests.count }
            }
            return same.count == backtests.count && !cutoff.tests.isEmpty ? same : nil
        }
    }

    /// ln of the root mean square of the residuals; nothing is better than a hundredth of a per cent.
    static func logError(_ cutoff: BacktestCutoff) -> Double {
        let squares = cutoff.tests.reduce(0) { $0 + $1.residual * $1.residual }
        return Elementary.ln(max((squares / Double(cutoff.tests.count)).squareRoot(), 1e-4))
    }

    private static func softmax(_ values: [Double]) -> [Double] {
        let top = values.max() ?? 0
        let powers = values.map { Elementary.exp($0 - top) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }
}

extension Averaging {
    /// Learned on 48 public learning curves (Alabdulmohsin et al. 2022) by the command `extrapolation --averaging`.
    public static let publicCurves = Averaging(
        blend: 0.5, sharpness: 3, nearness: 4, trust: 2,
        record: [
            "alabdulmohsin-2022-m1": -2.70, "alabdulmohsin-2022-m2": -3.51, "alabdulmohsin-2022-m3": -3.81,
            "alabdulmohsin-2022-m4": -4.11, "caballero-2022-1": -4.20,
        ])

    /// The cutoffs that a selection looks at.
    public static func plan(starts: Int? = nil, seed: UInt64 = 1) -> BacktestPlan {
        BacktestPlan(
            factors: [1.3, 1.5, 1.7, 2, 2.5, 3, 4, 6, 10], fewestRuns: 5, spareRuns: 1, fewestSizes: 2,
            starts: starts,
            seed: seed)
    }
}
