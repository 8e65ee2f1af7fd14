// From a fit to the law that is saved.

import Fitting
import Formulas

extension Law {
    /// The law that a fit gives: what `law` said of its symbols, with what the fit found.
    ///
    /// Names of the formula that the table had as columns become inputs; the range of each is that of the fitted rows.
    ///
    /// - Parameters:
    ///   - law: the law that was fitted, or nil for a formula that was typed. Its sets and goldens are not kept: they
    ///     belong to its source.
    ///   - version: the version of the program, as printed.
    public init(
        _ fit: Fit, specification: Specification, of law: Law? = nil, id: String, title: String, version: String
    ) {
        self = law ?? Law(id: id, title: title)
        (self.id, self.title, kind) = (id, title, .law)
        (sets, goldens) = ([], [])
        formula = specification.formula
        fitting.loss = specification.loss
        fitting.residual = specification.residual
        fitting.weights = specification.weights
        fitting.weightMeaning = specification.weights == nil ? nil : specification.weightMeaning
        fitting.condition = specification.condition
        let left = specification.formula.response.map { "\($0)" }
        if response?.name != left { response = left.map { LawResponse($0) } }
        response?.column = left.flatMap { specification.columns[$0] }
        takeInputs(fit.problem, specification)
        takeParameters(specification)
        self.fit = SavedFit(
            estimates: fit.estimates, objective: fit.objective, observations: fit.observations,
            omissions: fit.problem.omissions, table: fit.problem.tableName,
            noise: fit.noise.isFinite ? fit.noise : nil, termination: fit.termination.statement,
            warnings: fit.warnings, seed: fit.seed, version: version)
    }

    private mutating func takeInputs(_ problem: Problem, _ specification: Specification) {
        let read = problem.roles.compactMap { role in if case .column = role.kind { role.name } else { nil } }
        let indices = problem.formula.symbols.flatMap(\.indices)
        let ranges = Dictionary(problem.domain.map { ($0.name, $0.range) }) { first, _ in first }
        var taken: [LawInput] = []
        for name in read + indices where !taken.contains(where: { $0.name == name }) {
            var input = self.input(name) ?? LawInput(name)
            let range = ranges[name]
            input.range = range.map { Bound(lower: $0.lowerBound, upper: $0.upperBound) } ?? .none
            if range == nil { input.unit = "label" }
            input.column = specification.columns[name]
            taken.append(input)
        }
        inputs = taken
    }

    private mutating func takeParameters(_ specification: Specification) {
        let named = Set(specification.bounds.keys).union(specification.fixed.keys).union(specification.ties.keys)
            .union(specification.starts.keys)
        let known = Set(parameters.map(\.name))
        parameters += named.subtracting(known).sorted().map { LawParameter($0) }
        for position in parameters.indices {
            let name = parameters[position].name
            parameters[position].bound = specification.bounds[name] ?? .none
            parameters[position].fixed = specification.fixed[name]
            parameters[position].tie = specification.ties[name]
            parameters[position].start = specification.starts[name]
        }
    }
}
