// read: decisions on the way from logs to a table, by the verb that makes them.

import Foundation
import Scaling
import Tables
import Testing

@testable import Workbench

@Suite struct ReadVerbTests {
    private let logs = fixtures.appending(path: "logs").path

    private func table(_ answer: Answer<ReadReply>) throws -> Table {
        try Table.read(bytes: Array((answer.csv ?? "").utf8), name: "runs.csv")
    }

    /// A run as a CSV file of one step a row.
    private func curve(_ losses: [Double], from first: Int = 1, by stride: Int = 1) -> String {
        "step,loss\n" + losses.enumerated().map { "\(first + stride * $0),\($1)\n" }.joined()
    }

    @Test func `a late stretch of a run, all noise, has not diverged, and one that blows up has`() throws {
        var state: UInt64 = 7
        func noise() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 24) - 0.5
        }
        for _ in 0..<20 {
            let flat = (0..<1000).map { _ in 2.5 + 0.1 * noise() }
            #expect(try readAnswer(["flat.csv": curve(flat)]).reply.runs[0].setAside == nil)
            let blown = flat.enumerated().map { $0 < 850 ? $1 - 0.0005 * Double($0) : $1 + 1 }
            #expect(throws: (any Error).self) { try readAnswer(["blown.csv": curve(blown)]) }
        }
    }

    @Test func `a value that is no number is left out of means, and said`() throws {
        let text = "step,loss\n1,4\n2,3\n3,nan\n4,1\n"
        for (final, value) in [("mean:3", 8.0 / 3), ("last", 1)] {
            let reply = try readAnswer(["a.csv": text]) { $0.finalLoss = final }.reply
            #expect(reply.runs[0].finals.first?.value.map { abs($0 - value) < 1e-12 } == true)
            #expect(reply.warnings.contains { $0.code == "values-not-finite" })
        }
    }

    @Test func `settings of evaluation and warm-up are not those of training`() throws {
        let files = [
            "run/config.yaml":
                "eval:\n  batch_size: 64\nwarmup:\n  steps: 5000\ntrain:\n  batch_size: 8\nseq_len: 512\n",
            "run/log.csv": curve([4, 3, 2], by: 50),
        ]
        let reply = try readAnswer(files).reply
        #expect(reply.runs[0].setAside == nil)
        #expect(try table(readAnswer(files)).numbers("tokens") == [101 * 8 * 512])
    }

    @Test func `many runs in one curve are named`() throws {
        let text = "step,loss\n" + (0..<6).flatMap { _ in (1...5).map { "\($0),\(5 - $0)\n" } }.joined()
        #expect(try readAnswer(["a.csv": text]).reply.warnings.contains { $0.code == "several-runs" })
    }

    @Test func `what is written is no source`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "read-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(curve([3, 2, 1]).utf8).write(to: folder.appending(path: "log.csv"))
        var request = ReadRequest(sources: [folder.path])
        request.save = folder.appending(path: "out.csv").path
        request.curves = true
        for _ in 0..<2 { #expect(try ReadVerb.answer(request).reply.runs.count == 1) }
        request.sources = [request.save ?? ""]
        #expect(throws: LogError.self) { try ReadVerb.answer(request) }
    }

    @Test(arguments: ["batch_tokens=abc", "tokens=nan", "params=-5", "schedule=3"])
    func `values that no run can have are refused`(_ text: String) throws {
        let parts = text.split(separator: "=").map(String.init)
        #expect(throws: ScalingError.self) {
            try readAnswer(["a.csv": curve([3, 2, 1])]) { $0.set = [parts[0]: parts[1]] }
        }
    }

    @Test func `runs of Weights and Biases become rows that a law is fitted to`() throws {
        let answer = try ReadVerb.answer(ReadRequest(sources: [logs + "/wandb-offline"]))
        let table = try table(answer)
        #expect(try table.numbers("params") == [2e6, 4e6])
        #expect(try table.numbers("tokens") == [409_600, 409_600])
        #expect(try table.numbers("step") == [100, 100])
        #expect(try table.numbers("flops_6nd") == [6 * 2e6 * 409_600, 6 * 4e6 * 409_600])
        #expect(answer.reply.loss == ["eval/loss"])
        #expect(answer.reply.runs[0].quantities.first { $0.name == "tokens" }?.origin == "step × batch_tokens")
    }

    @Test func `shapes of configurations are counted, and tokens are sequences times their length`() throws {
        let answer = try ReadVerb.answer(ReadRequest(sources: [logs + "/text/megatron.log"]))
        let table = try table(answer)
        // Gated, untied, two layers of width 16 with 2 heads and 64 inside, a vocabulary of 256.
        // 2 (4·16·16 + 3·16·64 + 2·16) + 16 in the layers, 256·16 in either matrix.
        #expect(try table.numbers("params") == [8272 + 2 * 4096])
        #expect(try table.numbers("params_non_embedding") == [8272 + 4096])
        #expect(try table.numbers("tokens") == [1600 * 64])
        #expect(
            answer.reply.runs[0].quantities.first { $0.name == "tokens" }?.origin
                == "consumed samples × sequence_length")
    }

    @Test func `runs that were interrupted or diverged are set aside with the reason, or kept when asked`() throws {
        let trainer = try ReadVerb.answer(ReadRequest(sources: [logs + "/trainer"])).reply
        #expect(trainer.runs.first { $0.name == "stopped" }?.setAside?.reason == "step 50 of 100")
        let mlflow = try ReadVerb.answer(ReadRequest(sources: [logs + "/mlruns"])).reply
        #expect(mlflow.runs.first { $0.name == "broken" }?.setAside?.code == "diverged")
        var request = ReadRequest(sources: [logs + "/trainer"])
        request.include = ["interrupted"]
        let kept = try ReadVerb.answer(request)
        #expect(try table(kept).rowCount == 3)
        #expect(try table(kept).column("state").labels().names.contains("interrupted"))
    }

    @Test func `a curve that went back up has diverged, and a spike that healed has not`() throws {
        let falling = (0..<200).map { 3 + exp(-Double($0) / 20) }
        var spiked = falling
        for place in 100..<110 { spiked[place] = 9 }
        let lost = falling.enumerated().map { $0 < 150 ? $1 : 3.9 }
        let reply = try readAnswer(["good.csv": curve(falling), "spiked.csv": curve(spiked), "lost.csv": curve(lost)])
            .reply
        #expect(reply.runs.map(\.state) == ["ended", "diverged", "ended"])
        #expect(reply.runs[1].setAside?.reason.contains("back to 3.9") == true)
    }

    @Test func `each choice of the final loss is what it says`() throws {
        let losses = [5, 4, 3, 2.5, 2.75, 2.25, 2.5]
        func chosen(_ choice: String) throws -> Double? {
            try readAnswer(["a.csv": curve(losses, from: 10, by: 10)]) { $0.finalLoss = choice }.reply.runs[0].finals[
                0
            ]
            .value
        }
        #expect(try chosen("last") == 2.5)
        #expect(try chosen("minimum") == 2.25)
        #expect(try chosen("mean:4") == 2.5)
        // Half-lives of ten steps are weights of 1, 1/2, 1/4 … towards the past.
        let weights = losses.indices.map { pow(0.5, Double(losses.count - 1 - $0)) }
        let smoothed = zip(weights, losses).map(*).reduce(0, +) / weights.reduce(0, +)
        #expect(try ((chosen("smoothed:10") ?? 0) - smoothed).magnitude < 1e-14)
        // A straight line is its own smooth.
        let line = try readAnswer(["a.csv": curve((0..<50).map { 9 - Double($0) / 8 })]) {
            $0.finalLoss = "lowess:0.3"
        }
        #expect(((line.reply.runs[0].finals[0].value ?? 0) - (9 - 49.0 / 8)).magnitude < 1e-12)
        #expect(throws: (any Error).self) { try chosen("mean:8") }
        #expect(throws: WorkbenchError.self) { try chosen("median") }
    }

    @Test func `all choices have a column each, and the minimum is warned of`() throws {
        let table = try table(
            readAnswer(["a.csv": curve((0..<40).map { 9 - Double($0) / 8 })]) { $0.finalLoss = "all" })
        #expect(
            table.columns.map(\.name).prefix(7)
                == ["run", "loss", "loss_last", "loss_mean", "loss_smoothed", "loss_lowess", "loss_minimum"])
        let minimum = try readAnswer(["a.csv": curve([3, 2, 2.5])]) { $0.finalLoss = "minimum" }.reply
        #expect(minimum.warnings.map(\.code) == ["minimum-is-biased"])
    }

    @Test func `schedule-end takes runs whose schedule ended`() throws {
        func run(_ rates: [Double]) -> String {
            "step,loss,lr\n" + rates.enumerated().map { "\($0),\(3 - Double($0) / 10),\($1)\n" }.joined()
        }
        let files = ["done.csv": run([1, 0.5, 0.05]), "cut.csv": run([1, 0.9, 0.8]), "mute.csv": curve([3, 2, 1])]
        let reply = try readAnswer(files) { $0.finalLoss = "schedule-end" }.reply
        #expect(reply.runs.map { $0.setAside?.code } == ["schedule-not-ended", nil, "schedule-not-ended"])
        #expect(reply.runs[0].setAside?.reason == "its rate ends at 80 % of its peak")
    }

    @Test func `a run that was resumed is stitched by step, and what was replaced is said`() throws {
        let text = "step,loss\n1,5\n2,4\n3,3.5\n4,9\n3,3.25\n4,3\n5,2.5\n"
        let answer = try readAnswer(["a.csv": text]) { $0.curves = true }
        #expect(try table(answer).numbers("loss") == [5, 4, 3.25, 3, 2.5])
        #expect(try table(answer).numbers("step") == [1, 2, 3, 4, 5])
        #expect(answer.reply.warnings.map(\.code) == ["resumed-run"])
        #expect(
            answer.reply.warnings[0].message == "a went on from step 3; 2 values of the earlier part are replaced")
    }

    @Test func `sources that differ leave the cell empty, until one is taken`() throws {
        let files = ["a/train.csv": curve([3, 2]), "a/config.yaml": "n_params: 1M\nmodel:\n  num_parameters: 2M\n"]
        let doubted = try readAnswer(files)
        #expect(try table(doubted)["params"] == nil)
        #expect(doubted.reply.warnings.map(\.code) == ["conflicting-settings"])
        #expect(doubted.reply.warnings[0].message.contains("2M (model.num_parameters in config.yaml)"))
        let taken = try readAnswer(files) { $0.take = ["params": "n_params"] }
        #expect(try table(taken).numbers("params") == [1e6])
        let set = try readAnswer(files) { $0.set = ["params": "3M", "batch_tokens": "1000"] }
        #expect(try table(set).numbers("params") == [3e6])
        #expect(try table(set).numbers("tokens") == [2000])
    }

    @Test func `curves have the tokens and the rate of every step`() throws {
        var request = ReadRequest(sources: [logs + "/wandb-offline"])
        (request.curves, request.loss) = (true, ["train/loss"])
        let table = try table(ReadVerb.answer(request))
        #expect(table.rowCount == 22)
        #expect(try table.numbers("tokens")[1] == 40_960)
        #expect(try table.numbers("lr")[10] == 0)
        #expect(try table.numbers("params")[21] == 4e6)
    }

    @Test(arguments: [
        ("eval_los", "did you mean 'eval_loss'?"), ("bits", "series:"),
    ])
    func `a loss that no run has is an error with the near name`(name: String, words: String) throws {
        var request = ReadRequest(sources: [logs + "/trainer"])
        request.loss = [name]
        do {
            _ = try ReadVerb.answer(request)
            Issue.record("it was read")
        } catch { #expect("\(error)".contains(words), "\(error)") }
    }

    @Test func `the source is never written to, and the table is whole`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "read-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appending(path: "logs")
        try FileManager.default.copyItem(atPath: logs, toPath: copy.path)
        func listing() throws -> [String: Data] {
            var files: [String: Data] = [:]
            for name in try FileManager.default.subpathsOfDirectory(atPath: copy.path) {
                files[name] = (try? Data(contentsOf: copy.appending(path: name))) ?? Data()
            }
            return files
        }
        let before = try listing()
        var request = ReadRequest(sources: [copy.path])
        request.save = folder.appending(path: "runs.csv").path
        let answer = try ReadVerb.answer(request)
        #expect(try listing() == before)
        #expect(try String(contentsOfFile: folder.path + "/runs.csv", encoding: .utf8) == answer.csv)
        #expect(answer.reply.saved == request.save)
    }

    @Test func `the choice of final loss is among the ways to fit`() throws {
        var text = "params,loss,loss_last,loss_lowess,loss_minimum\n"
        for k in 0..<12 {
            let size = 1e6 * pow(2, Double(k))
            let loss = 1.5 + 400 * pow(size, -0.35)
            let noise = [0.004, -0.003, 0.001, -0.005][k % 4]
            text += "\(size),\(loss + noise),\(loss + noise),\(loss),\(loss - 0.01)\n"
        }
        var fit = FitRequest(table: .text(text, name: "runs.csv"), formula: "loss ~ E + A/params^alpha")
        fit.starts = 4
        let reply = try SensitivityVerb.answer(SensitivityRequest(fit: fit)).reply
        let finals = reply.alternatives.filter { $0.kind == "final-loss" }
        #expect(finals.map(\.name) == ["loss_lowess for loss", "loss_minimum for loss"])
        #expect(finals[0].estimates[0].wrappedValue.map { ($0 - 0.35).magnitude < 1e-3 } == true)
    }
}
