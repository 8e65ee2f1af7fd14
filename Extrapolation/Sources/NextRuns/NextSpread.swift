// How sure a ratio of computes is: two hundred worlds have a few that decide a root mean square.

import Fitting
import Formulas
import Scaling

/// The central 80 % of a policy's compute by that of the better baseline, over worlds drawn anew from those at hand.
///
/// Worlds are drawn with all their paths, so that what is common to all policies cancels; the full pool's error, which sets the
/// limit, is drawn with them.
struct NextSpread {
    /// By world: the error of the full pool's fit.
    let whole: [Double]
    let total: Double
    /// By policy and world; the two baselines.
    let paths: [[RunPath]]
    let baselines: [Int]
    /// By budget, the largest first: its share of `total`, and by world the error of what was bought with it.
    let told: [(share: Double, errors: [Double])]

    private static let resamples = 200

    /// Of the first policy, told the budget and not.
    func central() -> (told: ClosedRange<Double>, first: ClosedRange<Double>) {
        var random = RandomSource(seed: 1)
        var (byTold, byFirst): ([Double], [Double]) = ([], [])
        for _ in 0..<Self.resamples {
            let drawn = whole.indices.map { _ in random.index(below: whole.count) }
            let limit = 2 * Self.root(drawn.map { whole[$0] })
            func share(_ policy: Int) -> Double {
                RunPath.compute(drawn.map { paths[policy][$0] }, total: total, limit: limit)
            }
            let best = baselines.map(share).min() ?? .nan
            byFirst.append(share(0) / best)
            byTold.append(Self.least(told, limit, drawn) / best)
        }
        return (Self.middle(byTold), Self.middle(byFirst))
    }

    /// The least budget from which on errors stay within `limit`; 1 where the largest does not do.
    static func least(_ told: [(share: Double, errors: [Double])], _ limit: Double, _ worlds: [Int]) -> Double {
        told.prefix { budget in root(worlds.map { budget.errors[$0] }) <= limit }.last?.share ?? 1
    }

    static func root(_ values: [Double]) -> Double {
        (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
    }

    private static func middle(_ values: [Double]) -> ClosedRange<Double> {
        let sorted = values.sorted()
        return sorted[sorted.count / 10]...sorted[sorted.count - 1 - sorted.count / 10]
    }
}
