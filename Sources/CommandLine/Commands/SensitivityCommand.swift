// allometry sensitivity

import ArgumentParser
import Workbench

struct SensitivityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity",
        abstract: "What an answer hangs on: choices of the fit, and single runs.",
        usage: "allometry sensitivity <table> --formula <formula> [<options>]",
        discussion: """
            Fits the law again with other losses, thresholds, exclusions, countings and starts, and without each run; \
            names the runs that an answer hangs on, alone and together, and those that lie too far from the law.

            EXAMPLES:
              allometry sensitivity runs.csv --law hoffmann-2022 \\
                  --column N=params --column D=tokens --answer 'beta/(alpha+beta)'
              allometry sensitivity runs.csv --formula 'loss ~ E + A/N^alpha' --at 'N=70B'
            """)

    @OptionGroup var arguments: SensitivityArguments

    @OptionGroup var format: FormatOption

    func run() throws {
        _ = try OutputForm.read(format.format, among: OutputForm.documents)
        try format.show(try SensitivityVerb.answer(try arguments.request()))
    }
}

/// What is asked of the firmness of an answer, by `sensitivity` and by its figure.
struct SensitivityArguments: ParsableArguments {
    @OptionGroup var model: ModelOptions

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("A formula of parameters: 'beta/(alpha+beta)'; may be repeated.", valueName: "formula"))
    var answer: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("The law's value at a point: 'N=70B, D=1.4T'; may be repeated.", valueName: "point"))
    var at: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "What is known beforehand: 'alpha ~ normal(0.35, 0.1)'; may be repeated.", valueName: "prior"))
    var prior: [String] = []

    @Option(help: ArgumentHelp("Leave out together the rows of one value of a column.", valueName: "column"))
    var group: String?

    @Option(help: ArgumentHelp("How many runs to show, and to leave out together (default: 5).", valueName: "n"))
    var runs: String?

    func request() throws -> SensitivityRequest {
        var request = SensitivityRequest(fit: try model.request())
        request.fit.priors = prior.isEmpty ? nil : prior
        request.answers = answer.isEmpty ? nil : answer
        request.at = at.isEmpty ? nil : at
        request.group = group
        request.runs = try runs.map { try whole($0, "--runs", example: "5") }
        return request
    }
}
