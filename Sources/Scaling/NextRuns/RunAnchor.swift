// What the rest of the product says of a target, so that two of its answers to one question are the same.

import Fitting
import Formulas

/// The interval that `predict`, `plan` or a profile gives a target now: everything that is expected begins with it.
///
/// What a run takes off is a share ρ² of the variance of the linearised law, see ``RunPrecision``. The standard error s
/// that was printed is expected to become ρ s, and the distances of the interval's ends to become
///
///     ρ · t(ν + k)/t(ν)    times what they are, for k more runs,
///
/// t being Student's quantile with ν degrees of freedom, which draws do not have. A law with a ``Calibration`` has the
/// widening of a prediction from ρ s, ν + k, and the largest run by then.
struct RunAnchor {
    /// Where the interval of a target comes from.
    let source: NextRuns.IntervalOrigin
    /// Whether the ends, before any widening, are percentiles of draws.
    let isDrawn: Bool
    /// On the target's scale.
    let standardError: Double
    /// How far the ends lie from the value on that scale, before any widening.
    let below: Double
    let above: Double
    let degreesOfFreedom: Double
    /// What widens it, and how far the target lies along the scale of that.
    let widening: (calibration: Calibration, distance: Double)?

    /// - Returns: nil where the fit says nothing of errors: there are no degrees of freedom, or no covariance.
    init?(_ fit: Fit, _ law: Law, _ target: RunTarget, _ wanted: RunWanted, cost: RunCost, level: Double)
        throws(ScalingError)
    {
        guard let saved = law.fit else { return nil }
        degreesOfFreedom = saved.estimates.degreesOfFreedom
        let made: Parts?
        var widening: (Calibration, Double)?
        switch target {
        case .value(let point):
            var plain = law
            plain.fit?.calibration = nil
            let points = try Points([point], for: law)
            made = try Self.value(plain, points, level)
            if let calibration = saved.calibration {
                let found = try law.predict(points, level: level)
                if found.source == .calibrated, let distance = found.scaleDistances?[0] {
                    widening = (calibration, distance)
                }
            }
        case .optimum(let input, let budget):
            var options = PlanOptions(.budget(budget))
            options.level = level
            if case .formula(let formula) = cost { options.cost = formula }
            let plan = try law.plan(options)
            guard let value = plan[input]?.value, let low = value.lower, let high = value.upper, low > 0,
                high.isFinite
            else { return nil }
            let (z, down, up) = (Elementary.ln(value.value), Elementary.ln(low), Elementary.ln(high))
            let isDrawn = plan.source == .draws
            let freedom = isDrawn ? .infinity : saved.estimates.degreesOfFreedom
            let t = StudentT(degreesOfFreedom: freedom).quantile(0.5 + level / 2)
            made = Parts(
                source: isDrawn ? .draws : .delta, error: (up - down) / (2 * t), below: z - down, above: up - z)
        case .parameters(let formula): made = Self.formula(fit, saved, formula, level)
        }
        guard let made, made.error > 0, made.error.isFinite, made.below.isFinite, made.above.isFinite else {
            return nil
        }
        source = widening == nil ? made.source : .calibrated
        isDrawn = made.source == .draws
        (standardError, below, above) = (made.error, made.below, made.above)
        self.widening = widening.map { (calibration: $0.0, distance: $0.1) }
    }

    /// How large each of these runs is on the scale of the calibration; empty without one.
    func scales(_ points: Points, _ law: Law) throws(ScalingError) -> [Double] {
        guard let (calibration, _) = widening else { return [] }
        var known = points.numbers
        law.addColumns(to: &known)
        return try calibration.distances(known).map { $0.isFinite ? $0 * calibration.limit : 0 }
    }

    private struct Parts {
        var source: NextRuns.IntervalOrigin
        var error: Double
        var below: Double
        var above: Double
    }

    private static func value(_ law: Law, _ points: Points, _ level: Double) throws(ScalingError) -> Parts? {
        let found = try law.predict(points, level: level)
        guard let errors = found.standardErrors, let lower = found.lower, let upper = found.upper else { return nil }
        guard found.source == .draws else {
            let freedom = law.fit?.estimates.degreesOfFreedom ?? 0
            guard freedom > 0 else { return nil }
            let half = StudentT(degreesOfFreedom: freedom).quantile(0.5 + level / 2) * errors[0].magnitude
            return Parts(source: .delta, error: errors[0].magnitude, below: half, above: half)
        }
        let z = found.residual.transformed(found.values[0])
        let ends = (found.residual.transformed(lower[0]), found.residual.transformed(upper[0]))
        return Parts(source: .draws, error: errors[0], below: z - ends.0, above: ends.1 - z)
    }

    // By draws where there are any; else the profile, and where that has no end the delta method.
    private static func formula(_ fit: Fit, _ saved: SavedFit, _ formula: Formula, _ level: Double) -> Parts? {
        guard let estimand = try? Estimand(formula, of: fit.problem) else { return nil }
        let value = estimand.value(fit.coefficients)
        if let draws = saved.draws {
            let drawn = draws.distribution(of: estimand)
            let interval = drawn.percentileInterval(level: level)
            guard let low = interval.lower.value, let high = interval.upper.value else { return nil }
            return Parts(source: .draws, error: drawn.standardError, below: value - low, above: high - value)
        }
        let delta = DeltaMethod(fit)
        guard let error = delta.standardError(estimand), fit.degreesOfFreedom > 0 else { return nil }
        let profile = ProfileLikelihood(fit).profile(estimand, level: level)
        if profile.isComplete, let low = profile.interval.lower.value, let high = profile.interval.upper.value,
            low <= value, high >= value
        {
            return Parts(source: .profile, error: error, below: value - low, above: high - value)
        }
        let half = StudentT(degreesOfFreedom: fit.degreesOfFreedom).quantile(0.5 + level / 2) * error
        return Parts(source: .delta, error: error, below: half, above: half)
    }
}

extension NextRuns {
    /// Where the intervals of a target come from.
    public enum IntervalOrigin: String, Hashable, Sendable, CaseIterable {
        /// A backtest, as predictions of the law have it.
        case calibrated
        /// The delta method, as `predict` and `plan` have it.
        case delta
        /// The draws of a bootstrap.
        case draws
        /// The noise that is assumed, before there are more runs than parameters.
        case noise
        /// The profile likelihood of a formula of parameters.
        case profile
    }
}
