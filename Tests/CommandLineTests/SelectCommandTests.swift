// allometry select, as it is typed.

import Foundation
import Testing

@Suite struct SelectCommandTests {
    private static let arguments = [
        "select", "runs.csv", "--column", "N=params,D=tokens", "--where", "loss < 9", "--laws",
        "hoffmann-2022,kaplan-2020-parameters", "--formula", "loss ~ E + A/N^a + B/D^a",
    ]

    @Test func `the text is as recorded, and fits in 80 columns`() throws {
        try withFolder { folder in
            let run = try Binary.run(
                Self.arguments + ["--at", "N=10B, D=200B", "--interval", "new-run"], in: folder)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            #expect(run.output.contains("extrapolation"))
            try Snapshot.check(run.output, "select")
        }
    }

    @Test func `the average is kept as a law and predicted`() throws {
        try withFolder { folder in
            let point = "N=10B, D=200B"
            let chosen = try Binary.run(
                Self.arguments + ["--at", point, "--interval", "new-run", "--save", "average.law"], in: folder)
            #expect(chosen.status == 0, "\(chosen.errors)")
            #expect(chosen.output.contains("allometry predict average.law --at"))
            let run = try Binary.run(["predict", "average.law", "--at", point, "--interval", "new-run"], in: folder)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            try Snapshot.check(run.output, "predict-average")
            let shown = try Binary.run(["laws", "show", "./average.law"], in: folder)
            #expect(shown.output.contains("average of"))
            for verb in [["plan", "average.law", "--flops", "1e22"], ["plot", "fit", "average.law"]] {
                let refused = try Binary.run(verb, in: folder)
                #expect(refused.status != 0)
                #expect(refused.errors.contains("'average' is an average of laws"), "\(refused.errors)")
            }
            #expect(try Binary.run(["laws", "lint", "average.law"], in: folder).status == 0)
        }
    }

    @Test func `every law that the table can feed is taken`() throws {
        try withFolder { folder in
            let run = try Binary.run(
                [
                    "select", "runs.csv", "--where", "loss < 9", "--column", "x=params", "--response", "loss",
                    "--laws",
                    "alabdulmohsin-2022-m1,alabdulmohsin-2022-m2", "--format", "json",
                ], in: folder)
            #expect(run.status == 0, "\(run.errors)")
            let json = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
            let ranks = try #require(json["ranks"] as? [[String: Any]])
            #expect(ranks.count == 2)
            #expect((ranks.compactMap { $0["weight"] as? Double }.reduce(0, +) - 1).magnitude < 1e-12)
        }
    }

    @Test(arguments: [
        (["--laws", "hofman-2022"], "hoffmann-2022"), (["--laws", "all"], "no law can be fitted"),
        (["--at", "N=1"], "D"), (["--level", "0"], "probability"),
    ])
    func `what cannot be done is said`(_ options: [String], _ words: String) throws {
        try withFolder { folder in
            let base = options[0] == "--laws" ? ["select", "runs.csv"] : Self.arguments
            let run = try Binary.run(base + options, in: folder)
            #expect(run.status != 0)
            #expect(run.errors.contains(words), "\(run.errors)")
        }
    }
}
