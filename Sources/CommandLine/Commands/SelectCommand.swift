// allometry select

import ArgumentParser
import Workbench

struct SelectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "select",
        abstract: "Rank laws by how well they extrapolate, and average them.",
        usage: "allometry select <table> [--laws <laws>] [--formula <f>] [<options>]",
        discussion: """
            Every law is fitted by least squares on one scale to the runs below each of several cutoffs, and predicts \
            those above. Their average has weights from that, and its interval holds what they differ by.

            EXAMPLES:
              allometry select runs.csv --laws all --column N=params,D=tokens
              allometry select runs.csv --laws hoffmann-2022,kaplan-2020 \\
                  --column N=params,D=tokens --at 'N=70B, D=1.4T'
              allometry select runs.csv --laws all --column N=params,D=tokens \\
                  --save average.law
              allometry select curve.csv --response loss --column x=seen \\
                  --laws alabdulmohsin-2022-m2,alabdulmohsin-2022-m4
            """)

    @OptionGroup var table: TableArgument

    @Option(
        help: ArgumentHelp(
            "Laws with commas between; all is every law of the atlas whose inputs the table has (the default).",
            valueName: "laws"))
    var laws: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("A formula besides; may be repeated.", valueName: "formula"))
    var formula: [String] = []

    @OptionGroup var columns: ColumnOption

    @Option(help: ArgumentHelp("What every law is to predict, whatever it calls it.", valueName: "column"))
    var response: String?

    @Option(name: .customLong("where"), help: ArgumentHelp("Only rows where this holds.", valueName: "condition"))
    var condition: String?

    @Option(
        help: ArgumentHelp(
            "The scale of the residuals of all laws: log (the default), raw or logit.", valueName: "scale"),
        completion: .list(["log", "raw", "logit"]))
    var residual: String?

    @Option(
        help: ArgumentHelp(
            "What says how large a run is: a column or an expression (default: C, 6*N*D, or the one input).",
            valueName: "expression"))
    var by: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Average the laws at a point or a grid; may be repeated.", valueName: "point"))
    var at: [String] = []

    @OptionGroup var intervals: IntervalOptions

    @Option(help: ArgumentHelp("How many starts to polish; by default as many as a formula needs.", valueName: "n"))
    var starts: String?

    @Option(help: ArgumentHelp("Of the random numbers behind the starts (default: 1).", valueName: "n"))
    var seed: String?

    @Option(
        help: ArgumentHelp("Keep the average as a law file, for predict.", valueName: "file"),
        completion: .file(extensions: ["law"]))
    var save: String?

    @OptionGroup var format: FormatOption

    @OptionGroup var atlas: AtlasOption

    func run() throws { try format.show(try SelectVerb.answer(try request())) }

    func request() throws -> SelectRequest {
        _ = try OutputForm.read(format.format, among: OutputForm.documents)
        var request = SelectRequest(table: .path(table.table))
        request.laws = laws?.split(separator: ",").map { String($0.drop { $0 == " " }) }
        request.formulas = formula.isEmpty ? nil : formula
        request.atlas = atlas.folders
        request.columns = try columns.assignments()
        request.response = response
        request.condition = condition
        request.residual = residual
        request.by = by
        request.at = at.isEmpty ? nil : at
        request.level = try intervals.probability()
        request.interval = intervals.interval
        request.starts = try starts.map { try whole($0, "--starts", example: "50") }
        request.seed = try seed.map { try whole($0, "--seed", example: "1") }
        request.save = save
        request.arithmetic = Terminal.arithmetic
        return request
    }
}
