// allometry report, and --format and --to of every command, as they are typed.

import Foundation
import Testing

@Suite struct ReportCommandTests {
    private static let fit = [
        "--formula", "loss ~ E + A/N^alpha + B/D^beta", "--column", "N=params,D=tokens", "--residual", "log",
        "--where",
        "loss < 9",
    ]

    @Test func `the page of a table in text is as recorded`() throws {
        try withFolder { folder in
            let run = try Binary.run(
                ["report", "runs.csv", "--at", "N=20B, D=500B", "--flops", "1e23"] + Self.fit, in: folder)
            #expect(run.status == 0)
            #expect(run.errors.isEmpty)
            try Snapshot.check(run.output, "report")
        }
    }

    @Test(arguments: [
        ("page.html", "<!doctype html>"), ("page.htm", "<!doctype html>"), ("page.md", "# "),
        ("page.tex", "\\documentclass"), ("page.json", "{\n"), ("page.txt", "Loss, fitted to"),
    ])
    func `the ending of --to says the form`(_ name: String, _ start: String) throws {
        try withFolder { folder in
            let run = try Binary.run(
                ["report", "runs.csv", "--without", "sensitivity,backtest", "--to", name] + Self.fit, in: folder)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.isEmpty)
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            #expect(text.hasPrefix(start))
            let pictures = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
                $0.hasPrefix("page-") && $0.hasSuffix(".svg")
            }
            #expect(pictures.isEmpty == (name != "page.md"))
            for picture in pictures { #expect(text.contains("](\(picture))")) }
        }
    }

    @Test(arguments: ["page.docx", "page.csv", "page.html.gz"])
    func `an ending that says no form is refused before anything is fitted`(_ name: String) throws {
        let run = try Binary.run(["report", "hoffmann-2022", "--to", name])
        #expect(run.status == 2)
        #expect(run.errors.contains("help: end it in .txt, .md, .html, .tex or .json"))
    }

    @Test func `a target that cannot be written is refused before anything is fitted`() throws {
        try withFolder { folder in
            let run = try Binary.run(["report", "runs.csv", "--to", "no/such/page.html"] + Self.fit, in: folder)
            #expect(run.status == 1)
            #expect(run.errors.contains("there is no folder 'no/such'"))
        }
    }

    @Test func `a table without a law, and two tables, are told what to type`() throws {
        try withFolder { folder in
            let none = try Binary.run(["report", "runs.csv"], in: folder)
            #expect(none.status == 2)
            #expect(none.errors.contains("--formula"))
            let two = try Binary.run(["report", "runs.csv", "isoflop.csv"] + Self.fit, in: folder)
            #expect(two.status == 2)
            #expect(two.errors.contains("are both tables"))
        }
    }

    @Test(arguments: ["markdown", "html", "latex"])
    func `every command speaks every form`(_ form: String) throws {
        let starts = ["markdown": "", "html": "<!doctype html>", "latex": "% In the preamble:"]
        try withFolder { folder in
            for command in [
                ["predict", "hoffmann-2022", "--at", "N=70B, D=1.4T"], ["plan", "hoffmann-2022", "--flops", "1e22"],
                ["laws", "show", "hoffmann-2022"], ["count", "layers=2,width=8,heads=2,vocab=10,context=4"],
                ["fit", "runs.csv"] + Self.fit,
            ] {
                let run = try Binary.run(command + ["--format", form], in: folder)
                #expect(run.status == 0, "\(command) \(run.errors)")
                #expect(run.output.hasPrefix(starts[form] ?? ""))
            }
            let wrong = try Binary.run(["fit", "runs.csv", "--format", "csv"] + Self.fit, in: folder)
            #expect(wrong.status == 2)
            #expect(wrong.errors.contains("write text, markdown, html, latex or json"))
        }
    }
}
