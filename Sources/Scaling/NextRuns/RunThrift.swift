// A batch without the runs that hardly tell: a budget's last hundredth buys dozens of tiny ones.

import Fitting
import Formulas

/// Of a batch, as few runs as leave an interval at most one part in a hundred wider than all of them would.
///
/// They are taken in the order of what each takes off the variance, whatever it costs, so that what tells most stands
/// first. What counts is t(ν + k) · √variance, since the noise of a ladder is learned from the ladder alone: a run may be
/// there for its degree of freedom.
struct RunThrift {
    private static let alike = 1.01

    /// - Parameters:
    ///   - batch: candidates, within the budget.
    ///   - degreesOfFreedom: before the first of them.
    static func kept(_ batch: [Int], _ belief: RunBelief, degreesOfFreedom: Double, level: Double) -> [Int] {
        var belief = belief.selecting(batch)
        func width(_ variance: Double, _ runs: Int) -> Double {
            let freedom = degreesOfFreedom + Double(runs)
            guard freedom > 0 else { return .infinity }
            return StudentT(degreesOfFreedom: freedom).quantile(0.5 + level / 2) * variance.squareRoot()
        }
        let aim = width(belief.total(withAll: batch.count), batch.count) * alike
        guard aim.isFinite else { return batch }
        var kept: [Int] = []
        var left = Array(batch.indices)
        while !left.isEmpty, kept.isEmpty || width(belief.total, kept.count) > aim {
            let gains = left.map { belief.gain($0) }
            let place = gains.indices.max { gains[$0] < gains[$1] } ?? 0
            let best = left.remove(at: place)
            belief.run(best)
            kept.append(batch[best])
        }
        return kept
    }
}
