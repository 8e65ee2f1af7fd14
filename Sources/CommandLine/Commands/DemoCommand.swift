// allometry demo

import ArgumentParser
import Workbench

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Go from runs to a plan, on runs that the program carries.",
        usage: "allometry demo [--to <folder>]",
        discussion: """
            80 small language models that we trained ourselves: a law is fitted to them, a run ten times as large \
            predicted, a budget planned, a picture drawn and a page made of it all, each with the command that does it.

            EXAMPLES:
              allometry demo
              allometry demo --to tour
            """)

    @Option(
        help: ArgumentHelp(
            "A folder for runs, law, picture and page (default: allometry-demo).", valueName: "folder"),
        completion: .directory)
    var to: String?

    @OptionGroup var format: FormOption

    func run() throws {
        _ = try OutputForm.read(format.format, among: OutputForm.documents)
        var request = DemoRequest()
        request.folder = to
        try format.show(try DemoVerb.answer(request))
    }
}
