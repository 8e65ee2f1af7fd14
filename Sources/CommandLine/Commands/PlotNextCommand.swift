// allometry plot next: where runs lie, which to make, and what each adds.

import ArgumentParser
import Workbench

struct PlotNext: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: "Runs made, runs that could be, the ones worth making, and what each adds.",
        usage: "allometry plot next <table> --law <law> --target <target> [<options>]",
        discussion: """
            Takes what 'allometry next' takes.

            EXAMPLES:
              allometry plot next runs.csv --law hoffmann-2022 \\
                  --column N=params,D=tokens --target 'loss at N=70B, D=1.4T' --to next.svg
            """)

    @OptionGroup var arguments: NextArguments

    @Option(help: ArgumentHelp("The input along the horizontal axis (default: N).", valueName: "input"))
    var x: String?

    @Option(help: ArgumentHelp("The input along the vertical axis (default: D).", valueName: "input"))
    var y: String?

    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = PlotRequest(kind: "next")
        request.next = try arguments.request()
        (request.x, request.y) = (x, y)
        try plot.show(request)
    }
}
