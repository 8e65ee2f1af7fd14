// allometry read

import ArgumentParser
import Formulas
import Workbench

struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Make a table of what training software left.",
        usage: "allometry read <source> ... [--to <runs.csv>] [--curves] [<options>]",
        discussion: """
            A source is a file or a folder that is searched: Weights & Biases, Hugging Face Trainer, Lightning, MLflow, \
            lm-evaluation-harness, Megatron, nanoGPT, torchtitan, and tables with a column of steps. Runs that were \
            interrupted or diverged are set aside with the reason. docs/logs.md says how to get the data out of each tool.

            EXAMPLES:
              allometry read wandb/ --to runs.csv
              allometry read outputs/ --loss eval_loss --final-loss last --to runs.csv
              allometry read logs/ --curves --to curves.csv
              allometry read steps.csv --run 'model, seed' --to runs.csv
              allometry read train.log --pattern 'step (?<step>\\d+).*loss (?<loss>\\S+)' --to runs.csv
              allometry read mlruns/ --take 'params=n_weights' --set 'batch_tokens=524288' --to runs.csv
            """)

    @Argument(
        help: ArgumentHelp("Files, or folders that are searched; - is standard input.", valueName: "source"),
        completion: .file())
    var sources: [String]

    @Option(help: ArgumentHelp("Write the table there, as CSV.", valueName: "file"), completion: .file())
    var to: String?

    @Flag(help: "One row a run (the default).")
    var final = false

    @Flag(help: "One row a step.")
    var curves = false

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "The series that is the loss; 'eval/loss, val_loss' stand for one another.", valueName: "series"))
    var loss: [String] = []

    @Option(
        help: ArgumentHelp(
            "What the final loss is: last, mean:100, smoothed:500, lowess:0.1, minimum, schedule-end, or all (default: last).",
            valueName: "choice"),
        completion: .list(["last", "mean:100", "smoothed:2%", "lowess:0.1", "minimum", "schedule-end", "all"]))
    var finalLoss: String?

    @Option(
        help: ArgumentHelp("Keep runs that are interrupted, diverged.", valueName: "states"),
        completion: .list(["interrupted", "diverged"]))
    var include: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("The setting that a quantity is taken from: 'params=n_weights'.", valueName: "setting"))
    var take: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("A quantity of all runs that no log says: 'batch_tokens=524288'.", valueName: "value"))
    var set: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Settings that become columns (default: those that differ).", valueName: "settings"))
    var keep: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Further series that become columns of curves.", valueName: "series"))
    var series: [String] = []

    @Option(
        name: .customLong("run"), parsing: .singleValue,
        help: ArgumentHelp(
            "The column that tells the runs of a table apart (default: run); 'model, seed' do together.",
            valueName: "columns"))
    var runColumns: [String] = []

    @Option(
        help: ArgumentHelp(
            "How a line of a text log looks: 'step (?<step>\\d+).*loss (?<loss>\\S+)'.", valueName: "expression"))
    var pattern: String?

    @Flag(help: "Read again as the sources grow, until a signal or --until; one row a step.")
    var watch = false

    @Option(help: ArgumentHelp("With --watch: seconds between readings (default: 5).", valueName: "seconds"))
    var every: String?

    @Option(help: ArgumentHelp("With --watch: end once every run has reached this step.", valueName: "step"))
    var until: String?

    @Option(
        help: ArgumentHelp(
            "With --watch: forecast the end of each run by a law of whole curves; needs --to and --schedule.",
            valueName: "law"))
    var forecast: String?

    @Option(
        help: ArgumentHelp(
            "With --forecast: the schedule to its end: 'cosine peak=3e-4 warmup=100 steps=5000'.",
            valueName: "schedule"))
    var schedule: String?

    @Option(
        help: ArgumentHelp(
            "The form of the answer: text, markdown, html, latex, json, or csv for the table itself.",
            valueName: "form"),
        completion: .list(OutputForm.all.map(\.rawValue)))
    var format: String?

    func run() throws {
        if watch { return try follow() }
        for (option, value) in [
            ("--every", every), ("--until", until), ("--forecast", forecast), ("--schedule", schedule),
        ] where value != nil { throw OptionError.needs(option, other: "--watch") }
        if let to { _ = try OutputForm(ofPath: to, among: [.csv]) }
        try OutputForm.show({ try ReadVerb.answer(try request()) }, format: format, to: nil, among: OutputForm.all)
    }

    private func follow() throws {
        if final { throw WorkbenchError.oneOf(["--final", "--watch"]) }
        if format != nil { throw WorkbenchError.oneOf(["--format", "--watch"]) }
        var request = try request()
        if finalLoss != nil { throw WorkbenchError.oneOf(["--final-loss", "--watch"]) }
        request.curves = true
        let interval = try every.map { try number($0, "--every", example: "5") } ?? 5
        guard interval > 0 else { throw OptionError.notAValue(every ?? "", option: "--every", example: "5") }
        var asked: (law: String, schedule: String)?
        if let forecast {
            guard to != nil else { throw OptionError.needs("--forecast", other: "--to") }
            guard let schedule else { throw OptionError.needs("--forecast", other: "--schedule") }
            asked = (forecast, schedule)
        } else if schedule != nil {
            throw OptionError.needs("--schedule", other: "--forecast")
        }
        let end = try until.map { try number($0, "--until", example: "24000") }
        try ReadWatch(request: request, interval: interval, until: end, forecast: asked).run()
    }

    func request() throws -> ReadRequest {
        if final, curves { throw WorkbenchError.oneOf(["--final", "--curves"]) }
        var request = ReadRequest(sources: sources)
        request.curves = curves ? true : nil
        request.loss = Self.list(loss)
        request.finalLoss = finalLoss
        request.include = Self.list(include)
        request.take = try Self.assignments(take, "--take", example: "params=n_weights")
        request.set = try Self.assignments(set, "--set", example: "batch_tokens=524288")
        request.keep = Self.list(keep)
        request.series = Self.list(series)
        request.run = Self.list(runColumns)
        request.pattern = pattern
        request.save = to
        return request
    }

    private static func list(_ values: [String]) -> [String]? {
        let all = values.flatMap { $0.split(separator: ",") }.map(trimmed).filter { !$0.isEmpty }
        return all.isEmpty ? nil : all
    }

    private static func assignments(
        _ values: [String], _ option: String, example: String
    ) throws(OptionError) -> [String: String]? {
        var all: [String: String] = [:]
        for item in values.flatMap({ $0.split(separator: ",") }) {
            guard let sign = item.firstIndex(of: "=") else {
                throw .notAnAssignment(String(item), option: option, example: example)
            }
            let (key, value) = (trimmed(item[..<sign]), trimmed(item[item.index(after: sign)...]))
            if key.isEmpty || value.isEmpty { throw .notAnAssignment(String(item), option: option, example: example) }
            if all.updateValue(value, forKey: key) != nil { throw .repeated(key, option: option) }
        }
        return all.isEmpty ? nil : all
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
