// allometry compare

import ArgumentParser
import Workbench

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare recipes: which is better where, and by how much compute.",
        usage: "allometry compare <table> --by <column> --formula <formula> [<options>]",
        discussion: """
            Fits the law to every recipe, tests what they have in common, and says at each target how likely which one \
            is better, how many times the compute of the best the others need, and whether one overtakes another.

            EXAMPLES:
              allometry compare runs.csv --by recipe --law hoffmann-2022 \\
                  --column N=params --column D=tokens --at 'N=1B, D=20B'
              allometry compare runs.csv --by recipe --path optimal \\
                  --formula 'loss ~ E + A/N^alpha + B/D^beta'
            """)

    @OptionGroup var arguments: CompareArguments

    @OptionGroup var format: FormatOption

    func run() throws {
        _ = try OutputForm.read(format.format, among: OutputForm.documents)
        let request = try arguments.request()
        try format.show(try ProgressBar.during { progress in try CompareVerb.answer(request, progress: progress) })
    }
}

/// What a comparison is asked, by `compare` and by its figure.
struct CompareArguments: ParsableArguments {
    @OptionGroup var model: ModelOptions

    @Option(help: ArgumentHelp("The column that tells recipes apart.", valueName: "column"))
    var by: String

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Compare at a point or a grid: 'N=1B, D=20B'; may be repeated.", valueName: "point"))
    var at: [String] = []

    @Option(
        help: ArgumentHelp(
            "What recipes have in common: auto (the exponents, unless a test rejects it), none, or 'alpha, beta'.",
            valueName: "parameters"))
    var share: String?

    @Option(
        help: ArgumentHelp(
            "Runs that are drawn together: auto (of equal inputs), none, or by a column.", valueName: "cells"))
    var cells: String?

    @Option(
        help: ArgumentHelp(
            "Compute grows along the ray through this point ('N=1M, D=20M'), or optimal: each recipe's best split.",
            valueName: "path"))
    var path: String?

    @Option(help: ArgumentHelp("The recipe that others are measured against.", valueName: "recipe"))
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "What is better: lower (unless the law says otherwise) or higher.", valueName: "direction"),
        completion: .list(["lower", "higher"]))
    var better: String?

    @Option(help: ArgumentHelp("How many draws (default: 2000).", valueName: "n"))
    var draws: String?

    func request() throws -> CompareRequest {
        var request = CompareRequest(fit: try model.request(), by: by)
        request.at = at.isEmpty ? nil : at
        request.share = share
        request.cells = cells
        request.path = path
        request.baseline = baseline
        request.better = better
        request.draws = try draws.map { try whole($0, "--draws", example: "2000") }
        return request
    }
}
