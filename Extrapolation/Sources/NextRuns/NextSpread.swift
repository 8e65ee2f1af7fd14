// How sure a ratio of computes is: a few of many worlds decide a root mean square.

import Fitting
import Formulas

/// The central 80 % of each policy's compute by that of the better baseline, over worlds drawn anew from those at hand.
///
/// Worlds are drawn with all their paths, so that what is common to all policies cancels; the full pool's error, which sets the
/// limit, is drawn with them.
struct NextSpread {
    /// By world: the error of the full pool's fit.
    let whole: [Double]
    let total: Double
    /// By policy and world.
    let paths: [[RunPath]]
    /// Places among the policies.
    let baselines: [Int]

    private static let resamples = 200

    func central() -> [ClosedRange<Double>] {
        var random = RandomSource(seed: 1)
        let ratios = (0..<Self.resamples).map { _ in
            let drawn = whole.indices.map { _ in random.index(below: whole.count) }
            let limit = 2 * Self.root(drawn.map { whole[$0] })
            let shares = paths.map { own in RunPath.compute(drawn.map { own[$0] }, total: total, limit: limit) }
            let best = baselines.map { shares[$0] }.min() ?? .nan
            return shares.map { $0 / best }
        }
        return paths.indices.map { policy in
            let sorted = ratios.map { $0[policy] }.sorted()
            return sorted[sorted.count / 10]...sorted[sorted.count - 1 - sorted.count / 10]
        }
    }

    static func root(_ values: [Double]) -> Double {
        (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
    }
}
