// allometry forecast

import ArgumentParser
import Formulas
import Workbench

struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecast the end of a run in progress.",
        usage: "allometry forecast <table> --law <law> [<options>]",
        discussion: """
            A law of whole curves is fitted to the rows so far; what they do not say, such as what a falling rate \
            does before it falls, comes from the law's coefficients. How far off the law is, is measured by \
            forecasts that earlier rows would have made.

            EXAMPLES:
              allometry forecast curve.csv --law luo-2025 \\
                  --schedule 'wsd peak=3e-4 warmup=2160 decay=4000 steps=24000'
              allometry forecast curves.jsonl --law mine.law --where 'run == "a"' \\
                  --column schedule=run --schedule 'column rate=lr fill=linear warmup=25'
              allometry forecast curve.csv --law luo-2025 --until 12000
            """)

    @OptionGroup var arguments: ForecastArguments

    @OptionGroup var output: OutputOption

    @OptionGroup var atlas: AtlasOption

    func run() throws { try output.show { try ForecastVerb.answer(try arguments.request(atlas)) } }
}

/// What a forecast is asked, by `forecast` and by its figure.
struct ForecastArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp("CSV, TSV or JSON Lines, one step a row; - is standard input.", valueName: "table"),
        completion: .file(extensions: ["csv", "tsv", "jsonl", "ndjson"]))
    var table: String

    @Option(
        help: ArgumentHelp("A law of whole curves: a file, or a name of the atlas.", valueName: "law"),
        completion: LawCompletion.kind)
    var law: String

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "The schedule to its end: 'cosine peak=3e-4 warmup=2160 steps=24k', or 'column rate=lr'.",
            valueName: "schedule"))
    var schedule: [String] = []

    @OptionGroup var columns: ColumnOption

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Only rows where this holds: those of one run.", valueName: "condition"))
    var condition: String?

    @Option(
        help: ArgumentHelp("Read no later steps: what would have been forecast then.", valueName: "step"))
    var until: String?

    @Option(name: .customLong("set"), help: ArgumentHelp("Which published coefficients.", valueName: "name"))
    var coefficients: String?

    @Option(
        help: ArgumentHelp(
            "How far coefficients of other runs may be off, a relative sd (default: 0.2).", valueName: "sd"))
    var spread: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "What is known of a coefficient, in place of the law's: 'C ~ lognormal(-0.7, 0.1)'.", valueName: "prior"))
    var prior: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Hold a coefficient: 'alpha=0.5'; may be repeated.", valueName: "value"))
    var fix: [String] = []

    @OptionGroup var level: LevelOption

    @Option(help: ArgumentHelp("How many steps of the rest are shown (default: 5).", valueName: "n"))
    var curve: String?

    func request(_ atlas: AtlasOption) throws -> ForecastRequest {
        var request = ForecastRequest(table: .path(table), law: law)
        request.atlas = atlas.folders
        request.columns = try columns.assignments()
        request.condition = condition
        request.schedules = schedule.isEmpty ? nil : schedule
        request.set = coefficients
        request.until = try until.map { try number($0, "--until", example: "12000") }
        request.level = try level.probability()
        request.spread = try spread.map { try number($0, "--spread", example: "0.2") }
        request.priors = prior.isEmpty ? nil : prior
        request.fixed = try Assignments(fix, option: "--fix", example: "alpha=0.5").numbers()
        request.points = try curve.map { try whole($0, "--curve", example: "20") }
        request.arithmetic = Terminal.arithmetic
        return request
    }
}
