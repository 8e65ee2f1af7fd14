// The fit of a problem: estimates, how it ended, and what to distrust.

import Formulas

/// What became of the starts of a fit: how many ended alike, and where.
public struct StartOutcome: Hashable, Sendable {
    /// `best optimum`, `another optimum`, or what was lost: `the term in D vanished`.
    public let end: String
    public let count: Int
    /// The objective there; NaN where the formula was undefined.
    public let objective: Double
}

/// A minimum nearly as good as the best one, at other parameters.
public struct Alternative: Hashable, Sendable {
    public let parameters: [Double]
    public let objective: Double
}

/// The estimates of a problem, how the search ended, and what to distrust.
///
/// Minimises Σ wᵢ ρ(g(yᵢ) − g(f(xᵢ, θ))). Failure to converge, a bound that holds, weak identification are values in
/// `warnings`, never errors.
public struct Fit: Sendable {
    public let problem: Problem
    /// Values, and their covariance see docs/fitting.md; nil covariance where it does not exist.
    public let estimates: Estimates
    /// The objective, a sum over rows, at the estimates.
    public let objective: Double
    public let termination: Termination
    /// What became of every start, best first.
    public let starts: [StartOutcome]
    /// Other minima within one per cent of the best objective.
    public let alternatives: [Alternative]
    public let warnings: [Warning]
    public let seed: UInt64
    /// The standard deviation of residuals on their scale: root mean square for squared loss, else 1.4826 times the
    /// median absolute residual.
    public let noise: Double

    /// The estimates, by the parameters' order.
    public var coefficients: [Double] { estimates.values }
    public var standardErrors: [Double]? { estimates.standardErrors }
    public var observations: Double { problem.observations }
    public var degreesOfFreedom: Double { estimates.degreesOfFreedom }

    /// Fits a problem.
    ///
    /// - Parameters:
    ///   - starts: how many screened starts are polished; nil chooses by the number of parameters that do not enter
    ///     linearly. Where the problem gives start values, that start alone is used.
    ///   - seed: of the random perturbations around the best start.
    /// - Throws: ``FitError`` only where the formula has no finite value at any start.
    public init(_ problem: Problem, starts: Int? = nil, seed: UInt64 = 1) throws(FitError) {
        var search = Search(problem, starts: starts, seed: seed)
        let result = try search.run()
        self.problem = problem
        self.seed = seed
        let best = result.best
        objective = best.value
        termination = best.termination
        let judgement = Judgement(search.objective, best)
        let outcomes = judgement.outcomes(result)
        self.starts = outcomes.starts
        alternatives = outcomes.alternatives
        noise = judgement.noise
        estimates = Estimates(
            names: problem.parameterNames, values: best.parameters, covariance: judgement.covariance,
            degreesOfFreedom: judgement.degreesOfFreedom)
        warnings = problem.warnings + judgement.warnings(alternatives: outcomes.alternatives)
    }

    /// The residuals g(y) − g(f), one a fitted row.
    public func residuals() -> [Double] { Objective(problem).residuals(estimates.values) }

    /// The predictions f, one a fitted row.
    public func predictions() -> [Double] { Objective(problem).predictions(estimates.values) }
}
