// allometry read

import ArgumentParser
import Formulas
import Workbench

struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Make a table of what training software left.",
        usage: "allometry read <source> ... --to <runs.csv> [--curves] [--loss <series>] [<options>]",
        discussion: """
            A source is a file or a folder that is searched: Weights & Biases, Hugging Face Trainer, Lightning, MLflow, \
            lm-evaluation-harness, Megatron, nanoGPT, torchtitan, and tables with a column of steps. Runs that were \
            interrupted or diverged are set aside with the reason. docs/logs.md says how to get the data out of each tool.

            EXAMPLES:
              allometry read wandb/ --to runs.csv
              allometry read outputs/ --loss eval_loss --final-loss last --to runs.csv
              allometry read logs/ --curves --to curves.csv
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
        help: ArgumentHelp(
            "How a line of a text log looks: 'step (?<step>\\d+).*loss (?<loss>\\S+)'.", valueName: "expression"))
    var pattern: String?

    @Option(
        help: ArgumentHelp("The form of the answer: text, json, or csv for the table itself.", valueName: "form"),
        completion: .list(["text", "json", "csv"]))
    var format: String?

    func run() throws {
        let form = try OutputForm.read(format, among: [.text, .json, .csv]) ?? .text
        let answer = try ReadVerb.answer(try request())
        switch form {
        case .csv: Terminal.print(answer.csv ?? "")
        case .json: Terminal.print(answer.json)
        case .text: Terminal.print(Terminal.format.render(answer.report))
        }
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
