// allometry compare, as it is typed.

import Foundation
import Testing

@Suite struct CompareCommandTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let ladder = [
        "compare", "Examples/byte-ladder/runs.csv", "--by", "recipe", "--formula", "loss ~ E + A/N^alpha + B/D^beta",
        "--column", "N=params_non_embedding", "--column", "D=tokens", "--where",
        "purpose == \"ladder\" or purpose == \"seed\"", "--residual", "log", "--bound",
        "E=0.., A=0.., B=0.., alpha=0.., beta=0..",
    ]

    @Test func `the two recipes of the ladder, as recorded, in 80 columns`() throws {
        let run = try Binary.run(Self.ladder, in: Self.root)
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        try Snapshot.check(run.output, "compare")
    }

    @Test func `several values, by the best split and with a robust loss`() throws {
        let run = try Binary.run(
            [
                "compare", "Examples/parscale-2025/runs.csv", "--by", "P", "--formula", "loss ~ E + A/N^alpha",
                "--where",
                "corpus == \"pile\"", "--loss", "huber:1e-3", "--residual", "log", "--draws", "400", "--baseline",
                "1",
                "--at", "N=10B",
            ], in: Self.root)
        #expect(run.status == 0)
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        try Snapshot.check(run.output, "compare-several")
    }

    @Test func `one seed gives one answer, another seed other draws`() throws {
        func answer(_ seed: String) throws -> String {
            try Binary.run(Self.ladder + ["--draws", "100", "--format", "json", "--seed", seed], in: Self.root).output
        }
        let first = try answer("1")
        #expect(try answer("1") == first)
        #expect(try answer("2") != first)
    }
}
