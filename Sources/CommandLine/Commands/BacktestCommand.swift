// allometry backtest

import ArgumentParser
import Formulas
import Workbench

struct BacktestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Fit the small runs of a table, predict the large ones, and calibrate intervals by it.",
        usage: "allometry backtest <table> (--formula <f> | --law <law>) [<options>]",
        discussion: """
            All runs up to a share of the largest compute are fitted and those above predicted, at several shares. \
            What that teaches widens the intervals of later predictions, which --save keeps with the law.

            EXAMPLES:
              allometry backtest runs.csv --law hoffmann-2022 \\
                  --column N=params --column D=tokens --save mine.law
              allometry backtest runs.csv --formula 'y ~ E + A/x^alpha' --residual log \\
                  --by x --cutoffs 2,4,10
              allometry backtest runs.csv --law hoffmann-2022 --group dataset \\
                  --column N=params,D=tokens
            """)

    @OptionGroup var arguments: BacktestArguments

    @OptionGroup var format: FormatOption

    @Option(
        help: ArgumentHelp("Keep the law of the whole table with its calibration, for predict.", valueName: "file"),
        completion: .file(extensions: ["law"]))
    var save: String?

    func run() throws {
        _ = try OutputForm.read(format.format, among: OutputForm.documents)
        var request = try arguments.request()
        request.fit.save = save
        try format.show(try BacktestVerb.answer(request))
    }
}

/// What a backtest is asked, by `backtest` and by its figure.
struct BacktestArguments: ParsableArguments {
    @OptionGroup var table: TableArgument

    @OptionGroup var columns: ColumnOption

    @OptionGroup var specification: SpecificationOptions

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "What is known beforehand: 'alpha ~ normal(0.35, 0.1)'; may be repeated.", valueName: "prior"))
    var prior: [String] = []

    @Option(help: ArgumentHelp("How many starts to polish; by default as many as the formula needs.", valueName: "n"))
    var starts: String?

    @Option(help: ArgumentHelp("Of the random numbers behind the starts (default: 1).", valueName: "n"))
    var seed: String?

    @OptionGroup var atlas: AtlasOption

    @OptionGroup var choice: LawChoice

    @Option(
        help: ArgumentHelp(
            "What says how large a run is: a column or an expression (default: C, 6*N*D, or the law's one input).",
            valueName: "expression"))
    var by: String?

    @Option(help: ArgumentHelp("Backtest the runs of each label of this column by themselves.", valueName: "column"))
    var group: String?

    @Option(
        help: ArgumentHelp(
            "The largest run is divided by each of these (default: 3,10,30,100).", valueName: "factors"))
    var cutoffs: String?

    @Option(
        help: ArgumentHelp("The probability of the intervals that are counted (default: 0.9).", valueName: "level"))
    var level: String?

    @Option(
        help: ArgumentHelp(
            "Refit to so many samples and keep the draws with the law: 400, or cluster:run:400 for checkpoints.",
            valueName: "draws"))
    var bootstrap: String?

    func request() throws -> BacktestRequest {
        var fit = try specification.request(table, choice, columns, atlas)
        fit.priors = prior.isEmpty ? nil : prior
        fit.starts = try starts.map { try whole($0, "--starts", example: "50") }
        fit.seed = try seed.map { try whole($0, "--seed", example: "1") }
        fit.bootstrap = bootstrap
        var request = BacktestRequest(fit: fit)
        request.by = by
        request.group = group
        request.cutoffs = try cutoffs.map { text in
            try text.split(separator: ",", omittingEmptySubsequences: false).map {
                try number(String($0), "--cutoffs", example: "3,10,30")
            }
        }
        request.level = try level.map { try number($0, "--level", example: "0.9") }
        return request
    }
}
