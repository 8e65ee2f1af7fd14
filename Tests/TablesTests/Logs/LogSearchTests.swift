// Folders that are searched: what is found, what is left out, and what ends the search.

import Foundation
import Testing

@testable import Tables

@Suite struct LogSearchTests {
    private let step = "step,loss\n1,3\n2,2\n"

    @Test func `a folder is searched for runs of every format, in the order of names`() throws {
        let all = try RunLogs.read([runLogFixtures])
        #expect(Set(all.runs.flatMap(\.formats)).count >= 7)
        let again = try RunLogs.read([runLogFixtures])
        #expect(all.runs.map(\.log.settings) == again.runs.map(\.log.settings))
        #expect(all.runs.map(\.log.name) == again.runs.map(\.log.name))
    }

    @Test func `links that go round are entered once`() throws {
        try withLogs(["a/run/metrics.csv": step, "a/run/hparams.yaml": "lr: 1\n"]) { folder in
            try FileManager.default.createSymbolicLink(atPath: folder + "/a/loop", withDestinationPath: folder)
            try FileManager.default.createSymbolicLink(atPath: folder + "/b", withDestinationPath: folder + "/a")
            let once = try RunLogs.read([folder])
            #expect(once.runs.map(\.log.name) == ["run"])
            let twice = try RunLogs.read([folder, folder + "/a"])
            #expect(twice.runs.count == 1)
        }
    }

    @Test func `folders too deep end in an error that says so`() throws {
        let deep = (0..<40).map { "d\($0)" }.joined(separator: "/")
        try withLogs([deep + "/metrics.csv": step]) { folder in
            #expect(throws: LogError.self) { try RunLogs.read([folder]) }
            do { _ = try RunLogs.read([folder]) } catch { #expect("\(error)".contains("deeper than 32 levels")) }
        }
    }

    @Test func `runs of one name in one folder are told apart by their paths`() throws {
        try withLogs(["a/version_0/metrics.csv": step, "b/version_0/metrics.csv": step]) { folder in
            let found = try logs(folder)
            #expect(Set(found.keys) == ["a/version_0", "b/version_0"])
        }
    }

    @Test func `a configuration beside the only log of a folder is its own`() throws {
        try withLogs(["a/train.csv": step, "a/config.yaml": "model:\n  n_layer: 6\n"]) { folder in
            let log = try logs(folder)["a"]
            #expect(log?[setting: "model.n_layer"] == .number(6))
        }
        try withLogs(["a/x.csv": step, "a/y.csv": step, "a/config.yaml": "n_layer: 6\n"]) { folder in
            let log = try logs(folder)["x"]
            #expect(log?[setting: "n_layer"] == nil)
        }
    }

    @Test func `sources are joined by name, and what did not match is said`() throws {
        let sizes = "run,params\na,1M\nz,2M\n"
        try withLogs(["runs/a.csv": step, "runs/b.csv": step, "sizes.csv": sizes]) { folder in
            let all = try RunLogs.read([folder + "/runs", folder + "/sizes.csv"])
            #expect(all.runs.map(\.log.name) == ["a", "b", "z"])
            #expect(all.runs[0].log[setting: "params"] == .number(1e6))
            #expect(all.notices.map(\.code) == ["source-not-joined", "source-not-joined"])
            #expect(all.notices[0].message.contains("called z"))
            #expect(all.notices[1].message.hasSuffix("says nothing of b"))
        }
    }

    @Test func `sources are joined by the id that the software gave`() throws {
        try withLogs(["scores.csv": "run,score\nfixture1,0.5\n"]) { folder in
            let all = try RunLogs.read([runLogFixtures + "/wandb-offline", folder + "/scores.csv"])
            let large = try #require(all.runs.first { $0.log.name == "large" })
            #expect(large.log[setting: "score"] == .number(0.5))
        }
    }

    @Test func `an empty folder and an unknown file are errors with what to type`() throws {
        try withLogs(["a/notes.txt": "nothing to see\n"]) { folder in
            do { _ = try RunLogs.read([folder]) } catch {
                #expect(error as? LogError == .noRuns(folder: folder, files: 1))
                #expect("\(error)".contains("help:"))
            }
            do { _ = try RunLogs.read([folder + "/a/notes.txt"]) } catch {
                #expect("\(error)".contains("| nothing to see"))
                #expect("\(error)".contains("--pattern"))
            }
            #expect(throws: LogError.self) { try RunLogs.read([folder + "/none"]) }
        }
    }

    @Test func `a pattern reads any text log, and a run a group`() throws {
        let all = try RunLogs.read(
            [runLogFixtures + "/text/own.log"], pattern: #"update (?<step>\d+) .*loss=(?<loss>\S+)"#)
        let log = try #require(all.runs.first?.log)
        #expect(log[series: "loss"]?.steps == Array(stride(from: 0, through: 100, by: 10)))
        #expect(log[series: "loss"].map { ($0.values[10] - logged(100, 2)).magnitude < 1e-4 } == true)
        try withLogs(["all.log": "a 1 3.5\nb 1 nan\na 2 3.25\nb 2 oops\n"]) { folder in
            let runs = try RunLogs.read([folder], pattern: #"^(?<run>\w) (?<step>\d+) (?<loss>\S+)$"#).runs
            #expect(runs.map(\.log.name) == ["a", "b"])
            #expect(runs[0].log[series: "loss"]?.values == [3.5, 3.25])
            #expect(runs[1].log[series: "loss"]?.values.first?.isNaN == true)
            #expect(runs[0].log.notices.map(\.code) == ["value-not-read"])
        }
    }

    @Test(arguments: [
        ("step (", "cannot be read"), (#"(?<loss>\d+)"#, "named step"), (#"(?<step>\d+)"#, "named loss"),
        (#"never (?<step>\d+) (?<loss>\d+)"#, "no line"),
    ])
    func `a pattern that cannot be used is an error`(pattern: String, words: String) throws {
        do {
            _ = try RunLogs.read([runLogFixtures + "/text/own.log"], pattern: pattern)
            Issue.record("it was read")
        } catch { #expect("\(error)".contains(words), "\(error)") }
    }
}
