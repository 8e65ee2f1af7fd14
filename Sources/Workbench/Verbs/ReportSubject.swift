// What a report is about: a law with its runs, found or fitted.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

struct ReportSubject {
    /// Runs as a law was fitted to them.
    struct Runs {
        let table: Table
        let specification: Specification
        let problem: Problem
        let fit: Fit
    }

    /// The law that answers.
    var law: Law
    /// The published law whose form was fitted.
    let source: Law?
    let runs: Runs?
    /// Why there are no runs; nil where there are.
    let lack: String?
    /// The intervals of a fit that was made for this report.
    private(set) var uncertainty: Uncertainty?
    /// What the request says that inputs of the steps before the law are called in the table of the runs.
    private(set) var stepColumns: [String: Formula] = [:]

    init(_ request: ReportRequest, through steps: ChainSteps, progress: Progress) throws {
        switch (request.law, request.fit) {
        case (let name?, nil): try self.init(name, request, steps)
        case (nil, var fit?):
            if !steps.laws.isEmpty {
                let law = try FitSpecification.law(fit)
                let formula = try law?.formula ?? fit.formula.map { try FitSpecification.formula($0, "--formula") }
                fit.columns = try steps.own(fit.columns, of: formula, inputs: law?.inputs)
            }
            try self.init(fit, progress)
        default: throw WorkbenchError.neitherFormulaNorLaw
        }
        if !steps.laws.isEmpty {
            stepColumns = try FitSpecification.formulas(request.columns ?? request.fit?.columns, "--column")
        }
    }

    // MARK: - Fitted here

    private init(_ request: FitRequest, _ progress: Progress) throws {
        if let starts = request.starts, starts < 1 {
            throw WorkbenchError.badCount(starts, option: "--starts", example: 50)
        }
        let asked = try FitUncertainty(request)
        let law = try FitSpecification.law(request)
        let prepared = try FitSpecification(request, law, try request.table.read())
        let runs = try Runs(
            prepared.table, prepared.specification, starts: request.starts, seed: request.seed ?? 1)
        var kept = FitVerb.keptLaw(runs.fit, runs.specification, law, runs.table, request)
        if let law {
            kept.fit?.warnings += Conventions.warnings(
                for: law, table: runs.table, specification: runs.specification)
        }
        let made = try asked.answer(runs.fit, law: kept, table: runs.table, progress: progress)
        kept.take(made, keeping: request.keepDraws)
        kept.fit?.evaluationNoise = request.evaluationNoise
        self.law = kept
        self.runs = runs
        // A saved fit that is fitted again has the form of the law that it came from.
        source = try law.flatMap { $0.fit == nil ? $0 : try Self.origin(of: $0, request.atlas) }
        lack = nil
        uncertainty = made
    }

    // MARK: - Found

    private init(_ name: String, _ request: ReportRequest, _ steps: ChainSteps) throws {
        var law = try Law.load(name, atlas: try AtlasSource.atlas(request.atlas))
        // The set that is asked for is that of every part of the page.
        law.makeDefault(request.set)
        if law.formula == nil { throw law.noFormula }
        source = try Self.origin(of: law, request.atlas)
        guard let table = Self.table(of: law, name, request) else {
            let table = law.fit.map { "its runs are not where they were (\($0.table))" } ?? "it was not fitted here"
            lack = "\(law.id) has no runs at hand: \(table). Name a table after the law to see it against runs."
            self.law = law
            self.runs = nil
            return
        }
        var fitting = FitRequest(table: table, law: name)
        fitting.atlas = request.atlas
        fitting.columns = try steps.own(request.columns, of: law.formula, inputs: law.inputs)
        fitting.schedules = request.schedules
        fitting.arithmetic = request.arithmetic
        let prepared = try FitSpecification(fitting, law, try table.read())
        let runs = try Runs(prepared.table, prepared.specification, starts: nil, seed: law.fit?.seed ?? 1)
        if let doubt = Self.doubt(law, runs) { law.fit?.warnings.append(doubt) }
        self.law = law
        self.runs = runs
        lack = nil
    }

    private static func table(of law: Law, _ name: String, _ request: ReportRequest) -> TableSource? {
        if let table = request.table { return table }
        guard let path = law.fit?.table else { return nil }
        // The law file may have moved together with its table.
        let beside = name.lastIndex(of: "/").map { name[...$0] + path } ?? Substring(path)
        let places: [String] = [path, String(beside)]
        return places.first { access($0, R_OK) == 0 }.map { .path($0) }
    }

    // The runs at hand may be others than those that the law was fitted to.
    private static func doubt(_ law: Law, _ runs: Runs) -> Warning? {
        guard let saved = law.fit else { return nil }
        let apart = (runs.fit.objective - saved.objective).magnitude
        if apart <= 1e-6 * saved.objective.magnitude, runs.fit.observations == saved.observations { return nil }
        return Warning(
            code: "other-runs",
            message:
                "\(runs.table.name) is not what \(law.id) was fitted to: its best objective is \(Numbers.short(runs.fit.objective)) over \(Numbers.count(runs.fit.observations)) runs, and the law keeps \(Numbers.short(saved.objective)) over \(Numbers.count(saved.observations))",
            hint: "fit the law to this table, or name the table that it was fitted to")
    }

    /// The published law that a saved fit says it has the form of.
    private static func origin(of law: Law, _ folders: [String]?) throws -> Law? {
        guard law.fit != nil, let notes = law.notes, notes.hasPrefix("Form of ") else { return nil }
        let id = notes.dropFirst(8).prefix { $0 != " " && $0 != "," }
        let name = id.hasSuffix(".") ? id.dropLast() : id
        let atlas = try AtlasSource.atlas(folders)
        return atlas.contains(String(name)) ? try atlas.law(String(name)) : nil
    }
}

extension Law {
    /// Makes the set of that name the one that is taken where none is named; nothing without such a set.
    mutating func makeDefault(_ set: String?) {
        guard let set, sets.contains(where: { $0.name == set }) else { return }
        for place in sets.indices { sets[place].isDefault = sets[place].name == set }
    }
}

extension ReportSubject.Runs {
    fileprivate init(_ table: Table, _ specification: Specification, starts: Int?, seed: UInt64) throws {
        let problem = try Problem(specification, table: table)
        self.init(
            table: table, specification: specification, problem: problem,
            fit: try Fit(problem, starts: starts, seed: seed))
    }
}
