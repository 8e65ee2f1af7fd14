// read: what sources say twice or not at all is shown, and not guessed.

import Foundation
import Scaling
import Tables
import Testing

@testable import Workbench

@Suite struct ReadDoubtsTests {
    private static let curve = "step,loss\n" + (1...10).map { "\($0 * 10),\(4 - Double($0) / 8)\n" }.joined()

    @Test func `one name in two places of training that differ is a conflict with both places`() throws {
        let files = [
            "run/config.yaml":
                "data:\n  batch_size: 8\noptim:\n  batch_size: 16\neval:\n  batch_size: 64\nseq_len: 512\n",
            "run/log.csv": Self.curve,
        ]
        let reply = try readAnswer(files).reply
        let said = try #require(reply.warnings.first { $0.code == "conflicting-settings" })
        #expect(
            said.message
                == "run: batch_size is 8 (data.batch_size in config.yaml), but 16 (optim.batch_size in config.yaml); the cell stays empty"
        )
        #expect(said.hint == "say which it is: --take 'batch_size=data.batch_size'")
        #expect(!reply.runs[0].quantities.contains { $0.name == "tokens" })
        let taken = try readAnswer(files) { $0.take = ["batch_size": "optim.batch_size"] }.reply
        #expect(taken.runs[0].quantities.first { $0.name == "tokens" }?.value == Double(100 * 16 * 512))
        #expect(!taken.warnings.contains { $0.code == "conflicting-settings" })
    }

    @Test func `rows beyond the planned steps are a conflict, and planned steps that differ say nothing`() throws {
        let past = try readAnswer(["run/config.yaml": "max_steps: 50\n", "run/log.csv": Self.curve]).reply
        #expect(
            past.warnings.map(\.message) == [
                "run: planned_steps is 50 (max_steps in config.yaml), but its rows go on to step 100 (loss); both are kept"
            ])
        #expect(past.runs[0].setAside == nil)
        let differ = try readAnswer([
            "run/config.yaml": "a:\n  max_steps: 500\nb:\n  max_steps: 100\n", "run/log.csv": Self.curve,
        ]).reply
        #expect(differ.runs[0].setAside == nil)
        #expect(differ.warnings.map(\.code) == ["conflicting-settings"])
        // Where no run is left it is an error that says why.
        let short = message { try readAnswer(["run/config.yaml": "max_steps: 500\n", "run/log.csv": Self.curve]) }
        #expect(short?.contains("no run is left") == true && short?.contains("step 100 of 500") == true)
    }

    @Test func `rows of steps of runs without steps are refused`() throws {
        #expect {
            try readAnswer(["runs.csv": "run,loss,params\na,3,1M\nb,2,2M\n"]) {
                $0.curves = true; $0.loss = ["loss"]
            }
        } throws: {
            "\($0)".hasPrefix("--curves: none of 2 runs has a loss by steps")
        }
    }

    @Test func `steps of Lightning are counted from zero, in tokens of rows and of runs`() throws {
        let metrics = "epoch,step,train_loss\n0,49,3\n0,99,2\n"
        let files = [
            "version_0/metrics.csv": metrics, "version_0/hparams.yaml": "global_batch_size: 8\nseq_len: 512\n",
        ]
        let whole = try readAnswer(files)
        #expect(
            whole.reply.runs[0].quantities.first { $0.name == "tokens" }.map { "\($0.value ?? 0) \($0.origin)" }
                == "409600.0 (step + 1, for the first is 0) × batch_tokens")
        let curves = try readAnswer(files) { $0.curves = true }
        let table = try Table.read(bytes: Array((curves.csv ?? "").utf8), name: "curves.csv")
        #expect(try table.numbers("tokens") == [50 * 4096, 100 * 4096])
        #expect(try table.numbers("step") == [49, 99])
        // A hundred steps were planned, and the row of step 99 is of the hundredth.
        let planned = files.merging(["version_0/hparams.yaml": "max_steps: 100\n"]) { $1 }
        #expect(try readAnswer(planned).reply.runs[0].setAside == nil)
    }

    @Test func `runs are told apart by a column that is named, with its settings`() throws {
        let text = "seed,step,loss\n1,10,3\n1,20,2.5\n2,10,3.25\n2,20,2.75\n"
        let reply = try readAnswer(["a.csv": text]) { $0.run = ["seed"] }.reply
        #expect(reply.runs.map(\.name) == ["1", "2"])
        #expect(reply.columns.contains("seed"))
        #expect(reply.warnings.isEmpty)
        #expect(throws: WorkbenchError.self) {
            try readAnswer(["a.csv": text]) {
                $0.run = ["seed"]; $0.pattern = "(?<step>1)(?<loss>2)"
            }
        }
    }
}
