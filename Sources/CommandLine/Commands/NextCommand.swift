// allometry next

import ArgumentParser
import Workbench

struct NextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: "Which runs to make now so that a target becomes surer for the least compute.",
        usage: "allometry next <table> --law <law> --target <target> [<options>]",
        discussion: """
            Fits the runs at hand, and names the candidates that shrink the target's interval most for what they cost, \
            with the interval that is expected after each. The law may be wrong, and the choice allows for it.

            EXAMPLES:
              allometry next runs.csv --law hoffmann-2022 \\
                  --column N=params,D=tokens --target 'loss at N=70B, D=1.4T'
              allometry next runs.csv --law hoffmann-2022 --target 'optimal N at 1e24' \\
                  --candidates 'N=10M..1B@8, D=200M..20B@8' --spend 1e20
              allometry next runs.csv --formula 'loss ~ E + A/N^alpha' --cost 'N' \\
                  --target 'loss at N=70B' --under-way 'N=300M'
            """)

    @OptionGroup var arguments: NextArguments
    @OptionGroup var format: FormatOption

    func run() throws {
        _ = try OutputForm.read(format.format, among: OutputForm.documents)
        let request = try arguments.request()
        try format.show(try ProgressBar.during { progress in try NextVerb.answer(request, progress: progress) })
    }
}

/// What the next runs are asked for, for `next` and its picture.
struct NextArguments: ParsableArguments {
    @OptionGroup var model: ModelOptions

    @OptionGroup var choice: RunChoiceOptions

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Runs that may be made: a point or a grid, 'N=10M..1B@8, D=1B'; may be repeated. Without it, from what was run to ten times as much.",
            valueName: "points"))
    var candidates: [String] = []

    @Option(
        help: ArgumentHelp(
            "A table of runs that may be made, its columns named as those of the runs.", valueName: "table"),
        completion: .file(extensions: ["csv", "tsv", "jsonl", "ndjson"]))
    var candidatesFrom: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "The least of an input, where no candidates are given; may be repeated.", valueName: "value"))
    var min: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("The most of an input: 'N=1B'; may be repeated.", valueName: "value"))
    var max: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "A run that was bought and has not ended: 'N=1B, D=20B'; may be repeated.", valueName: "point"))
    var underWay: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Name a batch that costs no more; without it, one after another.", valueName: "cost"))
    var spend: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The most that one run may cost (default: ten times the largest so far, or --spend).", valueName: "cost"))
    var largest: String?

    @Option(help: ArgumentHelp("How many runs to name (default: 5, or what --spend buys).", valueName: "n"))
    var runs: String?

    @Option(
        help: ArgumentHelp(
            "The standard deviation of one run on the scale of the residual (default: repeated runs, or residuals).",
            valueName: "sd"))
    var noise: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "What is known beforehand: 'alpha ~ normal(0.35, 0.1)'; may be repeated.", valueName: "prior"))
    var prior: [String] = []

    @Option(
        help: ArgumentHelp(
            "Take the doubt about the parameters from so many draws: 1000, wild:1000.", valueName: "draws"))
    var bootstrap: String?

    func request() throws -> NextRequest {
        var request = NextRequest(fit: try model.request())
        request.fit.priors = prior.isEmpty ? nil : prior
        request.fit.bootstrap = bootstrap
        request.target = choice.target
        request.candidates = candidates.isEmpty ? nil : candidates
        request.candidateTable = candidatesFrom.map { .path($0) }
        request.least = try Assignments(min, option: "--min", example: "N=10M").numbers()
        request.most = try Assignments(max, option: "--max", example: "N=1B").numbers()
        request.underWay = underWay.isEmpty ? nil : underWay
        request.cost = choice.cost
        request.spend = try spend.map { try number($0, "--spend", example: "1e21") }
        request.largest = try largest.map { try number($0, "--largest", example: "1e20") }
        request.runs = try runs.map { try whole($0, "--runs", example: "5") }
        request.noise = try noise.map { try number($0, "--noise", example: "0.003") }
        request.doubt = try choice.share()
        request.overhead = choice.overhead
        return request
    }
}
