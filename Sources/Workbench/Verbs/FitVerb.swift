// fit: a formula or a law, and a table, to estimates and what to distrust.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

/// Fits a formula or a law to a table, and keeps the result as a law file where asked to.
public enum FitVerb: Verb {
    public static let name = "fit"

    /// - Throws: ``WorkbenchError``, `FitError`, `TableError`, `ScalingError`. A fit that did not converge is no error.
    public static func answer(_ request: FitRequest) throws -> Answer<FitReply> {
        try answer(request, progress: .silent)
    }

    /// Answers, and tells meanwhile how far a bootstrap is.
    public static func answer(_ request: FitRequest, progress: Progress) throws -> Answer<FitReply> {
        if let path = request.save { try OutputFile.check(path) }
        if let starts = request.starts, starts < 1 {
            throw WorkbenchError.badCount(starts, option: "--starts", example: 50)
        }
        let asked = try FitUncertainty(request)
        let made = try fitted(request)
        let (fit, specification, table, law) = (made.fit, made.specification, made.table, made.source)
        var kept = made.law
        if let law {
            kept.fit?.warnings += Conventions.warnings(for: law, table: table, specification: specification)
        }
        let uncertainty = try asked.answer(fit, law: kept, table: table, progress: progress)
        kept.take(uncertainty, keeping: request.keepDraws)
        kept.fit?.evaluationNoise = request.evaluationNoise
        let saved = kept
        if let path = request.save { try OutputFile.write(LawFile.print(saved), to: path) }
        let tied = TiedValues.of(fit, specification)
        let reply = FitReply(
            uncertainty, specification, tied: tied, kept: saved, law: law?.id, saved: request.save)
        let next = NextCommands.after(saved, table, saved: request.save)
        return Answer(reply) { .fit(uncertainty, law: saved, source: law?.id, tied: tied, next: next) }
    }

    /// A fit with what it was made of, before its intervals.
    struct Fitted {
        let fit: Fit
        let specification: Specification
        let table: Table
        /// The law that was fitted again, if one was.
        let source: Law?
        /// The law that the fit gives.
        let law: Law
    }

    static func fitted(_ request: FitRequest) throws -> Fitted {
        let law = try FitSpecification.law(request)
        let prepared = try FitSpecification(request, law, try request.table.read())
        let (specification, table) = (prepared.specification, prepared.table)
        let fit = try Fit(try Problem(specification, table: table), starts: request.starts, seed: request.seed ?? 1)
        return Fitted(
            fit: fit, specification: specification, table: table, source: law,
            law: keptLaw(fit, specification, law, table, request))
    }

    /// The law that the fit gives, under the name of its file.
    static func keptLaw(
        _ fit: Fit, _ specification: Specification, _ law: Law?, _ table: Table, _ request: FitRequest
    ) -> Law {
        let subject = law.map(title) ?? specification.formula.response.map { "\($0)" } ?? "A formula"
        let id = request.save.map { LawFile.id(ofFile: $0) } ?? law?.id ?? "fit"
        var kept = Law(
            fit, specification: specification, of: law, id: id, title: "\(subject)\(ending(fit.problem.tableName))",
            version: Version.product, table: table)
        if let schedules = request.schedules { kept.fitting.schedules = schedules }
        return kept
    }

    // A law that is fitted once more does not collect its tables.
    private static func title(_ law: Law) -> String {
        guard let old = law.fit.map({ ending($0.table) }), law.title.hasSuffix(old) else { return law.title }
        return String(law.title.dropLast(old.count))
    }

    private static func ending(_ table: String) -> String { ", fitted to \(table)" }
}

/// The values of parameters that are tied to others.
enum TiedValues {
    /// By name; one that is tied to an indexed parameter has no one value and is left out.
    static func of(_ fit: Fit, _ specification: Specification) -> [String: Double] {
        var values: [String: Double] = [:]
        for role in fit.problem.roles {
            guard case .tied = role.kind, let tie = specification.ties[role.name] else { continue }
            var lowering = Lowering { symbol in
                if let value = fit.estimates[symbol.name] ?? specification.fixed[symbol.name] {
                    return .expression(.number(value))
                }
                guard let tie = specification.ties[symbol.name] else { throw NoValue() }
                return .expression(tie.prediction)
            }
            guard let node = try? lowering.lower(tie.prediction) else { continue }
            values[role.name] = Program(lowering.graph, outputs: [node]).values(columns: [], rowCount: 1).first
        }
        return values
    }

    private struct NoValue: Error {}
}
