// Help, version and completions.

import Foundation
import Testing

@Suite struct HelpTests {
    static let commands = [
        [], ["read"], ["fit"], ["predict"], ["forecast"], ["schedule"], ["plan"], ["isoflop"], ["count"],
        ["next"], ["ladder"], ["ladder", "design"], ["ladder", "status"], ["backtest"], ["select"], ["compare"],
        ["sensitivity"], ["plot"], ["report"], ["laws"], ["laws", "list"], ["laws", "search"], ["laws", "show"],
        ["laws", "lint"], ["demo"],
    ]

    @Test(arguments: commands)
    func `help is as recorded and fits in 80 columns`(_ command: [String]) throws {
        let run = try Binary.run(command + ["--help"])
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        try Snapshot.check(run.output, (["help"] + command).joined(separator: "-"))
    }

    @Test(arguments: [
        "backtest", "comparison", "contours", "curve", "fit", "forecast", "frontier", "isoflop", "next",
        "profile", "residuals", "ridge", "sensitivity", "task",
    ])
    func `the help of a picture has an example and fits in 80 columns`(_ kind: String) throws {
        let run = try Binary.run(["plot", kind, "--help"])
        #expect(run.status == 0)
        #expect(run.output.contains("allometry plot \(kind) "))
        #expect(run.output.contains("--ground") && run.output.contains("--to"))
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
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
