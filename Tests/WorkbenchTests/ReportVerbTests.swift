// report: the same numbers everywhere, parts that say why they are missing, and everything that methods need.

import Foundation
import Reports
import Testing
import Workbench

@Suite struct ReportVerbTests {
    private func request() -> ReportRequest {
        var request = ReportRequest(fit: chinchillaRequest())
        (request.at, request.budget) = (["N=20B, D=500B"], 1e23)
        return request
    }

    private func titles(_ report: Report) -> [String] {
        report.blocks.compactMap { if case .section(let title, _) = $0 { title } else { nil } }
    }

    @Test func `a table becomes a page with every part, the answer first`() throws {
        let answer = try ReportVerb.answer(request())
        let report = answer.report
        #expect(
            titles(report).filter { $0 != "Warnings" } == [
                "The law", "Data", "Predictions", "Plan", "Next runs", "Small runs against large ones",
                "What the answer hangs on", "Methods",
            ])
        var cards: [Report.Answer] = []
        for case .answers(let found) in report.blocks { cards += found }
        #expect(cards.map(\.label).prefix(2) == ["loss at N = 20B, D = 500B", "best N for 1e23 FLOP"])
        #expect(cards.allSatisfy { $0.interval.contains("..") })
        let reply = answer.reply
        #expect(reply.absent.isEmpty)
        #expect(reply.fit?.parameters["alpha"] != nil)
        #expect(reply.next?.target == "loss at N = 20B, D = 500B")
        #expect(reply.plan?.warnings != nil && reply.backtest != nil && reply.sensitivity != nil)
        #expect(reply.page == ReportTree(report))
    }

    @Test func `every number of a report is the same in text, Markdown, HTML, LaTeX and JSON`() throws {
        try compare(try ReportVerb.answer(request()).report)
        var beside = request()
        (beside.published, beside.without) = ("hoffmann-2022", ["backtest", "sensitivity"])
        try compare(try ReportVerb.answer(beside).report)
        try withFolder { try compare(try ReportVerb.answer(taskReport(in: $0)).report) }
    }

    private func compare(_ report: Report) throws {
        func numbers(_ text: String) -> Set<String> {
            Set(text.matches(of: /[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?/).map { String($0.output) })
        }
        func without(_ text: String, _ start: String, _ end: String) -> String {
            var (out, rest) = ("", text[...])
            while let first = rest.range(of: start) {
                out += rest[..<first.lowerBound]
                guard let last = rest.range(of: end, range: first.upperBound..<rest.endIndex) else { return out }
                rest = rest[last.upperBound...]
            }
            return out + rest
        }
        let text = numbers(ReportFormat.text(width: 400, plots: nil).render(report))
        #expect(text.count > 100)
        #expect(numbers(without(ReportFormat.markdown().render(report), "$$\n", "\n$$")) == text)
        var html = ReportFormat.html().render(report)
        html = String(html[try #require(html.range(of: "<main")).lowerBound...].components(separatedBy: "</main>")[0])
        for (start, end) in [("<div class=\"view\"", "</div>"), ("<script", "</script>"), ("<math", "</math>")] {
            html = without(html, start, end)
        }
        html = html.replacing(/Figure [0-9]+\./, with: "").replacing(/<[^>]*>/, with: " ").replacing(
            "&#39;", with: "'")
        #expect(numbers(html) == text)
        // The description of a figure is for those who cannot see it; paper has none.
        var latex = ReportFormat.latex().render(report)
        latex = String(latex[try #require(latex.range(of: "\\maketitle")).upperBound...])
        for (start, end) in [
            ("\\begin{tikzpicture}", "\\end{tikzpicture}"), ("\\definecolor", "\n"), ("\\[", "\\]"), ("p{0.", "}"),
            ("\\hspace*{", "}"),
        ] { latex = without(latex, start, end) }
        latex = latex.replacing("{-}", with: "-").replacing("$-$", with: "-").replacing("$^2$", with: "")
        #expect(numbers(latex).isSubset(of: text))
        func described(_ blocks: [Report.Block]) -> String {
            var text = ""
            for block in blocks {
                if case .figure(let plate) = block { text += plate.description + " " }
                if case .section(_, let inner) = block { text += described(inner) }
            }
            return text
        }
        #expect(text.subtracting(numbers(latex)).isSubset(of: numbers(described(report.blocks))))
        func words(_ node: ReportNode) -> String {
            let own = [node.title, node.text, node.description] + (node.items ?? [])
            let lists = (node.facts ?? []).flatMap { [$0.label, $0.text] } + (node.rows ?? []).flatMap(\.self)
            let more = (node.answers ?? []).flatMap { [$0.label, $0.value, $0.interval, $0.note] }
            let notices = (node.notices ?? []).flatMap { [$0.code, $0.message, $0.hint] }
            return
                (own.compactMap(\.self) + lists + more + notices + (node.columns ?? []).map(\.title)
                + (node.blocks ?? []).map(words)).joined(separator: " ")
        }
        let tree = ReportTree(report)
        #expect(numbers((tree.title ?? "") + " " + tree.blocks.map(words).joined(separator: " ")) == text)
    }

    @Test func `a law beside has its coefficients and its answers in the tables, and its lines in the figures`()
        throws
    {
        var request = request()
        (request.published, request.without) = ("hoffmann-2022", ["backtest", "sensitivity", "next"])
        let answer = try ReportVerb.answer(request)
        let published = try #require(answer.reply.published)
        #expect(isClose(published.coefficients["alpha"], 0.33917084, 1e-12))
        #expect(published.predictions?.predictions.count == 1 && published.plan != nil)
        let text = ReportFormat.text(width: 200, plots: nil).render(answer.report)
        // The same form: beside each other in one table.
        let head = try #require(text.firstMatch(of: /parameter +estimate +standard error +95 % +hoffmann-2022/))
        #expect(text[head.range.upperBound...].firstMatch(of: /\n *alpha .* 0\.339171/) != nil)
        #expect(text.contains("Beside hoffmann-2022") && text.contains("Shown beside is hoffmann-2022"))
        #expect(text.contains("@misc{hoffmann-2022"))
        let plotted = try #require(answer.csv)
        #expect(plotted.contains("\nfit,") && plotted.contains(",curve,hoffmann-2022"))
        #expect(
            plotted.split(separator: "\n").contains { $0.hasPrefix("frontier,") && $0.contains(",hoffmann-2022,") })
        // With bounds, too, the table fits a terminal of 80 columns.
        var form = FitRequest(table: .path(inventedRuns), law: "hoffmann-2022")
        (form.columns, form.condition) = (["N": "params", "D": "tokens"], "loss < 9")
        var narrow = ReportRequest(fit: form)
        (narrow.published, narrow.without) = ("hoffmann-2022", ReportVerb.parts)
        let lines = ReportFormat.text(width: 80).render(try ReportVerb.answer(narrow).report).split(separator: "\n")
        let title = try #require(lines.firstIndex { $0.contains("parameter") && $0.contains("hoffmann-2022") })
        #expect(lines[title..<(title + 6)].allSatisfy { $0.count <= 80 })
        // A law that reads what nobody gives is shown, and not asked.
        request.published = "muennighoff-2023"
        let other = try ReportVerb.answer(request)
        #expect(try #require(other.reply.published).predictions == nil)
        #expect(ReportFormat.text(width: 200, plots: nil).render(other.report).contains("It has other inputs"))
        request.published = "nobody-1999"
        #expect(message { try ReportVerb.answer(request) }?.contains("nobody-1999") == true)
    }

    @Test func `a law in two steps shows both, and what the first one predicts`() throws {
        try withFolder { folder in
            let answer = try ReportVerb.answer(taskReport(in: folder))
            #expect(answer.reply.predictions?.through.map(\.input) == ["L"])
            #expect(answer.reply.plan == nil && answer.reply.next == nil && answer.reply.backtest != nil)
            var figures: [String] = []
            func find(_ blocks: [Report.Block]) {
                for block in blocks {
                    if case .figure(let plate) = block { figures.append(plate.name) }
                    if case .section(_, let inner) = block { find(inner) }
                }
            }
            find(answer.report.blocks)
            #expect(figures.first == "task" && !figures.contains("fit"))
            let text = ReportFormat.text(width: 400, plots: nil).render(answer.report)
            for words in [
                "The step before: L by ladder", "loss ~ A / N^alpha + B / D^beta", "L was predicted by ladder",
                "accuracy at N = 4M, D = 80M",
            ] { #expect(text.contains(words), "\(words)") }
            var request = try taskReport(in: folder)
            request.budget = 1e15
            #expect(message { try ReportVerb.answer(request) }?.contains("allometry plan ladder") == true)
        }
    }

    @Test func `a law of whole curves is shown along its runs, above their schedules`() throws {
        var request = ReportRequest(law: "tissue-2024")
        (request.table, request.schedules) = (runningCurve, ["constant peak=3e-4 steps=6000"])
        request.without = ["backtest", "sensitivity"]
        let answer = try ReportVerb.answer(request)
        let plotted = try #require(answer.csv)
        #expect(plotted.contains("\ncurve,") && plotted.contains("learning rate"))
        #expect(!plotted.contains("\nfit,"))
        #expect(!ReportFormat.text().render(answer.report).contains("Nothing was asked"))
    }

    @Test func `names in titles keep their letters, sentences begin with a large one`() throws {
        var fit = chinchillaRequest()
        fit.formula = "bpb ~ E + A/N^alpha + B/D^beta"
        fit.columns = ["N": "params", "D": "tokens", "bpb": "loss"]
        var request = ReportRequest(fit: fit)
        request.without = ReportVerb.parts
        #expect(try ReportVerb.answer(request).report.title == "The law of bpb, fitted to invented-runs.csv")
        #expect(try ReportVerb.answer(ReportRequest(law: "hoffmann-2022")).report.title?.first == "T")
    }

    @Test func `no caption says where a table lies on somebody's machine`() throws {
        let page = ReportFormat.html().render(try ReportVerb.answer(request()).report)
        for figure in page.components(separatedBy: "<figure").dropFirst() {
            #expect(!figure.components(separatedBy: "</figure>")[0].contains("/" + "Fixtures/"))
        }
    }

    @Test func `a law file finds its runs again and says when they are others`() throws {
        try withFolder { folder in
            let path = folder.appending(path: "mine.law").path
            var fit = chinchillaRequest()
            fit.save = path
            _ = try FitVerb.answer(fit)
            var request = ReportRequest(law: path)
            request.without = ["sensitivity"]
            let same = try ReportVerb.answer(request)
            #expect(same.reply.absent.isEmpty)
            #expect(!same.json.contains("other-runs"))
            request.table = .text(
                "params,tokens,loss\n1M,1B,4\n10M,1B,3.5\n100M,1B,3.2\n10M,10B,3.1\n100M,10B,2.8\n1B,10B,2.6\n1B,1B,3\n",
                name: "other.csv")
            #expect(try ReportVerb.answer(request).json.contains("other-runs"))
        }
    }

    @Test func `a published law has no runs and says so once for each part`() throws {
        var request = ReportRequest(law: "hoffmann-2022")
        (request.at, request.budget) = (["N=70B, D=1.4T"], 5.76e23)
        let answer = try ReportVerb.answer(request)
        #expect(answer.reply.absent.map(\.part) == ["backtest", "next", "sensitivity", "figures"])
        #expect(answer.reply.absent.allSatisfy { $0.reason.contains("no runs at hand") })
        let text = ReportFormat.text().render(answer.report)
        #expect(text.contains("@misc{hoffmann-2022"))
        #expect(text.contains("@software{allometry"))
    }

    @Test func `the methods say objective, exclusions, inputs, seed, end, version and command`() throws {
        var request = request()
        request.arguments = ["report", "runs.csv", "--where", "loss < 9"]
        let text = ReportFormat.text(width: 400).render(try ReportVerb.answer(request).report)
        let methods = text[try #require(text.range(of: "\nMethods\n")).upperBound...]
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for word in [
            "loss ~ E + A / N^alpha + B / D^beta", "sum of squares", "ln observed less ln predicted loss",
            "28 runs of ", "2 by --where", "loss < 9", "N is params", "D is tokens", "seed 1", "Newton",
            "It stopped because a Newton step", "profile likelihood", "backtest", "Allometry \(Version.product)",
            "allometry report runs.csv --where 'loss < 9'", "@software{allometry",
        ] { #expect(methods.contains(word), "\(word)") }
    }

    @Test func `what nobody asked for is taken from the largest run, and said so`() throws {
        let answer = try ReportVerb.answer(ReportRequest(fit: chinchillaRequest()))
        let text = ReportFormat.text(width: 400).render(answer.report).split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        #expect(text.contains("Nothing was asked, so this looks ten times beyond the largest run."))
        #expect(answer.reply.predictions?.predictions.count == 1)
        #expect(answer.reply.plan != nil)
    }

    @Test func `parts that are not wanted are neither made nor missed`() throws {
        var request = request()
        request.without = ReportVerb.parts
        let answer = try ReportVerb.answer(request)
        #expect(titles(answer.report).filter { $0 != "Warnings" } == ["The law", "Data", "Methods"])
        #expect(answer.reply.absent.isEmpty)
        request.without = ["backtests"]
        #expect(message { try ReportVerb.answer(request) }?.contains("did you mean 'backtest'?") == true)
    }

    @Test func `next runs are chosen for the point that is asked, with or without its prediction on the page`() throws
    {
        var request = request()
        request.without = ["predictions", "backtest", "sensitivity", "figures"]
        let answer = try ReportVerb.answer(request)
        #expect(answer.reply.predictions == nil)
        #expect(answer.reply.next?.target == "loss at N = 20B, D = 500B")
        #expect(titles(answer.report).contains("Next runs"))
        // Of whole curves there are none, which the page says in their place.
        var curves = ReportRequest(law: "tissue-2024")
        (curves.table, curves.schedules) = (runningCurve, ["constant peak=3e-4 steps=6000"])
        curves.without = ["backtest", "sensitivity", "figures"]
        let absent = try ReportVerb.answer(curves).reply.absent
        #expect(absent.first { $0.part == "next" }?.reason.contains("reads whole curves") == true)
    }

    @Test func `names in markup stay names on every page`() throws {
        let table = TableSource.text(
            "size,<script>,a|b_$5%\n1,5,x\n2,3.5,x\n3,3,x\n6,2.5,x\n9,2.3,x\n", name: "<b>&runs</b>.csv")
        var fit = FitRequest(table: table, formula: "`<script>` ~ E + A/size")
        fit.condition = "`a|b_$5%` == \"x\""
        var request = ReportRequest(fit: fit)
        request.at = ["size=10"]
        let report = try ReportVerb.answer(request).report
        let html = ReportFormat.html().render(report)
        #expect(html.contains("&lt;script&gt;"))
        #expect(html.matches(of: /<script>/).count == 1)
        #expect(!html.contains("<b>&"))
        #expect(ReportFormat.latex().render(report).contains("\\textless{}script\\textgreater{}"))
        #expect(
            !ReportFormat.markdown().render(report).replacing(/```\n(?s:.*?)\n```/, with: "").contains("<script>"))
    }

    @Test func `the keys of a reply are documented`() throws {
        let page = fixtures.deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/json.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let start = try #require(text.range(of: "\n## report\n")).upperBound
        let end = text.range(of: "\n## ", range: start..<text.endIndex)?.lowerBound ?? text.endIndex
        let json = try JSONSerialization.jsonObject(with: Data(try ReportVerb.answer(request()).json.utf8))
        for key in try #require(json as? [String: Any]).keys { #expect(text[start..<end].contains("`\(key)`")) }
    }

    @Test func `a reply reads back as itself`() throws {
        var request = request()
        request.without = ["backtest", "sensitivity"]
        let reply = try ReportVerb.answer(request).reply
        #expect(try JSON.decode(ReportReply.self, from: JSON.encode(reply)) == reply)
    }
}
