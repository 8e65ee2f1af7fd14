// allometry plot, as it is typed, on data that ships.

import Foundation
import Testing

@Suite struct PlotCommandTests {
    private static let examples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Examples")
    private static let runs = examples.appending(path: "parscale-2025/runs.csv").path
    private static let ladder = examples.appending(path: "byte-ladder/runs.csv").path
    private static let condition = "recipe == \"gated\" and purpose != \"sweep\" and purpose != \"schedule\""
    private static let formula = [
        "--formula", "loss ~ A/N^alpha + B/D^beta", "--column", "N=params_total,D=tokens", "--residual", "log",
    ]
    /// A share that follows the losses of the ladder, with some scatter of its own.
    private static let accuracy = [
        "fit", ladder, "--formula", "accuracy ~ 1 - a / (1 + exp(-k * (L - L_0)))", "--column", "L=loss", "--column",
        "accuracy=1 - 0.8/(1 + exp(-6*(loss - 1.5))) + 0.004*sin(tokens)", "--where", condition, "--save",
        "accuracy.law",
    ]
    private static let table = [ladder] + formula + ["--where", condition]
    /// A run of 4,000 steps, of which 3,000 have run.
    private static let schedule = ["--schedule", "constant peak=3e-4 steps=4000"]

    private func withLaws(_ body: (URL) throws -> Void) throws {
        try withFolder { folder in
            let fits = [
                ["fit", Self.runs, "--law", "chen-2025", "--where", "corpus == \"pile\"", "--save", "pile.law"],
                ["fit"] + Self.table + ["--save", "ladder.law"], Self.accuracy,
            ]
            for fit in fits { #expect(try Binary.run(fit, in: folder).status == 0) }
            let curve = (1...12).map { step in
                "\(250 * step),\(2.5 + 30 / Double(250 * step).squareRoot() + 0.002 * Double((step * 5) % 3))"
            }
            try ("step,loss\n" + curve.joined(separator: "\n") + "\n").write(
                to: folder.appending(path: "curve.csv"), atomically: true, encoding: .utf8)
            try body(folder)
        }
    }

    /// What is typed for a picture of every kind.
    private static let kinds: [(name: String, words: [String])] = [
        ("backtest", ["backtest"] + table),
        (
            "comparison",
            [
                "comparison", ladder, "--by", "recipe", "--draws", "200", "--where",
                "purpose != \"sweep\" and purpose != \"schedule\"",
            ] + formula
        ),
        ("contours", ["contours", "ladder.law", "--flops", "1e15"]),
        ("curve", ["curve", "tissue-2024", "curve.csv"] + schedule),
        ("fit", ["fit", "pile.law", "--x", "N", "--at", "N=8B, P=8", "--title", "Streams"]),
        ("forecast", ["forecast", "curve.csv", "--law", "tissue-2024", "--until", "2500"] + schedule),
        ("frontier", ["frontier", "ladder.law", "--flops", "1e15"]),
        ("isoflop", ["isoflop", "isoflop.csv", "--by", "flops", "--draws", "100"]),
        ("next", ["next"] + table + ["--target", "loss at N=4M, D=80M"]),
        ("profile", ["profile", "ladder.law"]),
        ("residuals", ["residuals", "ladder.law"]),
        ("ridge", ["ridge", "ladder.law"]),
        ("sensitivity", ["sensitivity"] + table),
        ("task", ["task", "accuracy.law", "--through", "ladder.law", "--at", "N=4M, D=80M"]),
    ]

    @Test func `the picture of every kind is as recorded`() throws {
        try withLaws { folder in
            for (name, words) in Self.kinds {
                let run = try Binary.run(["plot"] + words + ["--to", "\(name).svg"], in: folder)
                #expect(run.status == 0, "\(name): \(run.errors)")
                #expect(run.output.isEmpty)
                let file = folder.appending(path: "\(name).svg")
                try Snapshot.check(try String(contentsOf: file, encoding: .utf8), "plot-\(name).svg")
            }
        }
    }

    @Test func `pictures in characters are as recorded`() throws {
        try withLaws { folder in
            var pages = ""
            for (name, words) in Self.kinds
            where ["backtest", "contours", "fit", "next", "sensitivity", "task"].contains(name) {
                let run = try Binary.run(["plot"] + words + ["--format", "text"], in: folder)
                #expect(run.status == 0, "\(name): \(run.errors)")
                #expect(run.output.utf8.allSatisfy { $0 < 0x80 })
                #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
                pages += "$ allometry plot \(name) …\n\(run.output)\n"
            }
            try Snapshot.check(pages, "plot-text")
        }
    }

    @Test func `the form follows the ending or --format, and a pipe gets SVG`() throws {
        try withLaws { folder in
            func read(_ name: String) throws -> String {
                try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            }
            func plot(_ words: String...) throws -> Run {
                try Binary.run(["plot", "ridge", "ladder.law"] + words, in: folder)
            }
            let piped = try plot().output
            #expect(piped.hasPrefix("<svg "))
            for name in ["a.svg", "a.csv", "a.json", "a.txt"] { #expect(try plot("--to", name).status == 0) }
            #expect(try read("a.svg") == piped)
            #expect(try read("a.csv") == plot("--format", "csv").output)
            #expect(try read("a.csv").hasPrefix("panel,mark,series,x,y,lower,upper,label\n"))
            #expect(try read("a.json") == plot("--format", "json").output)
            #expect(try read("a.json").contains("\"kind\" : \"ridge\""))
            #expect(try read("a.txt") == plot("--format", "text").output)
            let dark = try plot("--ground", "dark").output
            #expect(dark != piped && !dark.contains("prefers-color-scheme"))
            #expect(try plot("--width", "1000", "--height", "700").output.contains("width=\"1000\" height=\"700\""))
        }
    }

    @Test func `what cannot be written or drawn is refused with what to type instead`() throws {
        try withLaws { folder in
            func refuses(_ words: [String], _ part: String) throws {
                let run = try Binary.run(["plot"] + words, in: folder)
                #expect(run.status != 0 && run.output.isEmpty, "\(words)")
                #expect(run.errors.contains("help:") || run.errors.contains("cannot write"), "\(run.errors)")
                #expect(run.errors.contains(part), "\(run.errors)")
            }
            try refuses(["fit", "hoffmann-2022", "--to", "fit.bmp"], ".svg, .png, .csv, .json or .txt")
            try refuses(["fit", "ladder.law", "--to", "no/such/fit.svg"], "no folder 'no/such'")
            try refuses(["fit", "ladder.law", "--format", "png"], "--to figure.png")
            try refuses(["fit", "ladder.law", "--format", "gif"], "--format: 'gif'")
            try refuses(["pie", "ladder.law"], "commands are backtest, comparison")
            try refuses(["ridge", "ladder.law", "--x", "gamma"], "A, alpha, B or beta")
            try refuses(["frontier", "hoffmann-2022"], "--flops 1e24")
            try refuses(["residuals", "hoffmann-2022"], "no runs of its own")
        }
    }

    @Test func `without rsvg-convert a PNG is refused before anything is done, and with it there is one`() throws {
        try withLaws { folder in
            let bin = URL(filePath: try Binary.path()).deletingLastPathComponent().path
            let without = try Binary.shell("PATH=\(bin) allometry plot ridge ladder.law --to a.png", in: folder)
            #expect(without.status == 1)
            #expect(without.errors.contains("librsvg"))
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "a.png").path))
            // A stand-in that keeps what it was given: the converter itself need not be there.
            let tools = folder.appending(path: "tools")
            try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
            let tool = tools.appending(path: "rsvg-convert")
            try "#!/bin/sh\necho \"$@\" > words\ncp \"$7\" \"$6\"\n".write(
                to: tool, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool.path)
            let with = try Binary.shell(
                "PATH=\(tools.path):$PATH allometry plot ridge ladder.law --to a.png", in: folder)
            #expect(with.status == 0, "\(with.errors)")
            let words = try String(contentsOf: folder.appending(path: "words"), encoding: .utf8)
            #expect(words.hasPrefix("--zoom 2 --format png --output a.png."))
            let made = try String(contentsOf: folder.appending(path: "a.png"), encoding: .utf8)
            #expect(made.hasPrefix("<svg "))
            try "#!/bin/sh\nexit 3\n".write(to: tool, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool.path)
            let failed = try Binary.shell(
                "PATH=\(tools.path):$PATH allometry plot ridge ladder.law --to b.png", in: folder)
            #expect(failed.status == 1 && failed.errors.contains("status 3"))
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(!left.contains { $0.contains(".part") || $0 == "b.png" })
        }
    }
}
