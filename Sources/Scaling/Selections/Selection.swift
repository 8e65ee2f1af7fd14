// Which of several laws, by how well each extrapolates, and their average.

import Fitting
import Formulas

/// Laws that were fitted to the same runs, ranked by their skill at predicting larger runs from smaller ones.
public struct Selection: Sendable {
    /// What is said of one law.
    public struct Rank: Sendable {
        public let candidate: Candidate
        /// The geometric mean over shared cutoffs of the error in predicting the runs above; nil without any.
        public let error: Double?
        /// ln of that error less the best law's, and its standard error, paired by cutoff; nil for the best.
        public let behind: Double?
        public let standardError: Double?
        /// In the average.
        public let weight: Double
    }

    /// Best first.
    public let ranks: [Rank]
    /// How many cutoffs all laws share.
    public let cutoffs: Int

    /// Ranks laws.
    ///
    /// - Parameter candidates: fitted to the same table with the same residual; at least one.
    public init(_ candidates: [Candidate], averaging: Averaging = .publicCurves) {
        let runs = candidates.map { $0.fit.problem.response.count }.max() ?? 0
        let backtests = candidates.map(\.cutoffs)
        let scores = averaging.scores(backtests, runs: runs)
        let weights = averaging.weights(candidates.map(\.name), scores: scores)
        let shared = Averaging.shared(backtests)
        cutoffs = shared.count
        let order = candidates.indices.sorted { a, b in
            guard let scores else { return candidates[a].correctedAkaike < candidates[b].correctedAkaike }
            return scores[a] < scores[b]
        }
        let best = order.first ?? 0
        ranks = order.map { place in
            let differences = shared.map { Averaging.logError($0[place]) - Averaging.logError($0[best]) }
            let shares = shared.map { Elementary.power(Double($0[best].runs) / Double(runs), averaging.nearness) }
            let paired = Self.mean(differences, shares)
            return Rank(
                candidate: candidates[place], error: scores.map { Elementary.exp($0[place]) },
                behind: place == best || scores == nil ? nil : paired.mean,
                standardError: place == best ? nil : paired.error, weight: weights[place])
        }
    }

    /// The laws that the best one is not ahead of by two standard errors.
    ///
    /// Cutoffs share runs, so that the standard error is rather too small than too large.
    public var undecided: [Rank] {
        ranks.dropFirst().filter { rank in
            guard let behind = rank.behind, let error = rank.standardError else { return true }
            // Rounding is no lead: one law written in two ways is one law.
            return behind < max(2 * error, 1e-6)
        }
    }

    // A weighted mean and its standard error; none of fewer than three.
    private static func mean(_ values: [Double], _ weights: [Double]) -> (mean: Double, error: Double?) {
        let total = weights.reduce(0, +)
        guard total > 0 else { return (0, nil) }
        let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        guard values.count > 2 else { return (mean, nil) }
        let squares = zip(values, weights).reduce(0) { sum, pair in
            sum + pair.1 * pair.1 * (pair.0 - mean) * (pair.0 - mean)
        }
        let shrink = Double(values.count) / Double(values.count - 1)
        return (mean, (shrink * squares).squareRoot() / total)
    }
}
