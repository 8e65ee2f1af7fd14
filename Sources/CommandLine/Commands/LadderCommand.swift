// allometry ladder, and its status.

import ArgumentParser
import Workbench

struct LadderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ladder",
        abstract: "Design a ladder of small runs from a published law, and follow it.",
        usage: """
            allometry ladder --law <law> --target <target> --spend <c> [<options>]
            allometry ladder status <folder>
            """,
        discussion: """
            EXAMPLES:
              allometry ladder --law hoffmann-2022 --spend 1e20 \\
                  --target 'loss at N=7B, D=140B' --to my-ladder \\
                  --lr li-2025-steplaw-lr --batch li-2025-steplaw-batch \\
                  --command 'python train.py --n {N} --d {D} --lr {lr} --batch {batch}'
              allometry ladder status my-ladder
            """,
        subcommands: [LadderDesignCommand.self, LadderStatusCommand.self],
        defaultSubcommand: LadderDesignCommand.self)
}

struct LadderDesignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "design", abstract: "Which runs to make for a budget, before there are any.",
        usage: "allometry ladder --law <law> --target <target> --spend <c> [<options>]")

    @Option(
        help: ArgumentHelp("A law file, or a name that 'allometry laws' lists.", valueName: "law"),
        completion: LawCompletion.kind)
    var law: String

    @Option(name: .customLong("set"), help: ArgumentHelp("Which published coefficients.", valueName: "name"))
    var coefficients: String?

    @OptionGroup var choice: RunChoiceOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("What all runs may cost together.", valueName: "c"))
    var spend: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The most that one run may cost (default: a quarter of --spend).", valueName: "c"))
    var largest: String?

    @Option(help: ArgumentHelp("At most so many runs (default: 24).", valueName: "n"))
    var runs: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Runs to choose from: 'N=10M..1B@8, D=1B..20B@8'; may be repeated.", valueName: "points"))
    var candidates: [String] = []

    @Option(
        help: ArgumentHelp(
            "The standard deviation of one run on the scale of the residual (default: 0.005).", valueName: "sd"))
    var noise: String?

    @Option(
        name: .customLong("lr"),
        help: ArgumentHelp("A law that gives the learning rate: li-2025-steplaw-lr.", valueName: "law"),
        completion: LawCompletion.kind)
    var learningRate: String?

    @Option(
        help: ArgumentHelp("A law that gives the batch: li-2025-steplaw-batch.", valueName: "law"),
        completion: LawCompletion.kind)
    var batch: String?

    @Option(
        help: ArgumentHelp(
            "The command of a run, with {N}, {D}, {run}, {lr}, {batch}, {steps}, {folder} in it.",
            valueName: "template"))
    var command: String?

    @OptionGroup var level: LevelOption

    @Option(
        help: ArgumentHelp(
            "A folder for runs, commands and results; with .html, .md, .tex, .json or .txt the page alone, with .csv the runs.",
            valueName: "folder"))
    var to: String?

    @OptionGroup var format: FormOption
    @OptionGroup var atlas: AtlasOption

    /// What was named is a page or a table, by its ending.
    private var page: String? {
        guard let to, let form = try? OutputForm(ofPath: to, among: OutputForm.all), form.isEnding(of: to)
        else {
            return nil
        }
        return to
    }

    func run() throws {
        try OutputForm.show(
            { try LadderVerb.answer(try request()) }, format: format.format, to: page, among: OutputForm.all)
    }

    func request() throws -> LadderRequest {
        _ = try OutputForm.read(format.format, among: OutputForm.documents)
        var request = LadderRequest(law: law)
        request.atlas = atlas.folders
        request.set = coefficients
        request.target = choice.target
        request.spend = try spend.map { try number($0, "--spend", example: "1e20") }
        request.largest = try largest.map { try number($0, "--largest", example: "1e19") }
        request.runs = try runs.map { try whole($0, "--runs", example: "12") }
        request.cost = choice.cost
        request.candidates = candidates.isEmpty ? nil : candidates
        request.noise = try noise.map { try number($0, "--noise", example: "0.003") }
        request.doubt = try choice.share()
        request.overhead = choice.overhead
        request.learningRate = learningRate
        request.batch = batch
        request.command = command
        request.level = try level.probability()
        request.folder = page == nil ? to : nil
        return request
    }
}

struct LadderStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What the finished runs of a ladder say, and whether to go on.",
        usage: "allometry ladder status <folder>")

    @Argument(help: ArgumentHelp("The folder that 'allometry ladder --to' wrote.", valueName: "folder"))
    var folder: String

    @OptionGroup var format: FormatOption

    func run() throws { try format.show(try LadderStatusVerb.answer(LadderStatusRequest(folder: folder))) }
}
