// What every format of a report promises: the same numbers, names that mean themselves, nothing from outside.

import Foundation
import Formulas
import Reports
import Testing

@Suite struct FormatsTests {
    /// The words of a format without its pictures, its mathematics, and what only it says.
    static func plain(_ format: ReportFormat, _ report: Report) -> String {
        var text = format.render(report)
        switch format.name {
        case "html":
            text = String(text[(text.range(of: "<main")?.lowerBound ?? text.startIndex)...])
            text = String(text[..<(text.range(of: "</main>")?.upperBound ?? text.endIndex)])
            for (start, end) in [("<svg", "</svg>"), ("<script", "</script>"), ("<math", "</math>")] {
                text = without(text, from: start, to: end)
            }
            // An image within an image leaves the end of the outer one.
            text = text.replacing(#/Figure [0-9]+\. /#, with: "")
            text = text.replacing(/<[^>]*>/, with: " ")
            for (entity, meant) in [("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
                text = text.replacing(entity, with: meant)
            }
        case "latex":
            text = String(text[(text.range(of: "\\maketitle")?.upperBound ?? text.startIndex)...])
            text = without(text, from: "\\begin{tikzpicture}", to: "\\end{tikzpicture}")
            text = without(text, from: "\\definecolor", to: "\n")
            text = without(text, from: "\\[", to: "\\]")
            text = without(text, from: "p{0.", to: "}")
            text = without(text, from: "\\hspace*{", to: "}")
            text = text.replacing("{-}", with: "-").replacing("$-$", with: "-")
        case "markdown":
            text = without(text, from: "$$\n", to: "\n$$")
        default: break
        }
        return text
    }

    @Test func `all formats say the same numbers in the same order`() throws {
        let report = try sampleReport()
        let tree = try JSONDecoder().decode(ReportTree.self, from: Data(ReportFormat.json().render(report).utf8))
        #expect(tree == ReportTree(report))
        // The title stands outside of what the others are compared by.
        var told = numbers(in: Self.plain(.text(width: 500, plots: nil), report))
        #expect(told.count > 35)
        let described = numbers(in: Self.plain(.markdown(), report))
        #expect(described == told)
        #expect(numbers(in: Self.plain(.html(), report)) == told)
        #expect(numbers(in: tree.blocks.map(Self.words).joined(separator: " ")) == told)
        // A caption of LaTeX has no words for those who cannot see the picture.
        told.remove(at: try #require(told.firstIndex(of: "12")))
        #expect(numbers(in: Self.plain(.latex(), report)) == told)
    }

    /// The texts of a tree, in the order in which a page shows them.
    static func words(_ node: ReportNode) -> String {
        var texts = [node.title, node.text].compactMap(\.self)
        texts += node.items ?? []
        texts += (node.answers ?? []).flatMap { [$0.label, $0.value, $0.interval, $0.note] }
        texts += (node.facts ?? []).flatMap { [$0.label, $0.text] }
        texts += (node.columns ?? []).map(\.title)
        texts += (node.rows ?? []).flatMap(\.self)
        texts += (node.notices ?? []).flatMap { [$0.message, $0.code, $0.hint] }
        if let description = node.description { texts.append(description) }
        texts += (node.blocks ?? []).map(words)
        return texts.joined(separator: " ")
    }

    @Test func `every format ends in a line feed and is the same each time`() throws {
        for format in ReportFormat.all {
            let (one, other) = (format.render(try sampleReport()), format.render(try sampleReport()))
            #expect(one == other)
            #expect(one.hasSuffix("\n"))
        }
    }

    // MARK: - Markup in names

    @Test func `in HTML no name becomes an element, an attribute or a script`() throws {
        let (tame, wild) = (try sampleReport(), try sampleReport(named: hostile))
        func elements(_ report: Report) -> [String] {
            ReportFormat.html().render(report).matches(of: /<\/?[a-z!][a-zA-Z0-9]*/).map { String($0.output) }
        }
        #expect(elements(wild) == elements(tame))
        let html = ReportFormat.html().render(wild)
        #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
        #expect(!html.contains("<script>alert"))
    }

    @Test func `in Markdown no name becomes a mark, a cell or a formula`() throws {
        let markdown = ReportFormat.markdown().render(try sampleReport(named: hostile))
        let outside = without(markdown, from: "```\n", to: "\n```")
        #expect(outside.contains("&lt;script&gt;alert('x')&lt;/script&gt; a\\|b\\_c \\$5"))
        #expect(!outside.contains("<script>"))
        let rows = markdown.split(separator: "\n").filter { $0.hasPrefix("|") }
        #expect(Set(rows.map { $0.replacing("\\|", with: "").count { $0 == "|" } }) == [6])
        // Code between fences that the code itself cannot close.
        let fences = ReportFormat.markdown().render(Report([.verbatim("a\n```\nb")]))
        #expect(fences == "````\na\n```\nb\n````\n")
        #expect(ReportFormat.markdown().render(Report([.sentence(.code("a`b"))])) == "``a`b``\n")
        #expect(ReportFormat.markdown().render(Report([.sentence("1. no list")])) == "1\\. no list\n")
    }

    @Test func `in LaTeX no name becomes a command`() throws {
        let latex = ReportFormat.latex().render(try sampleReport(named: hostile))
        #expect(
            latex.contains(
                "\\textless{}script\\textgreater{}alert(\\textquotesingle{}x\\textquotesingle{})"))
        #expect(latex.contains("a\\textbar{}b\\_c \\$5 50\\% R\\&D \\#1 \\{x\\} \\textbackslash{}cmd"))
        let (tame, wild) = (try sampleReport(), try sampleReport(named: hostile))
        func commands(_ report: Report) -> Set<String> {
            Set(ReportFormat.latex().render(report).matches(of: /\\[a-zA-Z]+/).map { String($0.output) })
        }
        let own: Set = [
            "\\textless", "\\textgreater", "\\textquotesingle", "\\textbar", "\\textbackslash", "\\textasciitilde",
            "\\textasciicircum", "\\textquotedbl", "\\textasciigrave",
        ]
        #expect(commands(wild).subtracting(commands(tame)).isSubset(of: own))
        // Brackets that belong together, whatever was escaped.
        var depth = 0
        let bare = latex.replacing("\\{", with: "").replacing("\\}", with: "")
        for character in bare {
            depth += character == "{" ? 1 : character == "}" ? -1 : 0
            #expect(depth >= 0)
        }
        #expect(depth == 0)
        // Letters that pdflatex does not know are named.
        #expect(ReportFormat.latex().render(Report([.sentence("模型 naïve")])).contains("{[}U+6A21{]}"))
    }

    // MARK: - HTML

    @Test func `a page asks nothing of anybody`() throws {
        let html = ReportFormat.html().render(try sampleReport())
        for word in ["http://", "https://", "src=", "url(", "@import", "<img", "<iframe", "<object"] {
            #expect(!html.contains(word), "\(word)")
        }
        #expect(html.contains("default-src 'none'"))
        #expect(html.matches(of: /href="(?!#|data:,)/).isEmpty)
    }

    @Test func `elements of a page are closed in order and its ids are unlike`() throws {
        let html = ReportFormat.html().render(try sampleReport())
        let void: Set = ["meta", "link", "br", "hr", "img", "input"]
        var open: [String] = []
        for match in html.matches(of: /<(\/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>/) {
            let (name, isEnd, rest) = (String(match.2), !match.1.isEmpty, match.3)
            if void.contains(name) || rest.hasSuffix("/") { continue }
            if isEnd { #expect(open.popLast() == name) } else { open.append(name) }
        }
        #expect(open.isEmpty)
        let ids = html.matches(of: /\ id="([^"]*)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        for reference in html.matches(of: /\ (?:aria-labelledby|aria-describedby)="([^"]*)"/) {
            #expect(ids.contains(String(reference.1)))
        }
        for link in html.matches(of: /\ href="#([^"]*)"/) { #expect(ids.contains(String(link.1))) }
    }

    @Test func `a page with five figures of 500 runs is below a megabyte`() throws {
        var report = try sampleReport(runs: 500)
        let plates = report.blocks.compactMap { block -> Report.Block? in
            guard case .section("Figures", let blocks) = block else { return nil }
            return blocks[0]
        }
        report.blocks += Array(repeating: try #require(plates.first), count: 4)
        let rows = (0..<500).map { ["run \($0)", "70B", "1.4T", "2.3456", "0.0012"] }
        report.blocks.append(.table(.init(["a", "b", "c", "d", "e"].map { .init($0) }, rows: rows)))
        let size = ReportFormat.html().render(report).utf8.count
        #expect(size < 1_000_000, "\(size) bytes")
    }

    @Test func `headings descend by one and the first is the title`() throws {
        let html = ReportFormat.html().render(try sampleReport())
        let levels = html.matches(of: /<h([1-6])/).compactMap { Int($0.1) }
        #expect(levels.first == 1)
        #expect(levels.count { $0 == 1 } == 1)
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    }

    // MARK: - Pictures

    @Test func `Markdown names the pictures that stand beside it`() throws {
        let format = ReportFormat.markdown(pictures: "my report")
        let report = try sampleReport()
        let files = format.attachments(report)
        #expect(files.map(\.name) == ["my report-fit.svg"])
        #expect(files[0].content.hasPrefix("<svg"))
        #expect(format.render(report).contains("](my%20report-fit.svg)"))
        #expect(ReportFormat.markdown().attachments(report).isEmpty)
    }

    @Test(arguments: [60, 80, 120, 200])
    func `a plot of characters keeps to the width`(_ width: Int) throws {
        let lines = ReportFormat.text(width: width, plots: .braille).render(Report([try sampleReport().blocks[4]]))
            .split(separator: "\n")
        #expect(lines.contains { $0.contains("●") })
        #expect(lines.count > 12)
        #expect(lines.allSatisfy { $0.count <= width }, "\(lines.map(\.count).max() ?? 0)")
    }

    @Test func `a report without a title is a part of LaTeX and not a document`() throws {
        let part = ReportFormat.latex().render(try sampleReport(title: nil))
        #expect(!part.contains("\\documentclass"))
        #expect(part.hasPrefix("% In the preamble: \\usepackage{amsmath}"))
    }

    @Test(arguments: [
        ("y ~ exp(-k*(x - b))", "<mrow><mo>−</mo><mi>k</mi><mo>&#8290;</mo>"),
        ("y ~ 1 - (-k)*x", "<mn>1</mn><mo>−</mo><mrow><mo>(</mo><mo>−</mo><mi>k</mi>"),
        ("y ~ a*(-k*x)", "<mspace width=\"0.15em\"/><mrow><mo>(</mo><mo>−</mo><mi>k</mi>"),
        ("y ~ a + (-k)", "<mo>+</mo><mrow><mo>(</mo><mo>−</mo><mi>k</mi>"),
    ])
    func `a sign is a minus, and stands in brackets where another sign stands before it`(
        _ text: String, _ part: String
    )
        throws
    {
        let html = ReportFormat.html().render(Report([.formula(try Formula(text))]))
        #expect(html.contains(part), "\(html.firstMatch(of: /<math.*<\/math>/)?.output ?? "")")
    }

    @Test func `formulas are set as mathematics, with the text beside`() throws {
        let html = ReportFormat.html().render(Report([.formula(try Formula("loss ~ E + (A/N)^alpha - 2*(B - 1)/D"))]))
        #expect(
            html.contains(
                "<mi>loss</mi><mo>=</mo><mi>E</mi><mo>+</mo><msup><mrow><mrow><mo>(</mo><mfrac>"))
        #expect(html.contains("<mi>α</mi>"))
        #expect(html.contains("<code>loss ~ E + (A / N)^alpha - 2 * (B - 1) / D</code>"))
        // What this does not set stays as typed.
        let sum = ReportFormat.html().render(Report([.formula(try Formula("y ~ sum(i, 1, 3, a[i]*x[i])"))]))
        #expect(!sum.contains("<math"))
        #expect(sum.contains("sum(i, 1, 3"))
    }
}
