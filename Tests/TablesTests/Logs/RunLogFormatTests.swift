// Every format against files that the software wrote, or that are written as it writes them; see make_fixtures.py.

import Foundation
import Testing

@testable import Tables

@Suite struct RunLogFormatTests {
    @Test func `all formats are listed in alphabetical order, each in a file of its own`() throws {
        let folder = URL(fileURLWithPath: runLogFixtures).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/Tables/Logs/Formats")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(RunLogFormat.all.count == files.count)
        let declared = try files.compactMap { file in
            try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
                .split(separator: "\n").first { $0.contains("public static let") }
                .map { String($0.split(separator: " ")[3]) }
        }
        let list = try String(
            contentsOf: folder.deletingLastPathComponent().appendingPathComponent("RunLogFormat.swift"),
            encoding: .utf8)
        let named = declared.sorted { $0.lowercased() < $1.lowercased() }.map { ".\($0)" }.joined(separator: ", ")
        #expect(
            list.replacing("\n", with: " ").replacing("  ", with: "").replacing(",.", with: ", .").contains(named))
    }

    @Test func `records of Weights and Biases, written offline, read back equal`() throws {
        try checkWandb(in: runLogFixtures)
    }

    @Test func `what the installed packages write today reads back equal`() throws {
        let makers = [
            ("wandb", checkWandb(in:)), ("mlflow", checkMLflow(in:)), ("transformers", checkTrainer(in:)),
        ].filter { RealWriters.have($0.0) }
        guard !makers.isEmpty else {
            print(
                "skipped: no wandb, mlflow or transformers; Tests/Fixtures/logs/requirements.txt has what is needed")
            return
        }
        try withFolder { folder in
            #expect(RealWriters.make("make_fixtures.py", in: folder))
            for (_, check) in makers { try check(folder) }
        }
    }

    private func checkWandb(in folder: String) throws {
        let found = try logs(folder + "/wandb-offline")
        #expect(Set(found.keys) == ["small", "large"])
        for (name, size) in [("small", 2.0), ("large", 4.0)] {
            let log = try #require(found[name])
            let steps = Array(stride(from: 0, through: 100, by: 10))
            #expect(log[series: "train/loss"]?.steps == steps)
            #expect(log[series: "train/loss"]?.values == steps.map { logged($0, size) })
            #expect(log[series: "lr"]?.values == steps.map { 3e-4 * (1 - Double($0) / 100) })
            #expect(log[series: "train/loss"]?.times.count == 11)
            #expect(log[series: "eval/loss"]?.values == [logged(100, size) + 0.25])
            #expect(log[setting: "n_layer"] == .number(size))
            #expect(log[setting: "optimizer.betas.1"] == .number(0.95))
            #expect(log[setting: "note"] == .text("a: b # c"))
            #expect(log[setting: "tied"] == .truth(true))
            #expect(log[setting: "nothing"] == nil)
            #expect(log[setting: "best"] == .text("step 100"))
            #expect(log[setting: "train/loss"] == nil)
            #expect(log[setting: "state"] == .text("finished"))
            #expect(log.notices.isEmpty)
        }
        #expect(found["small"]?.identity == "fixture0")
    }

    @Test func `a chart that was exported from Weights and Biases has its runs`() throws {
        let found = try logs(runLogFixtures + "/wandb-export/chart.csv")
        #expect(Set(found.keys) == ["small - 1", "large"])
        #expect(found["small - 1"]?[series: "train/loss"]?.steps == [0, 20, 40, 60, 80, 100])
        #expect(found["large"]?[series: "train/loss"]?.steps == [0, 40, 60, 80, 100])
        #expect(found["large"]?[series: "train/loss"]?.values.last == logged(100, 4))
        #expect(found["large"]?.series.count == 1)
    }

    @Test func `a history and the folder of a run that was online are read`() throws {
        let history = try #require(try logs(runLogFixtures + "/wandb-export/history.jsonl")["wandb-export"])
        #expect(history[series: "train/loss"]?.values == [0, 20, 40, 60, 80, 100].map { logged($0, 2) })
        #expect(history[series: "eval/loss"]?.steps == [100])
        #expect(history[series: "train/loss"]?.times.first == 1_767_225_600.5)
        let online = try #require(try logs(runLogFixtures + "/wandb-export/wandb").values.first)
        #expect(online[setting: "lr"] == .number(0.0003))
        #expect(online[setting: "model.sizes.1"] == .number(32))
        #expect(online[setting: "train/loss"] == .number(2.01))
        #expect(online[setting: "gpu"] == .text("NVIDIA H100"))
        #expect(online.identity == "abcd1234")
        #expect(online.settings.allSatisfy { !$0.key.hasPrefix("_wandb") })
    }

    @Test func `MLflow's file store reads back equal, with its states`() throws {
        try checkMLflow(in: runLogFixtures)
    }

    private func checkMLflow(in folder: String) throws {
        let found = try logs(folder + "/mlruns")
        #expect(Set(found.keys) == ["small", "large", "broken"])
        let large = try #require(found["large"])
        #expect(large[series: "train/loss"]?.steps == [0, 20, 40, 60, 80, 100])
        #expect(large[series: "train/loss"]?.values == [0, 20, 40, 60, 80, 100].map { logged($0, 4) })
        #expect(large[setting: "optimizer/lr"] == .number(0.0003))
        #expect(large[setting: "text"] == .text("two\nlines"))
        #expect(large[setting: "recipe"] == .text("gated"))
        #expect(large[setting: "state"] == .text("finished"))
        #expect(found["broken"]?[series: "train/loss"]?.values.last?.isNaN == true)
    }

    @Test func `states of the Trainer are read, the latest checkpoint where there is no other`() throws {
        try checkTrainer(in: runLogFixtures)
    }

    private func checkTrainer(in folder: String) throws {
        let found = try logs(folder + "/trainer")
        #expect(Set(found.keys) == ["small", "large", "stopped"])
        let small = try #require(found["small"])
        #expect(small[series: "loss"]?.steps == Array(stride(from: 10, through: 100, by: 10)))
        #expect(small[series: "loss"]?.values.last == logged(100, 2))
        #expect(small[series: "eval_loss"]?.steps == [50, 100])
        #expect(small[setting: "max_steps"] == .number(100))
        #expect(small[setting: "train_runtime"] == .number(60))
        #expect(small[setting: "n_embd"] == .number(16))
        #expect(small[setting: "model_type"] == .text("gpt2"))
        #expect(found["large"]?[setting: "perplexity"] == .number(9.5))
        #expect(found["stopped"]?[setting: "global_step"] == .number(50))
        let one = try logs(folder + "/trainer/large/trainer_state.json")
        #expect(one["large"]?[series: "loss"]?.steps.count == 10)
    }

    @Test func `metrics of Lightning have gaps, and tags of YAML are said to be left out`() throws {
        let log = try #require(try logs(runLogFixtures + "/lightning")["version_0"])
        #expect(log[series: "train_loss"]?.steps == Array(stride(from: 9, through: 99, by: 10)))
        #expect(log[series: "val_loss"]?.steps == [49, 99])
        #expect(log.stepsBeforeZero == 1)
        #expect(log[series: "val_loss"]?.values == [49, 99].map { logged($0, 2) + 0.25 })
        #expect(log[setting: "model.betas.1"] == .number(0.95))
        #expect(log[setting: "name"] == .text("it's small"))
        #expect(log.notices.map(\.code) == ["setting-not-read"])
        #expect(log.notices.first?.message.contains("hparams.yaml:9") == true)
    }

    @Test func `a text log of Megatron gives pairs, evaluations and arguments`() throws {
        let log = try #require(try logs(runLogFixtures + "/text/megatron.log")["megatron"])
        #expect(log[series: "lm loss"]?.steps == Array(stride(from: 10, through: 100, by: 10)))
        #expect(
            log[series: "lm loss"].map { (($0.values[9] - logged(100, 2)) / logged(100, 2)).magnitude < 1e-6 } == true
        )
        #expect(log[series: "consumed samples"]?.values.last == 1600)
        #expect(log[series: "validation/lm loss"]?.steps == [50, 100])
        #expect(log[setting: "hidden_size"] == .number(16))
        #expect(log[setting: "swiglu"] == .truth(true))
        #expect(log[setting: "vocab_file"] == nil)
        #expect(log[setting: "train_iters"] == .number(100))
    }

    @Test func `a text log of nanoGPT gives both losses and its configuration`() throws {
        let log = try #require(try logs(runLogFixtures + "/text/nanogpt.txt")["nanogpt"])
        #expect(log[series: "loss"]?.steps == Array(stride(from: 0, through: 100, by: 10)))
        #expect(log[series: "val/loss"]?.steps == [0, 50, 100])
        #expect(log[setting: "gradient_accumulation_steps"] == .number(40))
        #expect(log[setting: "learning_rate"] == .number(0.001))
        #expect(log[setting: "tokens_per_iteration"] == .number(10240))
        #expect(log[setting: "vocab_size"] == .number(65))
        #expect(log[setting: "out_dir"] == .text("out-tiny"))
    }

    @Test func `a text log of torchtitan is read through its colours`() throws {
        let log = try #require(try logs(runLogFixtures + "/text/torchtitan.log")["torchtitan"])
        #expect(log[series: "loss"]?.steps == [1] + Array(stride(from: 10, through: 100, by: 10)))
        #expect(log[series: "loss"].map { ($0.values[10] - logged(100, 2)).magnitude < 1e-5 } == true)
        #expect(log[series: "grad_norm"]?.values.first == 1.25)
        #expect(log[series: "validation/loss"]?.steps == [100])
        #expect(log[setting: "total parameters"] == .number(6_270_976))
        #expect(log[setting: "seq_len"] == .number(2048))
        #expect(log[setting: "state"] == .text("finished"))
    }

    @Test func `scores of the evaluation harness come with their standard errors`() throws {
        let log = try #require(try logs(runLogFixtures + "/evaluations")["small"])
        #expect(log[setting: "arc_easy/acc"] == .number(0.4375))
        #expect(log[setting: "arc_easy/acc_stderr"] == .number(0.0101))
        #expect(log[setting: "gsm8k/exact_match,strict-match"] == .number(0.015625))
        #expect(log[setting: "wikitext/bits_per_byte_stderr"] == nil)
        #expect(log.series.isEmpty)
    }

    @Test func `a folder of byte-ladder gives its curve, its options and its state`() throws {
        let lines = (1...40).map {
            "{\"step\":\($0),\"tokens\":\($0 * 256),\"lr\":0.004,\"loss\":\(5 - Double($0) / 20)}"
        }
        let result = """
            {"loss": 3.1, "run": {"name": "a", "shape": {"width": 24}, "schedule": {"kind": "cosine"}, "lr": 0.004}, "tokens": 10240}
            """
        try withLogs([
            "a/log.jsonl": lines.joined(separator: "\n") + "\n", "a/result.json": result, "a/checkpoint": "x",
        ]) {
            let log = try #require(try logs($0)["a"])
            #expect(log[series: "loss"]?.steps == Array(1...40))
            #expect(log[setting: "width"] == .number(24))
            #expect(log[setting: "schedule"] == .text("cosine"))
            #expect(log[setting: "state"] == .text("finished"))
        }
        try withLogs(["a/log.jsonl": lines.joined(separator: "\n"), "a/failed.txt": "nan"]) {
            let log = try logs($0)["a"]
            #expect(log?[setting: "state"] == .text("diverged"))
        }
    }

    @Test func `a table of steps has a run a label, and one of runs a row each`() throws {
        let curves =
            "{\"run\":\"a\",\"n\":7,\"step\":1,\"loss\":3}\n{\"run\":\"b\",\"n\":9,\"step\":1,\"loss\":NaN}\n{\"run\":\"a\",\"n\":7,\"step\":2,\"loss\":2.5}\n"
        try withLogs(["curves.jsonl": curves, "sizes.csv": "run,params,loss\na,70B,2\nc,7B,\n"]) { folder in
            let found = try logs(folder + "/curves.jsonl")
            #expect(found["a"]?[series: "loss"]?.values == [3, 2.5])
            #expect(found["a"]?[setting: "n"] == .number(7))
            #expect(found["b"]?[series: "loss"]?.values.first?.isNaN == true)
            let sizes = try logs(folder + "/sizes.csv")
            #expect(sizes["a"]?[setting: "params"] == .number(70e9))
            #expect(sizes["c"]?[setting: "loss"] == nil)
        }
    }
}
