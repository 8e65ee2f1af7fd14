// allometry report

import ArgumentParser
import Formulas
import Workbench

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "All that is known of a law as one page: answer, figures, doubts, methods.",
        usage: """
            allometry report <law> [<table>] [<options>]
            allometry report <table> (--formula <formula> | --law <law>) [<options>]
            """,
        discussion: """
            The answer comes first, with its interval; then warnings, the law, its runs, figures, predictions, a plan, \
            a backtest, what the answer hangs on, and a methods paragraph with references, ready to be taken over. \
            An HTML page needs no network and no other file; .md, .tex, .txt and .json say the same numbers, and .csv \
            holds everything plotted.

            EXAMPLES:
              allometry report mine.law --at 'N=70B, D=1.4T' --flops 1e24 --to report.html
              allometry report runs.csv --formula 'loss ~ E + A/N^alpha + B/D^beta' \\
                  --column N=params,D=tokens --residual log --to report.html
              allometry report mine.law runs.csv --without sensitivity --to report.md
              allometry report mine.law --published hoffmann-2022 --to report.csv
              allometry report accuracy.law --through loss.law --column N=params,D=tokens \\
                  --at 'N=7B, D=4T'
            """)

    @Argument(
        help: ArgumentHelp("A law (a file or a name of the atlas), or a table to fit.", valueName: "law or table"),
        completion: .file(extensions: ["law", "csv", "tsv", "jsonl", "ndjson"]))
    var subject: String

    @Argument(
        help: ArgumentHelp("The runs of the law (default: the table that it was fitted to).", valueName: "table"),
        completion: .file(extensions: ["csv", "tsv", "jsonl", "ndjson"]))
    var table: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Ask the law there: 'N=70B, D=1.4T'; may be repeated.", valueName: "point"))
    var at: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "The schedule of the runs: 'cosine peak=3e-4 …', 'column rate=lr', 'LABEL=cosine …'; may be repeated.",
            valueName: "schedule"))
    var schedule: [String] = []

    @Option(
        name: [.long, .customLong("budget")], parsing: .unconditional,
        help: ArgumentHelp("Plan this budget, in FLOP.", valueName: "c"))
    var flops: String?

    @Option(
        name: [.long, .customLong("target")], parsing: .unconditional,
        help: ArgumentHelp("Plan the least cost of this value of the law.", valueName: "l"))
    var targetLoss: String?

    @OptionGroup var intervals: IntervalOptions

    @Option(
        help: ArgumentHelp("Show this law beside: a file, or a name of the atlas.", valueName: "law"),
        completion: LawCompletion.kind)
    var published: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "A law that predicts an input of this one, as a loss of an accuracy; 'L=loss.law' where names differ.",
            valueName: "law"))
    var through: [String] = []

    @Option(name: .customLong("set"), help: ArgumentHelp("Which published coefficients.", valueName: "name"))
    var set: String?

    @Option(help: ArgumentHelp("The line above the report (default: the law's title).", valueName: "text"))
    var title: String?

    @Option(help: ArgumentHelp("What was asked, in your words.", valueName: "text"))
    var question: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Leave out backtest, figures, next, plan, predictions or sensitivity; may be repeated.", valueName: "part"
        ),
        completion: .list(ReportVerb.parts))
    var without: [String] = []

    @OptionGroup var choice: LawChoice

    @OptionGroup var columns: ColumnOption

    @OptionGroup var specification: SpecificationOptions

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "What is known beforehand: 'alpha ~ normal(0.35, 0.1)'; may be repeated.", valueName: "prior"))
    var prior: [String] = []

    @Option(help: ArgumentHelp("Draws of a fit: 4000, wild:4000, cluster:RUN:4000.", valueName: "draws"))
    var bootstrap: String?

    @Option(help: ArgumentHelp("How many starts to polish; by default as many as the formula needs.", valueName: "n"))
    var starts: String?

    @Option(help: ArgumentHelp("Of the random numbers behind starts and draws (default: 1).", valueName: "n"))
    var seed: String?

    @OptionGroup var format: OutputOption
    @OptionGroup var atlas: AtlasOption

    func run() throws {
        let request = try request()
        try format.show { try ProgressBar.during { progress in try ReportVerb.answer(request, progress: progress) } }
    }

    /// A table is fitted by a formula or a law; what is neither named as one is a law.
    private var isTable: Bool {
        choice.formula != nil || choice.law != nil || subject == "-"
            || [".csv", ".tsv", ".jsonl", ".ndjson"].contains { subject.lowercased().hasSuffix($0) }
    }

    func request() throws -> ReportRequest {
        _ = try OutputForm.read(format.format, among: OutputForm.all)
        var request = ReportRequest(law: subject)
        if isTable {
            if let table { throw OptionError.secondTable(table, first: subject) }
            var argument = TableArgument()
            argument.table = subject
            var fit = try specification.request(argument, choice, columns, atlas)
            fit.priors = prior.isEmpty ? nil : prior
            fit.bootstrap = bootstrap
            fit.schedules = schedule.isEmpty ? nil : schedule
            fit.starts = try starts.map { try whole($0, "--starts", example: "50") }
            fit.seed = try seed.map { try whole($0, "--seed", example: "1") }
            request = ReportRequest(fit: fit)
        } else {
            request.table = table.map { .path($0) }
            request.columns = try columns.assignments()
            request.schedules = schedule.isEmpty ? nil : schedule
        }
        request.atlas = atlas.folders
        request.at = at.isEmpty ? nil : at
        request.interval = intervals.interval
        request.level = try intervals.probability()
        request.budget = try flops.map { try number($0, "--flops", example: "1e24") }
        request.target = try targetLoss.map { try number($0, "--target-loss", example: "2.0") }
        (request.title, request.question) = (title, question)
        (request.published, request.set) = (published, set)
        request.through = through.isEmpty ? nil : through
        request.without =
            without.isEmpty
            ? nil : without.flatMap { $0.split(separator: ",").map { String($0.filter { $0 != " " }) } }
        request.arguments = Array(CommandLine.arguments.dropFirst())
        request.arithmetic = Terminal.arithmetic
        return request
    }
}
