// allometry isoflop

import ArgumentParser
import Formulas
import Workbench

struct IsoFLOPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "isoflop",
        abstract: "Find the best size at each budget of a table, and the power law through them.",
        usage: "allometry isoflop <table> --by <budget> [<options>]",
        discussion: """
            Runs at one budget make a valley of loss over size. Its bottom is found by a spline, a parabola, a cubic \
            and the shape of the law; a power law goes through the bottoms, and the direct fit of all runs stands \
            beside it. Budgets without a bottom are left out, with the reason.

            EXAMPLES:
              allometry isoflop runs.csv --by flops
              allometry isoflop runs.csv --by flops --column N=params --column D=tokens \\
                  --where 'split == "val"' --method parabola
              allometry isoflop runs.csv --by flops --noise 0.005
              allometry isoflop curves.jsonl --by flops --run run --within 0.3
            """)

    @OptionGroup var arguments: IsoFLOPArguments

    @OptionGroup var format: FormatOption

    func run() throws {
        _ = try OutputForm.read(format.format, among: OutputForm.documents)
        try format.show(try IsoFLOPVerb.answer(try arguments.request()))
    }
}

/// What valleys are asked for, by `isoflop` and by their figure.
struct IsoFLOPArguments: ParsableArguments {
    @OptionGroup var table: TableArgument

    @Option(help: ArgumentHelp("The budget: a column, or '6*params*tokens'.", valueName: "budget"))
    var by: String

    @OptionGroup var columns: ColumnOption

    @Option(name: .customLong("where"), help: ArgumentHelp("Only rows where this holds.", valueName: "condition"))
    var condition: String?

    @Option(
        help: ArgumentHelp("Whose bottoms are shown: akima (default), cubic, law, parabola.", valueName: "method"),
        completion: .list(["akima", "cubic", "law", "parabola"]))
    var method: String?

    @Option(
        help: ArgumentHelp("The sd of a loss, an expression of columns (default: measured).", valueName: "sd"))
    var noise: String?

    @Option(help: ArgumentHelp("Copies with noise behind intervals (default: 1000).", valueName: "n"))
    var draws: String?

    @Option(help: ArgumentHelp("Of the random numbers (default: 1).", valueName: "n"))
    var seed: String?

    @Option(help: ArgumentHelp("Budgets this close are one valley (default: 0.01).", valueName: "share"))
    var within: String?

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("The column that tells training curves apart.", valueName: "column"))
    var curve: String?

    @OptionGroup var level: LevelOption

    func request() throws -> IsoFLOPRequest {
        var request = IsoFLOPRequest(table: .path(table.table), by: by)
        request.columns = try columns.assignments()
        request.condition = condition
        request.method = method
        request.noise = noise
        request.draws = try draws.map { try whole($0, "--draws", example: "1000") }
        request.seed = try seed.map { try whole($0, "--seed", example: "1") }
        request.within = try within.map { try number($0, "--within", example: "0.01") }
        request.run = curve
        request.level = try level.probability()
        return request
    }
}
