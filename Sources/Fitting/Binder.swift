// Binding: names get their meaning, rows are chosen, columns are gathered.

import Formulas
import Tables

/// The steps from a specification and a table to a problem, in order.
struct Binder {
    private let specification: Specification
    private var table: Table
    private var aliases: [String: String] = [:]  // name in the formula → column of `table`
    private var families: [Model.Family] = []
    private var familySymbols: [Symbol] = []
    private var dataSymbols: [String] = []

    private(set) var roles: [Role] = []
    private(set) var parameters: [Parameter] = []
    private(set) var warnings: [Warning] = []
    private(set) var omissions: [Omission] = []
    /// The rows of the table that are fitted; nil where all are.
    private(set) var keptRows: [Int]?
    private(set) var rowCount = 0
    private(set) var observations = 0.0
    private(set) var response: [Double] = []
    private(set) var weights: [Double]?
    private(set) var domain: [(name: String, range: ClosedRange<Double>)] = []

    init(_ specification: Specification, table: Table) throws(FitError) {
        self.specification = specification
        self.table = table
        try applyColumnOptions()
        try resolveNames()
    }

    private var header: [String] { table.columns.map(\.name) }

    // MARK: - Names

    private mutating func applyColumnOptions() throws(FitError) {
        let response = specification.formula.response?.symbols.map(\.name) ?? []
        let indices = specification.formula.symbols.flatMap(\.indices)
        let known = specification.formula.symbols.map(\.name) + response + indices
        for (name, source) in specification.columns.sorted(by: { $0.key < $1.key }) {
            guard known.contains(name) else { throw .unknownColumnOption(name: name, symbols: known) }
            if case .symbol(let symbol) = source.prediction, symbol.indices.isEmpty, source.definitions.isEmpty {
                guard table[symbol.name] != nil else {
                    throw .table(.unknownColumn(symbol.name, file: table.name, header: header))
                }
                aliases[name] = symbol.name
            } else {
                let derived = "\(name) = \(source)"
                do {
                    let values = try table.values(of: source.prediction)
                    table = table.adding(column: Column(name: derived, numbers: values))
                } catch { throw .table(error) }
                aliases[name] = derived
            }
        }
    }

    private mutating func resolveNames() throws(FitError) {
        let columns = header
        for symbol in specification.formula.symbols {
            let kind = try role(of: symbol, columns: columns)
            roles.append(Role(name: symbol.name, kind: kind))
            switch kind {
            case .column: dataSymbols.append(symbol.name)
            case .parameter: familySymbols.append(symbol)
            case .fixed, .tied: break
            }
        }
        for (name, tie) in specification.ties.sorted(by: { $0.key < $1.key }) where isUsed(name) {
            for symbol in tie.prediction.symbols where !isUsed(symbol.name) { throw unknown(symbol.name, "--tie") }
        }
        if let cycle = tieCycle() { throw .tieCycle(name: cycle) }
        try checkOptions()
        if familySymbols.isEmpty { throw .nothingToFit(formula: "\(specification.formula)") }
    }

    private func isUsed(_ name: String) -> Bool { roles.contains { $0.name == name } }

    private func isColumn(_ name: String) -> Bool {
        roles.contains { if case .column = $0.kind { $0.name == name } else { false } }
    }

    private func unknown(_ name: String, _ option: String) -> FitError {
        .unknownParameter(name: name, option: option, parameters: roles.map(\.name).filter { !isColumn($0) })
    }

    // An option that names a column would be a wish that nobody hears. A law may hold parameters of any name.
    private func checkOptions() throws(FitError) {
        let options = [
            ("--bound", Array(specification.bounds.keys)), ("--fix", Array(specification.fixed.keys)),
            ("--start", Array(specification.starts.keys)), ("--tie", Array(specification.ties.keys)),
        ]
        for (option, keys) in options where specification.declaredInputs.isEmpty {
            for key in keys.sorted() where isUsed(key) && (isColumn(key) || aliases[key] != nil || table[key] != nil)
            {
                if familySymbols.contains(where: { $0.name == key }) { continue }
                throw .unusableOption(
                    option, value: key, reason: "'\(key)' is a column; rename the parameter if one was meant")
            }
        }
        for (option, values) in [("--fix", specification.fixed), ("--start", specification.starts)] {
            for (name, value) in values.sorted(by: { $0.key < $1.key }) where !value.isFinite {
                throw .unusableOption(
                    option, value: "\(name)=\(Expression.decimal(value))", reason: "a parameter needs a finite number"
                )
            }
        }
    }

    private mutating func role(of symbol: Symbol, columns: [String]) throws(FitError) -> Role.Kind {
        let name = symbol.name
        if let column = aliases[name] {
            if !symbol.indices.isEmpty { throw .columnIndexed(name: name) }
            return .column(column)
        }
        if let value = specification.fixed[name] { return .fixed(value) }
        if let tie = specification.ties[name] { return .tied("\(tie)") }
        if let unit = specification.declaredInputs[name], !columns.contains(name) {
            let near = nearColumn(name, unit: unit, columns)
            throw .lawNeedsInput(name: name, unit: unit, suggestion: near, table: table.name, header: columns)
        }
        if symbol.indices.isEmpty, columns.contains(name) {
            if name.count == 1, specification.declaredInputs[name] == nil, isLikelyParameter(name) {
                warnings.append(
                    Warning(
                        code: "captured-name",
                        message: "'\(name)' is read from the column of that name, not fitted as a parameter",
                        hint: "rename the parameter in the formula if a parameter was meant"))
            }
            return .column(name)
        }
        if specification.declaredInputs.isEmpty, name.count > 2,
            let near = Suggestion.nearest(to: name, among: columns),
            // A slip of the finger seldom hits the first letter: p10 beside x10 is meant.
            name.count > 4 || name.lowercased().first == near.lowercased().first
        {
            throw .nearMiss(parameter: name, column: near, table: table.name, header: columns)
        }
        return .parameter
    }

    // N and D are written for columns, so a column of that name is no surprise.
    private func isLikelyParameter(_ name: String) -> Bool { !["N", "D", "C", "x", "t"].contains(name) }

    private func nearColumn(_ name: String, unit: String, _ columns: [String]) -> String? {
        if let near = Suggestion.nearest(to: name, among: columns) { return near }
        if let near = columns.first(where: { $0.lowercased() == unit.lowercased() }) { return near }
        let stem = unit.lowercased().prefix(5)
        return stem.count < 5 ? nil : columns.first { $0.lowercased().hasPrefix(stem) }
    }

    // MARK: - Rows

    mutating func selectRows() throws(FitError) {
        guard let left = specification.formula.response else {
            throw .noResponse(formula: "\(specification.formula)")
        }
        let unmeasured = left.symbols.map(\.name).filter { table[aliases[$0] ?? $0] == nil }
        if let missing = unmeasured.first {
            throw .twoSided(specification.formula, unmeasured: unmeasured)
                ?? .responseNotAColumn(name: missing, table: table.name, header: header)
        }
        // One byte a row: 0 where it is kept, else the number of its reason.
        var marks = [UInt8](repeating: 0, count: table.rowCount)
        var reasons: [String] = []
        func note(_ row: Int, _ reason: String) {
            guard marks[row] == 0 else { return }
            if !reasons.contains(reason), reasons.count < 255 { reasons.append(reason) }
            marks[row] = UInt8((reasons.firstIndex(of: reason) ?? 254) + 1)
        }
        do {
            if let condition = specification.condition {
                let holds = try table.values(of: condition.prediction, aliases: aliases)
                for (row, value) in holds.enumerated() where value == 0 || value.isNaN { note(row, "--where") }
            }
            var rawWeights: [Double]?
            if let weights = specification.weights {
                rawWeights = try table.values(of: weights.prediction, aliases: aliases)
            }
            let measured = try table.values(of: left, aliases: aliases)
            for (row, value) in measured.enumerated() where !value.isFinite {
                note(row, value.isNaN ? "no value of \(left)" : "\(left) is infinite")
            }
            for name in dataSymbols {
                guard let column = table[aliases[name] ?? name] else { continue }
                switch column.values {
                case .numbers(let numbers):
                    for (row, value) in numbers.enumerated() where !value.isFinite {
                        note(row, value.isNaN ? "no value of \(column.name)" : "\(column.name) is infinite")
                    }
                case .labels(let labels):
                    for (row, code) in labels.codes.enumerated() where code < 0 {
                        note(row, "no value of \(column.name)")
                    }
                }
            }
            for symbol in familySymbols {
                for index in symbol.indices {
                    guard let column = table[aliases[index] ?? index] else {
                        throw FitError.indexNotAColumn(
                            index: index, symbol: symbol.name, table: table.name, header: header)
                    }
                    for (row, code) in column.labels().codes.enumerated() where code < 0 {
                        note(row, "no value of \(column.name)")
                    }
                }
            }
            if let rawWeights {
                for (row, weight) in rawWeights.enumerated() where marks[row] == 0 {
                    if weight.isNaN { note(row, "no weight") }
                    if weight == 0 { note(row, "weight zero") }
                    if weight < 0 || weight == .infinity { throw FitError.badWeight(weight, place: place(row)) }
                }
            }
            if marks.contains(where: { $0 != 0 }) { keptRows = marks.indices.filter { marks[$0] == 0 } }
            rowCount = keptRows?.count ?? table.rowCount
            weights = rawWeights.map { all in keptRows?.map { all[$0] } ?? all }
            try checkScale(left, measured)
        } catch let error as TableError {
            throw .table(error)
        } catch let error as FitError {
            throw error
        } catch {
            preconditionFailure("\(error)")
        }
        countOmissions(marks, reasons)
        if rowCount == 0 { throw .noRows(table: table.name, omissions: omissions) }
        observations =
            specification.weightMeaning == .frequency
            ? weights?.reduce(0, +) ?? Double(rowCount) : Double(rowCount)
        if let keptRows { table = table.rows(at: keptRows) }
    }

    // In the order in which the table shows them.
    private mutating func countOmissions(_ marks: [UInt8], _ reasons: [String]) {
        var counts = [Int](repeating: 0, count: reasons.count)
        var order: [Int] = []
        for mark in marks where mark != 0 {
            let reason = Int(mark) - 1
            if counts[reason] == 0 { order.append(reason) }
            counts[reason] += 1
        }
        omissions = order.map { Omission(reason: reasons[$0], count: counts[$0]) }
    }

    private mutating func checkScale(_ left: Expression, _ measured: [Double]) throws(FitError) {
        let residual = specification.residual
        response = residual == .raw && keptRows == nil ? measured : []
        if !response.isEmpty { return }
        response.reserveCapacity(rowCount)
        for k in 0..<rowCount {
            let row = keptRows?[k] ?? k
            let transformed = residual.transformed(measured[row])
            if transformed.isNaN {
                throw .responseOutsideScale(residual, value: measured[row], column: "\(left)", place: place(row))
            }
            response.append(transformed)
        }
    }

    private func place(_ row: Int) -> String { "\(table.name):\(table.lineNumber(ofRow: row))" }

    // MARK: - The model

    mutating func makeModel() throws(FitError) -> Model {
        try makeFamilies()
        var positive: [String: Bool] = [:]
        for name in dataSymbols {
            let column = aliases[name] ?? name
            if case .numbers(let values)? = table[column]?.values {
                let low = values.min() ?? 0
                positive[column] = low > 0
                if !domain.contains(where: { $0.name == name }) {
                    domain.append((name, low...(values.max() ?? low)))
                }
            }
        }
        let (aliases, families, specification) = (aliases, families, specification)
        let parameterBounds = parameters.map(\.bound)
        var lowering = Lowering(specification.formula) { symbol in
            if let family = families.firstIndex(where: { $0.symbol == symbol }) {
                let range = families[family].parameters
                // At zero itself a power of the parameter may then be undefined, and the solver turns back from there.
                return .parameter(
                    family, indexed: families[family].codes != nil,
                    positive: range.allSatisfy { parameterBounds[$0].lower >= 0 })
            }
            if let value = specification.fixed[symbol.name] { return .expression(.number(value)) }
            if let tie = specification.ties[symbol.name] { return .expression(tie.prediction) }
            let column = aliases[symbol.name] ?? symbol.name
            return .input(.column(column), positive: positive[column] ?? false)
        }
        lowering.schedules = try schedules()
        do {
            let prediction = try lowering.lower(specification.formula.prediction)
            var columns: [[Double]] = []
            for input in lowering.graph.inputs { columns.append(try table.values(of: input, aliases: aliases)) }
            return Model(
                graph: lowering.graph, prediction: prediction, families: families,
                symbols: Dictionary(aliases.map { ($1, $0) }, uniquingKeysWith: min), columns: columns,
                rowCount: rowCount, level: specification.level)
        } catch let error as FitError {
            throw error
        } catch let error as TableError {
            throw .table(error)
        } catch LoweringError.labelOutsideComparison(let label) {
            throw .unusableOption(
                "--formula", value: label,
                reason: "quoted text can only be compared with a column: column == \"\(label)\"")
        } catch LoweringError.argumentOnRows(let what) {
            throw .unusableOption("--formula", value: what, reason: "it must be the same on all rows")
        } catch LoweringError.unresolvedLaw(let name) {
            throw .unusableOption("--formula", value: name, reason: "no law of that name was put in its place")
        } catch {
            preconditionFailure("\(error)")
        }
    }

    // The schedules of the fitted rows, once their steps are known to lie within.
    private func schedules() throws(FitError) -> [String: [Double]] {
        var found: [String: [Double]] = [:]
        do {
            for (schedule, step) in specification.formula.scheduleColumns {
                let labels = try table.column(aliases[schedule] ?? schedule).labels()
                let steps = try table.numbers(aliases[step] ?? step)
                for row in 0..<table.rowCount {
                    guard let label = labels[row] else { continue }
                    guard let rates = specification.schedules[label] else {
                        throw FitError.unusableOption(
                            "schedule", value: label,
                            reason:
                                "it is no schedule; write one out in the table: cosine peak=3e-4 warmup=2k steps=24k")
                    }
                    found[label] = rates
                    guard steps[row] == steps[row].rounded(), steps[row] >= 0, steps[row] < Double(rates.count) else {
                        throw FitError.unusableOption(
                            "schedule", value: label,
                            reason: "step \(Expression.decimal(steps[row])) at \(place(row)) is none of its "
                                + "\(rates.count) steps, which count from 0")
                    }
                }
            }
        } catch let error as FitError { throw error } catch let error as TableError { throw .table(error) } catch {
            preconditionFailure("\(error)")
        }
        return found
    }

    private func tieCycle() -> String? {
        for start in specification.ties.keys.sorted() {
            var pending = [start]
            var seen: Set<String> = []
            while let name = pending.popLast() {
                for symbol in specification.ties[name]?.prediction.symbols ?? [] {
                    if symbol.name == start { return start }
                    if seen.insert(symbol.name).inserted { pending.append(symbol.name) }
                }
            }
        }
        return nil
    }

    private mutating func makeFamilies() throws(FitError) {
        var names: [String] = []
        for symbol in familySymbols {
            let offset = names.count
            if symbol.indices.isEmpty {
                names.append(symbol.name)
                families.append(Model.Family(symbol: symbol, offset: offset, count: 1, codes: nil))
                continue
            }
            var codes = [Int32](repeating: 0, count: rowCount)
            var known: [[Int32]: Int32] = [:]
            let labels = symbol.indices.map { (table[aliases[$0] ?? $0]?.labels()) ?? Column.Labels([]) }
            for row in 0..<rowCount {
                let key = labels.map { $0.codes[row] }
                if let code = known[key] {
                    codes[row] = code
                } else {
                    let code = Int32(known.count)
                    known[key] = code
                    codes[row] = code
                    let words = zip(labels, key).map { $0.names[Int($1)] }
                    names.append("\(symbol.name)[\(words.joined(separator: ", "))]")
                }
            }
            families.append(Model.Family(symbol: symbol, offset: offset, count: known.count, codes: codes))
        }
        try makeParameters(names)
    }

    private mutating func makeParameters(_ names: [String]) throws(FitError) {
        func value<T>(_ table: [String: T], _ name: String) -> T? {
            table[name] ?? table[String(name.prefix { $0 != "[" })]
        }
        let all = names + familySymbols.map(\.name)
        for (keys, option) in [
            (Array(specification.bounds.keys), "--bound"), (Array(specification.starts.keys), "--start"),
        ] {
            for key in keys.sorted() where !all.contains(key) && !isUsed(key) { throw unknown(key, option) }
        }
        for (keys, option) in [
            (Array(specification.fixed.keys), "--fix"), (Array(specification.ties.keys), "--tie"),
        ] {
            for key in keys.sorted() where !isUsed(key) && !names.contains(key) { throw unknown(key, option) }
        }
        if let key = specification.ties.keys.sorted().first(where: { names.contains($0) && !isUsed($0) }) {
            throw .unusableOption(
                "--tie", value: key, reason: "only a whole parameter is tied: '\(key.prefix { $0 != "[" })'")
        }
        for name in names {
            var bound = value(specification.bounds, name) ?? .none
            var start = value(specification.starts, name)
            if let fixed = specification.fixed[name] {  // one value of an indexed parameter
                bound = Bound(lower: fixed, upper: fixed)
                start = nil
            }
            if let start, !bound.contains(start) {
                throw .startOutsideBound(name: name, start: start, bound: bound)
            }
            parameters.append(Parameter(name: name, bound: bound, start: start))
        }
    }
}
