// allometry backtest, as it is typed.

import Foundation
import Testing

@Suite struct BacktestCommandTests {
    private static let arguments = [
        "backtest", "runs.csv", "--law", "hoffmann-2022", "--column", "N=params,D=tokens", "--where", "loss < 9",
    ]

    @Test func `the text is as recorded, and fits in 80 columns`() throws {
        try withFolder { folder in
            let run = try Binary.run(Self.arguments + ["--save", "mine.law"], in: folder)
            #expect(run.status == 0)
            #expect(run.errors.isEmpty)
            #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            try Snapshot.check(run.output, "backtest")
            let predicted = try Binary.run(
                ["predict", "mine.law", "--at", "N=70B, D=1.4T", "--interval", "new-run"], in: folder)
            #expect(predicted.output.contains("extrapolation; not the choice of law"))
            try Snapshot.check(predicted.output, "backtest-predict")
        }
    }

    @Test func `groups are backtested by themselves`() throws {
        let run = try Binary.run(
            [
                "backtest", "invented-runs.csv", "--formula", "loss ~ E + A*tokens^-a", "--residual", "log",
                "--where",
                "loss < 9", "--group", "corpus", "--cutoffs", "2,5",
            ])
        #expect(run.status == 0)
        try Snapshot.check(run.output, "backtest-groups")
    }

    @Test(arguments: [
        (["--cutoffs", "0.5"], "leaves nothing above it"), (["--by", "flop"], "no column 'flop'"),
        (["--group", "corpus", "--save", "x.law"], "a law is of one group"),
        (["--bootstrap", "wildly:10"], "wildly"),
        (["--level", "2"], "probability"),
    ])
    func `what cannot be done is said`(_ options: [String], _ words: String) throws {
        try withFolder { folder in
            let run = try Binary.run(Self.arguments + options, in: folder)
            #expect(run.status != 0)
            #expect(run.output.isEmpty)
            #expect(run.errors.contains(words), "\(run.errors)")
            #expect(run.errors.contains("help: "))
        }
    }
}
