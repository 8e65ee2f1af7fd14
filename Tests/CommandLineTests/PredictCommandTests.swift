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

    @Test func `an accuracy is predicted through its loss`() throws {
        try withFolder { folder in
            let columns = ["--column", "N=params,D=tokens", "--where", "loss < 9"]
            let loss = try Binary.run(
                ["backtest", "runs.csv", "--law", "hoffmann-2022", "--save", "loss.law"] + columns, in: folder)
            #expect(loss.status == 0, "\(loss.errors)")
            let second = [
                "backtest", "runs.csv", "--formula", "accuracy ~ 1 - a / (1 + exp(-k * (L - L_0)))", "--column",
                "L=loss", "--column", "accuracy=1 - 0.8/(1+exp(-3*(loss-2.5))) + 0.002*sin(tokens)", "--where",
                "loss < 9", "--by", "6*params*tokens", "--bootstrap", "cluster:params:50", "--save", "accuracy.law",
            ]
            let accuracy = try Binary.run(second, in: folder)
            #expect(accuracy.status == 0, "\(accuracy.errors)")
            #expect(accuracy.output.contains("(calibration-elsewhere)"))
            let run = try Binary.run(
                [
                    "predict", "accuracy.law", "--through", "loss.law", "--at", "N=20B, D=500B", "--interval",
                    "new-run",
                ],
                in: folder)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            try Snapshot.check(run.output, "predict-through")
            let csv = try Binary.run(
                [
                    "predict", "accuracy.law", "--through", "L=loss.law", "--at", "N=1B..20B@3, D=500B", "--format",
                    "csv",
                ], in: folder)
            #expect(csv.output.hasPrefix("N,D,L,value,lower,upper,distance\n"))
            #expect(csv.output.split(separator: "\n").count == 4)
            let alone = try Binary.run(["predict", "accuracy.law", "--at", "L=2"], in: folder)
            #expect(alone.output.contains("(calibration-unused)"))
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
