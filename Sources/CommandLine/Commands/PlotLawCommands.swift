// allometry plot contours, fit, frontier, task: pictures of a law.

import ArgumentParser
import Workbench

struct PlotFit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Runs, the law through them, and what it says beyond.",
        usage: "allometry plot fit <law> [<table>] [<options>]",
        discussion: """
            The ground beyond the data is shaded; lines are dashed where no run supports them.

            EXAMPLES:
              allometry plot fit mine.law --x D --at 'N=70B, D=1.4T' --to fit.svg
              allometry plot fit mine.law --published hoffmann-2022
              allometry plot fit mine.law runs.csv --by corpus --show 'seed == 2' --to all.svg
            """)

    @OptionGroup var subject: PlotLawOptions

    @Option(help: ArgumentHelp("The input along the horizontal axis (default: the law's last).", valueName: "input"))
    var x: String?

    @Option(
        help: ArgumentHelp(
            "The input or column that colours tell (default: the first other one).", valueName: "input"))
    var by: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Show the prediction there with its interval; may be repeated.", valueName: "point"))
    var at: [String] = []

    @Option(
        help: ArgumentHelp("Draw this law beside, dotted: a file, or a name of the atlas.", valueName: "law"),
        completion: LawCompletion.kind)
    var published: String?

    @Option(
        help: ArgumentHelp("Show rows where this holds, too, though they were not fitted.", valueName: "condition"))
    var show: String?

    @OptionGroup var intervals: IntervalOptions

    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = try subject.request("fit")
        (request.x, request.by, request.show, request.published) = (x, by, show, published)
        request.at = at.isEmpty ? nil : at
        request.level = try intervals.probability()
        request.interval = intervals.interval
        try plot.show(request)
    }
}

/// A law, what is planned under it, and the runs of it.
struct PlotPlanOptions: ParsableArguments {
    @OptionGroup var plan: PlanArguments

    @Argument(
        help: ArgumentHelp("The runs (default: the table that the law was fitted to).", valueName: "table"),
        completion: .file(extensions: ["csv", "tsv", "jsonl", "ndjson"]))
    var table: String?

    @OptionGroup var columns: ColumnOption
    @OptionGroup var atlas: AtlasOption

    func request(_ kind: String) throws -> PlotRequest {
        var request = PlotRequest(kind: kind, law: plan.law)
        request.atlas = atlas.folders
        request.table = table.map { .path($0) }
        request.columns = try columns.assignments()
        request.plan = try plan.request(atlas)
        return request
    }
}

struct PlotContours: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contours",
        abstract: "A law as a map over two inputs, with runs, compute, the best split and a plan.",
        usage: "allometry plot contours <law> [<table>] [--flops <c>] [<options>]",
        discussion: """
            Takes what 'allometry plan' takes; without a budget no plan is shown.

            EXAMPLES:
              allometry plot contours mine.law --flops 1e21 --to map.svg
              allometry plot contours hoffmann-2022 --flops 5.76e23
              allometry plot contours streams.law --x N --y P
            """)

    @OptionGroup var subject: PlotPlanOptions

    @Option(help: ArgumentHelp("The input along the horizontal axis (default: N).", valueName: "input"))
    var x: String?

    @Option(help: ArgumentHelp("The input along the vertical axis (default: D).", valueName: "input"))
    var y: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("What the other inputs are held at (default: as in the runs): 'P=8'.", valueName: "point"))
    var at: [String] = []

    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = try subject.request("contours")
        (request.x, request.y) = (x, y)
        request.at = at.isEmpty ? nil : at
        if !subject.plan.saysHowLarge { request.plan = nil }
        try plot.show(request)
    }
}

struct PlotFrontier: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frontier",
        abstract: "The best inputs and what comes out, over compute, with bands.",
        usage: "allometry plot frontier <law> [<table>] [--flops <c>] [<options>]",
        discussion: """
            Takes what 'allometry plan' takes; a budget is marked on the frontier.

            EXAMPLES:
              allometry plot frontier mine.law --flops 1e21 --to frontier.svg
              allometry plot frontier mine.law --published hoffmann-2022
            """)

    @OptionGroup var subject: PlotPlanOptions

    @Option(
        help: ArgumentHelp("Draw this law beside, dotted: a file, or a name of the atlas.", valueName: "law"),
        completion: LawCompletion.kind)
    var published: String?

    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = try subject.request("frontier")
        request.published = published
        try plot.show(request)
    }
}

struct PlotTask: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task",
        abstract: "A law in two steps: a task's metric over loss, and over compute.",
        usage: "allometry plot task <law> [<table>] --through <law> [--at …] [<options>]",
        discussion: """
            Over compute the sizes grow together from the point that is asked for, or from the largest run.

            EXAMPLES:
              allometry plot task accuracy.law --through loss.law --at 'N=7B, D=4T' --to task.svg
              allometry plot task bhagia-2024-accuracy --through bhagia-2024 --set arc-easy \\
                  --at 'N=6.89B, D=3.95T'
            """)

    @OptionGroup var subject: PlotLawOptions

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "A law that predicts an input of this one, as a loss of an accuracy; 'L=loss.law' where names differ.",
            valueName: "law"))
    var through: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Show the prediction there with its interval; may be repeated.", valueName: "point"))
    var at: [String] = []

    @Option(name: .customLong("set"), help: ArgumentHelp("Which published coefficients.", valueName: "name"))
    var set: String?

    @OptionGroup var level: LevelOption

    @Option(
        help: ArgumentHelp("Of the law's value (mean, the default) or of a new run (new-run).", valueName: "kind"),
        completion: .list(["mean", "new-run"]))
    var interval: String?

    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = try subject.request("task")
        request.through = through.isEmpty ? nil : through
        request.at = at.isEmpty ? nil : at
        request.level = try level.probability()
        (request.set, request.interval) = (set, interval)
        try plot.show(request)
    }
}

extension PlanArguments {
    /// Whether a budget is given, or what stands in place of one.
    var saysHowLarge: Bool {
        [flops, gpuHours, dollars, targetLoss].contains { $0 != nil } || !fix.isEmpty
    }
}
