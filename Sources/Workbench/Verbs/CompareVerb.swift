// compare: a law, a table and a column that tells recipes apart, to which one is better, where, and by how much compute.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

/// Compares recipes: what they have in common, which is better at a target, what one needs to match another, and whether
/// one overtakes the other.
public enum CompareVerb: Verb {
    public static let name = "compare"

    /// - Throws: ``WorkbenchError``, `ComparisonError`, `FitError`, `TableError`, `ScalingError`.
    public static func answer(_ request: CompareRequest) throws -> Answer<CompareReply> {
        try answer(request, progress: .silent)
    }

    /// Answers, and tells meanwhile how far the draws are.
    public static func answer(_ request: CompareRequest, progress: Progress) throws -> Answer<CompareReply> {
        let (comparison, specification, law) = try result(request, progress: progress)
        return Answer(CompareReply(comparison, specification, law: law?.id)) {
            .comparison(comparison, specification)
        }
    }

    /// What the answer is made of.
    static func result(_ request: CompareRequest, progress: Progress) throws -> (Comparison, Specification, Law?) {
        let settings = try settings(request)
        let law = try FitSpecification.law(request.fit)
        let prepared = try FitSpecification(request.fit, law, try request.fit.table.read())
        let (specification, table) = (prepared.specification, prepared.table)
        var points: ((Law) throws -> [Point])?
        if let texts = request.at, !texts.isEmpty {
            points = { law in try texts.flatMap { try Array(Points($0, for: law)) } }
        }
        let comparison = try Comparison(
            specification, law: law, table: table, by: request.by, settings: settings, points: points,
            path: path(request.path)
        ) { done in
            progress.report(Progress.State(task: "draws", done: done, total: settings.replicates))
        }
        return (comparison, specification, law)
    }

    private static func settings(_ request: CompareRequest) throws -> ComparisonSettings {
        var settings = ComparisonSettings()
        if let starts = request.fit.starts, starts < 1 {
            throw WorkbenchError.badCount(starts, option: "--starts", example: 50)
        }
        if let draws = request.draws {
            guard draws >= 100 else {
                throw FitError.unusableOption(
                    "--draws", value: "\(draws)", reason: "intervals need 100 draws or more: --draws 2000")
            }
            settings.replicates = draws
        }
        settings.starts = request.fit.starts
        settings.seed = request.fit.seed ?? 1
        settings.level = request.fit.level ?? 0.95
        if let share = request.share { settings.sharing = SharingChoice(share) }
        switch request.cells {
        case nil, "auto"?: settings.cells = .automatic
        case "none"?: settings.cells = .none
        case let column?: settings.cells = .column(column)
        }
        settings.baseline = request.baseline
        switch request.better {
        case nil: break
        case "lower"?: settings.direction = .decrease
        case "higher"?: settings.direction = .increase
        case let word?: throw WorkbenchError.unknownChoice(word, option: "--better", choices: ["lower", "higher"])
        }
        return settings
    }

    private static func path(_ text: String?) -> PathChoice {
        guard let text else { return .automatic }
        if text == "optimal" { return .optimal }
        return .ray { law in
            // The first point, should somebody give a grid.
            try Points(text, for: law)[0]
        }
    }
}
