// The verb of a law: predict.

import Fitting
import Formulas

extension Law {
    /// The law's value at points, with intervals.
    ///
    /// On the scale g of the residual, z = g(f) has the standard error s = √(∇zᵀ Σ ∇z) with ∇z = g′(f) ∇f, and the
    /// interval is g⁻¹(z ± t s), t being Student's quantile with the estimates' degrees of freedom (the delta method). An
    /// observation adds the noise σ of one residual: s² + σ². Where the free parameters number as many as the
    /// observations there is no interval.
    ///
    /// A law that keeps the draws of a bootstrap pushes each of them through instead, and the interval runs between
    /// percentiles of what comes out; for an observation, each with normal noise of its own.
    ///
    /// A law with a ``Calibration`` widens its interval beyond the largest fitted run, see ``Widening``.
    ///
    /// - Parameters:
    ///   - points: where; see ``Points``.
    ///   - set: the coefficients' set; nil takes the saved fit, else the default set.
    ///   - estimates: coefficients that take the place of all of these.
    ///   - level: the probability of the interval, between 0 and 1.
    ///   - interval: of the law's value, or of a new measurement.
    ///   - source: nil takes the calibration where the law has one, else draws where it has them.
    ///   - vectorLevel: how wide the arithmetic runs.
    /// - Returns: value, interval, distance from the data and warnings at each point. A value that is not finite is a
    ///   warning.
    /// - Throws: ``ScalingError`` for a claim, an unknown set, a label without a coefficient, and a level outside of 0
    ///   to 1.
    public func predict(
        _ points: Points, set: String? = nil, estimates: Estimates? = nil, level: Double = 0.95,
        interval: IntervalKind = .mean, source: IntervalSource? = nil, vectorLevel: VectorLevel = .best
    ) throws(ScalingError) -> Predictions {
        guard level > 0, level < 1 else { throw .badLevel(level) }
        if kind == .average {
            if let set { throw .unknownSet(set, law: id, sets: []) }
            return try averaged(points, level: level, interval: interval, source: source, vectorLevel: vectorLevel)
        }
        let usesSet = estimates == nil && (set != nil || fit == nil)
        let used = usesSet ? try coefficientSet(set) : nil
        let given: Estimates
        if let estimates { given = estimates } else { given = try self.estimates(set: set) }
        let draws = usesSet || estimates != nil || source == .delta ? nil : fit?.draws
        if source == .draws, draws == nil { throw .noDraws(law: id) }
        let calibration = usesSet || estimates != nil ? nil : fit?.calibration
        if source == .calibrated, calibration == nil { throw .noCalibration(law: id) }
        var widens = calibration != nil && (source ?? .calibrated) == .calibrated
        var unused: [Warning] = []
        if widens, let calibration {
            var known = points.numbers
            addColumns(to: &known)
            let missing = calibration.missing(known)
            if !missing.isEmpty, source == .calibrated {
                throw .calibrationElsewhere(law: id, scale: "\(calibration.scale)", names: missing)
            }
            if !missing.isEmpty { (widens, unused) = (false, [.calibrationUnused(calibration.scale, missing)]) }
        }
        let covariance = given.degreesOfFreedom > 0 && draws == nil ? given.covariance : nil
        let predictor = try Predictor(self, given, points, level: vectorLevel)
        let run = try predictor.run(gradients: covariance != nil)
        let values = run.values
        let scale = fitting.residual ?? .raw
        var result = Predictions(
            points: points, values: values, level: level, kind: interval, residual: scale, set: used?.name,
            warnings: (used.flatMap { .uncertain($0) }.map { [$0] } ?? []) + unused, inputs: inputs)
        if !usesSet, estimates == nil { result.weakDirection = fit?.weakDirection }
        if let draws {
            let noise = interval == .observation ? fit?.noise : 0
            let spread = predictor.spread(of: draws, level: level, noise: noise, scale: scale, seed: fit?.seed ?? 1)
            (result.standardErrors, result.lower, result.upper) = (spread.errors, spread.lower, spread.upper)
            result.source = .draws
            if widens, let calibration { try widen(&result, by: calibration, given.degreesOfFreedom) }
            return result
        }
        result.warnings += Warning.roots(run.roots, of: points.count == 1 ? "1 point" : "\(points.count) points")
        guard let covariance else { return result }
        result.source = .delta
        let errors = Self.standardErrors(values, run.gradients, covariance, scale)
        result.standardErrors = errors
        let noise = usesSet || estimates != nil ? nil : fit?.noise
        if interval == .observation, noise == nil { return result }
        let extra = interval == .observation ? noise ?? 0 : 0
        let t = StudentT(degreesOfFreedom: given.degreesOfFreedom).quantile(0.5 + level / 2)
        var (lower, upper): ([Double], [Double]) = ([], [])
        for (value, error) in zip(values, errors) {
            let z = scale.transformed(value)
            let half = t * (error * error + extra * extra).squareRoot()
            lower.append(scale.restored(z - half))
            upper.append(scale.restored(z + half))
        }
        result.lower = lower
        result.upper = upper
        if widens, let calibration { try widen(&result, by: calibration, given.degreesOfFreedom) }
        return result
    }

    // Well inside of the runs nothing is extrapolated, and intervals stay what they are; see ``Widening/ramp(_:)``.
    private func widen(_ result: inout Predictions, by calibration: Calibration, _ degreesOfFreedom: Double)
        throws(ScalingError)
    {
        guard let errors = result.standardErrors, var lower = result.lower, var upper = result.upper else { return }
        var known = result.points.numbers
        addColumns(to: &known)
        let distances = try calibration.distances(known)
        let noise = result.kind == .observation ? fit?.noise ?? 0 : 0
        for (row, distance) in distances.enumerated() where calibration.widening.ramp(distance) > 0 {
            let z = result.residual.transformed(result.values[row])
            let half = calibration.halfWidth(
                level: result.level, standardError: errors[row], noise: noise, distance: distance,
                degreesOfFreedom: degreesOfFreedom)
            // Never narrower than the plain interval, which may be wide for want of runs.
            let ramp = calibration.widening.ramp(distance)
            let (low, high) = (result.residual.transformed(lower[row]), result.residual.transformed(upper[row]))
            lower[row] = result.residual.restored(low + ramp * min(0, z - half - low))
            upper[row] = result.residual.restored(high + ramp * max(0, z + half - high))
        }
        (result.lower, result.upper) = (lower, upper)
        (result.source, result.calibration, result.scaleDistances) = (.calibrated, calibration, distances)
    }

    /// The law's value at one point.
    ///
    /// - Throws: as ``predict(_:set:estimates:level:interval:vectorLevel:)`` does, and for missing and unknown inputs.
    public func predict(
        at point: Point, set: String? = nil, estimates: Estimates? = nil, level: Double = 0.95,
        interval kind: IntervalKind = .mean
    ) throws(ScalingError) -> Prediction {
        try predict(try Points([point], for: self), set: set, estimates: estimates, level: level, interval: kind)[0]
    }

    // √(∇zᵀ Σ ∇z) at each point; `gradients` is points × parameters.
    private static func standardErrors(
        _ values: [Double], _ gradients: [Double], _ covariance: [Double], _ scale: Residual
    ) -> [Double] {
        let count = values.isEmpty ? 0 : gradients.count / values.count
        return values.indices.map { row in
            let gradient = gradients[(row * count)..<((row + 1) * count)]
            var variance = 0.0
            for (i, a) in gradient.enumerated() where a != 0 {
                for (j, b) in gradient.enumerated() { variance += a * covariance[i * count + j] * b }
            }
            let value = values[row]
            let slope =
                switch scale {
                case .raw: 1.0
                case .log: value > 0 ? 1 / value : .nan
                case .logit: value > 0 && value < 1 ? 1 / (value * (1 - value)) : .nan
                }
            return slope * max(0, variance).squareRoot()
        }
    }
}
