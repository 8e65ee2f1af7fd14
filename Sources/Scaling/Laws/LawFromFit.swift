// From a fit to the law that is saved.

import Fitting
import Formulas
import Tables

extension Law {
    /// The law that a fit gives: what `law` said of its symbols, with what the fit found.
    ///
    /// Names of the formula that the table had as columns become inputs; the range of each is that of the fitted rows.
    ///
    /// - Parameters:
    ///   - law: the law that was fitted, or nil for a formula that was typed. Its source, sets, goldens and
    ///     traps are not kept, as the coefficients are no longer the source's; the notes name it.
    ///   - version: the version of the program, as printed.
    ///   - table: the table that was fitted, for what its columns count; their names alone are read without it.
    ///   - declared: what is known of columns, by their names in the table.
    public init(
        _ fit: Fit, specification: Specification, of law: Law? = nil, id: String, title: String, version: String,
        table: Table? = nil, declared: [String: ColumnMeaning] = [:]
    ) {
        self = law ?? Law(id: id, title: title)
        (self.id, self.title, kind) = (id, title, .law)
        (sets, goldens) = ([], [])
        if let law { takeSource(law) }
        formula = specification.formula
        fitting.loss = specification.loss
        fitting.residual = specification.residual
        fitting.weights = specification.weights
        fitting.weightMeaning = specification.weights == nil ? nil : specification.weightMeaning
        fitting.condition = specification.condition
        fitting.priors = specification.priors
        let left = specification.formula.response.map { "\($0)" }
        if response?.name != left { response = left.map { LawResponse($0) } }
        let measured = responseSymbol ?? left
        response?.column = measured.flatMap { specification.columns[$0] }
        takeInputs(fit.problem, specification)
        takeMeanings(table?.columns.map(\.name) ?? [], declared)
        takeParameters(specification)
        self.fit = SavedFit(
            estimates: fit.estimates, objective: fit.objective, observations: fit.observations,
            omissions: fit.problem.omissions, table: fit.problem.tableName,
            noise: fit.noise.isFinite ? fit.noise : nil, termination: fit.termination.statement,
            warnings: fit.warnings, seed: fit.seed, version: version)
        if let table, let alike = Warning.correlatedRows(fit, specification, table) {
            self.fit?.warnings.append(alike)
        }
        self.fit?.weakDirection = WeakDirection(fit.problem)
        if let repeated = RepeatedRuns(fit.problem) {
            self.fit?.noise = repeated.noise
            self.fit?.noiseSource = "\(repeated.groups) configurations run again"
        }
    }

    /// Keeps the intervals and the draws of a fit with its law.
    ///
    /// - Parameter keeping: at most so many draws; nil for all.
    public mutating func take(_ uncertainty: Uncertainty, keeping most: Int? = nil) {
        // What is predicted from the file has the intervals that the fit would give it.
        if let known = fit?.estimates {
            // Checkpoints of one run are not so many runs.
            let clusters = uncertainty.draws?.clusterCount.map { Double($0 - 1) } ?? .infinity
            fit?.estimates = Estimates(
                names: known.names, values: known.values, covariance: uncertainty.covariance,
                degreesOfFreedom: min(known.degreesOfFreedom, clusters))
        }
        fit?.profiles = (uncertainty.parameterProfiles + uncertainty.profiles).map(SavedProfile.init)
        fit?.draws = most.map { uncertainty.draws?.kept.thinned(to: $0) } ?? uncertainty.draws?.kept
        fit?.warnings += uncertainty.warnings
    }

    // Nobody but the user fitted this. A saved fit that is fitted again already says whose form it has.
    private mutating func takeSource(_ law: Law) {
        if law.fit == nil {
            notes = "Form of \(law.id)\(law.identifier.map { " (\($0))" } ?? "")."
            traps = []
        }
        (authors, year, identifier, equation) = (nil, nil, nil, nil)
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

    // What was fitted is what the columns counted, whatever the law had asked for.
    private mutating func takeMeanings(_ names: [String], _ declared: [String: ColumnMeaning]) {
        for position in inputs.indices where !inputs[position].isLabel {
            let input = inputs[position]
            let source = input.column?.prediction ?? .name(input.name)
            guard var meaning = Conventions.meaning(of: source, among: names, declared: declared) else { continue }
            if let counting = meaning.counting { inputs[position].counting = counting.rawValue }
            // Numbers of that size are counted one by one.
            if meaning.unit == nil, input.unit == nil, input.range.upper >= 1e5 { meaning.unit = 1 }
            if let unit = meaning.unitName { inputs[position].unit = unit }
        }
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
