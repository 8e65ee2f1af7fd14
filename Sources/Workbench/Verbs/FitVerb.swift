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
        if let path = request.save { try OutputFile.check(path) }
        if let starts = request.starts, starts < 1 { throw WorkbenchError.badStarts(starts) }
        let law = try FitSpecification.law(request)
        let table = try request.table.read()
        let specification = try FitSpecification(request, law, table).specification
        let fit = try Fit(try Problem(specification, table: table), starts: request.starts, seed: request.seed ?? 1)
        let kept = keptLaw(fit, specification, law, request)
        if let path = request.save { try OutputFile.write(LawFile.print(kept), to: path) }
        let tied = TiedValues.of(fit, specification)
        let reply = FitReply(fit, specification, tied: tied, law: law?.id, saved: request.save)
        let next = NextCommands.after(kept, table, saved: request.save)
        return Answer(reply) { .fit(fit, law: kept, source: law?.id, tied: tied, next: next) }
    }

    /// The law that the fit gives, under the name of its file.
    private static func keptLaw(_ fit: Fit, _ specification: Specification, _ law: Law?, _ request: FitRequest) -> Law
    {
        let table = fit.problem.tableName
        let subject = law?.title ?? specification.formula.response.map { "\($0)" } ?? "A formula"
        let id = request.save.map { LawFile.id(ofFile: $0) } ?? law?.id ?? "fit"
        return Law(
            fit, specification: specification, of: law, id: id, title: "\(subject), fitted to \(table)",
            version: Version.product)
    }
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
