// allometry predict, as it is typed.

import Foundation
import Testing

@Suite struct PredictCommandTests {
    @Test func `a published law needs no file`() throws {
        let run = try Binary.run(["predict", "hoffmann-2022", "--at", "N=1e9, D=2e10", "--format", "json"])
        #expect(run.status == 0)
        #expect(run.output.contains("\"value\" : 2.5306682"))
    }

    @Test func `a grid goes to a CSV file`() throws {
        try withFolder { folder in
            let run = try Binary.run(
                ["predict", "hoffmann-2022", "--at", "N=1B..100B@20, D=1T", "--to", "grid.csv"], in: folder)
            #expect(run.status == 0)
            #expect(run.output.isEmpty)
            let csv = try String(contentsOf: folder.appending(path: "grid.csv"), encoding: .utf8)
            let lines = csv.split(separator: "\n")
            #expect(lines.count == 21)
            #expect(lines[0] == "N,D,value,lower,upper,distance")
            #expect(lines[1].hasPrefix("1000000000,1000000000000,"))
            #expect(lines[20].hasPrefix("100000000000,1000000000000,"))
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(names == ["grid.csv", "isoflop.csv", "runs.csv"])
        }
    }

    @Test func `rows of a table are points`() throws {
        let run = try Binary.run(
            ["predict", "hoffmann-2022", "--table", "-", "--column", "N=n,D=20*n", "--format", "csv"],
            input: "n\n1B\n2B\n")
        #expect(run.status == 0)
        #expect(run.output.split(separator: "\n").count == 3)
        #expect(run.output.contains("1000000000,20000000000,2.5306682"))
    }

    @Test func `warnings are shown once with a count`() throws {
        let run = try Binary.run(["predict", "hoffmann-2022", "--at", "N=1B..1T@7, D=1T"])
        #expect(run.status == 0)
        #expect(run.output.split(separator: "\n").count { $0.hasPrefix("warning:") } == 2)
        try Snapshot.check(run.output, "predict-grid")
    }

    @Test func `a level may be a percentage`() throws {
        try withFolder { folder in
            _ = try Binary.run(FitCommandTests.arguments + ["--save", "mine.law"], in: folder)
            func answer(_ level: String) throws -> String {
                try Binary.run(
                    ["predict", "mine.law", "--at", "N=1B, D=20B", "--level", level, "--format", "csv"], in: folder
                ).output
            }
            #expect(try answer("80%") == answer("0.8"))
            #expect(try answer("0.8") != answer("0.9"))
        }
    }
}
