// Help, version and completions.

import Foundation
import Testing

@Suite struct HelpTests {
    static let commands = [
        [], ["fit"], ["predict"], ["next"], ["ladder"], ["ladder", "design"], ["ladder", "status"], ["forecast"],
        ["schedule"], ["plan"], ["isoflop"], ["count"], ["backtest"],
        ["select"], ["compare"], ["sensitivity"], ["plot"], ["laws"], ["laws", "list"], ["laws", "search"],
        ["laws", "show"], ["laws", "lint"], ["demo"],
    ]

    @Test(arguments: commands)
    func `help is as recorded and fits in 80 columns`(_ command: [String]) throws {
        let run = try Binary.run(command + ["--help"])
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        try Snapshot.check(run.output, (["help"] + command).joined(separator: "-"))
    }

    @Test func `nothing at all shows the help`() throws {
        let run = try Binary.run([])
        #expect(run.status == 0)
        #expect(run.output == (try Binary.run(["--help"]).output))
    }

    @Test func `the version is a number`() throws {
        let run = try Binary.run(["--version"])
        #expect(run.status == 0)
        #expect(run.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completions are made for a shell`(_ shell: String) throws {
        let run = try Binary.run(["--generate-completion-script", shell])
        #expect(run.status == 0)
        #expect(run.output.contains("--formula") || run.output.contains("formula"))
        #expect(run.output.contains("predict"))
    }
}
