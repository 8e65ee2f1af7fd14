// allometry fit

import ArgumentParser
import Formulas
import Scaling
import Workbench

struct FitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Fit a formula or a law to a table of runs.",
        usage: "allometry fit <table> (--formula <formula> | --law <law>) [<options>]",
        discussion: """
            A name of the formula is a column where --column says so or the table has a column of that name; every \
            other name is a parameter. The answer lists which is which.

            EXAMPLES:
              allometry fit runs.csv --formula 'loss ~ E + A/N^alpha + B/D^beta' \\
                  --column N=params --column D=tokens --loss huber:1e-3 --residual log \\
                  --bound 'A=0..' --save mine.law
              allometry fit runs.csv --law hoffmann-2022 \\
                  --column N=params --column 'D=flops/(6*params)'
              allometry fit - --formula 'loss ~ E[data] + A/N^alpha' < runs.csv
            """)

    @OptionGroup var table: TableArgument

    @OptionGroup var choice: LawChoice

    @OptionGroup var columns: ColumnOption

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "The schedule of the runs: 'cosine peak=3e-4 …', 'column rate=lr', 'LABEL=cosine …'; may be repeated.",
            valueName: "schedule"))
    var schedule: [String] = []

    @OptionGroup var specification: SpecificationOptions

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "What is known beforehand: 'alpha ~ normal(0.35, 0.1)', or lognormal, student, uniform; may be repeated.",
            valueName: "prior"))
    var prior: [String] = []

    @OptionGroup var level: LevelOption

    @Option(
        help: ArgumentHelp(
            "Where the parameters' intervals come from: profile (the default), delta or bootstrap.",
            valueName: "method"),
        completion: .list(["profile", "delta", "bootstrap"]))
    var intervals: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Profile a formula of parameters, 'beta/(alpha+beta)', or the law 'at N=70B, D=1.4T'; may be repeated.",
            valueName: "formula"))
    var profile: [String] = []

    @Option(
        help: ArgumentHelp(
            "Refit to so many samples: 4000, wild:4000, cluster:run:4000, residual:, parametric:, bayesian:.",
            valueName: "draws"))
    var bootstrap: String?

    @Flag(help: "Let every draw search for its minimum everywhere.")
    var bootstrapGlobal = false

    @Option(help: ArgumentHelp("Keep at most so many draws in the law file (default: all).", valueName: "n"))
    var keepDraws: String?

    @Option(
        help: ArgumentHelp(
            "What evaluating one run twice differs by, a standard deviation on the scale of the residual.",
            valueName: "sd"))
    var evaluationNoise: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Start here and nowhere else: 'E=1.5, alpha=0.3'.", valueName: "values"))
    var start: [String] = []

    @Option(help: ArgumentHelp("How many starts to polish; by default as many as the formula needs.", valueName: "n"))
    var starts: String?

    @Option(help: ArgumentHelp("Of the random numbers behind the starts (default: 1).", valueName: "n"))
    var seed: String?

    @OptionGroup var format: FormatOption

    @Option(
        help: ArgumentHelp("Keep the fit as a law file, for predict.", valueName: "file"),
        completion: .file(extensions: ["law"]))
    var save: String?

    @OptionGroup var atlas: AtlasOption

    func run() throws {
        let request = try request()
        try format.show(try ProgressBar.during { progress in try FitVerb.answer(request, progress: progress) })
    }

    func request() throws -> FitRequest {
        _ = try OutputForm.read(format.format, among: OutputForm.documents)
        var request = try specification.request(table, choice, columns, atlas)
        request.schedules = schedule.isEmpty ? nil : schedule
        request.start = try Assignments(start, option: "--start", example: "E=1.5, alpha=0.3").numbers()
        request.priors = prior.isEmpty ? nil : prior
        request.level = try level.probability()
        request.intervals = intervals
        request.profiles = profile.isEmpty ? nil : profile
        request.bootstrap = bootstrap
        request.bootstrapGlobally = bootstrapGlobal ? true : nil
        request.keepDraws = try keepDraws.map { try whole($0, "--keep-draws", example: "500") }
        request.evaluationNoise = try evaluationNoise.map {
            try number($0, "--evaluation-noise", example: "0.001")
        }
        request.starts = try starts.map { try whole($0, "--starts", example: "50") }
        request.seed = try seed.map { try whole($0, "--seed", example: "1") }
        request.save = save
        return request
    }
}

/// The number of an option, which may carry a suffix.
func number(_ text: String, _ option: String, example: String) throws(OptionError) -> Double {
    guard let value = Quantity.parse(text) else { throw .notAValue(text, option: option, example: example) }
    return value
}

/// The whole number of an option.
func whole<Value: FixedWidthInteger>(_ text: String, _ option: String, example: String) throws(OptionError)
    -> Value
{
    guard let value = Value(text) else { throw .notAValue(text, option: option, example: example) }
    return value
}

/// `--column`, wherever a table is read.
struct ColumnOption: ParsableArguments {
    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "What a name stands for: N=params, 'D=flops/(6*params)'; may be repeated.", valueName: "name=column"))
    var column: [String] = []

    func assignments() throws(OptionError) -> [String: String] {
        try Assignments(column, option: "--column", example: "N=params").texts
    }
}

/// Completes the names of laws and of law files.
enum LawCompletion {
    static let kind = CompletionKind.custom { _, _, prefix in
        Atlas.embedded.ids.filter { $0.hasPrefix(prefix) }
    }
}
