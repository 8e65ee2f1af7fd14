// Reading again what has grown gives what reading anew gives, and reads nothing else.

import Foundation
import Testing

@testable import Tables

@Suite struct LogCacheTests {
    private static let meta = "run_id: abcdefgh\nrun_name: m\nstatus: 1\n"
    private static let files = [
        "a/x.csv": "step,loss\n1,3\n2,2\n", "b/y.jsonl": "{\"step\":1,\"loss\":3}\n{\"step\":2,\"lo",
        "b/config.yaml": "lr: 0.1\n", "1/m/meta.yaml": meta, "1/m/metrics/train/loss": "1 3.5 0\n2 3.25 1\n",
        "c/notes.txt": "nothing of a run\n",
    ]

    private func append(_ text: String, to path: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path))
        defer { try? file.close() }
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
    }

    @Test func `files that are as they were are not read again, and others are`() throws {
        try withLogs(Self.files) { folder in
            var cache: LogCache? = LogCache()
            func check(hits: Int) throws {
                let before = cache?.hits ?? 0
                let again = try RunLogs.read([folder], &cache)
                let anew = try RunLogs.read([folder])
                #expect(again.runs == anew.runs)
                #expect(again.notices == anew.notices)
                #expect(again.files == anew.files)
                #expect((cache?.hits ?? 0) - before == hits)
            }
            try check(hits: 0)
            // Two tables, the settings beside one, the run of MLflow, and the notes.
            try check(hits: 5)
            try append("3,1\n", to: folder + "/a/x.csv")
            try check(hits: 4)
            try append("3 3 2\n", to: folder + "/1/m/metrics/train/loss")
            try check(hits: 4)
            try append("ss\":2}\n", to: folder + "/b/y.jsonl")
            try check(hits: 4)
            try check(hits: 5)
        }
    }

    @Test func `a file of the same size that was written anew is read again`() throws {
        try withLogs(["a/x.csv": "step,loss\n1,3\n2,2\n"]) { folder in
            var cache: LogCache? = LogCache()
            #expect(try RunLogs.read([folder], &cache).runs[0].log[series: "loss"]?.values == [3, 2])
            try "step,loss\n1,5\n2,4\n".write(toFile: folder + "/a/x.csv", atomically: true, encoding: .utf8)
            #expect(try RunLogs.read([folder], &cache).runs[0].log[series: "loss"]?.values == [5, 4])
            #expect(cache?.hits == 0)
        }
    }

    @Test func `hyperparameters in a folder of their own are those of the run above`() throws {
        let found = try logs(runLogFixtures + "/events")
        let simple = try #require(found["simple"])
        #expect(simple[setting: "optimizer"] == .text("adamw"))
        #expect(simple[setting: "layers"] == .number(12))
        // A float, as the writer wrote it.
        #expect(simple[setting: "final/loss"] == .number(Double(Float(2.075))))
        #expect(!found.keys.contains("hparams"))
    }
}
