// allometry next and allometry ladder, as they are typed.

import Foundation
import Testing

@Suite struct NextCommandTests {
    static let arguments = [
        "next", "runs.csv", "--law", "hoffmann-2022", "--column", "N=params", "--column", "D=tokens", "--where",
        "loss < 9",
    ]

    @Test func `the next runs are as recorded, in 80 columns`() throws {
        try withFolder { folder in
            let run = try Binary.run(Self.arguments + ["--target", "loss at N=70B, D=1.4T"], in: folder)
            #expect(run.status == 0)
            #expect(run.errors.isEmpty)
            #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            try Snapshot.check(run.output, "next")
        }
    }

    @Test func `a batch is as recorded, in 80 columns`() throws {
        try withFolder { folder in
            let run = try Binary.run(
                Self.arguments + [
                    "--target", "optimal N at 1e23", "--candidates", "N=50M..2B@6, D=1B..40B@6", "--spend", "1e21",
                ], in: folder)
            #expect(run.status == 0)
            #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            try Snapshot.check(run.output, "next-batch")
        }
    }

    @Test func `of a list of runs some are an insurance, and the page says which`() throws {
        try withFolder { folder in
            // Twelve places between 30 million and two billion parameters, with 20 to 80 tokens each.
            let rows = (0..<12).map { place in
                let size = 3e7 * pow(1.45, Double(place))
                return "\(size),\(size * [20, 40, 80][place % 3])"
            }
            try (["params,tokens"] + rows).joined(separator: "\n").write(
                to: folder.appending(path: "list.csv"), atomically: true, encoding: .utf8)
            let asked =
                Self.arguments + [
                    "--target", "loss at N=70B, D=1.4T", "--candidates-from", "list.csv", "--runs", "12",
                ]
            let page = try Binary.run(asked, in: folder)
            #expect(page.status == 0)
            #expect(page.output.contains("an insurance, in case the law"))
            let reply = try Binary.run(asked + ["--format", "json"], in: folder).output
            let object = try JSONSerialization.jsonObject(with: Data(reply.utf8)) as? [String: Any]
            let runs = try #require(object?["runs"] as? [[String: Any]])
            let insured = runs.filter { $0["isInsurance"] as? Bool == true }
            #expect(!insured.isEmpty && insured.count < runs.count)
            // They are bought from the cheapest on.
            let costs = try runs.map { try #require($0["cost"] as? Double) }
            #expect(try #require(insured.first?["cost"] as? Double) == costs.min())
        }
    }

    @Test(arguments: [
        ([], "nothing says what the runs are for"), (["--target", "optimal Q at 1e22"], "has no optimal Q"),
        (["--target", "loss at N=1B, D=1B", "--spend", "3"], "no candidate costs at most 3"),
        (["--target", "loss at N=1B, D=1B", "--spend", "-3"], "--spend: -3 cannot be used"),
        (["--target", "loss at N=1B, D=1B", "--doubt", "2"], "--doubt: '2' is no share"),
        (["--target", "loss at N=1B, D=1B", "--cost", "6*N*Q"], "needs 'Q', which is no input"),
        (["--target", "loss at N=1B"], "help: --target 'loss at N=1B, D=…'"),
        (["--target", "loss at N=1B, D=1B", "--under-way", "N=1B"], "help: --under-way 'N=1B, D=…'"),
        (["--target", "loss at N=1B, D=1B", "--min", "N=100T"], "--min: N = 100T is above ten times the most"),
        (["--target", "loss at N=1B, D=1B", "--max", "N=1k"], "--max: N = 1000 is below the least that was run"),
        (["--target", "loss at N=1B, D=1B", "--overhead", "some"], "--overhead: 'some' is no cost of a run"),
        (
            ["--target", "loss at N=1B, D=1B", "--spend", "1e20", "--overhead", "1e20"],
            "--overhead: 1e20 a run leaves nothing of --spend 1e20"
        ),
    ])
    func `a mistake is answered with what to type`(_ options: [String], _ part: String) throws {
        try withFolder { folder in
            let run = try Binary.run(Self.arguments + options, in: folder)
            #expect(run.status == 2)
            #expect(run.output.isEmpty)
            #expect(run.errors.hasPrefix("error: "))
            #expect(run.errors.contains(part))
        }
    }

    @Test func `a ladder is written, run, read back, and run again without losing anything`() throws {
        try withFolder { folder in
            let design = [
                "ladder", "--law", "besiroglu-2024", "--spend", "1e20", "--target", "loss at N=7B, D=140B", "--to",
                "tower", "--lr", "li-2025-steplaw-lr", "--command",
                "(echo loss; echo 2.{run}) > {folder}/results/{run}.csv # {N} {D} {lr}",
            ]
            let made = try Binary.run(design, in: folder)
            #expect(made.status == 0)
            #expect(made.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            try Snapshot.check(made.output, "ladder")
            let before = try Binary.run(["ladder", "status", "tower"], in: folder)
            #expect(before.status == 0)
            #expect(before.output.contains("Go on"))
            let ran = try Binary.shell("sh tower/run.sh && rm tower/results/01.csv tower/results/01.done", in: folder)
            #expect(ran.status == 0)
            // The same ladder once more leaves results alone; another is refused.
            #expect(try Binary.run(design, in: folder).status == 0)
            let results = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/tower/results")
            #expect(results.contains("02.csv") && !results.contains("01.csv"))
            let other = try Binary.run(
                [
                    "ladder", "--law", "besiroglu-2024", "--spend", "2e20", "--target", "loss at N=7B, D=140B",
                    "--to", "tower",
                ],
                in: folder)
            #expect(other.status == 2)
            #expect(other.errors.contains("holds another ladder"))
            let after = try Binary.run(["ladder", "status", "tower"], in: folder)
            #expect(after.status == 0)
            #expect(after.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            // Losses that rise with the run, which no law of N and D explains.
            #expect(after.output.contains("The law is in doubt"))
        }
    }

    @Test(arguments: [
        ("page.html", "<!DOCTYPE html>"), ("page.md", "A ladder of"), ("page.json", "{"),
        ("runs.csv", "run,N,D,cost"),
    ])
    func `a ladder is a page where a page is asked for`(_ name: String, _ beginning: String) throws {
        try withFolder { folder in
            let design = ["ladder", "--law", "besiroglu-2024", "--spend", "1e20", "--target", "loss at N=7B, D=140B"]
            let run = try Binary.run(design + ["--to", name], in: folder)
            #expect(run.status == 0)
            #expect(run.output.isEmpty)
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            #expect(text.lowercased().hasPrefix(beginning.lowercased()))
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "\(name)/ladder.json").path))
            // A name with another point in it is a folder.
            #expect(try Binary.run(design + ["--to", "tower.v2"], in: folder).status == 0)
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: "tower.v2/ladder.json").path))
        }
    }

    @Test func `a ladder of a law file is looked at from anywhere`() throws {
        try withFolder { folder in
            let fit = Array(Self.arguments.dropFirst())
            #expect(try Binary.run(["fit"] + fit + ["--save", "mine.law"], in: folder).status == 0)
            let design = [
                "ladder", "--law", "mine.law", "--spend", "1e20", "--target", "loss at N=7B, D=140B", "--to", "tower",
            ]
            #expect(try Binary.run(design, in: folder).status == 0)
            try FileManager.default.removeItem(at: folder.appending(path: "mine.law"))
            let elsewhere = folder.appending(path: "elsewhere")
            try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
            let status = try Binary.run(["ladder", "status", "../tower"], in: elsewhere)
            #expect(status.status == 0)
            #expect(status.output.contains("mine said"))
        }
    }

    @Test func `a name in braces that no run has is named`() throws {
        let run = try Binary.run([
            "ladder", "--law", "besiroglu-2024", "--spend", "1e20", "--target", "loss at N=7B, D=140B", "--command",
            "train {lr}",
        ])
        #expect(run.status == 2)
        #expect(run.errors.contains("no run has a '{lr}'"))
        #expect(run.errors.contains("--lr li-2025-steplaw-lr"))
    }
}
