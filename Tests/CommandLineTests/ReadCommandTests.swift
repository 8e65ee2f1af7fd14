// allometry read, as it is typed.

import Foundation
import Testing

@Suite struct ReadCommandTests {
    @Test(arguments: [
        (["logs/trainer"], "read"),
        (["logs/wandb-offline", "--final-loss", "all", "--loss", "train/loss"], "read-choices"),
        (["logs/mlruns", "--curves", "--loss", "train/loss"], "read-curves"),
    ])
    func `the text is as recorded, and fits in 80 columns`(_ arguments: [String], _ name: String) throws {
        let run = try Binary.run(["read"] + arguments)
        #expect(run.status == 0, "\(run.errors)")
        let commands = run.output.split(separator: "\n").filter { !$0.hasPrefix("  allometry") }
        #expect(commands.allSatisfy { $0.count <= 80 })
        try Snapshot.check(run.output, name)
    }

    @Test func `what is written can be fitted at once`() throws {
        try withFolder { folder in
            try FileManager.default.copyItem(at: fixtures.appending(path: "logs"), to: folder.appending(path: "logs"))
            let pattern = #"update (?<step>\d+) .*loss=(?<loss>\S+)"#
            let read = try Binary.run(
                ["read", "logs/text/own.log", "--pattern", pattern, "--curves", "--to", "curves.csv"], in: folder)
            #expect(read.status == 0, "\(read.errors)")
            let fit = try Binary.run(
                ["fit", "curves.csv", "--formula", "loss ~ E + A*exp(-step/T)", "--start", "E=2,A=2,T=15"], in: folder
            )
            #expect(fit.status == 0, "\(fit.errors)")
            #expect(fit.output.contains("11 rows of curves.csv"), "\(fit.output)")
        }
    }

    @Test func `watching ends once every run has reached its step, with a line a run and a forecast`() throws {
        try withFolder { folder in
            let lines = (1...40).map {
                "{\"step\":\($0 * 100),\"loss\":\(2.2 + 3 * pow(Double($0 * 100), -0.3)),\"lr\":3e-4}"
            }
            try lines.joined(separator: "\n").appending("\n").write(
                to: folder.appending(path: "a.jsonl"), atomically: true, encoding: .utf8)
            let run = try Binary.run(
                [
                    "read", "a.jsonl", "--watch", "--until", "4000", "--to", "growing.csv", "--forecast",
                    "tissue-2024",
                    "--schedule", "constant peak=3e-4 steps=8000",
                ], in: folder)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.hasPrefix("a  step 4000  loss 2.44917\n  forecast  step 7999  2.40"), "\(run.output)")
            let table = try String(contentsOf: folder.appending(path: "growing.csv"), encoding: .utf8)
            #expect(table.split(separator: "\n").count == 41)
        }
    }

    @Test(arguments: [
        (["logs/nowhere"], 1, "there is no such file"), (["invented-runs.csv"], 1, "it is a table already"),
        (["logs/trainer", "--final-loss", "median"], 2, "smoothed"),
        (["logs/trainer", "--loss", "eval_los"], 2, "eval_loss"),
        (["logs/trainer", "--include", "stoped"], 2, "--include"),
        (["logs/trainer", "--take", "size=x"], 2, "quantities:"),
        (["logs/trainer", "--pattern", "("], 2, "--pattern"), (["logs/trainer", "--final", "--curves"], 2, "both"),
        (["logs/trainer", "--to", "nowhere/x.csv"], 1, "mkdir"), (["logs/trainer", "--until", "5"], 2, "--watch"),
        (["logs/trainer", "--watch", "--forecast", "luo-2025"], 2, "--to"),
    ])
    func `what cannot be done is said`(_ arguments: [String], _ status: Int32, _ words: String) throws {
        let run = try Binary.run(["read"] + arguments)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(words), "\(run.errors)")
    }
}
