// From the texts of a request to the specification of a fit: a law brings its own, the request overrides it.

import Fitting
import Formulas
import Scaling
import Tables

struct FitSpecification {
    private(set) var specification: Specification
    /// The table, with a column of schedules where the request gives them.
    private(set) var table: Table
    private let request: FitRequest

    /// The law that the request names, or nil for a formula.
    static func law(_ request: FitRequest) throws -> Law? {
        switch (request.formula, request.law) {
        case (nil, nil): throw WorkbenchError.neitherFormulaNorLaw
        case (_?, _?): throw WorkbenchError.formulaAndLaw
        case (_?, nil): return nil
        case (nil, let name?): return try Law.load(name, atlas: try AtlasSource.atlas(request.atlas))
        }
    }

    init(_ request: FitRequest, _ law: Law?, _ table: Table) throws {
        self.request = request
        self.table = table
        let columns = try Self.formulas(request.columns, "--column")
        if let law {
            specification = try law.specification(columns: Self.keptColumns(law, table, besides: columns))
        } else {
            let formula = try Self.formula(request.formula ?? "", "--formula")
            specification = Specification(formula: try AtlasSource.atlas(request.atlas).resolving(formula))
        }
        specification.columns.merge(columns) { _, given in given }
        try takeSchedules(law)
        try takeScale()
        try takeParameters()
    }

    // The schedules that the request gives, that the law keeps of its fit, or that the table's labels write out.
    private mutating func takeSchedules(_ law: Law?) throws {
        let option = try ScheduleOption(request.schedules, kept: law, for: table)
        let names = specification.formula.scheduleColumns.map(\.schedule)
        if names.isEmpty, request.schedules?.isEmpty == false {
            throw WorkbenchError.scheduleWithoutLaw(formula: "\(specification.formula)")
        }
        for name in names {
            var column = name
            if case .symbol(let symbol)? = specification.columns[name]?.prediction { column = symbol.name }
            let (bound, rates) = try option.bind(table, name: name, column: column)
            table = bound
            specification.schedules.merge(rates) { first, _ in first }
        }
    }

    // A saved fit remembers what its inputs were called; that helps as long as the table still calls them so.
    static func keptColumns(_ law: Law, _ table: Table, besides given: [String: Formula]) -> [String: Formula] {
        law.columns.filter { name, source in
            given[name] == nil && table[name] == nil && source.prediction.symbols.allSatisfy { table[$0.name] != nil }
        }
    }

    private mutating func takeScale() throws {
        specification.level = try Choice.level(request.arithmetic)
        if let loss = request.loss { specification.loss = try Loss(loss) }
        if let residual = request.residual {
            specification.residual = try Choice.read(residual, "--residual", Residual.allCases)
        }
        if let meaning = request.weightsAre {
            specification.weightMeaning = try Choice.read(meaning, "--weights-are", WeightMeaning.allCases)
        }
        if let weights = request.weights { specification.weights = try Self.formula(weights, "--weights") }
        if let condition = request.condition { specification.condition = try Self.formula(condition, "--where") }
    }

    private mutating func takeParameters() throws {
        let (fixed, ties) = (request.fixed ?? [:], try Self.formulas(request.ties, "--tie"))
        if let name = Set(fixed.keys).intersection(ties.keys).min() { throw WorkbenchError.fixedAndTied(name) }
        for (name, text) in (request.bounds ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let bound = Bound(text) else { throw WorkbenchError.notABound(text, name: name) }
            specification.bounds[name] = bound
        }
        for text in request.priors ?? [] { specification.priors.append(try Prior(text)) }
        specification.starts.merge(request.start ?? [:]) { _, given in given }
        // What the request holds or ties is no longer what the law said of it.
        for name in fixed.keys { release(name) }
        for name in ties.keys { release(name) }
        specification.fixed.merge(fixed) { _, given in given }
        specification.ties.merge(ties) { _, given in given }
    }

    private mutating func release(_ name: String) {
        specification.fixed[name] = nil
        specification.ties[name] = nil
        if request.bounds?[name] == nil { specification.bounds[name] = nil }
        if request.start?[name] == nil { specification.starts[name] = nil }
    }

    static func formula(_ text: String, _ option: String) throws -> Formula {
        do { return try Formula(text) } catch { throw FitError.formula(error, option: option) }
    }

    static func formulas(_ texts: [String: String]?, _ option: String) throws -> [String: Formula] {
        var formulas: [String: Formula] = [:]
        for (name, text) in (texts ?? [:]).sorted(by: { $0.key < $1.key }) {
            formulas[name] = try formula(text, option)
        }
        return formulas
    }
}

/// A word out of a few.
enum Choice {
    static func level(_ text: String?) throws(WorkbenchError) -> VectorLevel {
        guard let text else { return .best }
        return try read(text, "arithmetic", VectorLevel.allCases)
    }

    static func read<Value: RawRepresentable>(_ text: String, _ option: String, _ all: [Value]) throws(WorkbenchError)
        -> Value where Value.RawValue == String
    {
        guard let value = Value(rawValue: text) else {
            throw .unknownChoice(text, option: option, choices: all.map(\.rawValue))
        }
        return value
    }
}
