// The delta method: the linearised error of a number that follows from the parameters.

import Formulas

/// Intervals g(θ̂) ± t √(∇gᵀ Cov ∇g), with Student's t on n − p degrees of freedom.
///
/// Right where the law is close to linear over the interval; a profile shows whether it is. For least squares on raw
/// residuals Cov allows the noise to grow with the prediction, see `Scatter`; it may differ from the covariance of the
/// estimates, s² (JᵀWJ)⁻¹, which is the one that other programs print.
public struct DeltaMethod {
    let fit: Fit
    /// Row by row over all parameters; nil where the fit has none.
    public let covariance: [Double]?

    public init(_ fit: Fit) {
        self.fit = fit
        covariance =
            fit.estimates.covariance == nil ? nil : Scatter(fit)?.covariance(fit) ?? fit.estimates.covariance
    }

    /// √(∇gᵀ Cov ∇g), or nil where the fit has no covariance.
    public func standardError(_ estimand: Estimand) -> Double? {
        guard let covariance else { return nil }
        let gradient = estimand.derivatives(fit.coefficients).gradient
        let count = gradient.count
        var variance = 0.0
        for i in 0..<count {
            for j in 0..<count { variance += gradient[i] * covariance[i * count + j] * gradient[j] }
        }
        return variance >= 0 ? variance.squareRoot() : nil
    }

    /// The interval of an estimand; nil where the fit has no covariance or no degrees of freedom.
    ///
    /// - Parameter logarithmic: whether the interval is symmetric in ln g, for numbers that are above zero and known
    ///   to a factor rather than to a difference.
    public func interval(_ estimand: Estimand, level: Double, logarithmic: Bool = false) -> ConfidenceInterval? {
        guard let error = standardError(estimand), fit.degreesOfFreedom > 0 else { return nil }
        let value = estimand.value(fit.coefficients)
        let reach = StudentT(degreesOfFreedom: fit.degreesOfFreedom).quantile((1 + level) / 2) * error
        if logarithmic, value > 0 {
            let factor = Elementary.exp(reach / value)
            return ConfidenceInterval(
                lower: .at(value / factor), upper: factor.isFinite ? .at(value * factor) : .unbounded, level: level)
        }
        return ConfidenceInterval(lower: .at(value - reach), upper: .at(value + reach), level: level)
    }
}
