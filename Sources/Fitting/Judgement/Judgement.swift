// What the data say of an optimum: covariance, weak directions, terms that vanished.

import Formulas

/// The second look at a minimum.
struct Judgement {
    let problem: Problem
    let objective: Objective
    private let terms: Terms
    let minimum: LocalMinimum
    let residuals: [Double]
    let free: [Int]  // parameters that are not held by a bound
    let noise: Double
    let degreesOfFreedom: Double
    /// φ of the objective; see `Spread`.
    let dispersion: Double
    /// Row by row over all parameters, zero for those at a bound; nil where the information is singular.
    let covariance: [Double]?
    /// The curvature of the objective over the free parameters that the covariance was computed from.
    let curvature: SymmetricMatrix
    /// Eigenpairs of the information matrix scaled to a unit diagonal, smallest first.
    let directions: [(value: Double, vector: [Double])]

    init(_ objective: Objective, _ minimum: LocalMinimum) {
        let problem = objective.problem
        self.problem = problem
        self.minimum = minimum
        self.objective = objective
        terms = Terms(problem.model)
        residuals = objective.residuals(minimum.parameters)
        free = problem.parameters.indices.filter { k in
            let (bound, value) = (problem.parameters[k].bound, minimum.parameters[k])
            return value > bound.lower && value < bound.upper
        }
        // JᵀWJ of the residuals, whatever the loss.
        let information = objective.information(minimum.parameters).selecting(free)
        let prior = objective.priorCurvature(minimum.parameters).selecting(free)
        let hasPrior = prior.elements.contains { $0 != 0 }
        let determined =
            hasPrior
            ? Self.determined(problem, residuals, information, prior) : Double(free.count)
        // Priors can leave the data less than one degree of freedom; Student's t then has one.
        degreesOfFreedom = max(hasPrior ? 1 : 0, problem.observations - determined)
        let spread = Spread(problem, residuals, hasPrior ? min(determined, problem.observations - 1) : determined)
        noise = spread.noise
        dispersion = spread.dispersion
        var total = information
        let bend = spread.dispersion / spread.variance  // mean ρ″
        for k in total.elements.indices { total.elements[k] = bend * total.elements[k] + prior.elements[k] }
        directions = (hasPrior ? total : information).unitDiagonal().eigenpairs()
        let identified = degreesOfFreedom > 0 && (directions.first?.value ?? 0) > 1e-14
        guard identified, let factor = total.factored(), spread.variance.isFinite else {
            covariance = nil
            curvature = total
            return
        }
        var inverse = factor.inverse()
        for k in inverse.elements.indices { inverse.elements[k] *= spread.dispersion }
        if let width = spread.halfWidth {
            let sandwich = Sandwich(
                objective: objective, parameters: minimum.parameters, residuals: residuals, free: free, width: width,
                smoothing: spread.smoothing,
                prior: prior, dispersion: spread.dispersion)
            if let robust = sandwich.covariance(degreesOfFreedom: degreesOfFreedom) {
                (inverse, total) = robust
            }
        }
        curvature = total
        covariance = inverse.placed(at: free, of: problem.parameters.count).elements
    }

    // How many parameters the data determine: the trace of A (A + P)⁻¹ (MacKay 1992), P the curvature of the priors.
    private static func determined(
        _ problem: Problem, _ residuals: [Double], _ information: SymmetricMatrix, _ prior: SymmetricMatrix
    ) -> Double {
        // The mean curvature of the loss, with as many parameters as the data could determine at most.
        let first = Spread(problem, residuals, min(Double(information.count), problem.observations / 2))
        let bend = first.dispersion / first.variance
        var total = information
        for k in total.elements.indices { total.elements[k] = bend * total.elements[k] + prior.elements[k] }
        guard bend.isFinite, let inverse = total.factored()?.inverse() else { return Double(information.count) }
        var trace = 0.0
        for i in 0..<information.count {
            for j in 0..<information.count { trace += bend * information[i, j] * inverse[j, i] }
        }
        return trace
    }

    // MARK: - Starts

    /// Converged minima other than the best that an interval may have to reach over, lowest first: other optima, and
    /// those with the same predictions at other parameters.
    func others(_ result: SearchResult) -> (minima: [[Double]], equivalents: [[Double]]) {
        var (minima, equivalents): ([LocalMinimum], [[Double]]) = ([], [])
        for found in result.minima.sorted(by: { $0.value < $1.value }) where found.termination.isConverged {
            if same(found.parameters, minimum.parameters) || minima.count == 4 { continue }
            if minima.contains(where: { same($0.parameters, found.parameters) }) { continue }
            minima.append(found)
            if found.value <= minimum.value * (1 + 1e-8) { equivalents.append(found.parameters) }
        }
        return (minima.map(\.parameters), equivalents)
    }

    /// A direction in which the parameters move together without changing the fit, over all parameters.
    var flatDirection: [Double]? {
        guard let weakest = directions.first, !(weakest.value >= 1e-12) else { return nil }
        var result = [Double](repeating: 0, count: problem.parameters.count)
        // The eigenvector is that of the matrix scaled to a unit diagonal.
        let information = objective.information(minimum.parameters)
        for (i, k) in free.enumerated() {
            let size = information[k, k].squareRoot()
            result[k] = size > 0 ? weakest.vector[i] / size : weakest.vector[i]
        }
        return result
    }

    func outcomes(_ result: SearchResult) -> (starts: [StartOutcome], alternatives: [Alternative]) {
        let best = result.best
        var groups: [(end: String, count: Int, objective: Double)] = []
        var alternatives: [Alternative] = []
        for found in result.minima {
            let end = describe(found, best)
            let tolerance = 1e-6 * found.value.magnitude
            if let index = groups.firstIndex(where: {
                $0.end == end && (end == Self.bestEnd || ($0.objective - found.value).magnitude <= tolerance)
            }) {
                groups[index].count += 1
                groups[index].objective = min(groups[index].objective, found.value)
            } else {
                groups.append((end, 1, found.value))
            }
            if found.termination.isConverged, end == Self.otherEnd, found.value <= best.value * 1.01,
                !alternatives.contains(where: { same($0.parameters, found.parameters) })
            {
                alternatives.append(Alternative(parameters: found.parameters, objective: found.value))
            }
        }
        var starts = groups.sorted { $0.objective < $1.objective }
            .map {
                StartOutcome(
                    end: $0.end, count: $0.count, objective: $0.end == Self.bestEnd ? best.value : $0.objective)
            }
        if !starts.contains(where: { $0.end == Self.bestEnd }) {
            starts.insert(StartOutcome(end: Self.bestEnd, count: 1, objective: best.value), at: 0)
        }
        if result.undefined > 0 {
            starts.append(StartOutcome(end: "the formula was undefined", count: result.undefined, objective: .nan))
        }
        return (starts, alternatives.sorted { $0.objective < $1.objective })
    }

    private static let bestEnd = "best optimum"
    private static let otherEnd = "another optimum"

    // Alike where the predictions are: terms that only changed places are one optimum.
    private func same(_ a: LocalMinimum, _ b: LocalMinimum) -> Bool {
        if same(a.parameters, b.parameters) { return true }
        return same(objective.predictions(a.parameters), objective.predictions(b.parameters))
    }

    private func describe(_ found: LocalMinimum, _ best: LocalMinimum) -> String {
        let exact = found.termination.reason == .exact && best.termination.reason == .exact
        let close = exact || found.value <= best.value * (1 + 1e-8)
        if close && same(found, best) { return Self.bestEnd }
        if let lost = terms.vanished(found.parameters).first { return "the term in \(lost) vanished" }
        return found.termination.isConverged ? Self.otherEnd : "not converged"
    }

    private func same(_ a: [Double], _ b: [Double]) -> Bool {
        zip(a, b).allSatisfy { ($0 - $1).magnitude <= 1e-4 * max($0.magnitude, $1.magnitude) }
    }

    // MARK: - Warnings

    func warnings(alternatives: [Alternative]) -> [Warning] {
        var warnings: [Warning] = []
        let names = problem.parameterNames
        if !minimum.termination.isConverged {
            warnings.append(
                Warning(
                    code: "not-converged", message: "the fit did not converge: \(minimum.termination.statement)",
                    hint: "give bounds or more starts, or a formula with fewer parameters"))
        }
        let fitted = problem.parameters.count { $0.bound.lower < $0.bound.upper }
        if problem.observations < Double(fitted) {
            warnings.append(
                Warning(
                    code: "fewer-points-than-parameters",
                    message:
                        "\(Expression.decimal(problem.observations)) observation\(problem.observations == 1 ? "" : "s") for "
                        + "\(fitted) parameters: many parameter values fit equally well",
                    hint: "add runs, or fix or tie parameters"))
        } else if problem.observations == Double(fitted) {
            warnings.append(
                Warning(
                    code: "no-degrees-of-freedom",
                    message:
                        "as many observations as parameters: the fit passes through them and says nothing of its error",
                    hint: "add runs, or fix or tie parameters"))
        }
        for k in names.indices
        where !free.contains(k) && problem.parameters[k].bound.lower < problem.parameters[k].bound.upper {
            warnings.append(
                Warning(
                    code: "at-bound",
                    message: "\(names[k]) = \(Numeral.significant(minimum.parameters[k], digits: 6)) is at its bound "
                        + "\(problem.parameters[k].bound)",
                    hint: "its interval is one-sided; the others are computed as if it were fixed there"))
        }
        for lost in terms.vanished(minimum.parameters) {
            warnings.append(
                Warning(
                    code: "term-vanished", message: "the term in \(lost) adds nothing at any row",
                    hint: "the data do not show this term; fit a formula without it"))
        }
        warnings += identification()
        warnings += collinearity()
        if !alternatives.isEmpty {
            let best = Numeral.significant(minimum.value, digits: 6)
            let others = alternatives.prefix(3).map { Numeral.significant($0.objective, digits: 6) }
            warnings.append(
                Warning(
                    code: "near-equal-minima",
                    message:
                        "\(alternatives.count) other minim\(alternatives.count == 1 ? "um is" : "a are") within 1 % "
                        + "of the best objective \(best): \(others.joined(separator: ", "))",
                    hint: "the data hardly choose between them; compare their predictions"))
        }
        return warnings
    }

    // Inputs that rise together in a straight line of logarithms leave their exponents to chance.
    private func collinearity() -> [Warning] {
        PositiveInputs(problem).correlations.filter { $0.value.magnitude > 0.995 }.map { first, second, correlation in
            Warning(
                code: "collinear-design",
                message: "\(first) and \(second) move together (correlation of logarithms "
                    + "\(Numeral.fixed(correlation, decimals: 4))): their exponents cannot be told apart well",
                hint: "add runs with another ratio of \(second) to \(first)")
        }
    }
}
