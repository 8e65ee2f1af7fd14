// Quantiles of Student's t distribution, for intervals.

import Formulas

/// Student's t distribution with `degreesOfFreedom` > 0, or the normal distribution where they are infinite.
public struct StudentT: Sendable {
    public let degreesOfFreedom: Double

    public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    /// P(T ≤ t).
    public func probability(below t: Double) -> Double {
        if t == 0 { return 0.5 }
        if degreesOfFreedom == .infinity { return 0.5 * Elementary.complementaryError(-t / 2.0.squareRoot()) }
        let x = degreesOfFreedom / (degreesOfFreedom + t * t)
        let tail = 0.5 * Self.incompleteBeta(x, degreesOfFreedom / 2, 0.5)
        return t > 0 ? 1 - tail : tail
    }

    /// The t with P(T ≤ t) = p, for 0 < p < 1; found by bisection to full precision.
    public func quantile(_ p: Double) -> Double {
        precondition(p > 0 && p < 1, "a quantile needs a probability between 0 and 1")
        if p < 0.5 { return -quantile(1 - p) }
        if p == 0.5 { return 0 }
        // Work on the tail, which keeps its digits where p is near 1.
        let tail = 1 - p
        func above(_ t: Double) -> Double { probability(below: -t) }
        var (low, high) = (0.0, 2.0)
        while above(high) > tail, high < 1e300 { high *= 2 }
        for _ in 0..<2_000 {
            let middle = low + (high - low) / 2
            if middle == low || middle == high { break }
            if above(middle) > tail { low = middle } else { high = middle }
        }
        return high
    }

    // The regularised incomplete beta function by its continued fraction (Lentz's method).
    private static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let front = Elementary.exp(
            Elementary.logGamma(a + b) - Elementary.logGamma(a) - Elementary.logGamma(b) + a * Elementary.ln(x)
                + b * Elementary.log1p(-x))
        if x > (a + 1) / (a + b + 2) { return 1 - front * continuedFraction(1 - x, b, a) / b }
        return front * continuedFraction(x, a, b) / a
    }

    private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d = 1 - (a + b) * x / (a + 1)
        d = 1 / (d.magnitude < tiny ? tiny : d)
        var result = d
        for step in 1...10_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 + even * d
            c = 1 + even / c
            d = 1 / (d.magnitude < tiny ? tiny : d)
            c = c.magnitude < tiny ? tiny : c
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 + odd * d
            c = 1 + odd / c
            d = 1 / (d.magnitude < tiny ? tiny : d)
            c = c.magnitude < tiny ? tiny : c
            let factor = d * c
            result *= factor
            if (factor - 1).magnitude < 1e-16 { break }
        }
        return result
    }
}
