// allometry predict

import ArgumentParser
import Formulas
import Workbench

struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Evaluate a law, yours or a published one, where you have not been.",
        usage: "allometry predict <law> (--at … | --schedule … | --table …) [<options>]",
        discussion: """
            Every value comes with its interval, where the law has a covariance, and with its distance from the data: \
            how many times outside of the fitted range the farthest input lies.

            EXAMPLES:
              allometry predict mine.law --at 'N=70B, D=1.4T'
              allometry predict hoffmann-2022 --set rounded --at 'N=1e9, D=2e10'
              allometry predict mine.law --at 'N=1B..100B@20, D=1T' --to grid.csv
              allometry predict luo-2025 --schedule 'cosine peak=3e-4 warmup=2k steps=24k' \\
                  --schedule 'wsd peak=3e-4 warmup=2k decay=4k steps=24k'
              allometry predict mine.law --table runs.csv --column N=params --format csv
              allometry predict accuracy.law --through loss.law --at 'N=7B, D=4T'
            """)

    @Argument(
        help: ArgumentHelp("A law file, or a name that 'allometry laws' lists.", valueName: "law"),
        completion: LawCompletion.kind)
    var law: String

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("A point, or a grid: 'N=1B..100B@20, D=1T'; may be repeated.", valueName: "point"))
    var at: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "A law that predicts an input of this one, as a loss of an accuracy; 'L=loss.law' where names differ.",
            valueName: "law"))
    var through: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "A run by its schedule: 'cosine peak=3e-4 steps=24k', or 'column file=rates.csv'; may be repeated.",
            valueName: "schedule"))
    var schedule: [String] = []

    @Option(help: ArgumentHelp("So many steps of each schedule instead of its last.", valueName: "n"))
    var curve: String?

    @Option(
        help: ArgumentHelp("Predict at the rows of a table; - is standard input.", valueName: "table"),
        completion: .file(extensions: ["csv", "tsv", "jsonl", "ndjson"]))
    var table: String?

    @OptionGroup var columns: ColumnOption

    @Option(name: .customLong("set"), help: ArgumentHelp("Which published coefficients.", valueName: "name"))
    var coefficients: String?

    @OptionGroup var intervals: IntervalOptions

    @Option(
        help: ArgumentHelp(
            "What the interval comes from: calibrated (where a backtest was kept), draws (where they were) or delta.",
            valueName: "source"),
        completion: .list(["calibrated", "draws", "delta"]))
    var intervalFrom: String?

    @OptionGroup var output: OutputOption

    @OptionGroup var atlas: AtlasOption

    func run() throws { try output.show { try PredictVerb.answer(try request()) } }

    func request() throws -> PredictRequest {
        var request = PredictRequest(law: law, at: at)
        request.atlas = atlas.folders
        request.through = through.isEmpty ? nil : through
        request.schedules = schedule.isEmpty ? nil : schedule
        request.curve = try curve.map { try whole($0, "--curve", example: "20") }
        request.table = table.map { .path($0) }
        request.columns = try columns.assignments()
        request.set = coefficients
        request.level = try intervals.probability()
        request.interval = intervals.interval
        request.intervalFrom = intervalFrom
        request.arithmetic = Terminal.arithmetic
        return request
    }
}
