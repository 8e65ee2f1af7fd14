// How far residuals scatter, and what that means for the estimates.

import Formulas

/// The noise of the residuals and the factor of the covariance: Cov = variance · (JᵀWJ)⁻¹.
///
/// Squared loss: s² = Σ w r²/(n − p). Huber: K²·[Σ w ψ²/(n − p)]/[mean ρ″]² with K = 1 + p/n·(1 − m)/m, m = mean ρ″
/// (Huber 1981, section 7.6, equation 6.5). Absolute and quantile: q(1 − q)/f(0)², f(0) the density of the residuals
/// at zero by a kernel of Hall and Sheather's (1988) width (Koenker 2005, section 3.4).
struct Spread {
    let noise: Double
    let variance: Double

    init(_ problem: Problem, _ residuals: [Double], _ parameters: Int) {
        let n = problem.observations
        let freedom = n - Double(parameters)
        let weights = problem.weights ?? Array(repeating: 1, count: residuals.count)
        var squares = 0.0
        for (r, w) in zip(residuals, weights) { squares += w * r * r }
        guard freedom > 0 else {
            noise = .nan
            variance = .nan
            return
        }
        let typical = 1.4826 * Self.median(residuals.map(\.magnitude))
        switch problem.loss {
        case .squared:
            variance = squares / freedom
            noise = variance.squareRoot()
        case .huber(let delta):
            var (psiSquares, curved) = (0.0, 0.0)
            for (r, w) in zip(residuals, weights) {
                let psi = min(max(r, -delta), delta)
                psiSquares += w * psi * psi
                if r.magnitude <= delta { curved += 1 }
            }
            // With a threshold far below the noise the share inside is the density at zero times 2δ: smooth it.
            let share = curved / Double(residuals.count)
            let smooth = 2 * delta * Self.density(residuals, q: 0.5)
            let m = delta < typical ? max(min(smooth, 1), 1e-12) : max(share, 1e-12)
            let correction = 1 + Double(parameters) / n * (1 - m) / m * (delta < typical ? 0 : 1)
            variance = correction * correction * (psiSquares / freedom) / (m * m)
            noise = typical
        case .absolute, .quantile:
            let q = if case .quantile(let q) = problem.loss { q } else { 0.5 }
            let height = Self.density(residuals, q: q)
            variance = q * (1 - q) / (height * height) * n / freedom
            noise = typical
        }
    }

    // The density of the residuals at their q-quantile, by the difference quotient of the empirical quantile function.
    private static func density(_ residuals: [Double], q: Double) -> Double {
        let sorted = residuals.sorted()
        let n = Double(sorted.count)
        // Hall & Sheather's width for a 95 % interval: n^(-1/3)·z^(2/3)·(1.5 φ(x)²/(2x² + 1))^(1/3), at q.
        let x = StudentT(degreesOfFreedom: .infinity).quantile(q)
        let phi = Elementary.exp(-x * x / 2) / (2 * Double.pi).squareRoot()
        let ratio = 1.5 * phi * phi / (2 * x * x + 1)
        let width = Elementary.power(1.959964 * 1.959964 * ratio / n, 1.0 / 3)
        let (low, high) = (max(q - width, 0.5 / n), min(q + width, 1 - 0.5 / n))
        let distance = quantile(sorted, high) - quantile(sorted, low)
        return distance > 0 ? (high - low) / distance : .infinity
    }

    private static func quantile(_ sorted: [Double], _ q: Double) -> Double {
        let position = q * Double(sorted.count) - 0.5
        let low = max(0, min(sorted.count - 1, Int(position.rounded(.down))))
        let high = min(sorted.count - 1, low + 1)
        let share = min(1, max(0, position - Double(low)))
        return sorted[low] + share * (sorted[high] - sorted[low])
    }

    private static func median(_ values: [Double]) -> Double {
        guard !values.isEmpty else { return 0 }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
