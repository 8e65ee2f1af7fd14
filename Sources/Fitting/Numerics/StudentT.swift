// Quantiles of Student's t distribution, for intervals.

import Formulas

/// Student's t distribution with `degreesOfFreedom` > 0, or the normal distribution where they are infinite.
public struct StudentT: Sendable {
    public let degreesOfFreedom: Double

    public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    /// P(T ≤ t).
    public func probability(below t: Double) -> Double {
        if t == 0 { return 0.5 }
        if degreesOfFreedom > 1e7 {
            // Normal but for 1/ν² (Abramowitz & Stegun 26.7.8), which is rounding here.
            let z = t * (1 - 0.25 / degreesOfFreedom) / (1 + t * (t / (2 * degreesOfFreedom))).squareRoot()
            return 0.5 * Elementary.complementaryError(-z / 2.0.squareRoot())
        }
        let square = t * t
        if square == .infinity { return t > 0 ? 1 : 0 }
        let total = degreesOfFreedom + square
        let tail = 0.5 * Self.incompleteBeta(degreesOfFreedom / total, square / total, degreesOfFreedom / 2, 0.5)
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

    // The regularised incomplete beta function I_x(a, b) by its continued fraction (Lentz's method), given y = 1 − x
    // with the digits that the difference would lose.
    static func incompleteBeta(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if y <= 0 { return 1 }
        // The logarithm of the larger share from the smaller one.
        let (first, second) =
            x < y ? (Elementary.ln(x), Elementary.log1p(-x)) : (Elementary.log1p(-y), Elementary.ln(y))
        let front = Elementary.exp(logGammaRatio(a, b) - Elementary.logGamma(b) + a * first + b * second)
        if y < (b + 1) / (a + b + 2) { return 1 - front * continuedFraction(y, b, a) / b }
        return front * continuedFraction(x, a, b) / a
    }

    // ln Γ(a + b) − ln Γ(a). For a large one, the difference of two large numbers keeps no digits; with b = ½, the only
    // one asked for then, its asymptotic series does (Abramowitz & Stegun 6.1.47).
    private static func logGammaRatio(_ a: Double, _ b: Double) -> Double {
        if a < 50 || b != 0.5 { return Elementary.logGamma(a + b) - Elementary.logGamma(a) }
        let square = 1 / (a * a)
        return 0.5 * Elementary.ln(a) - (1.0 / 8 - square * (1.0 / 192 - square * (1.0 / 640 - square * 17 / 14_336)))
            / a
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
