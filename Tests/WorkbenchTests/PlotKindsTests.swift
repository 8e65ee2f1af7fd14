// Every kind of figure over the data that ships: valid, legible, the same twice, and with all of its numbers.

import Foundation
import Scaling
import Testing
import Workbench

@testable import Reports

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Figures of every kind, made once.
enum Gallery {
    private static let examples = fixtures.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Examples")
    static let ladder = examples.appending(path: "byte-ladder/runs.csv").path
    static let streams = examples.appending(path: "parscale-2025/runs.csv").path
    static let condition = "recipe == \"gated\" and purpose != \"sweep\" and purpose != \"schedule\""

    static func ladderFit() -> FitRequest {
        var fit = FitRequest(table: .path(ladder), formula: "loss ~ A/N^alpha + B/D^beta")
        fit.columns = ["N": "params_total", "D": "tokens"]
        (fit.residual, fit.condition) = ("log", condition)
        return fit
    }

    /// A share that follows the losses of the ladder, with some scatter of its own.
    static func accuracyFit() -> FitRequest {
        var fit = FitRequest(table: .path(ladder), formula: "accuracy ~ 1 - a / (1 + exp(-k * (L - L_0)))")
        fit.columns = [
            "L": "loss", "accuracy": "1 - 0.8/(1 + exp(-6*(loss - 1.5))) + 0.004*sin(tokens)",
        ]
        fit.condition = condition
        return fit
    }

    /// Requests by name; several for kinds that look different from case to case.
    static func requests(in folder: URL) throws -> [(name: String, request: PlotRequest)] {
        let (law, streamLaw) = (folder.appending(path: "ladder.law").path, folder.appending(path: "streams.law").path)
        var fit = ladderFit()
        fit.save = law
        _ = try FitVerb.answer(fit)
        var again = FitRequest(table: .path(streams), law: "chen-2025")
        (again.condition, again.save) = ("corpus == \"pile\"", streamLaw)
        _ = try FitVerb.answer(again)

        let accuracy = folder.appending(path: "accuracy.law").path
        var second = accuracyFit()
        second.save = accuracy
        _ = try FitVerb.answer(second)
        var next = NextRequest(fit: ladderFit())
        next.target = "loss at N=4M, D=80M"
        var batch = next
        (batch.target, batch.spend, batch.candidates) = ("optimal N at 1e17", 1e15, ["N=100k..2M@5, D=2M..100M@5"])
        batch.underWay = ["N=1M, D=40M"]
        var one = FitRequest(table: .path(ladder), formula: "loss ~ E + A/N^alpha")
        (one.columns, one.residual) = (["N": "params_total"], "log")
        one.condition = condition
        var single = NextRequest(fit: one)
        (single.target, single.cost) = ("loss at N=10M", "N")

        func request(_ kind: String, _ law: String? = nil, _ change: (inout PlotRequest) -> Void = { _ in })
            -> PlotRequest
        {
            var request = PlotRequest(kind: kind, law: law)
            change(&request)
            return request
        }
        var comparing = ladderFit()
        comparing.condition = "purpose != \"sweep\" and purpose != \"schedule\""
        var compare = CompareRequest(fit: comparing, by: "recipe")
        compare.draws = 200
        var forecast = ForecastRequest(table: runningCurve, law: "tissue-2024")
        (forecast.schedules, forecast.until) = (["constant peak=3e-4 steps=6000"], 2500)
        var plan = PlanRequest(law: law, budget: 1e15)
        plan.level = 0.9
        return [
            ("backtest", request("backtest") { $0.backtest = BacktestRequest(fit: ladderFit()) }),
            ("comparison", request("comparison") { $0.comparison = compare }),
            ("contours", request("contours", law) { $0.plan = plan }),
            ("contours of streams", request("contours", streamLaw) { ($0.x, $0.y) = ("N", "P") }),
            (
                "contours of a published law",
                request("contours", "hoffmann-2022") { $0.plan = PlanRequest(law: "hoffmann-2022", budget: 5.76e23) }
            ),
            (
                "curve",
                request("curve", "tissue-2024") {
                    ($0.table, $0.schedules) = (runningCurve, ["constant peak=3e-4 steps=6000"])
                }
            ),
            ("fit", request("fit", law) { ($0.at, $0.interval) = (["N=4M, D=80M"], "new-run") }),
            ("fit by a column", request("fit", law) { ($0.by, $0.show) = ("purpose", "recipe == \"plain\"") }),
            ("fit of streams", request("fit", streamLaw) { ($0.x, $0.published) = ("N", "chen-2025") }),
            ("forecast", request("forecast") { $0.forecast = forecast }),
            (
                "frontier", request("frontier", law) { ($0.plan, $0.published) = (plan, "hoffmann-2022") }
            ),
            ("isoflop", request("isoflop") { $0.isoflop = isoFLOPRequest() }),
            ("next", request("next") { $0.next = next }),
            ("next of a batch", request("next") { $0.next = batch }),
            ("next of one input", request("next") { $0.next = single }),
            ("profile", request("profile", law)),
            ("profile of a ratio", request("profile", law) { $0.profiles = ["beta/(alpha+beta)"] }),
            ("residuals", request("residuals", law)),
            ("residuals of streams", request("residuals", streamLaw)),
            ("ridge", request("ridge", law)),
            ("ridge of streams", request("ridge", streamLaw) { ($0.x, $0.y) = ("E", "alpha") }),
            (
                "sensitivity",
                request("sensitivity") { $0.sensitivity = SensitivityRequest(fit: ladderFit()) }
            ),
            (
                "task",
                request("task", accuracy) { ($0.through, $0.at) = ([law], ["N=4M, D=80M", "N=2M, D=200M"]) }
            ),
            ("task of its runs alone", request("task", accuracy) { $0.through = [law] }),
            (
                "task of published laws",
                request("task", "bhagia-2024-accuracy") {
                    ($0.through, $0.set) = (["bhagia-2024"], "arc-easy")
                    $0.at = ["N=6.89B, D=3.95T"]
                }
            ),
        ]
    }

    static let pictures: [(name: String, request: PlotRequest, picture: Picture)] = {
        var made: [(name: String, request: PlotRequest, picture: Picture)] = []
        do {
            try withFolder { folder in
                for (name, request) in try requests(in: folder) {
                    made.append((name, request, try PlotVerb.picture(request)))
                }
            }
        } catch { Issue.record("the gallery cannot be drawn: \(error)") }
        return made
    }()
}

@Suite struct PlotKindsTests {
    @Test func `there is a picture of every kind`() {
        #expect(Set(Gallery.pictures.map(\.request.kind)) == Set(PlotVerb.kinds))
        #expect(PlotVerb.kinds == PlotVerb.kinds.sorted())
    }

    @Test func `every picture is XML, on every ground, and asks no network`() throws {
        for (name, request, picture) in Gallery.pictures {
            for ground in Theme.allCases {
                var request = request
                request.ground = ground.rawValue
                let svg = try PlotVerb.svg(picture, request)
                let parser = XMLParser(data: Data(svg.utf8))
                #expect(parser.parse(), "\(name): \(String(describing: parser.parserError))")
                #expect(svg.components(separatedBy: "http").count == 2, "\(name)")
                #expect(svg.contains("prefers-color-scheme") == (ground == .automatic), "\(name)")
                #expect(!svg.contains("nan") && !svg.contains("inf\""), "\(name)")
            }
        }
    }

    @Test func `no words lie on each other, and none leave the picture`() {
        for (name, _, picture) in Gallery.pictures {
            for (width, height) in [(nil, nil), (1200, 800), (640, picture.usualSize.height)] as [(Double?, Double?)]
            {
                let drawing = picture.drawing(width: width, height: height)
                let boxes = drawing.shapes.compactMap { shape -> (text: String, box: Drawing.Rectangle)? in
                    guard case .letters(let letters, let place) = shape else { return nil }
                    return (letters.text, Lettering.box(letters, place))
                }
                #expect(boxes.count > 4, "\(name)")
                for (place, one) in boxes.enumerated() {
                    #expect(
                        one.box.left >= 0 && one.box.top >= 0 && one.box.right <= drawing.width
                            && one.box.bottom <= drawing.height,
                        "\(name) at \(drawing.width): '\(one.text)' leaves the picture: \(one.box)")
                    for other in boxes[(place + 1)...] {
                        #expect(
                            !one.box.meets(other.box),
                            "\(name) at \(drawing.width): '\(one.text)' lies on '\(other.text)'")
                    }
                }
            }
        }
    }

    @Test func `every panel has ticks along both axes and something to show`() {
        for (name, _, picture) in Gallery.pictures {
            for panel in picture.panels {
                let data = panel.marks.flatMap(\.data)
                #expect(data.contains { $0.x.isFinite && $0.y.isFinite }, "\(name), \(panel.name)")
                let layout = PanelLayout(
                    panel, in: .init(left: 0, top: 0, width: 380, height: 300), isAlone: false)
                let words = layout.below.filter { if case .letters = $0 { true } else { false } }
                #expect(words.count >= 4, "\(name), \(panel.name): \(words.count) words")
            }
        }
    }

    @Test func `the description says numbers, and points say what they are`() throws {
        for (name, request, picture) in Gallery.pictures {
            #expect(picture.description.hasSuffix("."), "\(name)")
            #expect(picture.description.contains { $0.isNumber }, "\(name): \(picture.description)")
            #expect(!picture.description.contains("nan"), "\(name): \(picture.description)")
            let svg = try PlotVerb.svg(picture, request)
            // The picture's own title, and those of points.
            #expect(svg.components(separatedBy: "<title>").count > 2, "\(name)")
        }
    }

    @Test func `the table holds every number of the picture`() throws {
        for (name, _, picture) in Gallery.pictures {
            let lines = picture.csv.split(separator: "\n")
            #expect(lines.first == "panel,mark,series,x,y,lower,upper,label")
            #expect(lines.count - 1 == picture.panels.flatMap(\.marks).flatMap(\.data).count, "\(name)")
        }
        // A place among names is written as the name, in every panel.
        let firm = try #require(Gallery.pictures.first { $0.name == "sensitivity" })
        #expect(firm.picture.csv.components(separatedBy: ",as fitted,").count - 1 >= 2)
        let fit = try #require(Gallery.pictures.first { $0.name == "fit" })
        #expect(fit.picture.csv.components(separatedBy: ",dots,\"runs, N = ").count - 1 == 39)
    }

    @Test func `a line without a band is the law's own to the last digit, draws or not`() throws {
        var fit = Gallery.ladderFit()
        fit.bootstrap = "60"
        try withFolder { folder in
            fit.save = folder.appending(path: "drawn.law").path
            _ = try FitVerb.answer(fit)
            for name in [fit.save ?? "", "hoffmann-2022"] {
                let law = try Law.load(name)
                let points = try Points("N=100k..1M@40, D=5M", for: law)
                #expect(try law.line(through: points).values == law.predict(points).values)
            }
        }
    }

    @Test func `the same request gives the same bytes, as JSON too`() throws {
        try withFolder { folder in
            for (name, request) in try Gallery.requests(in: folder) where ["fit", "ridge"].contains(name) {
                let first = try PlotVerb.answer(request)
                #expect(try PlotVerb.answer(request).json == first.json)
                let read = try JSON.decode(PlotReply.self, from: first.json)
                #expect(read.svg == first.reply.svg && !read.panels.isEmpty)
            }
        }
    }

    // MARK: - Characters

    @Test(arguments: [60, 80, 200]) func `a picture in characters fits its width`(_ width: Int) {
        for (name, _, picture) in Gallery.pictures {
            for style in [TextPictureStyle.ascii, .braille, .coloured] {
                let text = picture.text(width: width, height: 30, style: style)
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                    line.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
                }
                let longest = lines.map(\.count).max() ?? 0
                #expect(longest <= width, "\(name), \(style): \(longest)")
                #expect(lines.count > 12, "\(name)")
                #expect(text.contains("\u{1B}[") == (style == .coloured), "\(name)")
                if style == .ascii { #expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(name)") }
            }
        }
    }

    @Test func `every name has a line of its own in characters, with its mark`() throws {
        let made = try #require(Gallery.pictures.first { $0.name == "sensitivity" })
        guard case .names(let names) = made.picture.panels[0].y.scale else { return #expect(Bool(false), "no names") }
        for style in [TextPictureStyle.ascii, .braille] {
            let panel = TextPanel(made.picture.panels[1], width: 100, height: 10, isAlone: false, style)
            let marks = Set(Drawing.Symbol.allCases.map { TextRaster.glyph($0, style) })
            for name in names {
                // A long name is cut.
                let line = panel.lines.first { $0.text.drop { $0 == " " }.hasPrefix(name.prefix(30)) }
                let mark = line?.text.drop { $0 != "|" && $0 != "┤" }.contains { marks.contains($0) }
                #expect(mark == true, "\(name): \(line?.text ?? "no line")")
            }
        }
    }

    @Test func `powers and signs are written in letters that every machine has`() {
        #expect(TextPanel.plain("10²¹", .ascii) == "1e21")
        #expect(TextPanel.plain("5.76×10²³ FLOP", .ascii) == "5.76e23 FLOP")
        #expect(TextPanel.plain("10⁻³", .ascii) == "1e-3")
        #expect(TextPanel.plain("×10, ≤ 2/√n", .ascii) == "x10, <= 2/sqrt n")
        #expect(TextPanel.plain("10²¹", .braille) == "10²¹")
    }

    // MARK: - What users call things

    @Test func `markup in names is text everywhere`() throws {
        let nasty = "<b onload='x'>&amp;\\\"]]>"
        var rows = "n,recipe,loss\n"
        for place in 0..<12 {
            let n = 1000.0 * Double(1 << place)
            for (recipe, shift) in [("<i>a</i>", 0.0), ("\"<script>b\"", 0.2)] {
                rows += "\(n),\(recipe),\(1.5 + shift + 20 / n.squareRoot() + 0.01 * Double((place * 7) % 5))\n"
            }
        }
        let table = TableSource.text(rows, name: "<table>.csv")
        var fit = FitRequest(table: table, formula: "loss ~ E + A/n^alpha")
        fit.residual = "log"
        var compare = CompareRequest(fit: fit, by: "recipe")
        compare.draws = 100
        var comparison = PlotRequest(kind: "comparison")
        (comparison.comparison, comparison.title) = (compare, nasty)
        var residuals = PlotRequest(kind: "residuals")
        residuals.fit = fit
        for request in [comparison, residuals] {
            let svg = try PlotVerb.answer(request).reply.svg
            let parser = XMLParser(data: Data(svg.utf8))
            #expect(parser.parse(), "\(String(describing: parser.parserError))")
            for tag in ["<b ", "<i>", "<script", "<table"] { #expect(!svg.contains(tag), "\(request.kind): \(tag)") }
        }
    }

    // MARK: - What is lacking

    @Test func `a picture that lacks data says what it needs`() throws {
        func refusal(_ kind: String, _ law: String?, _ change: (inout PlotRequest) -> Void = { _ in }) -> String {
            var request = PlotRequest(kind: kind, law: law)
            change(&request)
            return message { try PlotVerb.picture(request) } ?? "drawn"
        }
        #expect(refusal("isoflop", nil).hasPrefix("plot isoflop: the request of 'isoflop' is missing"))
        #expect(refusal("next", nil).hasPrefix("plot next: the request of 'next' is missing"))
        #expect(refusal("task", "bhagia-2024-accuracy").contains("--through loss.law"))
        #expect(
            refusal("task", "bhagia-2024-accuracy") { $0.through = ["bhagia-2024"] }.contains("--at 'N=…, D=…'"))
        #expect(refusal("fit", nil).contains("nothing says which law"))
        #expect(
            refusal("contours", "luo-2025").contains("no two numbers as inputs")
                || refusal("contours", "luo-2025").contains("nothing says at which"))
        #expect(refusal("contours", "hoffmann-2022") { ($0.x, $0.y) = ("N", "N") }.hasPrefix("--y: 'N'"))
        #expect(refusal("contours", "hoffmann-2022") { $0.x = "M" }.hasPrefix("--x: 'M'"))
        #expect(refusal("contours", "chen-2025") { ($0.x, $0.at) = ("N", ["Q=1"]) }.hasPrefix("--at: 'Q=1'"))
        #expect(refusal("frontier", "hoffmann-2022").contains("--flops 1e24"))
        // A law with a label has a frontier for each: which one is asked for, not that there is none.
        try withFolder { folder in
            var labelled = Gallery.ladderFit()
            labelled.formula = "loss ~ A[purpose]/N^alpha + B/D^beta"
            let path = folder.appending(path: "labelled.law").path
            labelled.save = path
            _ = try FitVerb.answer(labelled)
            #expect(refusal("frontier", path).contains("--fix 'purpose=…'"))
        }
        #expect(refusal("residuals", "hoffmann-2022").contains("no runs of its own"))
        #expect(refusal("curve", "hoffmann-2022").contains("hoffmann-2022"))
        #expect(refusal("fit", "hoffmann-2022") { $0.ground = "black" }.hasPrefix("--ground: 'black'"))
        // As many runs as parameters: residuals, profiles and ridges have nothing to stand on.
        var exact = FitRequest(table: tinyTable, formula: "loss ~ a + b/x + c/x^2 + d/x^3")
        exact.residual = "raw"
        for kind in ["residuals", "profile", "ridge"] {
            #expect(refusal(kind, nil) { $0.fit = exact }.hasPrefix("plot \(kind):"), "\(kind)")
        }
        var few = FitRequest(table: tinyTable, formula: "loss ~ a + b/x")
        few.residual = "raw"
        var backtest = BacktestRequest(fit: few)
        backtest.by = "x"
        #expect(refusal("backtest", nil) { $0.backtest = backtest }.contains("no cutoff of tiny.csv"))
        var ridge = PlotRequest(kind: "ridge")
        (ridge.fit, ridge.x) = (Gallery.ladderFit(), "gamma")
        #expect(message { try PlotVerb.picture(ridge) }?.hasPrefix("--x: 'gamma'") == true)
    }

    @Test func `a PNG that cannot be written is refused`() throws {
        try withFolder { folder in
            let path = folder.appending(path: "no/such/a.png").path
            #expect(message { try PNGFile.write(svg: "<svg/>", to: path) }?.contains("there is no folder") == true)
        }
    }
}
