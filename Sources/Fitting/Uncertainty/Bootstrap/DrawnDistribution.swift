// Intervals from draws.

import Formulas

/// The draws of one number, in order, with its estimate.
public struct DrawnDistribution: Sendable {
    /// In ascending order; infinite ones count, undefined ones do not.
    public let values: [Double]
    public let estimate: Double
    /// Draws at which the number is undefined.
    public let undefined: Int

    public init(_ values: [Double], estimate: Double) {
        let defined = values.filter { !$0.isNaN }
        self.values = defined.sorted()
        self.estimate = estimate
        undefined = values.count - defined.count
    }

    /// The standard deviation of the draws, NaN for fewer than two.
    public var standardError: Double {
        guard values.count > 1 else { return .nan }
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count - 1)).squareRoot()
    }

    /// The p-quantile, 0 ≤ p ≤ 1, between neighbours in proportion (Hyndman & Fan 1996, type 7); NaN without draws.
    public func quantile(_ p: Double) -> Double {
        guard let last = values.last else { return .nan }
        let position = min(max(p, 0), 1) * Double(values.count - 1)
        let low = Int(position)
        if low + 1 >= values.count { return last }
        let (a, b, share) = (values[low], values[low + 1], position - Double(low))
        if share == 0 || a == b { return a }
        if a.isFinite, b.isFinite { return a + share * (b - a) }
        return share < 0.5 ? a : b
    }

    /// From the quantile (1 − level)/2 of the draws to that of (1 + level)/2.
    ///
    /// - Precondition: 0 < level < 1.
    public func percentileInterval(level: Double) -> ConfidenceInterval {
        interval(quantile((1 - level) / 2), quantile((1 + level) / 2), level)
    }

    /// The percentile interval at the levels where the normal distribution has the quantiles of Student's t: the widening
    /// that an estimated noise asks for, without which intervals of few runs are too short (Hesterberg 2015, section
    /// 4.3: the expanded percentile interval). With t the quantile of level, the ends are at Φ(±t).
    ///
    /// - Parameter degreesOfFreedom: observations less parameters, or clusters less one.
    /// - Precondition: 0 < level < 1, degreesOfFreedom > 0.
    public func expandedInterval(level: Double, degreesOfFreedom: Double) -> ConfidenceInterval {
        let t = StudentT(degreesOfFreedom: degreesOfFreedom).quantile((1 + level) / 2)
        let tail = StudentT(degreesOfFreedom: .infinity).probability(below: -t)
        return interval(quantile(tail), quantile(1 - tail), level)
    }

    /// The percentile interval mirrored at the estimate: 2θ̂ − q (the reverse percentile).
    ///
    /// - Precondition: 0 < level < 1.
    public func basicInterval(level: Double) -> ConfidenceInterval {
        interval(
            2 * estimate - quantile((1 + level) / 2), 2 * estimate - quantile((1 - level) / 2), level)
    }

    /// The percentile interval at levels shifted by the share of the draws below the estimate (Efron 1981): with
    /// z₀ = Φ⁻¹(share), the ends are the quantiles Φ(2z₀ ± z).
    ///
    /// Unbounded where all draws lie on one side of the estimate: nothing then tells the shift.
    ///
    /// - Precondition: 0 < level < 1.
    public func biasCorrectedInterval(level: Double) -> ConfidenceInterval {
        let normal = StudentT(degreesOfFreedom: .infinity)
        let below = values.count { $0 < estimate }
        let equal = values.count { $0 == estimate }
        let share = (Double(below) + 0.5 * Double(equal)) / Double(values.count)
        guard share > 0, share < 1 else { return interval(.nan, .nan, level) }
        let (shift, z) = (2 * normal.quantile(share), normal.quantile((1 + level) / 2))
        return interval(
            quantile(normal.probability(below: shift - z)), quantile(normal.probability(below: shift + z)), level)
    }

    // Where the objective of a replicate falls along a parameter without end, its refit ends where that no longer
    // matters, at 1e10 times the estimate or so. Such a draw stands for infinity.
    private static let endless = 1e6

    private func interval(_ low: Double, _ high: Double, _ level: Double) -> ConfidenceInterval {
        precondition(level > 0 && level < 1, "a level lies between 0 and 1")
        let size = max(estimate.magnitude, quantile(0.5).magnitude)
        func end(_ value: Double) -> ConfidenceInterval.End {
            (size > 0 ? value.magnitude <= Self.endless * size : value.isFinite) ? .at(value) : .unbounded
        }
        return ConfidenceInterval(lower: end(low), upper: end(high), level: level)
    }
}
