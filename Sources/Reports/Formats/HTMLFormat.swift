// A page of its own: no network, no font, no file beside it.
//
// The page's own policy forbids every request. Without its script it is a whole page that neither sorts nor hovers.

extension ReportFormat {
    /// HTML in one file, for light and dark, wide and narrow, screen and paper.
    public static func html() -> ReportFormat {
        ReportFormat(name: "html") { report in
            var page = HTMLPage()
            page.write(report.blocks, level: 2)
            return page.document(report)
        }
    }
}

private struct HTMLPage {
    private var body = ""
    private var contents: [(id: String, title: String)] = []
    private var ids: Set<String> = ["main", "theme", "tip", "told"]
    private var figures = 0

    // MARK: - The document

    func document(_ report: Report) -> String {
        let title = report.title ?? report.opening ?? "Allometry"
        let inks = report.plates.flatMap(\.views).flatMap { $0.wide.inks + $0.narrow.inks }
        let links = contents.map { "<li><a href=\"#\($0.id)\">\(HTMLText.escaped($0.title))</a></li>" }
        let nav =
            links.count < 3 ? "" : "<nav aria-label=\"Contents\"><ol>\(links.joined(separator: "\n"))</ol></nav>\n"
        let heading = report.title.map { "<h1>\(HTMLText.typeset($0))</h1>\n" } ?? ""
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="Allometry">
            <title>\(HTMLText.escaped(title))</title>
            <link rel="icon" href="data:,">
            <style>
            \(PageStyle.text(inks: inks))</style>
            </head>
            <body\(nav.isEmpty ? " class=\"short\"" : "")>
            <a class="skip" href="#main">Skip to the contents</a>
            <header><span class="brand">Allometry</span><span class="tools">\
            <button type="button" id="theme" hidden>Dark</button></span></header>
            <div class="page">
            \(nav)<main id="main">
            \(heading)\(body)</main>
            </div>
            <div id="tip" role="tooltip" hidden></div>
            <div id="told" class="unseen" aria-live="polite"></div>
            <script>
            \(PageScript.text)</script>
            </body>
            </html>

            """
    }

    /// Nothing may be fetched from anywhere.
    private static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
        + "base-uri 'none'; form-action 'none'"

    // MARK: - Blocks

    mutating func write(_ blocks: [Report.Block], level: Int) {
        for block in blocks { write(block, level) }
    }

    private mutating func write(_ block: Report.Block, _ level: Int) {
        switch block {
        case .section(let title, let blocks): writeSection(title, blocks, level)
        case .sentence(let words): body += "<p>\(HTMLText.words(words))</p>\n"
        case .verbatim(let lines): body += "<pre class=\"copy\"><code>\(HTMLText.lines(lines))</code></pre>\n"
        case .facts(let facts):
            body += "<dl class=\"facts\">\n"
            for fact in facts {
                body +=
                    "<div><dt>\(HTMLText.typeset(fact.label))</dt><dd>\(HTMLText.words(fact.words))</dd></div>\n"
            }
            body += "</dl>\n"
        case .list(let items):
            body += "<ul>\n" + items.map { "<li>\(HTMLText.words($0))</li>\n" }.joined() + "</ul>\n"
        case .table(let grid): write(grid)
        case .notices(let notices):
            body += "<ul class=\"notices\">\n" + notices.map(Self.item).joined() + "</ul>\n"
        case .answers(let answers):
            // Four side by side would leave one of five alone.
            let style = [5, 6, 9].contains(answers.count) ? "answers thirds" : "answers"
            body += "<dl class=\"\(style)\">\n" + answers.map(Self.card).joined() + "</dl>\n"
        case .figure(let plate): write(plate)
        case .formula(let formula):
            let set = MathML.element(formula).map { $0 + "\n" } ?? ""
            body += """
                <div class="formula">
                \(set)<pre class="copy"><code>\(HTMLText.lines("\(formula)"))</code></pre>
                </div>

                """
        case .passage(let paragraphs):
            body +=
                "<div class=\"passage copy\">\n" + paragraphs.map { "<p>\(HTMLText.words($0))</p>\n" }.joined()
                + "</div>\n"
        }
    }

    private mutating func writeSection(_ title: String, _ blocks: [Report.Block], _ level: Int) {
        let id = newID(title)
        if level == 2 { contents.append((id, title)) }
        let heading = "h\(min(level, 6))"
        body +=
            "<section aria-labelledby=\"\(id)\">\n<\(heading) id=\"\(id)\">\(HTMLText.typeset(title))</\(heading)>\n"
        write(blocks, level: level + 1)
        body += "</section>\n"
    }

    private static func item(_ notice: Report.Notice) -> String {
        let code = notice.code.isEmpty ? "" : " <code>\(HTMLText.escaped(notice.code))</code>"
        let hint = notice.hint.isEmpty ? "" : "<p>\(HTMLText.typeset(notice.hint))</p>"
        return
            "<li><p><span class=\"unseen\">Warning: </span>\(HTMLText.typeset(notice.message))\(code)</p>\(hint)</li>\n"
    }

    private static func card(_ answer: Report.Answer) -> String {
        var text = "<div><dt>\(HTMLText.typeset(answer.label))</dt>"
        text += "<dd class=\"value\">\(HTMLText.typeset(answer.value))</dd>"
        if !answer.interval.isEmpty { text += "<dd class=\"interval\">\(HTMLText.typeset(answer.interval))</dd>" }
        if !answer.note.isEmpty { text += "<dd class=\"note\">\(HTMLText.typeset(answer.note))</dd>" }
        return text + "</div>\n"
    }

    private mutating func write(_ grid: Report.Grid) {
        // Words in the last column are broken, but not into a line for every word.
        let isWordy = grid.rows.contains { ($0.last?.count ?? 0) > 24 }
        func style(_ column: Int) -> String {
            if grid.columns[column].alignment == .right { return " class=\"r\"" }
            return isWordy && column == grid.columns.count - 1 ? " class=\"wordy\"" : ""
        }
        let caption = grid.caption.isEmpty ? "" : "<caption>\(HTMLText.typeset(grid.caption))</caption>\n"
        let sorts = grid.rows.count > 2 ? " class=\"sorts\"" : ""
        body += "<div class=\"scroll\"><table\(sorts)>\n\(caption)<thead><tr>"
        for (column, title) in grid.columns.map(\.title).enumerated() {
            body +=
                title.isEmpty
                ? "<td\(style(column))></td>" : "<th scope=\"col\"\(style(column))>\(HTMLText.typeset(title))</th>"
        }
        body += "</tr></thead>\n<tbody>\n"
        for row in grid.rows {
            body += "<tr>"
            for (column, cell) in row.enumerated() {
                let isHead = column == 0 && grid.columns[0].alignment == .left
                let (name, scope) = isHead ? ("th", " scope=\"row\"") : ("td", "")
                body += "<\(name)\(scope)\(style(column))>\(HTMLText.typeset(cell))</\(name)>"
            }
            body += "</tr>\n"
        }
        body += "</tbody></table></div>\n"
    }

    private mutating func write(_ plate: Report.Plate) {
        figures += 1
        let id = newID("figure-\(plate.name)")
        body += "<figure class=\"plate\" id=\"\(id)\">\n"
        for (position, view) in plate.views.enumerated() {
            body +=
                "<div class=\"view\" data-label=\"\(HTMLText.escaped(view.label))\"\(position > 0 ? " hidden" : "")>\n"
            body += view.wide.element("wide", labelledBy: "\(id)-title", describedBy: "\(id)-words")
            body += view.narrow.element("narrow", labelledBy: "\(id)-title", describedBy: "\(id)-words")
            body += "</div>\n"
        }
        let told = plate.views[0].wide.told
        if !told.isEmpty {
            let texts = told.map { "\"\(HTMLText.scripted($0))\"" }.joined(separator: ",\n")
            body += "<script type=\"application/json\">[\(texts)]</script>\n"
        }
        body += """
            <figcaption><strong id="\(id)-title">Figure \(figures). \(HTMLText.typeset(plate.title)).</strong> \
            <span>\(HTMLText.words(plate.caption))</span>\
            <span class="unseen" id="\(id)-words">\(HTMLText.typeset(plate.description))</span></figcaption>
            </figure>

            """
    }

    // Letters and digits of the title; a second one of a name gets a number.
    private mutating func newID(_ title: String) -> String {
        var word = ""
        for character in title.lowercased() {
            if character.isASCII, character.isLetter || character.isNumber {
                word.append(character)
            } else if word.last.map({ $0 != "-" }) ?? false {
                word.append("-")
            }
        }
        while word.last == "-" { word.removeLast() }
        if word.isEmpty { word = "part" }
        var (id, count) = (word, 1)
        while !ids.insert(id).inserted {
            count += 1
            id = "\(word)-\(count)"
        }
        return id
    }
}

extension Report {
    /// The first words that stand out: what a page without a title is called.
    var opening: String? {
        for case .sentence(let words) in blocks {
            return words.parts.first { $0.mark == .strong }?.text ?? words.text
        }
        return nil
    }
}
