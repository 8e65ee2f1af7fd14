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
    /// Half the distance between the quantiles that the density at zero is measured by; nil for squared loss and for
    /// a Huber threshold that no residual exceeds, which is the same.
    var halfWidth: Double?
    /// What share of the density over a Huber threshold, or at the corner of a loss, the mean over that width is.
    var smoothing = 1.0
    /// φ: the objective divided by it acts like minus the logarithm of a likelihood, to second order. For squared loss
    /// 2 s².
    var dispersion = Double.nan

    /// - Parameter parameters: how many the data determine; with priors that is less than their number.
    init(_ problem: Problem, _ residuals: [Double], _ parameters: Double) {
        let n = problem.observations
        let freedom = n - parameters
        guard freedom > 0 else {
            noise = .nan
            variance = .nan
            return
        }
        func weight(_ row: Int) -> Double { problem.weights?[row] ?? 1 }
        // A frequency counts as so many equal residuals. A precision has no unit: only its ratio to the mean one counts.
        let frequencies = problem.weightMeaning == .frequency ? problem.weights : nil
        let unit =
            problem.weightMeaning == .frequency
            ? 1 : (problem.weights?.reduce(0, +)).map { $0 / Double(residuals.count) } ?? 1
        let typical = 1.4826 * Sample(residuals.map(\.magnitude), frequencies).quantile(0.5)
        switch problem.loss {
        case .squared:
            var squares = 0.0
            for (row, r) in residuals.enumerated() { squares += weight(row) * r * r }
            variance = squares / freedom
            noise = variance.squareRoot()
            dispersion = 2 * variance
        case .huber(let delta):
            var (psiSquares, inside) = (0.0, 0.0)
            for (row, r) in residuals.enumerated() {
                let psi = min(max(r, -delta), delta)
                psiSquares += weight(row) * psi * psi
                if r.magnitude <= delta { inside += frequencies?[row] ?? 1 }
            }
            // With a threshold far below the noise the share inside is the density at zero times 2δ: smooth it.
            let sample = Sample(residuals, frequencies)
            if residuals.contains(where: { $0.magnitude > delta }) {
                halfWidth = sample.halfWidth(0.5)
                smoothing = sample.smoothing(0.5, threshold: delta)
            }
            let smooth = 2 * delta * sample.density(0.5)
            let m = delta < typical ? max(min(smooth, 1), 1e-12) : max(inside / n, 1e-12)
            let correction = 1 + parameters / n * (1 - m) / m * (delta < typical ? 0 : 1)
            variance = correction * correction * (psiSquares / freedom) / (m * m)
            dispersion = variance * m
            noise = typical
        case .absolute, .quantile:
            let q = if case .quantile(let q) = problem.loss { q } else { 0.5 }
            let sample = Sample(residuals, frequencies)
            halfWidth = sample.halfWidth(q)
            smoothing = sample.smoothing(q, threshold: 0)
            let height = sample.density(q)
            variance = unit * q * (1 - q) / (height * height) * n / freedom
            dispersion = variance * height
            noise = typical
        }
    }
}

extension Spread {
    /// That of the response around its median, for a start where the formula leaves no residuals.
    static func ofResponse(_ problem: Problem) -> Spread {
        let middle = Sample(problem.response, nil).quantile(0.5)
        let size = max(middle.magnitude, 1) * 1e-6
        // Never quite zero, or a prior would weigh nothing.
        return Spread(problem, problem.response.enumerated().map { $1 - middle + ($0 % 2 == 0 ? size : -size) }, 0)
    }
}

/// Residuals in order, each standing for as many as its frequency says.
private struct Sample {
    private let sorted: [Double]
    /// How many residuals stand before the end of each; nil where every frequency is 1.
    private let ends: [Double]?
    private let count: Double

    init(_ residuals: consuming [Double], _ frequencies: [Double]?) {
        guard let frequencies else {
            // Consumed, so that a million residuals that nobody else holds are sorted in place.
            count = Double(residuals.count)
            residuals.sort()
            sorted = residuals
            ends = nil
            return
        }
        let residuals = residuals
        let order = residuals.indices.sorted { residuals[$0] < residuals[$1] }
        sorted = order.map { residuals[$0] }
        var total = 0.0
        ends = order.map {
            total += frequencies[$0]
            return total
        }
        count = total
    }

    /// The density at the q-quantile, by the difference quotient of the empirical quantile function.
    func density(_ q: Double) -> Double {
        let (share, distance) = neighbourhood(q)
        return distance > 0 ? share / distance : .infinity
    }

    /// Half the distance over which that quotient is taken.
    func halfWidth(_ q: Double) -> Double { neighbourhood(q).distance / 2 }

    private func neighbourhood(_ q: Double) -> (share: Double, distance: Double) {
        let (low, high) = limits(q)
        return (high - low, quantile(high) - quantile(low))
    }

    // Hall & Sheather's width for a 95 % interval: n^(-1/3)·z^(2/3)·(1.5 φ(x)²/(2x² + 1))^(1/3), at q.
    private func limits(_ q: Double) -> (low: Double, high: Double) {
        let x = StudentT(degreesOfFreedom: .infinity).quantile(q)
        let phi = Self.normalDensity(x)
        let ratio = 1.5 * phi * phi / (2 * x * x + 1)
        let width = Elementary.power(1.959964 * 1.959964 * ratio / count, 1.0 / 3)
        return (max(q - width, 0.5 / count), min(q + width, 1 - 0.5 / count))
    }

    private static func normalDensity(_ x: Double) -> Double {
        Elementary.exp(-x * x / 2) / (2 * Double.pi).squareRoot()
    }

    /// The mean density of a normal distribution over that neighbourhood, as a share of the one over ± `threshold`, or
    /// at the q-quantile for a threshold of zero. With a dozen residuals the neighbourhood is most of the sample, and
    /// the mean a quarter too low. The width itself is chosen by the same normal distribution.
    func smoothing(_ q: Double, threshold: Double) -> Double {
        let normal = StudentT(degreesOfFreedom: .infinity)
        let (low, high) = limits(q)
        let distance = quantile(high) - quantile(low)
        let ends = (normal.quantile(low), normal.quantile(high))
        guard distance > 2 * threshold else { return 1 }
        let mean = (high - low) / (ends.1 - ends.0)
        let reach = threshold / distance * (ends.1 - ends.0)
        let center =
            reach > 1e-6
            ? (2 * normal.probability(below: reach) - 1) / (2 * reach) : Self.normalDensity(normal.quantile(q))
        return min(1, mean / center)
    }

    /// The q-quantile between the middles of the residuals; the usual median at ½.
    func quantile(_ q: Double) -> Double {
        let position = max(0, q * count - 0.5)
        let low = position.rounded(.down)
        let (first, second) = (residual(low), residual(low + 1))
        return first + (position - low) * (second - first)
    }

    // The residual that stands at a place, counted from 0.
    private func residual(_ place: Double) -> Double {
        guard let ends else { return sorted[min(sorted.count - 1, Int(place))] }
        var (low, high) = (0, ends.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] > place { high = middle } else { low = middle + 1 }
        }
        return sorted[low]
    }
}
