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

    /// What priors added to the objective, their weights in units of the dispersion; empty without priors.
    package let penalties: [Penalty]
    /// The share of `objective` that priors cost.
    public let priorCost: Double
    /// φ: 2 (S − S_min)/φ is compared with F(1, n − p). For squared loss 2 s²; NaN without degrees of freedom.
    package let dispersion: Double
    /// The curvature of the objective over `freeParameters`; singular where they cannot be told apart.
    package let curvature: SymmetricMatrix
    /// Positions of the parameters that no bound holds.
    package let freeParameters: [Int]
    /// Other converged minima, lowest first, and among them those as good as the best.
    package let minima: [[Double]]
    package let equivalents: [[Double]]
    /// A direction in which parameters move together without changing the fit.
    package let flatDirection: [Double]?

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
        try self.init(problem, starts: starts, seed: seed, dispersion: nil)
    }

    /// - Parameter dispersion: about what φ will be. With priors, the first search then has them in place, and needs not
    ///   follow a valley to its end that only they close.
    package init(_ problem: Problem, starts: Int? = nil, seed: UInt64 = 1, dispersion guess: Double?)
        throws(FitError)
    {
        var search = Search(problem, starts: starts, seed: seed)
        let (result, judgement) = try Self.found(&search, problem, guess)
        let best = result.best
        self.problem = problem
        self.seed = seed
        objective = best.value
        termination = best.termination
        let outcomes = judgement.outcomes(result)
        self.starts = outcomes.starts
        alternatives = outcomes.alternatives
        noise = judgement.noise
        penalties = search.objective.penalties
        priorCost = penalties.reduce(0) { $0 + $1.value(best.parameters) }
        dispersion = judgement.dispersion
        curvature = judgement.curvature
        freeParameters = judgement.free
        (minima, equivalents) = judgement.others(result)
        flatDirection = judgement.flatDirection
        estimates = Estimates(
            names: problem.parameterNames, values: best.parameters, covariance: judgement.covariance,
            degreesOfFreedom: judgement.degreesOfFreedom)
        warnings =
            problem.warnings + judgement.warnings(alternatives: outcomes.alternatives)
            + Warning.roots(of: problem, at: best.parameters)
    }

    // A prior is weighed by the dispersion of the data, which the fit itself gives: until both agree. Where runs are too
    // few to show any noise, that would end at none; it stops at a thousandth of the spread of the response.
    private static func found(_ search: inout Search, _ problem: Problem, _ guess: Double?) throws(FitError) -> (
        SearchResult, Judgement
    ) {
        var known: (result: SearchResult, judgement: Judgement)?
        if guess == nil || problem.priors.isEmpty {
            let result = try search.run()
            let judgement = Judgement(search.objective, result.best)
            if problem.priors.isEmpty { return (result, judgement) }
            known = (result, judgement)
        }
        let priors = try problem.priors.map { prior throws(FitError) in try prior.penalty(of: problem) }
        // Where the data alone leave no noise to measure, begin with that of the best constant.
        let whole = Spread.ofResponse(problem).dispersion
        var weight = known?.judgement.dispersion ?? guess ?? whole
        if !(weight > 0 && weight.isFinite) { weight = whole }
        for round in 0..<50 {
            search.objective.penalties = priors.map { prior in
                var prior = prior
                prior.weight = weight
                return prior
            }
            var result: SearchResult
            if round > 0, let known {
                result = known.result
                result.best = search.again(from: result.best)
            } else {
                result = try search.run()
            }
            let judgement = Judgement(search.objective, result.best)
            known = (result, judgement)
            let next = max(judgement.dispersion, 1e-6 * whole)
            guard next.isFinite, (next - weight).magnitude > 1e-10 * weight else { return (result, judgement) }
            weight = next
        }
        guard let known else { preconditionFailure("fifty rounds were made") }
        return known
    }

    /// The residuals g(y) − g(f), one a fitted row.
    public func residuals() -> [Double] { Objective(problem).residuals(estimates.values) }

    /// The predictions f, one a fitted row.
    public func predictions() -> [Double] { Objective(problem).predictions(estimates.values) }
}
