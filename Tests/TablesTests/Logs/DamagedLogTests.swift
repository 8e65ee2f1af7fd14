// Files that are cut off, damaged or being written: whole rows are read, and a notice says where the rest is lost.

import Foundation
import Testing

@testable import Tables

@Suite struct DamagedLogTests {
    private static func whole(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private static let records =
        runLogFixtures + "/wandb-offline/offline-run-20260101_000000-fixture0/run-fixture0.wandb"

    @Test func `records that are cut off anywhere give the rows before, and never more`() throws {
        let bytes = try Self.whole(Self.records)
        let all = WandbRecords.log(LogFile(path: "r.wandb", bytes: bytes), name: "r")
        let full = try #require(all[series: "train/loss"])
        for end in stride(from: 0, to: bytes.count, by: 7) {
            let log = WandbRecords.log(LogFile(path: "r.wandb", bytes: Array(bytes[..<end])), name: "r")
            let values = log[series: "train/loss"]?.values ?? []
            #expect(full.values.starts(with: values))
        }
        let cut = WandbRecords.log(LogFile(path: "r.wandb", bytes: Array(bytes.dropLast(3))), name: "r")
        #expect(cut.notices.map(\.code) == ["log-truncated"])
    }

    @Test func `a byte that flipped costs its record and no other`() throws {
        let bytes = try Self.whole(Self.records)
        let all = WandbRecords.log(LogFile(path: "r.wandb", bytes: bytes), name: "r")
        var random = Seeded(state: 7)
        for _ in 0..<500 {
            var damaged = bytes
            let place = Int(random.next() % UInt64(bytes.count))
            damaged[place] ^= UInt8(truncatingIfNeeded: 1 << (random.next() % 8))
            let log = WandbRecords.log(LogFile(path: "r.wandb", bytes: damaged), name: "r")
            #expect(!log.notices.isEmpty || log.series == all.series, "byte \(place)")
        }
    }

    @Test func `a state that is cut off keeps the entries that are whole`() throws {
        let text = """
            {"global_step": 30, "log_history": [{"loss": 3.0, "step": 10}, {"loss": 2.5, "step": 20}, {"loss": 2.
            """
        try withLogs(["a/trainer_state.json": text]) { folder in
            let log = try #require(try logs(folder)["a"])
            #expect(log[series: "loss"]?.values == [3, 2.5])
            #expect(log.notices.map(\.code) == ["log-truncated"])
            #expect(log.notices[0].message.contains("trainer_state.json:1"))
        }
    }

    @Test func `a last line that is being written is left out`() throws {
        for (name, text) in [
            (
                "history.jsonl",
                "{\"_step\":0,\"_runtime\":1,\"loss\":3}\n{\"_step\":1,\"_runtime\":2,\"loss\":2}\n{\"_step\":2,\"lo"
            ),
            ("m.csv", "step,loss,lr\n0,3,1\n1,2,1\n2,1"),
        ] {
            try withLogs(["a/\(name)": text]) { folder in
                let log = try #require(try logs(folder).values.first)
                #expect(log[series: "loss"]?.values == [3, 2])
                #expect(log.notices.map(\.code) == ["log-truncated"])
            }
        }
    }

    @Test func `a line in the middle that is damaged costs that line, and is named`() throws {
        let text = "{\"step\":0,\"loss\":3}\n{\"step\":1,\"lo##\n{\"step\":2,\"loss\":2}\n"
        try withLogs(["a/m.jsonl": text, "b/m.csv": "step,loss\n0,3\n1,2,9,9\n2,1\n"]) { folder in
            let found = try logs(folder)
            #expect(found["a/m.jsonl"]?[series: "loss"]?.steps == [0, 2])
            #expect(found["a/m.jsonl"]?.notices.map(\.code) == ["log-damaged"])
            #expect(found["a/m.jsonl"]?.notices.first?.message.contains("m.jsonl:2") == true)
            #expect(found["b/m.csv"]?[series: "loss"]?.steps == [0, 2])
        }
    }

    @Test func `a metric whose last line is being written is read up to it`() throws {
        let meta = "run_id: abcdefgh\nrun_name: a\nstatus: 1\n"
        try withLogs(["1/x/meta.yaml": meta, "1/x/metrics/loss": "1 3.5 0\n2 3.25 1\n3 3.1", "1/x/params/n": "7"]) {
            folder in
            let log = try #require(try logs(folder)["a"])
            #expect(log[series: "loss"]?.values == [3.5, 3.25])
            #expect(log.notices.map(\.code) == ["log-truncated"])
            #expect(log[setting: "state"] == .text("running"))
        }
    }

    @Test func `JSON too deep is an error and not a crash`() throws {
        let deep = JSONDocument(Array(String(repeating: "[", count: 100_000).utf8), file: "deep.json")
        #expect(deep.fault != nil)
        let bytes = Array(String(repeating: "{\"a\":", count: 100_000).utf8)
        #expect(JSONDocument(bytes, file: "deep.json").fault != nil)
    }

    @Test func `a file that cannot be read in a folder of others is a notice`() throws {
        try withLogs(["a/x.csv": "step,loss\n1,2\n", "a/y.jsonl": "{\"step\": {\"a\": 1}, \"loss\": \"x\"\n"]) {
            folder in
            let all = try RunLogs.read([folder])
            #expect(all.runs.map(\.log.name) == ["x"])
            #expect(all.notices.map(\.code) == ["log-unreadable"])
        }
    }

    @Test func `mutations of every fixture are read or refused`() throws {
        let names = [
            "text/megatron.log", "text/torchtitan.log", "text/nanogpt.txt",
            "lightning/lightning_logs/version_0/metrics.csv",
            "trainer/large/trainer_state.json", "wandb-export/chart.csv",
        ]
        var random = Seeded(state: 11)
        for name in names {
            let bytes = try Self.whole(runLogFixtures + "/" + name)
            for _ in 0..<200 {
                var damaged = bytes
                for _ in 0..<(1 + random.next() % 8) {
                    damaged[Int(random.next() % UInt64(damaged.count))] = UInt8(truncatingIfNeeded: random.next())
                }
                if random.next() % 4 == 0 { damaged.removeSubrange(Int(random.next() % UInt64(damaged.count))...) }
                let file = LogFile(path: name, bytes: damaged)
                let runs = try? RunLogFormat.of(file)?.readFile(file)
                for log in runs ?? [] { #expect(log.series.allSatisfy { $0.steps.count == $0.values.count }) }
            }
        }
        for _ in 0..<2000 {
            let bytes = (0..<(random.next() % 60)).map { _ in
                Array("ab: -[]{},'\"#|>\n  &*!?1".utf8)[Int(random.next() % 23)]
            }
            _ = YAMLDocument(Array(bytes))
        }
    }
}
