// allometry sensitivity, as it is typed.

import Foundation
import Testing

@Suite struct SensitivityCommandTests {
    static let arguments = [
        "sensitivity", "runs.csv", "--formula", "loss ~ E + A/N^alpha + B/D^beta", "--column", "N=params", "--column",
        "D=tokens", "--residual", "log", "--loss", "huber:1e-3", "--bound", "A=0..",
    ]

    @Test func `two bad runs are named, as recorded, in 80 columns`() throws {
        try withFolder { folder in
            let run = try Binary.run(
                Self.arguments + ["--answer", "beta", "--answer", "beta/(alpha+beta)"], in: folder)
            #expect(run.status == 0)
            #expect(run.errors.isEmpty)
            #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            #expect(run.output.contains("line 29"))
            try Snapshot.check(run.output, "sensitivity")
        }
    }

    @Test func `groups, and countings where the table has them`() throws {
        let run = try Binary.run(
            [
                "sensitivity", "Examples/byte-ladder/runs.csv", "--formula", "loss ~ A/N^alpha + B/D^beta",
                "--column",
                "N=params_non_embedding", "--column", "D=tokens", "--residual", "log", "--where",
                "recipe == \"gated\" and (purpose == \"ladder\" or purpose == \"seed\")", "--group", "cell", "--at",
                "N=600k, D=8M", "--runs", "3",
            ], in: CompareCommandTests.root)
        #expect(run.status == 0)
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(run.output.contains("params_total for params_non_embedding"))
        try Snapshot.check(run.output, "sensitivity-groups")
    }

    @Test func `one seed gives one answer`() throws {
        try withFolder { folder in
            func answer() throws -> String {
                try Binary.run(Self.arguments + ["--format", "json"], in: folder).output
            }
            let first = try answer()
            #expect(try answer() == first)
        }
    }
}
