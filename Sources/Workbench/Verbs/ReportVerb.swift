// report: a law and its runs, to everything that is known of both.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

/// Makes the report of a law: its answer, its runs, its figures, and what speaks for it and against it.
public enum ReportVerb: Verb {
    public static let name = "report"
    /// Parts that a report can do without.
    public static let parts = ["backtest", "figures", "next", "plan", "predictions", "sensitivity"]

    /// - Throws: ``WorkbenchError``, `ScalingError`, `TableError`, `FitError` for what was asked and cannot be done. A
    ///   part that nobody asked for and that cannot be made says why in its place.
    public static func answer(_ request: ReportRequest) throws -> Answer<ReportReply> {
        try answer(request, progress: .silent)
    }

    /// Answers, and tells meanwhile how far a bootstrap is.
    public static func answer(_ request: ReportRequest, progress: Progress) throws -> Answer<ReportReply> {
        for part in request.without ?? [] where !parts.contains(part) {
            throw WorkbenchError.unknownChoice(part, option: "--without", choices: parts)
        }
        let made = try ReportResults(request, progress: progress)
        let study = made.study
        return Answer(made.reply(.study(study)), table: { Report.study(study).plotted }) { .study(study) }
    }
}
