// From the sections of a law file to a law. Whether its parts agree is judged by LawChecks.

import Fitting
import Formulas

struct LawReader {
    let file: LawText

    init(_ file: LawText) { self.file = file }

    func read(id: String) throws(ScalingError) -> Law {
        var law = try readTop(id: id)
        for section in file.sections where section.kind == "input" { law.inputs.append(try readInput(section)) }
        let inputs = Dictionary(law.inputs.map { ($0.name, $0) }) { first, _ in first }
        for section in file.sections {
            switch section.kind {
            case "response": law.response = try readResponse(section)
            case "parameter": law.parameters.append(try readParameter(section))
            case "fit": law.fitting = try readFitting(section)
            case "set": law.sets.append(try readSet(section))
            case "golden": law.goldens.append(try readGolden(section, inputs))
            default: break
            }
        }
        law.fit = try readSavedFit()
        return law
    }

    private func readTop(id: String) throws(ScalingError) -> Law {
        let top = file.sections[0]
        var law = Law(id: id, title: try required("title", top).value)
        law.kind = try choice("kind", top) ?? .law
        law.authors = top["authors"]?.value
        law.identifier = top["identifier"]?.value
        law.equation = top["equation"]?.value
        law.field = top["field"]?.value
        law.notes = top["notes"]?.value
        law.traps = top.all("trap").map(\.value)
        law.scaled = top["scaled"]?.value
        law.range = top["range"]?.value
        law.figures = top["figures"]?.value
        law.formula = try formula("formula", top)
        if let year = top["year"] {
            guard let number = Int(year.value), (1...9999).contains(number) else { throw notANumber(year) }
            law.year = number
        }
        return law
    }

    private func readInput(_ section: LawSection) throws(ScalingError) -> LawInput {
        LawInput(
            section.name ?? "", meaning: section["meaning"]?.value, unit: section["unit"]?.value,
            counting: section["counting"]?.value, range: try bound("range", section),
            column: try formula("column", section))
    }

    private func readResponse(_ section: LawSection) throws(ScalingError) -> LawResponse {
        LawResponse(
            section.name ?? "", meaning: section["meaning"]?.value, unit: section["unit"]?.value,
            direction: try choice("direction", section), column: try formula("column", section))
    }

    private func readParameter(_ section: LawSection) throws(ScalingError) -> LawParameter {
        LawParameter(
            section.name ?? "", meaning: section["meaning"]?.value, bound: try bound("bound", section),
            fixed: try number("fixed", section), start: try number("start", section), tie: try formula("tie", section)
        )
    }

    private func readFitting(_ section: LawSection) throws(ScalingError) -> LawFitting {
        var fitting = LawFitting()
        if let entry = section["loss"] {
            do {
                fitting.loss = try Loss(entry.value)
            } catch {
                throw .lawFile(.loss(entry.value), at: file.place(value: entry))
            }
        }
        fitting.residual = try choice("residual", section)
        fitting.weights = try formula("weights", section)
        fitting.weightMeaning = try choice("weights-are", section)
        fitting.condition = try formula("where", section)
        fitting.priors = try readPriors(section)
        for entry in section.all("schedule") {
            do { _ = try ScheduleSource(ScheduleSource.labelled(entry.value).rest) } catch {
                throw .lawFile(.schedule(entry.value), at: file.place(value: entry))
            }
            fitting.schedules.append(entry.value)
        }
        fitting.recipe = section["recipe"]?.value
        return fitting
    }

    private func readSet(_ section: LawSection) throws(ScalingError) -> LawSet {
        let entry = try required("values", section)
        var values: [Coefficient] = []
        var seen: Set<String> = []
        for item in try assignments(entry) {
            guard let value = Self.number(item.value) else {
                throw .lawFile(.notANumber(item.value, key: item.name), at: file.place(value: entry))
            }
            if !seen.insert(item.name).inserted {
                throw .lawFile(.repeatedAssignment(item.name), at: file.place(value: entry))
            }
            values.append(Coefficient(item.name, value))
        }
        var set = LawSet(section.name ?? "", values: values)
        if let entry = section["default"] {
            guard entry.value == "yes" else {
                throw .lawFile(
                    .notAChoice(entry.value, key: "default", choices: ["yes"]), at: file.place(value: entry))
            }
            set.isDefault = true
        }
        set.data = section["data"]?.value
        set.objective = section["objective"]?.value
        set.uncertainty = section["uncertainty"]?.value
        set.range = section["range"]?.value
        set.certainty = try choice("certainty", section)
        set.source = section["source"]?.value
        set.note = section["note"]?.value
        return set
    }

    private func readGolden(
        _ section: LawSection, _ inputs: [String: LawInput]
    ) throws(ScalingError) -> LawGolden {
        var point = Point()
        // A law without inputs has nothing to say here.
        if !inputs.isEmpty || section["at"] != nil {
            let entry = try required("at", section)
            for item in try assignments(entry) {
                guard let input = inputs[item.name] else {
                    throw .lawFile(
                        .unknownGoldenInput(item.name, inputs: inputs.keys.sorted()), at: file.place(value: entry))
                }
                if point[item.name] != nil {
                    throw .lawFile(.repeatedAssignment(item.name), at: file.place(value: entry))
                }
                if input.isLabel {
                    point[item.name] = .label(item.value)
                } else if let value = Self.number(item.value) {
                    point[item.name] = .number(value)
                } else {
                    throw .lawFile(.notANumber(item.value, key: item.name), at: file.place(value: entry))
                }
            }
            if let missing = inputs.keys.filter({ point[$0] == nil }).min() {
                throw .lawFile(.missingGoldenInput(missing), at: file.place(value: entry))
            }
        }
        guard let value = try number("value", section) else {
            throw .lawFile(.missingKey("value", section: section.title), at: file.place(line: section.line))
        }
        return LawGolden(
            at: point, set: section["set"]?.value, value: value,
            tolerance: try number("tolerance", section) ?? LawGolden.defaultTolerance,
            provenance: section["provenance"]?.value)
    }
}

// MARK: - Values

extension LawReader {
    /// A number as people write it, and what print writes for those that are not finite.
    static func number(_ text: String) -> Double? {
        switch text {
        case "inf": .infinity
        case "-inf": -.infinity
        case "nan": .nan
        default: Quantity.parse(text)
        }
    }

    func notANumber(_ entry: LawEntry) -> ScalingError {
        .lawFile(.notANumber(entry.value, key: entry.key), at: file.place(value: entry))
    }

    func required(_ key: String, _ section: LawSection) throws(ScalingError) -> LawEntry {
        if let entry = section[key] { return entry }
        throw .lawFile(.missingKey(key, section: section.title), at: file.place(line: section.line))
    }

    func number(_ key: String, _ section: LawSection) throws(ScalingError) -> Double? {
        guard let entry = section[key] else { return nil }
        guard let value = Self.number(entry.value) else { throw notANumber(entry) }
        return value
    }

    func bound(_ key: String, _ section: LawSection) throws(ScalingError) -> Bound {
        guard let entry = section[key] else { return .none }
        guard let bound = Bound(entry.value), bound.lower < .infinity, bound.upper > -.infinity else {
            throw .lawFile(.notABound(entry.value, key: key), at: file.place(value: entry))
        }
        return bound
    }

    func formula(_ key: String, _ section: LawSection) throws(ScalingError) -> Formula? {
        guard let entry = section[key] else { return nil }
        do {
            return try Formula(entry.value)
        } catch {
            throw .lawFile(.formula(error, key: key), at: file.place(value: entry))
        }
    }

    func choice<T: RawRepresentable & CaseIterable>(
        _ key: String, _ section: LawSection
    ) throws(ScalingError) -> T? where T.RawValue == String {
        guard let entry = section[key] else { return nil }
        guard let value = T(rawValue: entry.value) else {
            throw .lawFile(
                .notAChoice(entry.value, key: key, choices: T.allCases.map(\.rawValue)), at: file.place(value: entry))
        }
        return value
    }

    func assignments(_ entry: LawEntry) throws(ScalingError) -> [Assignments.Item] {
        switch Assignments.read(entry.value) {
        case .success(let items): return items
        case .failure(let fault):
            throw .lawFile(.notAnAssignment(fault.piece), at: file.place(value: entry))
        }
    }
}
