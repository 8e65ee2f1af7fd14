// demo: from runs to a plan, on data that the program carries.

import Reports
import Scaling

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where the demonstration is to stand.
public struct DemoRequest: Codable, Hashable, Sendable {
    /// A folder, made where it is missing; `allometry-demo` unless given.
    public var folder: String?

    public init() {}
}

/// What the demonstration made.
public struct DemoReply: Codable, Hashable, Sendable {
    /// The commands, as they are typed.
    public var commands: [String]
    /// The files that they left.
    public var files: [String]
    public var fit: FitReply
    public var prediction: PredictReply
    public var plan: PlanReply
}

/// Fits our own ladder of small models, predicts a run ten times as large, plans one, draws it, and makes a page of it all.
public enum DemoVerb: Verb {
    public static let name = "demo"

    private static let formula = "loss ~ A/N^alpha + B/D^beta"
    private static let condition = "recipe == \"gated\" and purpose != \"sweep\" and purpose != \"schedule\""
    private static let point = "N=4M, D=80M"
    private static let budget = 1e15
    private static let title = "Small models, and one ten times as large"

    /// - Throws: ``WorkbenchError`` where the folder cannot be written, or holds other files of these names.
    public static func answer(_ request: DemoRequest) throws -> Answer<DemoReply> {
        let folder = request.folder ?? "allometry-demo"
        let (runs, law, picture) = ("\(folder)/runs.csv", "\(folder)/ladder.law", "\(folder)/fit.svg")
        let page = "\(folder)/report.html"
        try write(runs, in: folder)

        var fitting = FitRequest(table: .path(runs), formula: formula)
        fitting.columns = ["N": "params_total", "D": "tokens"]
        (fitting.residual, fitting.condition, fitting.save) = ("log", condition, law)
        let fit = try FitVerb.answer(fitting)
        var predicting = PredictRequest(law: law, at: [point])
        predicting.interval = "new-run"
        let prediction = try PredictVerb.answer(predicting)
        let plan = try PlanVerb.answer(PlanRequest(law: law, budget: budget))
        var plotting = PlotRequest(kind: "fit", law: law)
        (plotting.table, plotting.at, plotting.interval) = (.path(runs), [point], "new-run")
        plotting.title = "Losses of our own small models, and of one ten times as large"
        try OutputFile.write(try PlotVerb.answer(plotting).reply.svg, to: picture)

        let named = [runs, law, picture, page].map(NextCommands.quoted)
        let commands = [
            "allometry fit \(named[0]) --formula '\(formula)' --column 'N=params_total, D=tokens' --residual log "
                + "--where '\(condition)' --save \(named[1])",
            "allometry predict \(named[1]) --at '\(point)' --interval new-run",
            "allometry plan \(named[1]) --flops 1e15",
            "allometry plot fit \(named[1]) \(named[0]) --at '\(point)' --interval new-run --to \(named[2])",
            "allometry report \(named[1]) \(named[0]) --at '\(point)' --interval new-run --flops 1e15 "
                + "--title '\(title)' --to \(named[3])",
        ]
        var reporting = ReportRequest(law: law)
        (reporting.table, reporting.at, reporting.interval) = (.path(runs), [point], "new-run")
        (reporting.budget, reporting.title) = (budget, title)
        reporting.arguments = [
            "report", law, runs, "--at", point, "--interval", "new-run", "--flops", "1e15", "--title", title,
            "--to", page,
        ]
        try OutputFile.write(
            ReportFormat.html().render(try ReportVerb.answer(reporting).report), to: page)
        let reply = DemoReply(
            commands: commands, files: [runs, law, picture, page], fit: fit.reply, prediction: prediction.reply,
            plan: plan.reply)
        let fitted = Int(reply.fit.observations)
        let all = fitted + reply.fit.omitted.reduce(0) { $0 + $1.count }
        return Answer(reply) {
            Report([
                .sentence(
                    "\(all) small language models that we trained ourselves are in \(runs): sizes, data, recipes, seeds."
                ),
                .section("Fit a law to \(fitted) of them", [.verbatim("$ " + commands[0])] + fit.report.withoutNext),
                .section(
                    "Predict a run ten times as large", [.verbatim("$ " + commands[1])] + prediction.report.blocks),
                .section("Plan a budget", [.verbatim("$ " + commands[2])] + plan.report.blocks),
                .section("Draw it", [.verbatim("$ " + commands[3]), .sentence("\(picture) is the picture.")]),
                .section(
                    "Show it to others",
                    [
                        .verbatim("$ " + commands[4]),
                        .sentence("\(page) is a page of all this: open it in a browser, it needs no network."),
                    ]),
            ])
        }
    }

    // The table, unless it is there already; another file of that name stays as it is.
    private static func write(_ path: String, in folder: String) throws {
        if mkdir(folder, 0o777) != 0, errno != EEXIST {
            throw WorkbenchError.cannotWrite(file: folder, code: errno)
        }
        if access(path, F_OK) == 0 {
            guard try TextFile.read(path) == ShippedRuns.byteLadder else { throw WorkbenchError.otherFile(path) }
            return
        }
        try OutputFile.write(ShippedRuns.byteLadder, to: path)
    }
}

extension Report {
    // The page of a fit ends with what to type next, which here follows anyway.
    fileprivate var withoutNext: [Block] {
        blocks.filter { block in
            if case .section("next", _) = block { return false }
            return true
        }
    }
}
