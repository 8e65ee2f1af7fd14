// Intervals from the covariance and the gradient of the target, with Student's t.

import Fitting
import Formulas

/// The delta method: value ± t·√(∇ᵀ Σ ∇), with the derivatives in closed form.
public struct DeltaIntervals: IntervalMethod {
    public let name: String
    /// Whether numbers that must be above zero, A, B, the loss and N*, are treated on the scale of their logarithms.
    let isLogarithmic: Bool

    static let natural = DeltaIntervals(name: "delta", isLogarithmic: false)
    static let logarithmic = DeltaIntervals(name: "delta-log", isLogarithmic: true)

    public func answers(_ fit: Fit, _ targets: [Target], level: Double) -> [Answer] {
        let law = Law(fit.coefficients)
        guard let covariance = fit.estimates.covariance, fit.degreesOfFreedom > 0 else {
            return targets.map { _ in .notIdentified }
        }
        let separated = !fit.warnings.contains { $0.code == "not-identified" }
        let t = StudentT(degreesOfFreedom: fit.degreesOfFreedom).quantile((1 + level) / 2)
        return targets.map { target in
            if !separated, case .loss = target.kind {} else if !separated { return .notIdentified }
            let (value, gradient) = target.derivatives(law)
            let count = gradient.count
            var variance = 0.0
            for row in 0..<count {
                for column in 0..<count {
                    variance += gradient[row] * covariance[row * count + column] * gradient[column]
                }
            }
            guard value.isFinite, variance.isFinite, variance >= 0 else { return .failed }
            let half = t * variance.squareRoot()
            if isLogarithmic, Self.isPositive(target) {
                guard value > 0 else { return .failed }
                let factor = Elementary.exp(half / value)
                return .interval(lower: value / factor, upper: value * factor, limited: half == 0)
            }
            // Without variance where a bound holds the parameter.
            return .interval(lower: value - half, upper: value + half, limited: half == 0)
        }
    }

    private static func isPositive(_ target: Target) -> Bool { ["A", "B", "loss", "N*"].contains(target.name) }
}
