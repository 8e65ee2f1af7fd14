// What the choice of runs starts from: a fit, or a published law alone.

import Fitting
import Formulas
import Tables

/// Parameters of a problem, with what else a fit would say.
struct RunOrigin {
    /// Nil before any run.
    let fit: Fit?
    let problem: Problem
    let parameters: [Double]
    let degreesOfFreedom: Double
    let noise: RunNoise
    let warnings: [Warning]

    /// That of a fit.
    ///
    /// - Parameter other: parameters in place of the estimates.
    init(_ fit: Fit, at other: [String: Double]? = nil) {
        self.fit = fit
        problem = fit.problem
        parameters = zip(fit.problem.parameterNames, fit.coefficients).map { other?[$0] ?? $1 }
        degreesOfFreedom = fit.degreesOfFreedom
        noise = RunNoise(fit)
        warnings = fit.warnings.filter { $0.code == "not-identified" }
    }

    /// That of a law's coefficients, before any run: the prior lies around the middle of the candidates.
    ///
    /// - Throws: ``ScalingError`` for a law without coefficients, or one that cannot be bound to these inputs.
    init(_ law: Law, set: String?, candidates: Points) throws(ScalingError) {
        fit = nil
        var specification = try law.specification()
        specification.starts = [:]
        specification.condition = nil
        specification.weights = nil
        var columns = candidates.numbers.sorted { $0.key < $1.key }.map { Column(name: $0.key, numbers: $0.value) }
        columns += candidates.labels.sorted { $0.key < $1.key }.map {
            Column(name: $0.key, labels: $0.value.map { $0 })
        }
        // What was measured does not enter any covariance: any value that every scale takes.
        for symbol in specification.formula.response?.symbols ?? [] {
            columns.append(Column(name: symbol.name, numbers: Array(repeating: 0.5, count: candidates.count)))
        }
        do {
            problem = try Problem(specification, table: Table(name: "candidates", columns: columns))
        } catch {
            throw .next(.cannotBind(law: law.id, problem: "\(error)"))
        }
        let estimates = try law.estimates(set: set)
        var parameters: [Double] = []
        for name in problem.parameterNames {
            guard let value = estimates[name] else {
                throw .noValue(parameter: name, law: law.id, known: estimates.names)
            }
            parameters.append(value)
        }
        self.parameters = parameters
        degreesOfFreedom = -Double(parameters.count)
        let scale = problem.residual == .raw ? Self.size(law, estimates, candidates) : 1
        noise = RunNoise(assumed: RunNoise.usual * scale)
        warnings = []
    }

    private static func size(_ law: Law, _ estimates: Estimates, _ points: Points) -> Double {
        let values = (try? Predictor(law, estimates, points).run().values) ?? []
        return values.reduce(0) { $0 + $1.magnitude } / Double(max(1, values.count))
    }
}
