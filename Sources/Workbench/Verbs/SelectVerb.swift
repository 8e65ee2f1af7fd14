// select: a table and laws, to which of them extrapolates best, and their average.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

/// Fits several laws to a table, ranks them by how well they predict larger runs from smaller ones, averages them.
public enum SelectVerb: Verb {
    public static let name = "select"

    /// - Throws: ``WorkbenchError``, `FitError`, `TableError`, `ScalingError`. With `all`, a law that the table cannot
    ///   feed is no error: it is left out, and one that cannot be fitted is listed with its reason.
    public static func answer(_ request: SelectRequest) throws -> Answer<SelectReply> {
        if let path = request.save { try OutputFile.check(path) }
        let level = request.level ?? 0.95
        guard level > 0, level < 1 else { throw FitError.badLevel(level) }
        if let starts = request.starts, starts < 1 {
            throw WorkbenchError.badCount(starts, option: "--starts", example: 50)
        }
        let kind = try request.interval.map { try IntervalKind(typed: $0) } ?? .mean
        let by = try request.by.map { try FitSpecification.formula($0, "--by") }
        let table = try request.table.read()
        let atlas = try AtlasSource.atlas(request.atlas)
        let (asked, isAll) = try laws(request, atlas, table)
        if asked.isEmpty { throw WorkbenchError.noLaws(columns: table.columns.map(\.name)) }
        var specified: [(name: String, law: Law?, specification: Specification)] = []
        var leftOut: [Unranked] = []
        for (name, law) in asked {
            do {
                specified.append((name, law, try specification(name, law, request, table)))
            } catch {
                if !isAll { throw error }
                leftOut.append(Unranked(law: name, reason: firstLine(error)))
            }
        }
        let scale = try scale(specified.map(\.specification), table, by)
        var candidates: [Candidate] = []
        let plan = Averaging.plan(starts: request.starts, seed: request.seed ?? 1)
        for item in specified {
            do {
                candidates.append(
                    try Candidate(
                        name: item.name, item.specification, of: item.law, table: table, scale: scale, plan: plan))
            } catch {
                if !isAll { throw error }
                leftOut.append(Unranked(law: item.name, reason: firstLine(error)))
            }
        }
        leftOut += candidates.keepComparable()
        if isAll { leftOut += candidates.dropTwins() }
        if candidates.isEmpty { throw WorkbenchError.noLaws(columns: table.columns.map(\.name)) }
        let selection = Selection(candidates)
        let averages = try (request.at ?? []).flatMap { try selection.predict(at: $0, level: level, interval: kind) }
        var found = SelectionFindings(
            selection: selection, tableName: table.name, scale: scale.formula,
            residual: candidates[0].specification.residual, level: level, kind: kind, averages: averages,
            leftOut: leftOut)
        if let path = request.save {
            let average = kept(selection, table, id: LawFile.id(ofFile: path))
            try OutputFile.write(LawFile.print(average), to: path)
            (found.saved, found.next) = (path, NextCommands.after(average, table, saved: path).prefix(1).map(\.self))
        }
        let findings = found
        return Answer(SelectReply(findings)) { .selection(findings) }
    }

    /// The average as it is saved: its laws say which program fitted them.
    private static func kept(_ selection: Selection, _ table: Table, id: String) -> Law {
        var average = selection.average(id: id, title: "")
        for place in average.members.indices {
            average.members[place].law.fit?.version = Version.product
            average.members[place].law.id = average.members[place].law.id.split(separator: "\n").joined(
                separator: " ")
        }
        let count = average.members.count
        average.title = "Average of \(count) \(count == 1 ? "law" : "laws"), fitted to \(table.name)"
        return average
    }

    /// The laws that are asked for, and whether they are all that fit.
    private static func laws(_ request: SelectRequest, _ atlas: Atlas, _ table: Table) throws -> (
        [(String, Law?)], isAll: Bool
    ) {
        var laws: [(String, Law?)] = (request.formulas ?? []).map { ($0, nil) }
        let names = request.laws ?? (laws.isEmpty ? ["all"] : [])
        let isAll = names.contains("all")
        let given = Set((request.columns ?? [:]).keys)
        func has(_ name: String) -> Bool { given.contains(name) || table[name] != nil }
        if isAll {
            for id in atlas.ids {
                guard let law = try? atlas.law(id), law.kind == .law, let response = law.response?.name,
                    law.inputs.allSatisfy({ has($0.name) }), !law.inputs.isEmpty,
                    request.response != nil || has(response), !law.parameterSymbols.isEmpty
                else { continue }
                laws.append((id, law))
            }
        }
        for name in names where name != "all" && !laws.contains(where: { $0.0 == name }) {
            laws.append((name, try Law.load(name, atlas: atlas)))
        }
        return (laws, isAll)
    }

    // Every law by least squares on one scale: else neither errors nor criteria compare.
    private static func specification(_ name: String, _ law: Law?, _ request: SelectRequest, _ table: Table) throws
        -> Specification
    {
        var fit = FitRequest(table: request.table)
        if law == nil { fit.formula = name } else { fit.law = name }
        fit.atlas = request.atlas
        fit.condition = request.condition
        fit.loss = "squared"
        fit.residual = request.residual ?? "log"
        fit.arithmetic = request.arithmetic
        let formula = try law?.formula ?? FitSpecification.formula(name, "--formula")
        let response = formula.response?.symbols.map(\.name) ?? []
        let used = Set(formula.symbols.map(\.name) + formula.symbols.flatMap(\.indices) + response)
        fit.columns = request.columns?.filter { used.contains($0.key) }
        if let column = request.response, case .symbol(let symbol)? = formula.response {
            fit.columns = (fit.columns ?? [:]).merging([symbol.name: column]) { _, given in given }
        }
        return try FitSpecification(fit, law, table).specification
    }

    // The first law that says how large a run is speaks for all.
    private static func scale(_ specifications: [Specification], _ table: Table, _ by: Formula?) throws
        -> BacktestScale
    {
        var fault: (any Error)?
        let withSizes = specifications.filter { $0.formula.symbols.contains { $0.name == "N" } }
        for specification in withSizes + specifications {
            do {
                let problem = try Problem(specification, table: table)
                return try BacktestScale(specification, problem: problem, table: table, formula: by)
            } catch { fault = fault ?? error }
        }
        throw fault ?? WorkbenchError.noLaws(columns: table.columns.map(\.name))
    }

    private static func firstLine(_ error: any Error) -> String {
        "\(error)".split(separator: "\n").first.map(String.init) ?? ""
    }
}
