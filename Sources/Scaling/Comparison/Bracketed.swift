// Numbers with intervals from draws of which a few runs decide most.

import Fitting
import Formulas

/// A number with its interval.
public struct Bracketed: Hashable, Sendable {
    public let value: Double
    public let interval: ConfidenceInterval

    init(value: Double, interval: ConfidenceInterval) {
        (self.value, self.interval) = (value, interval)
    }

    /// The estimate, which comes first, with an interval of the draws behind it.
    ///
    /// Percentiles, expanded for the degrees of freedom. Where a few signs decide a number, its draws have short tails,
    /// and percentiles end too soon: the interval is then stretched about the estimate until it is as wide as that of
    /// Student's t times the standard deviation of the draws. Draws of which some are infinite are left as they are.
    init(_ values: [Double], _ level: Double, _ freedom: DrawnFreedom) {
        let drawn = Array(values.dropFirst())
        let distribution = DrawnDistribution(drawn, estimate: values[0])
        value = values[0]
        guard freedom.value > 0, !drawn.isEmpty else {
            interval = ConfidenceInterval(lower: .unbounded, upper: .unbounded, level: level)
            return
        }
        let t = StudentT(degreesOfFreedom: freedom.value).quantile((1 + level) / 2)
        let tail = StudentT(degreesOfFreedom: .infinity).probability(below: -t)
        var (low, high) = (distribution.quantile(tail), distribution.quantile(1 - tail))
        let wanted = 2 * t * distribution.standardError
        if low.isFinite, high.isFinite, high - low < wanted, low <= value, value <= high, high > low {
            let stretch = wanted / (high - low)
            (low, high) = (value - stretch * (value - low), value + stretch * (high - value))
        }
        interval = ConfidenceInterval(
            lower: low.isFinite ? .at(low) : .unbounded, upper: high.isFinite ? .at(high) : .unbounded, level: level)
    }
}

/// How many degrees of freedom the spread of some draws has.
///
/// A number that is Σ aᵢ vᵢ with independent signs vᵢ has the kurtosis 3 − (3 − E v⁴) q with q = Σ aᵢ⁴/(Σ aᵢ²)²: near 0
/// where many runs decide it, 1 where one does. Its variance, Σ aᵢ², has about 3/q − 2 degrees of freedom (Welch 1947 and
/// Satterthwaite 1946, with the fourth moments of normal noise), far fewer than the fit where a target lies at a corner of
/// the design.
struct DrawnFreedom {
    let value: Double

    /// - Parameters:
    ///   - values: the estimate, then the draws.
    ///   - most: the degrees of freedom of the fit.
    init(_ values: [Double], _ joint: JointLaw, _ most: Double) {
        self.init(Array(values.dropFirst()), fourthMoment: joint.fourthMoment, most: most)
    }

    /// - Parameter fourthMoment: E v⁴ of the factors that were drawn.
    init(_ draws: [Double], fourthMoment: Double, most: Double) {
        guard draws.count >= 100, draws.allSatisfy(\.isFinite) else {
            value = most
            return
        }
        let mean = draws.reduce(0, +) / Double(draws.count)
        let (second, fourth) = draws.reduce((0.0, 0.0)) { sums, draw in
            let square = (draw - mean) * (draw - mean)
            return (sums.0 + square, sums.1 + square * square)
        }
        let kurtosis = Double(draws.count) * fourth / (second * second)
        let share = (3 - kurtosis) / (3 - fourthMoment)
        value = share > 0 ? min(most, max(2, 3 / share - 2)) : most
    }
}
