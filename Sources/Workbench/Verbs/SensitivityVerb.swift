// sensitivity: a fit and a question, to what the answer hangs on.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

/// Says how an answer moves under other losses, thresholds, exclusions, countings and starts, and which runs it hangs on.
public enum SensitivityVerb: Verb {
    public static let name = "sensitivity"

    /// - Throws: ``WorkbenchError``, `FitError`, `TableError`, `ScalingError`.
    public static func answer(_ request: SensitivityRequest) throws -> Answer<SensitivityReply> {
        let (sensitivity, specification, table, law) = try result(request)
        return Answer(SensitivityReply(sensitivity, specification, law: law?.id)) {
            .sensitivity(sensitivity, specification, table: table, shown: request.runs ?? 5)
        }
    }

    /// What the answer is made of.
    static func result(_ request: SensitivityRequest) throws -> (Sensitivity, Specification, Table, Law?) {
        if let starts = request.fit.starts, starts < 1 {
            throw WorkbenchError.badCount(starts, option: "--starts", example: 50)
        }
        if let runs = request.runs, runs < 1 { throw WorkbenchError.badCount(runs, option: "--runs", example: 5) }
        let law = try FitSpecification.law(request.fit)
        let prepared = try FitSpecification(request.fit, law, try request.fit.table.read())
        let (specification, table) = (prepared.specification, prepared.table)
        let sensitivity = try Sensitivity(
            specification, law: law, table: table, starts: request.fit.starts, seed: request.fit.seed ?? 1,
            level: request.fit.level ?? 0.95, group: request.group,
            size: request.runs ?? 5
        ) { law, _ in try questions(request, law) }
        return (sensitivity, specification, table, law)
    }

    private static func questions(_ request: SensitivityRequest, _ law: Law) throws -> [Question] {
        var questions: [Question] = []
        for text in request.answers ?? [] {
            do { questions.append(.parameters(try Formula(ofParameters: text))) } catch {
                throw FitError.formula(error, option: "--answer")
            }
        }
        for text in request.at ?? [] { questions += try Points(text, for: law).map { .value($0) } }
        return questions
    }
}
