// allometry plot

import ArgumentParser
import Formulas
import Workbench

struct PlotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plot",
        abstract: "Draw a law and its runs as a picture.",
        usage: "allometry plot fit <law> [<table>] [<options>]",
        discussion: """
            The picture is an SVG file that needs no other: it follows the reader's light or dark ground, and every \
            point tells its run when a pointer rests on it. The ground beyond the data is shaded; lines are dashed \
            where no run supports them.

            EXAMPLES:
              allometry plot fit mine.law --to fit.svg
              allometry plot fit mine.law --x D --at 'N=70B, D=1.4T' --to fit.svg
              allometry plot fit mine.law runs.csv --show 'seed == 2' --to all.svg
            """)

    @Argument(help: ArgumentHelp("Which picture: fit.", valueName: "kind"), completion: .list(PlotVerb.kinds))
    var kind: String

    @Argument(
        help: ArgumentHelp("A law file, or a name that 'allometry laws' lists.", valueName: "law"),
        completion: LawCompletion.kind)
    var law: String

    @Argument(
        help: ArgumentHelp("The runs (default: the table that the law was fitted to).", valueName: "table"),
        completion: .file(extensions: ["csv", "tsv", "jsonl", "ndjson"]))
    var table: String?

    @OptionGroup var columns: ColumnOption

    @Option(help: ArgumentHelp("The input along the horizontal axis (default: the law's last).", valueName: "input"))
    var x: String?

    @Option(help: ArgumentHelp("The input that colours tell (default: the first other one).", valueName: "input"))
    var by: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Show the prediction there with its interval; may be repeated.", valueName: "point"))
    var at: [String] = []

    @Option(
        help: ArgumentHelp("Show rows where this holds, too, though they were not fitted.", valueName: "condition"))
    var show: String?

    @Option(help: ArgumentHelp("The line above the picture (default: the law's title).", valueName: "text"))
    var title: String?

    @Option(help: ArgumentHelp("The probability of the intervals (default: 0.95).", valueName: "probability"))
    var level: String?

    @Option(
        help: ArgumentHelp("Of the law's value (mean, the default) or of a new run (new-run).", valueName: "kind"),
        completion: .list(["mean", "new-run"]))
    var interval: String?

    @Option(help: ArgumentHelp("In points (default: 760).", valueName: "points"))
    var width: String?

    @Option(help: ArgumentHelp("In points (default: 460).", valueName: "points"))
    var height: String?

    @Option(
        help: ArgumentHelp("Write there, as .svg, instead of to standard output.", valueName: "file"),
        completion: .file(extensions: ["svg"]))
    var to: String?

    @OptionGroup var atlas: AtlasOption

    func run() throws {
        if let to {
            guard to.lowercased().hasSuffix(".svg") || to.hasPrefix("/dev/") else {
                throw OptionError.notAValue(to, option: "--to", example: "figure.svg")
            }
            try OutputFile.check(to)
        }
        let svg = try PlotVerb.answer(try request()).reply.svg
        if let to { try OutputFile.write(svg, to: to) } else { Terminal.print(svg) }
    }

    private func request() throws -> PlotRequest {
        var request = PlotRequest(kind: kind, law: law)
        request.atlas = atlas.folders
        request.table = table.map { .path($0) }
        request.columns = try columns.assignments()
        (request.x, request.by, request.show, request.title) = (x, by, show, title)
        request.at = at.isEmpty ? nil : at
        request.level = try level.map { try number($0, "--level", example: "0.95") }
        request.interval = interval
        request.width = try width.map { try number($0, "--width", example: "760") }
        request.height = try height.map { try number($0, "--height", example: "460") }
        return request
    }
}
