// allometry schedule

import ArgumentParser
import Formulas
import Workbench

struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Find the best learning rate schedule of a family under a law.",
        usage: "allometry schedule <law> --family <family> ... [--steps <n>] [<options>]",
        discussion: """
            A family is a schedule with ranges for the numbers that are to be chosen, at most three. A law knows \
            nothing of rates at which training diverges: the answer warns where the best value is the end of a range.

            EXAMPLES:
              allometry schedule luo-2025 --steps 24k \\
                  --family 'wsd peak=3e-4 warmup=2160 decay=5%..60%' \\
                  --family 'cosine peak=3e-4 warmup=2160 end=0%..50%'
              allometry schedule mine.law --steps 10k \\
                  --family 'two-stage peak=3e-4 second=10%..90% at=50%..95%'
            """)

    @Argument(
        help: ArgumentHelp("A law of whole curves: a file, or a name of the atlas.", valueName: "law"),
        completion: LawCompletion.kind)
    var law: String

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "A schedule with ranges: 'wsd peak=1e-4..1e-3 warmup=2k decay=5%..40%'; may be repeated.",
            valueName: "family"))
    var family: [String] = []

    @Option(help: ArgumentHelp("The steps of every family that does not say its own.", valueName: "n"))
    var steps: String?

    @Option(help: ArgumentHelp("The other inputs of the law: 'N=100M'.", valueName: "inputs"))
    var at: String?

    @Option(name: .customLong("set"), help: ArgumentHelp("Which published coefficients.", valueName: "name"))
    var coefficients: String?

    @OptionGroup var level: LevelOption

    @OptionGroup var format: FormatOption
    @OptionGroup var atlas: AtlasOption

    func run() throws { try format.show(try ScheduleVerb.answer(try request())) }

    func request() throws -> ScheduleRequest {
        _ = try OutputForm.read(format.format, among: OutputForm.documents)
        var request = ScheduleRequest(law: law, families: family)
        request.atlas = atlas.folders
        request.steps = try steps.map { text throws(OptionError) in
            let count = try number(text, "--steps", example: "24k")
            guard count == count.rounded(), count.magnitude < 1e15 else {
                throw .notAValue(text, option: "--steps", example: "24k")
            }
            return Int(count)
        }
        request.at = at
        request.set = coefficients
        request.level = try level.probability()
        request.arithmetic = Terminal.arithmetic
        return request
    }
}
