// The covariance of a robust fit where the noise differs between runs: A⁻¹ B A⁻¹.

import Formulas

/// The sandwich of Huber (1967) with Powell's (1991) kernel for the curvature: A = Σ w ρ̂″ J Jᵀ, B = Σ (wψ)² J Jᵀ.
///
/// Formulas that assume equal noise promise too much where some runs scatter more than others, and in tables of losses
/// the runs far out do: on the digitised Chinchilla runs they give a half to two thirds of what the bootstrap gives.
/// ρ″ is a spike at the corner of an absolute loss, and close to one for a small Huber threshold, so it is spread over
/// the width within which `Spread` measures the density of the residuals.
struct Sandwich {
    let objective: Objective
    let parameters: [Double]
    let residuals: [Double]
    let free: [Int]
    /// Half the width of the kernel, on the scale of the residuals.
    let width: Double
    /// What share of the density at the corner the mean over the kernel is, see `Spread`.
    let smoothing: Double
    /// What priors add to the curvature, and the dispersion with which they were weighed.
    let prior: SymmetricMatrix
    let dispersion: Double

    /// The covariance of the free parameters and the curvature A, or nil where too few residuals are small.
    func covariance(degreesOfFreedom: Double) -> (covariance: SymmetricMatrix, curvature: SymmetricMatrix)? {
        let problem = objective.problem
        guard width > 0, width.isFinite else { return nil }
        func weight(_ row: Int) -> Double { problem.weights?[row] ?? 1 }
        let frequency = problem.weightMeaning == .frequency
        // One column of weights at a time.
        var bread = objective.information(
            parameters, weights: residuals.indices.map { weight($0) * slopeAndBend(residuals[$0]).bend }
        ).selecting(free)
        var filling = objective.information(
            parameters,
            weights: residuals.indices.map { row in
                let slope = slopeAndBend(residuals[row]).slope
                return (frequency ? weight(row) : weight(row) * weight(row)) * slope * slope
            }
        ).selecting(free)
        // The density is read too low where the kernel is wide: by a quarter for a dozen runs (docs/coverage.md).
        for k in bread.elements.indices { bread.elements[k] /= smoothing }
        for k in prior.elements.indices where prior.elements[k] != 0 {
            bread.elements[k] += prior.elements[k]
            // A prior counts as one more observation, whose score has the variance φ times its curvature.
            filling.elements[k] += dispersion * prior.elements[k]
        }
        guard (bread.unitDiagonal().eigenpairs().first?.value ?? 0) > 1e-10, let factor = bread.factored() else {
            return nil
        }
        var result = factor.sandwich(around: filling)
        // Residuals are too small by n − p of n.
        let correction = problem.observations / degreesOfFreedom
        for row in free.indices {
            for column in 0...row {
                let mean = correction * (result[row, column] + result[column, row]) / 2
                result[row, column] = mean
                result[column, row] = mean
            }
        }
        return (result, bread)
    }

    // ψ = ρ′ and the spread-out ρ″.
    private func slopeAndBend(_ r: Double) -> (slope: Double, bend: Double) {
        switch objective.problem.loss {
        case .squared: return (2 * r, 2)
        case .huber(let delta):
            let reach = max(delta, width)
            return (min(max(r, -delta), delta), r.magnitude <= reach ? delta / reach : 0)
        // At a corner ψ² has the mean q(1 − q), whatever the sign that rounding gives to a residual of zero.
        case .absolute: return (1, r.magnitude <= width ? 1 / width : 0)
        case .quantile(let q): return ((q * (1 - q)).squareRoot(), r.magnitude <= width ? 0.5 / width : 0)
        }
    }
}
