// Runs of a table that are told apart by columns that were named, and what is said where none was.

import Foundation
import Testing

@testable import Tables

@Suite struct RunColumnTests {
    private static let steps = """
        model,seed,step,loss
        small,1,10,3
        small,1,20,2.5
        small,2,10,3.25
        small,2,20,2.75
        large,1,10,2.5
        large,1,20,2.25

        """

    private func names(_ files: [String: String], _ columns: [String]) throws -> [String] {
        try withLogs(files) { try RunLogs.read([$0], runColumns: columns).runs.map(\.log.name) }
    }

    @Test func `a column that was named tells runs apart, and so do several together`() throws {
        #expect(try names(["a.csv": Self.steps], ["model"]) == ["small", "large"])
        #expect(try names(["a.csv": Self.steps], ["model", "seed"]) == ["small/1", "small/2", "large/1"])
        try withLogs(["a.csv": Self.steps]) { folder in
            let runs = try RunLogs.read([folder], runColumns: ["model", "seed"]).runs.map(\.log)
            #expect(runs.map { $0[series: "loss"]?.values } == [[3, 2.5], [3.25, 2.75], [2.5, 2.25]])
            #expect(runs.map { $0[setting: "seed"] } == [.number(1), .number(2), .number(1)])
            #expect(runs.map { $0[setting: "model"] } == [.text("small"), .text("small"), .text("large")])
            #expect(runs.allSatisfy { $0.notices.isEmpty })
        }
    }

    @Test func `rows of results are told apart as well, and tables without the column are read as they are`() throws {
        let files = ["a.csv": "model,params,loss\ns,1M,3\nl,2M,2\n", "b.csv": "step,loss\n1,2\n2,1\n"]
        #expect(try names(files, ["model"]) == ["s", "l", "b"])
    }

    @Test func `lines of JSON and Parquet have columns too`() throws {
        let lines =
            "{\"id\":7,\"step\":1,\"loss\":3}\n{\"id\":7,\"step\":2,\"loss\":2}\n{\"id\":8,\"step\":1,\"loss\":3}\n"
        #expect(try names(["a.jsonl": lines], ["id"]) == ["7", "8"])
    }

    @Test func `a column that no table has is refused with those that there are`() throws {
        #expect {
            _ = try names(["a.csv": Self.steps], ["sed"])
        } throws: { error in
            "\(error)"
                == "--run: no table has a column 'sed'\n  columns: model, seed, step, loss\n  help: did you mean 'seed'?"
        }
        #expect { _ = try names(["a.log": "iter 1: loss 2, mfu 1\n"], ["seed"]) } throws: {
            "\($0)".contains("--pattern")
        }
    }

    @Test func `steps that begin anew with another value of a column are said to be runs`() throws {
        let text = Self.steps.replacing("model,", with: "arch,").replacing("seed", with: "lucky")
        try withLogs(["a.csv": text]) { folder in
            let notices = try RunLogs.read([folder]).runs[0].log.notices
            #expect(notices.map(\.code) == ["several-runs", "text-left-out"])
            #expect(notices[0].message.contains("begin anew 2 times, with another lucky"))
            #expect(notices[0].hint == "name the column that tells them apart: --run 'lucky'")
        }
        // A run that was resumed a little before its end, on another machine.
        let resumed = "host,step,loss\n1,10,4\n1,20,3\n1,30,2\n2,30,2\n2,40,1\n2,35,1\n"
        try withLogs(["a.csv": resumed]) { folder in
            let notices = try RunLogs.read([folder]).runs[0].log.notices
            #expect(notices.isEmpty)
        }
    }

    @Test func `rows whose step no counter reaches are left out, and said`() throws {
        try withLogs(["a.csv": "step,loss\n1,3\n1e15,2\n,2\n3,1\n"]) { folder in
            let log = try #require(try RunLogs.read([folder]).runs.first?.log)
            #expect(log[series: "loss"]?.steps == [1, 3])
            #expect(log.notices.map(\.code) == ["rows-without-step"])
            let message = log.notices.first?.message ?? ""
            #expect(message.contains("a.csv:3: a row of step 1"), "\(message)")
            #expect(message.hasSuffix(", which no counter reaches, is left out, and 1 more like it"), "\(message)")
        }
        let state = "{\"log_history\": [{\"loss\": 1, \"step\": 10}, {\"loss\": 1, \"step\": 1e300}]}"
        try withLogs(["a/trainer_state.json": state]) { folder in
            let notices = try RunLogs.read([folder]).runs[0].log.notices
            #expect(notices.map(\.code) == ["rows-without-step"])
        }
    }

    @Test(arguments: [
        "iter 0: loss 3.0, time 1ms, mfu 1%\niter 1e99: loss 2, mfu 1%\niter 2: loss 2.0, time 1ms, mfu 1%\n",
        " iteration 5/ 10 | lm loss: 3.0 | elapsed time per iteration (ms): 1\n"
            + " iteration 1e99/ 10 | lm loss: 3.0 | elapsed time per iteration (ms): 1\n",
    ])
    func `text logs say it too, with the line`(_ text: String) throws {
        try withLogs(["a.log": text]) { folder in
            let notices = try RunLogs.read([folder]).runs[0].log.notices
            #expect(notices.map(\.code) == ["rows-without-step"])
            #expect(notices[0].message.contains("a.log:2: a row of step 1"))
        }
    }

    @Test(arguments: [
        ("step,loss\n1,2\n2,1\n", "csv"), ("# made by hand\n\"step\";\"loss\"\n1;2\n", "csv"),
        ("{\"step\":1,\"loss\":2}\n", "jsonl"), ("[{\"step\":1,\"loss\":2}]", "json"), ("iter 1: loss 2\n", ""),
        ("loss, step by step\n", ""), ("[rank0] step: 1 loss: 2\n", ""), ("PAR1", "parquet"), ("", ""),
    ])
    func `standard input is known by what it looks like`(_ text: String, _ ending: String) throws {
        let file = LogFile(path: LogFile.standardInput, bytes: Array(text.utf8))
        #expect(file.ending == ending)
        guard ["csv", "json", "jsonl"].contains(ending) else { return }
        let format = try #require(RunLogFormat.of(file))
        #expect(try format.readFile(file)[0][series: "loss"]?.values.first == 2 || text.contains("made"))
    }

    @Test func `a source whose runs are called nearly as the others are says so`() throws {
        let files = [
            "logs/small_1.csv": "step,loss\n1,2\n2,1\n", "logs/large.csv": "step,loss\n1,2\n2,1\n",
            "sizes.csv": "run,params\nlarge,2M\nsmall-1,1M\n",
        ]
        try withLogs(files) { folder in
            let all = try RunLogs.read(["\(folder)/logs", "\(folder)/sizes.csv"])
            let notices = all.notices.filter { $0.code == "source-not-joined" }
            #expect(notices.first?.message.contains("small-1") == true)
            #expect(notices.first?.hint == "'small-1' may be 'small_1'; give them one name in both sources")
        }
    }
}
