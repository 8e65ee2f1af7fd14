// allometry fit, as it is typed.

import Foundation
import Testing

@Suite struct FitCommandTests {
    static let arguments = [
        "fit", "runs.csv", "--formula", "loss ~ E + A/N^alpha + B/D^beta", "--column", "N=params", "--column",
        "D=tokens", "--residual", "log", "--where", "loss < 9", "--bound", "A=0..",
    ]

    @Test func `the text is as recorded, and fits in 80 columns`() throws {
        try withFolder { folder in
            let run = try Binary.run(Self.arguments + ["--save", "mine.law"], in: folder)
            #expect(run.status == 0)
            #expect(run.errors.isEmpty)
            #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            try Snapshot.check(run.output, "fit")
        }
    }

    @Test func `indexed, fixed and tied parameters are shown`() throws {
        let run = try Binary.run([
            "fit", "invented-runs.csv", "--formula", "loss ~ E[corpus] + A/params^alpha + B/tokens^beta", "--where",
            "loss < 9", "--tie", "beta=alpha", "--fix", "A=400", "--loss", "huber:0.01", "--start", "alpha=0.3",
        ])
        #expect(run.status == 0)
        try Snapshot.check(run.output, "fit-indexed")
    }

    @Test func `several columns stand in one option, their names in backquotes or not`() throws {
        let table = "train tokens,final loss\n1,3\n2,2.5\n4,2.3\n8,2.2\n16,2.15\n"
        for columns in [
            "`my loss`=`final loss`, `D size`=`train tokens`", "my loss=`final loss`,`D size`=`train tokens`",
        ] {
            let run = try Binary.run(
                ["fit", "-", "--formula", "`my loss` ~ E + B/`D size`^beta", "--column", columns], input: table)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("D size = train tokens"))
        }
    }

    @Test func `doubts are warnings and the status is 0`() throws {
        let table = "x,y\n1,3\n2,2.5\n4,2.3\n"
        let run = try Binary.run(["fit", "-", "--formula", "y ~ E + A/x^a"], input: table)
        #expect(run.status == 0)
        #expect(run.output.contains("warning: "))
        try Snapshot.check(run.output, "fit-warnings")
    }

    @Test func `streams in parallel reach the optimum, near the paper's coefficients`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let arguments = [
            "fit", "Examples/parscale-2025/runs.csv", "--law", "chen-2025", "--where", "corpus == \"pile\"",
        ]
        let run = try Binary.run(arguments, in: root)
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("Fitted 4 parameters"))
        let data = try Binary.run(arguments + ["--format", "json"], in: root)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(data.output.utf8)) as? [String: Any])
        let parameters = try #require(json["parameters"] as? [String: [String: Any]])
        // The optimum, found by SciPy's Nelder–Mead too; then what the paper's script gives (chen-2025, set pile), which
        // stops short of it: its objective on this table is 1.8139365e-5.
        for (name, optimum, published) in [
            ("E", 1.2885876, 1.288850), ("A", 1.9751658e8, 1.97279e8), ("alpha", 0.19628145, 0.196363),
            ("k", 0.33444241, 0.334431),
        ] {
            let value = try #require(parameters[name]?["value"] as? Double)
            #expect((value / optimum - 1).magnitude < 5e-6, "\(name) = \(value)")
            #expect((value / published - 1).magnitude < 2e-3, "\(name) = \(value)")
        }
        let objective = try #require(json["objective"] as? Double)
        #expect(objective < 1.8139365e-5 && objective > 1.81393e-5)
    }

    @Test func `standard input is a table`() throws {
        let table = try String(contentsOf: fixtures.appending(path: "invented-runs.csv"), encoding: .utf8)
        var arguments = Self.arguments + ["--format", "json"]
        let (file, input): (String, String) = try {
            let file = try Binary.run(arguments.map { $0 == "runs.csv" ? "invented-runs.csv" : $0 }).output
            arguments[1] = "-"
            return (file, try Binary.run(arguments, input: table).output)
        }()
        #expect(input.replacing("standard input", with: "invented-runs.csv") == file)
    }

    @Test func `JSON has the documented keys`() throws {
        try withFolder { folder in
            let run = try Binary.run(Self.arguments + ["--format", "json", "--seed", "3"], in: folder)
            let json = try #require(
                try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
            let parameters = try #require(json["parameters"] as? [String: [String: Any]])
            #expect((parameters["E"]?["value"] as? Double).map { ($0 - 1.79377206).magnitude < 1e-7 } == true)
            for key in [
                "objective", "observations", "omitted", "termination", "starts", "alternatives", "warnings", "seed",
                "formula", "loss", "residual", "roles", "noise", "degreesOfFreedom", "table", "version", "schema",
            ] { #expect(json[key] != nil, "\(key)") }
            #expect(json["seed"] as? Int == 3)
            #expect((json["omitted"] as? [[String: Any]])?.first?["count"] as? Int == 2)
        }
    }

    @Test func `several items stand in one option`() throws {
        let one = try Binary.run([
            "fit", "invented-runs.csv", "--formula", "loss ~ E + A/N^alpha + B/D^beta", "--column",
            "N=params, D=max(tokens, 1)", "--fix", "E=1.8,alpha=0.34", "--bound", "A=0.., B=0..1e4", "--where",
            "loss < 9", "--format", "json",
        ])
        let many = try Binary.run([
            "fit", "invented-runs.csv", "--formula", "loss ~ E + A/N^alpha + B/D^beta", "--column", "N=params",
            "--column", "D=max(tokens, 1)", "--fix", "E=1.8", "--fix", "alpha=0.34", "--bound", "A=0..", "--bound",
            "B=0..1e4", "--where", "loss < 9", "--format", "json",
        ])
        #expect(one.status == 0)
        #expect(one.output == many.output)
    }

    @Test func `an item of an indexed parameter is named with its labels`() throws {
        let table = "a,b,x,y\nu,p,1,3\nu,p,2,2\nu,q,1,4\nu,q,2,3\nv,p,1,5\nv,p,2,4.1\nv,q,1,6\nv,q,2,5\n"
        let run = try Binary.run(
            [
                "fit", "-", "--formula", "y ~ E[a,b] + A/x", "--bound", "E[u,p]=0..,E[v, q]=..9", "--fix",
                "E[u,q]=2, A=2", "--format", "json",
            ], input: table)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let parameters = try #require(json["parameters"] as? [String: [String: Any]])
        #expect((parameters["E[u, p]"]?["bound"] as? [String: Any])?["lower"] as? Double == 0)
        #expect((parameters["E[v, q]"]?["bound"] as? [String: Any])?["upper"] as? Double == 9)
        #expect(parameters["E[u, q]"]?["kind"] as? String == "fixed")
        #expect(parameters["E[u, q]"]?["value"] as? Double == 2)
    }

    @Test func `a saved fit predicts`() throws {
        try withFolder { folder in
            #expect(try Binary.run(Self.arguments + ["--save", "mine.law"], in: folder).status == 0)
            let run = try Binary.run(["predict", "mine.law", "--at", "N=10B, D=200B"], in: folder)
            #expect(run.status == 0)
            try Snapshot.check(run.output, "predict")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(names == ["isoflop.csv", "mine.law", "runs.csv"])
        }
    }

    @Test func `a failed fit leaves the saved law as it was`() throws {
        try withFolder { folder in
            let path = folder.appending(path: "mine.law")
            try "precious".write(to: path, atomically: true, encoding: .utf8)
            let run = try Binary.run(
                ["fit", "runs.csv", "--formula", "nope ~ E", "--save", "mine.law"], in: folder)
            #expect(run.status == 1)
            #expect(try String(contentsOf: path, encoding: .utf8) == "precious")
        }
    }

    @Test func `the same request gives the same bytes`() throws {
        let arguments = Self.arguments.map { $0 == "runs.csv" ? "invented-runs.csv" : $0 }
        #expect(try Binary.run(arguments).output == Binary.run(arguments).output)
    }
}
