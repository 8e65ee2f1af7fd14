// A term of the objective that depends on the parameters alone: a prior, or the pull of a profile towards a value.

import Formulas

/// weight · h(g(θ)), with g an estimand and h a valley with its floor at zero.
package struct Penalty: Sendable {
    package enum Shape: Hashable, Sendable {
        /// ½ ((g − center) / scale)².
        case normal(center: Double, scale: Double)
        /// ½ ((ln g − center) / scale)²; infinite for g ≤ 0.
        case logNormal(center: Double, scale: Double)
        /// (ν + 1)/2 · ln(1 + ((g − center) / scale)² / ν).
        case student(center: Double, scale: Double, freedom: Double)
        /// ½ ((asinh((g − origin) / unit) − target) / scale)²: linear near the origin, logarithmic far from it.
        case pull(origin: Double, unit: Double, target: Double, scale: Double)
    }

    package let estimand: Estimand
    package var shape: Shape
    /// The dispersion of the objective: what one unit of minus the logarithm of the likelihood weighs.
    package var weight: Double

    /// h, h′ and h″ at g, and the curvature of its convex companion, which is above zero everywhere.
    package func height(_ g: Double) -> (value: Double, slope: Double, curvature: Double, companion: Double) {
        switch shape {
        case .normal(let center, let scale):
            let z = (g - center) / scale
            return (0.5 * z * z, z / scale, 1 / (scale * scale), 1 / (scale * scale))
        case .logNormal(let center, let scale):
            guard g > 0 else { return (.infinity, .nan, .nan, .nan) }
            let z = (Elementary.ln(g) - center) / scale
            return (
                0.5 * z * z, z / (scale * g), (1 / scale - z) / (scale * g * g), 1 / (scale * scale * g * g)
            )
        case .student(let center, let scale, let freedom):
            let z = (g - center) / scale
            let whole = freedom + z * z
            return (
                (freedom + 1) / 2 * Elementary.log1p(z * z / freedom), (freedom + 1) * z / (scale * whole),
                (freedom + 1) * (freedom - z * z) / (scale * scale * whole * whole),
                (freedom + 1) / (scale * scale * whole)
            )
        case .pull(let origin, let unit, let target, let scale):
            let x = (g - origin) / unit
            let root = (1 + x * x).squareRoot()
            let z = (Self.inverseSinh(x) - target) / scale
            let first = 1 / (root * unit)
            let second = -x / (root * root * root * unit * unit)
            let square = first * first / (scale * scale)
            return (0.5 * z * z, z / scale * first, square + z / scale * second, square)
        }
    }

    /// Adds the term to what is known of the objective.
    func add(to evaluation: inout Evaluation, at parameters: [Double], second: Bool) {
        let local = estimand.derivatives(parameters)
        let (value, slope, curvature, companion) = height(local.value)
        evaluation.value += weight * value
        let touched = local.gradient.indices.filter { local.gradient[$0] != 0 }
        for k in touched { evaluation.gradient[k] += weight * slope * local.gradient[k] }
        guard second else { return }
        for i in touched {
            for j in touched where j <= i {
                let product = local.gradient[i] * local.gradient[j]
                evaluation.hessian[i, j] += weight * (curvature * product + slope * local.hessian[i, j])
                evaluation.companion[i, j] += weight * companion * product
            }
        }
        // Where g is flat in a parameter, its second derivatives may still count.
        for i in local.gradient.indices {
            for j in 0...i where local.gradient[i] == 0 || local.gradient[j] == 0 {
                evaluation.hessian[i, j] += weight * slope * local.hessian[i, j]
            }
        }
    }

    func value(_ parameters: [Double]) -> Double { weight * height(estimand.value(parameters)).value }

    static func inverseSinh(_ x: Double) -> Double {
        let size = x.magnitude
        let value = Elementary.log1p(size + size * size / (1 + (1 + size * size).squareRoot()))
        return x < 0 ? -value : value
    }

    static func sinh(_ x: Double) -> Double { (Elementary.exp(x) - Elementary.exp(-x)) / 2 }
}
