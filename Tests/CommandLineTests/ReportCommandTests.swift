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
        ("page.tex", "\\documentclass"), ("page.json", "{\n"), ("page.txt", "The law of loss, fitted to"),
        ("page.csv", "figure,panel,mark,series,x,y,lower,upper,label\nfit,"),
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

    @Test(arguments: ["page.docx", "page.tsv", "page.html.gz"])
    func `an ending that says no form is refused before anything is fitted`(_ name: String) throws {
        let run = try Binary.run(["report", "hoffmann-2022", "--to", name])
        #expect(run.status == 2)
        #expect(run.errors.contains("help: end it in .txt, .md, .html, .tex, .json or .csv"))
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

    @Test func `everything that is plotted is in one table, as each picture gives it alone`() throws {
        try withFolder { folder in
            let law = try Binary.run(["fit", "runs.csv", "--save", "mine.law"] + Self.fit, in: folder)
            #expect(law.status == 0)
            let all = try Binary.run(
                ["report", "mine.law", "--at", "N=20B, D=500B", "--flops", "1e23", "--format", "csv"], in: folder)
            #expect(all.status == 0, "\(all.errors)")
            let rows = all.output.split(separator: "\n").dropFirst()
            let figures = Set(rows.map { $0.prefix { $0 != "," } })
            #expect(figures == ["backtest", "contours", "fit", "frontier", "next", "residuals", "sensitivity"])
            let alone = try Binary.run(["plot", "residuals", "mine.law", "--format", "csv"], in: folder)
            #expect(
                rows.filter { $0.hasPrefix("residuals,") }.map { $0.dropFirst("residuals,".count) }
                    == alone.output.split(separator: "\n").dropFirst().map { $0[...] })
        }
    }

    @Test func `a law in two steps has no budget of its own`() throws {
        let run = try Binary.run([
            "report", "bhagia-2024-accuracy", "--through", "bhagia-2024", "--at", "N=7B, D=4T", "--flops", "1e23",
        ])
        #expect(run.status == 2)
        #expect(run.errors.contains("help: plan that one"))
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
