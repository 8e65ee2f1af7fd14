// allometry plan

import ArgumentParser
import Formulas
import Workbench

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Choose sizes and data for a budget under a law, yours or a published one.",
        usage: """
            allometry plan <law> (--flops <c> | --gpu-hours <h> | --dollars <x> |
                --target-loss <l> | --fix N=<size>) [<options>]
            """,
        discussion: """
            Every input of the law that is not fixed is chosen. The answer has the best values with their intervals, \
            how they grow with the budget, and what a model of half or twice the size costs. A cost is 6*N*D unless \
            --cost says otherwise. Without a budget, --fix N=7B asks for the budget that this size is best for.

            EXAMPLES:
              allometry plan mine.law --flops 1e24
              allometry plan mine.law --gpu-hours 2e6 --gpu h100 --mfu 0.4 --gpus 2048
              allometry plan mine.law --dollars 1e6 --gpu h100 --price 2.5
              allometry plan hoffmann-2022 --target-loss 2.0 --inference-tokens 2T
              allometry plan hoffmann-2022 --fix N=7B
              allometry plan muennighoff-2023 --flops 1e23 --unique-tokens 30B
              allometry plan kumar-2024 --flops 1e22 --cost '6/16*N*D*P_w' \\
                  --tie P_a=P_w --tie P_kv=P_w
            """)

    @OptionGroup var arguments: PlanArguments

    @OptionGroup var format: FormatOption
    @OptionGroup var atlas: AtlasOption

    func run() throws {
        _ = try OutputForm.read(format.format, among: OutputForm.documents)
        try format.show(try PlanVerb.answer(try arguments.request(atlas)))
    }
}

/// What a plan is asked, by `plan` and by the figures that show one.
struct PlanArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp("A law file, or a name that 'allometry laws' lists.", valueName: "law"),
        completion: LawCompletion.kind)
    var law: String

    @Option(
        name: [.long, .customLong("budget")], parsing: .unconditional,
        help: ArgumentHelp("The budget: FLOP, or the unit of --cost.", valueName: "c"))
    var flops: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The budget in hours of one accelerator; with --gpu.", valueName: "h"))
    var gpuHours: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("The budget in dollars; with --gpu and --price.", valueName: "x"))
    var dollars: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Dollars for an hour of one accelerator.", valueName: "p"))
    var price: String?

    @Option(
        name: [.long, .customLong("target")], parsing: .unconditional,
        help: ArgumentHelp("The law's value that is to be reached at the least cost.", valueName: "l"))
    var targetLoss: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Hold inputs: 'N=7B', 'corpus=pile'; may be repeated.", valueName: "value"))
    var fix: [String] = []

    @Option(parsing: .unconditional, help: ArgumentHelp("Hold tokens per parameter.", valueName: "r"))
    var ratio: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("An input is an expression of others: 'P_a=P_w'; may be repeated.", valueName: "tie"))
    var tie: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("The least of an input: 'G=1'; may be repeated.", valueName: "value"))
    var min: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("The most of an input: 'N=13B'; may be repeated.", valueName: "value"))
    var max: [String] = []

    @Option(parsing: .unconditional, help: ArgumentHelp("The most parameters.", valueName: "n"))
    var maxParams: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("What must hold: '2*N <= 80e9'; may be repeated.", valueName: "comparison"))
    var limit: [String] = []

    @Option(help: ArgumentHelp("What a choice costs, in inputs of the law (default: 6*N*D).", valueName: "formula"))
    var cost: String?

    @Option(
        help: ArgumentHelp(
            "Cost is every matrix product of this shape, or config.json, at each size: 'layers=32, width=4096, …'.",
            valueName: "shape"))
    var shape: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Layers grow as the shape's width to this power (default: 1; 0 holds them).", valueName: "p"))
    var depthPower: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Tokens that the model will serve; each costs 2*N.", valueName: "t"))
    var inferenceTokens: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Different tokens at hand; more are repeats.", valueName: "t"))
    var uniqueTokens: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Inputs that are whole numbers: 'E,M'; may be repeated.", valueName: "names"))
    var integer: [String] = []

    @Option(help: ArgumentHelp("An accelerator of the catalogue, for hours and time: h100.", valueName: "name"))
    var gpu: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("How many run at once.", valueName: "n"))
    var gpus: String?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Model FLOPs utilisation (default: 0.4).", valueName: "share"))
    var mfu: String?

    @Option(
        help: ArgumentHelp("A CSV with accelerators of your own: name, flops.", valueName: "file"),
        completion: .file(extensions: ["csv"]))
    var hardware: String?

    @Option(name: .customLong("set"), help: ArgumentHelp("Which published coefficients.", valueName: "name"))
    var coefficients: String?

    @OptionGroup var level: LevelOption

    @Option(
        help: ArgumentHelp(
            "What intervals come from: draws (where the law keeps them) or delta.", valueName: "source"),
        completion: .list(["draws", "delta"]))
    var intervalFrom: String?

    func request(_ atlas: AtlasOption) throws -> PlanRequest {
        var request = PlanRequest(law: law)
        request.atlas = atlas.folders
        request.budget = try flops.map { try number($0, "--flops", example: "1e24") }
        request.gpuHours = try gpuHours.map { try number($0, "--gpu-hours", example: "2e6") }
        request.dollars = try dollars.map { try number($0, "--dollars", example: "1e6") }
        request.price = try price.map { try number($0, "--price", example: "2.5") }
        request.target = try targetLoss.map { try number($0, "--target-loss", example: "2.0") }
        request.fixed = try Assignments(fix, option: "--fix", example: "N=7B").texts
        request.ratio = try ratio.map { try number($0, "--ratio", example: "20") }
        request.ties = try Assignments(tie, option: "--tie", example: "P_a=P_w").texts
        request.least = try Assignments(min, option: "--min", example: "G=1").numbers()
        request.most = try Assignments(max, option: "--max", example: "N=13B").numbers()
        request.maxParameters = try maxParams.map { try number($0, "--max-params", example: "13B") }
        request.limits = limit.isEmpty ? nil : limit
        request.cost = cost
        if let shape {
            let example = "layers=32, width=4096, heads=32, vocab=32000, context=4096"
            if shape.allSatisfy({ $0 == " " || $0 == "," }) {
                throw OptionError.notAnAssignment(shape, option: "--shape", example: example)
            } else if shape.contains("=") {
                request.shape = try Assignments.shape([shape], option: "--shape", example: example)
            } else {
                request.config = shape
            }
        }
        request.depthPower = try depthPower.map { try number($0, "--depth-power", example: "1") }
        request.inferenceTokens = try inferenceTokens.map { try number($0, "--inference-tokens", example: "2T") }
        request.uniqueTokens = try uniqueTokens.map { try number($0, "--unique-tokens", example: "300B") }
        request.whole = integer.flatMap { $0.split(separator: ",").map { String($0.filter { $0 != " " }) } }
        request.gpu = gpu
        request.gpus = try gpus.map { try number($0, "--gpus", example: "1024") }
        request.utilisation = try mfu.map { try number($0, "--mfu", example: "0.4") }
        request.hardware = hardware.map { .path($0) }
        request.set = coefficients
        request.level = try level.probability()
        request.intervalFrom = intervalFrom
        request.arithmetic = Terminal.arithmetic
        return request
    }
}
