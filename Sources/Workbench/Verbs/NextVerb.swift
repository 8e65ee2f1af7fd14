// next: runs, a law and a target, to the runs that are worth making.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

/// Chooses the runs that make a target surer for the least cost.
public enum NextVerb: Verb {
    public static let name = "next"

    /// - Throws: ``WorkbenchError``, `FitError`, `TableError`, `ScalingError`.
    public static func answer(_ request: NextRequest) throws -> Answer<NextReply> {
        try answer(request, progress: .silent)
    }

    /// Answers, and tells meanwhile how far a bootstrap is.
    public static func answer(_ request: NextRequest, progress: Progress) throws -> Answer<NextReply> {
        let findings = try findings(request, progress: progress)
        return Answer(NextReply(findings)) { .next(findings) }
    }

    /// What the page, the reply and the figure are made from.
    static func findings(_ request: NextRequest, progress: Progress) throws -> NextFindings {
        if let starts = request.fit.starts, starts < 1 {
            throw WorkbenchError.badCount(starts, option: "--starts", example: 50)
        }
        if let runs = request.runs, runs < 1 { throw WorkbenchError.badCount(runs, option: "--runs", example: 5) }
        let asked = try FitUncertainty(request.fit)
        let known = try FitSpecification.law(request.fit)
        let prepared = try FitSpecification(request.fit, known, try request.fit.table.read())
        let (specification, table) = (prepared.specification, prepared.table)
        let problem = try Problem(specification, table: table)
        let fit = try Fit(problem, starts: request.fit.starts, seed: request.fit.seed ?? 1)
        var law = FitVerb.keptLaw(fit, specification, known, table, request.fit)
        law.takeIntervals(of: known, table: table.rows(at: problem.rows))
        var options = try options(request, law, specification)
        options.level = request.fit.level ?? 0.95
        if request.fit.bootstrap != nil {
            options.draws = try asked.answer(fit, law: law, table: table, progress: progress).draws?.kept
        }
        return try findings(fit, law: law, specification, table, source: known?.id, options)
    }

    /// The same from a fit that is there.
    static func findings(
        _ fit: Fit, law: Law, _ specification: Specification, _ table: Table, source: String?, _ options: NextOptions
    ) throws -> NextFindings {
        let problem = fit.problem
        let runs = try Points(table.rows(at: problem.rows), for: law, columns: columns(specification, law))
        let next = try NextRuns(fit, law: law, runs: runs, options)
        var findings = NextFindings(next: next, fit: fit, specification: specification, source: source)
        (findings.runs, findings.underWay) = (runs, options.underWay)
        findings.observed = problem.response.map(specification.residual.restored)
        return findings
    }

    private static func options(_ request: NextRequest, _ law: Law, _ specification: Specification) throws
        -> NextOptions
    {
        let response = law.response?.name ?? law.formula?.response.map { "\($0)" } ?? "loss"
        guard let text = request.target else { throw ScalingError.next(.noTarget(response: response)) }
        let cost = try RunCost(try request.cost.map { try FitSpecification.formula($0, "--cost") }, for: law)
        var options = NextOptions(try RunTarget(text, for: law), cost: cost)
        options.candidates = try candidates(request, law, specification)
        if request.candidateTable != nil { options.rule = .usual }
        options.ranges = try ranges(request, law)
        if let texts = request.underWay, !texts.isEmpty {
            options.underWay = Points(joining: try texts.map { try Points($0, for: law, option: "--under-way") })
        }
        options.spend = request.spend
        options.largest = request.largest
        options.noise = request.noise
        if let runs = request.runs { options.most = runs } else { options.most = request.spend == nil ? 5 : 1_000 }
        if let doubt = request.doubt { options.hedge = try RunHedge(typed: doubt) }
        options.overhead =
            try request.overhead.map { try RunOverhead(typed: $0) } ?? (request.spend == nil ? .usual : .none)
        return options
    }

    private static func candidates(_ request: NextRequest, _ law: Law, _ specification: Specification) throws
        -> Points?
    {
        let texts = request.candidates ?? []
        guard let source = request.candidateTable else {
            return texts.isEmpty
                ? nil : Points(joining: try texts.map { try Points($0, for: law, option: "--candidates") })
        }
        if !texts.isEmpty { throw WorkbenchError.oneOf(["--candidates", "--candidates-from"]) }
        return try Points(try source.read(), for: law, columns: columns(specification, law))
    }

    private static func ranges(_ request: NextRequest, _ law: Law) throws -> [String: Bound] {
        var ranges: [String: Bound] = [:]
        let numbers = law.inputs.filter { !$0.isLabel }.map(\.name)
        for name in Set((request.least ?? [:]).keys).union((request.most ?? [:]).keys).sorted() {
            guard numbers.contains(name) else {
                throw ScalingError.plan(
                    .noInput(
                        option: request.least?[name] == nil ? "--max" : "--min", what: name, law: law.id,
                        inputs: law.inputs.map { $0.name + ($0.unit.map { " [\($0)]" } ?? "") }))
            }
            let (low, high) = (request.least?[name] ?? -.infinity, request.most?[name] ?? .infinity)
            if low > high { throw ScalingError.plan(.emptyBound(name, lower: low, upper: high)) }
            ranges[name] = Bound(lower: low, upper: high)
        }
        return ranges
    }

    static func columns(_ specification: Specification, _ law: Law) -> [String: Formula] {
        specification.columns.filter { name, _ in law.input(name) != nil }
    }
}

extension Law {
    /// Takes over what a saved law's predictions are made with, so that they and what is expected of runs agree: its draws
    /// where it was fitted to these very rows, and its calibration, from the largest run that there is by now.
    fileprivate mutating func takeIntervals(of known: Law?, table: Table) {
        guard let saved = known?.fit, let own = fit else { return }
        let isSame =
            saved.observations == own.observations && saved.estimates.names == own.estimates.names
            && zip(saved.estimates.values, own.estimates.values).allSatisfy { a, b in
                (a - b).magnitude <= 1e-6 * max(a.magnitude, b.magnitude)
            }
        if isSame { fit?.draws = saved.draws }
        fit?.calibration = saved.calibration
        guard !isSame, let calibration = saved.calibration else { return }
        let sizes = (try? table.values(of: calibration.scale.prediction))?.filter(\.isFinite) ?? []
        fit?.calibration?.limit = max(calibration.limit, sizes.max() ?? 0)
    }
}
