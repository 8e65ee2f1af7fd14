// Whether the parts of a law file agree with each other.

import Fitting
import Formulas

struct LawChecks {
    private let file: LawText
    private let law: Law
    /// The parameters of the formula: name and indices.
    private let parameters: [String: Symbol]
    private let names: [String]
    /// The parameters that every set must give: those that are neither fixed nor tied.
    private let needed: [String]
    private let setNames: Set<String>

    init(_ file: LawText, _ law: Law) {
        self.file = file
        self.law = law
        let symbols = law.parameterSymbols
        parameters = Dictionary(symbols.map { ($0.name, $0) }) { first, _ in first }
        names = symbols.map(\.name)
        let held = Set(law.parameters.filter { $0.fixed != nil || $0.tie != nil }.map { Self.base($0.name) })
        needed = names.filter { !held.contains($0) }
        setNames = Set(law.sets.map(\.name))
    }

    func run() throws(ScalingError) {
        if law.kind == .claim { return try checkClaim() }
        if law.kind == .average {
            if let entry = file.sections[0]["formula"] {
                throw .lawFile(.averageWithFormula, at: file.place(key: entry))
            }
            return
        }
        for entry in file.sections[0].entries where ["scaled", "range", "figures"].contains(entry.key) {
            throw .lawFile(.belongsToClaims(entry.key), at: file.place(key: entry))
        }
        guard let formula = law.formula else {
            throw .lawFile(.missingFormula, at: file.place(line: file.sections[0].entries[0].line))
        }
        try checkResponse(formula)
        try checkInputs(formula)
        try checkParameters()
        for (section, set) in zip(file.sections.filter({ $0.kind == "set" }), law.sets) { try check(set, section) }
        if let section = file.sections.first(where: { $0.kind == "estimates" }) { try checkEstimates(section) }
        for section in file.sections where section.kind == "golden" { try checkGolden(section) }
    }

    private func checkClaim() throws(ScalingError) {
        if let entry = file.sections[0]["formula"] { throw .lawFile(.claimWithFormula, at: file.place(key: entry)) }
        if let section = file.sections.dropFirst().first {
            throw .lawFile(.claimWithSection(section.title), at: file.place(line: section.line))
        }
    }

    private func checkResponse(_ formula: Formula) throws(ScalingError) {
        let responses = file.sections.filter { $0.kind == "response" }
        if responses.count > 1 {
            throw .lawFile(.repeatedSection("[response]"), at: file.place(line: responses[1].line))
        }
        guard let response = formula.response else {
            guard let entry = file.sections[0]["formula"] else { return }
            throw .lawFile(.noResponse, at: file.place(value: entry))
        }
        guard let section = responses.first else { return }
        let written = "\(response)"
        let matches =
            section.name == written || (response.symbols.count == 1 && section.name.map(Expression.name) == response)
        if !matches {
            throw .lawFile(
                .responseDiffers(file: section.name ?? "", formula: written), at: file.place(line: section.line))
        }
    }

    private func checkInputs(_ formula: Formula) throws(ScalingError) {
        let symbols = formula.symbols
        let used = Set(symbols.map(\.name)).union(symbols.flatMap(\.indices))
        let indexed = Set(symbols.filter { !$0.indices.isEmpty }.map(\.name))
        let stated = Set(law.parameters.map(\.name))
        for section in file.sections where section.kind == "input" {
            let name = section.name ?? ""
            if stated.contains(name) || indexed.contains(name) {
                throw .lawFile(.inputAndParameter(name), at: file.place(line: section.line))
            }
            if !used.contains(name) {
                throw .lawFile(.unusedInput(name, symbols: symbols.map(\.name)), at: file.place(line: section.line))
            }
        }
        let inputs = Set(law.inputs.map(\.name))
        guard let entry = file.sections[0]["formula"] else { return }
        for symbol in symbols {
            for index in symbol.indices where !inputs.contains(index) {
                throw .lawFile(.indexIsNoInput(index, symbol: symbol.description), at: file.place(value: entry))
            }
        }
    }

    private func checkParameters() throws(ScalingError) {
        for section in file.sections where section.kind == "parameter" {
            let name = section.name ?? ""
            if let fault = fault(inName: name) { throw .lawFile(fault, at: file.place(line: section.line)) }
        }
        try checkTies()
    }

    // A tie names parameters, and no chain of ties is endless (or long enough to matter to what follows it).
    private func checkTies() throws(ScalingError) {
        let ties = law.ties
        for section in file.sections where section.kind == "parameter" {
            guard let name = section.name, let tie = ties[name], let entry = section["tie"] else { continue }
            var reached = tie.prediction.symbols
            for symbol in reached where parameters[symbol.name] != symbol {
                throw .lawFile(
                    .unknownParameter(symbol.description, parameters: names), at: file.place(value: entry))
            }
            for _ in 0..<Self.longestTie where !reached.isEmpty {
                reached = Array(Set(reached.flatMap { ties[$0.name]?.prediction.symbols ?? [] }))
            }
            if !reached.isEmpty { throw .lawFile(.tieCycle(name), at: file.place(value: entry)) }
        }
    }

    private static let longestTie = 8

    private func check(_ set: LawSet, _ section: LawSection) throws(ScalingError) {
        guard let entry = section["values"] else { return }
        for coefficient in set.values {
            if let fault = fault(inName: coefficient.name, whole: true) {
                throw .lawFile(fault, at: file.place(value: entry))
            }
        }
        try checkComplete(set.values.map(\.name), section, file.place(value: entry))
    }

    private func checkEstimates(_ section: LawSection) throws(ScalingError) {
        for (entry, name) in zip(section.all("value"), law.fit?.estimates.names ?? []) {
            if let fault = fault(inName: name) { throw .lawFile(fault, at: file.place(value: entry)) }
        }
        try checkComplete(law.fit?.estimates.names ?? [], section, file.place(line: section.line))
    }

    // Every parameter that is neither fixed nor tied has a value.
    private func checkComplete(
        _ given: [String], _ section: LawSection, _ place: ScalingError.Place
    ) throws(ScalingError) {
        let bases = Set(given.map(Self.base))
        for name in needed where !bases.contains(name) {
            throw .lawFile(.missingParameter(name, section: section.title), at: place)
        }
    }

    private func checkGolden(_ section: LawSection) throws(ScalingError) {
        guard let entry = section["set"], !setNames.contains(entry.value) else { return }
        throw .lawFile(.unknownGoldenSet(entry.value, sets: law.sets.map(\.name)), at: file.place(value: entry))
    }

    /// What is wrong with the name of a coefficient; `whole` where every label must be written.
    private func fault(inName name: String, whole: Bool = false) -> ScalingError.Fault? {
        guard let symbol = parameters[Self.base(name)] else {
            return .unknownParameter(name, parameters: names)
        }
        let labels = Assignments.split(name)?.labels.count ?? 0
        let wrong = whole ? labels != symbol.indices.count : labels > 0 && symbol.indices.isEmpty
        return wrong ? .labelCount(name, indices: symbol.indices) : nil
    }

    static func base(_ name: String) -> String { String(name.prefix { $0 != "[" }) }
}
