// Profile likelihood: which values of a number the data allow, whatever the other parameters do.
//
// A penalty pulls the estimand towards a target. Its minimum is, for some value of the estimand, the best fit among
// those with that value: a point of the profile, wherever the pull came to rest. So no constraint need be solved for
// exactly, and the same Newton solver does it all. Targets advance until √F crosses its quantile; then a few more,
// placed by the slope of the curve, bring a point onto the crossing (after Venzon & Moolgavkar 1988, who solve for the
// end directly).

import Formulas

/// Intervals by profile likelihood.
///
/// The interval holds every value c with F(c) = 2 (S(c) − S_min)/φ ≤ F(level; 1, ν): S(c) is the least objective among
/// parameters whose estimand is c, ν = n − p. φ is the dispersion 2 s² for squared loss (Bates & Watts 1988, section
/// 6.1.2); in general the one that makes the curvature of F at the estimate that of the covariance, so that a sandwich
/// is respected (Kent 1982). Unlike ± standard errors, the interval follows bent valleys, does not depend on how the
/// parameters are written, and may be open where the data set no end.
public struct ProfileLikelihood {
    private let fit: Fit
    private let objective: Objective
    private let delta: DeltaMethod
    private let solvers: [NewtonSolver]
    /// Where the paths start: the best fit, and any other minimum.
    private let origin: [Double]
    private let minimum: Double

    /// - Parameter fit: a fit with degrees of freedom left; without, every interval is open.
    public init(_ fit: Fit) { self.init(DeltaMethod(fit)) }

    /// The same, for one who already has the fit's delta method.
    init(_ delta: DeltaMethod) {
        let fit = delta.fit
        self.fit = fit
        self.delta = delta
        let problem = fit.problem
        objective = Objective(problem)
        objective.penalties = fit.penalties
        // A corner is rounded far below the noise: its exact minimum would move in jumps.
        if problem.loss.hasCorner { objective.smoothing = max(1e-2 * fit.noise, .leastNormalMagnitude) }
        let bounds = problem.parameters.map(\.bound)
        let objective = objective
        // Coefficients follow from the others at every trial (variable projection), or a valley such as that of
        // E + A N^−α for small α would take hundreds of steps; where that fails, all parameters together.
        let linear = problem.model.linearFamilies.flatMap { problem.model.families[$0].parameters }
        let warm = Scale.warm(problem, at: fit.coefficients)
        let projected = warm.indices.map { linear.contains($0) ? .identity : warm[$0] }
        // From a point of the profile the first full Newton step is the tangent of the profile.
        func solver(_ scales: [Scale], eliminated: [Int]) -> NewtonSolver {
            NewtonSolver(
                objective: objective, scales: scales, bounds: bounds, eliminated: eliminated, iterationLimit: 60,
                firstDamping: 0, startsExact: true, refines: false)
        }
        solvers = [solver(projected, eliminated: linear), solver(warm, eliminated: [])]
        var (origin, minimum) = (fit.coefficients, fit.objective)
        if problem.loss.hasCorner, let rounded = solvers[0].minimize(from: origin) {
            (origin, minimum) = (rounded.parameters, rounded.value)
        }
        self.origin = origin
        self.minimum = minimum
    }

    /// The profile of an estimand.
    ///
    /// - Parameter level: the probability of the interval.
    /// - Returns: a profile whatever happens; an end that could not be followed is open and `isComplete` false.
    public func profile(_ estimand: Estimand, level: Double) -> Profile {
        let estimate = estimand.value(fit.coefficients)
        let identified = isIdentified(estimand)
        guard let unit = unit(estimand), fit.degreesOfFreedom > 0 else {
            return Profile(
                name: estimand.name, estimate: estimate,
                interval: ConfidenceInterval(lower: .unbounded, upper: .unbounded, level: level), curve: [],
                isIdentified: false, isComplete: true)
        }
        let quantile = StudentT(degreesOfFreedom: fit.degreesOfFreedom).quantile((1 + level) / 2)
        let center = Profile.Point(value: estimate, root: 0, objective: minimum, parameters: origin)
        var curve = [center]
        var ends: [ConfidenceInterval.End] = []
        var complete = true
        let absent = estimand.parameter.flatMap { AbsentTerm(fit, position: $0, solver: solvers[0]) }
        let limit = minimum + unit.dispersion / 2 * quantile * quantile
        for sign in [-1.0, 1.0] {
            var path = ProfilePath(
                estimand: estimand, solvers: solvers, origin: estimate, unit: unit.error, dispersion: unit.dispersion,
                minimum: minimum, quantile: quantile, sign: sign)
            var end = path.follow(from: center)
            // Where a coefficient of 1e8 shrinks, distances in units of its error stand still long before it is 700:
            // go on in units of where it stands.
            for _ in 0..<20 {
                guard case .bound(let value) = end, value != 0, estimate != 0, value / estimate > 0,
                    value / estimate < 0.5, let last = path.points.last(where: { $0.value == value }),
                    let position = estimand.parameter, !onBound(value, position)
                else { break }
                complete = complete && path.isComplete
                curve += path.points
                path = ProfilePath(
                    estimand: estimand, solvers: solvers, origin: value, unit: value.magnitude,
                    dispersion: unit.dispersion, minimum: minimum, quantile: quantile, sign: sign)
                let next = path.follow(from: last)
                if case .bound(let further) = next, further / value > 0.9 { break }
                end = next
            }
            // Another minimum that the data allow carries the interval on from there.
            for other in fit.minima {
                let start = path.point(other)
                guard start.root.magnitude < quantile, ProfilePath.isBeyond(start.value, end, sign) else { continue }
                end = path.follow(from: start)
            }
            if let position = estimand.parameter, let absent, absent.leavesOpen(sign, limit: limit, objective) {
                let bound = fit.problem.parameters[position].bound
                let last = sign < 0 ? bound.lower : bound.upper
                end = last.isFinite ? .bound(last) : .unbounded
            } else {
                complete = complete && path.isComplete
            }
            curve += path.points
            ends.append(end)
        }
        curve.sort { $0.value < $1.value }
        return Profile(
            name: estimand.name, estimate: estimate,
            interval: ConfidenceInterval(lower: ends[0], upper: ends[1], level: level), curve: curve,
            isIdentified: identified, isComplete: complete)
    }

    private func onBound(_ value: Double, _ position: Int) -> Bool {
        let bound = fit.problem.parameters[position].bound
        return value == bound.lower || value == bound.upper
    }

    // The standard error of the estimand, and the dispersion φ with which F has the same curvature.
    private func unit(_ estimand: Estimand) -> (error: Double, dispersion: Double)? {
        guard fit.dispersion > 0, fit.dispersion.isFinite else { return nil }
        let gradient = estimand.derivatives(fit.coefficients).gradient
        let slope = fit.freeParameters.map { gradient[$0] }
        // Where parameters cannot be told apart the curvature is singular, and what depends on them has a large error.
        guard let factor = fit.curvature.factored() ?? fit.curvature.factored(damping: 1e-12) else { return nil }
        let flat = zip(slope, factor.solve(slope)).reduce(0) { $0 + $1.0 * $1.1 }
        let size = estimand.value(fit.coefficients).magnitude
        // An error beyond the value itself says little of distances; F keeps its own curvature.
        func capped(_ error: Double) -> Double { size > 0 ? min(error, size) : error }
        if let error = delta.standardError(estimand), error > 0, error.isFinite, flat > 0 {
            return (capped(error), error * error / flat)
        }
        if flat > 0, flat.isFinite { return (capped((flat * fit.dispersion).squareRoot()), fit.dispersion) }
        // A parameter at its bound has no error; its own size must do.
        guard let position = estimand.parameter else { return nil }
        return (fit.coefficients[position] != 0 ? size : 1, fit.dispersion)
    }

    // Flat directions, and optima as good as the best, that change the value.
    private func isIdentified(_ estimand: Estimand) -> Bool {
        let local = estimand.derivatives(fit.coefficients)
        let size = max(local.value.magnitude, .leastNormalMagnitude)
        for other in fit.equivalents where (estimand.value(other) - local.value).magnitude > 1e-3 * size {
            return false
        }
        guard let flat = fit.flatDirection else { return true }
        let change = zip(local.gradient, flat).reduce(0) { $0 + $1.0 * $1.1 }
        let whole = zip(local.gradient, flat).reduce(0) { $0 + ($1.0 * $1.1).magnitude }
        return whole == 0 || change.magnitude <= 1e-5 * whole
    }
}
