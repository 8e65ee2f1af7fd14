// GitHub's Markdown, for issues, notes and repositories.

extension ReportFormat {
    /// Markdown as GitHub reads it.
    ///
    /// - Parameter pictures: how the names of the pictures begin that stand beside the report: `report` for
    ///   `report-fit.svg`. Nil leaves pictures to their descriptions.
    public static func markdown(pictures: String? = nil) -> ReportFormat {
        ReportFormat(
            name: "markdown",
            attachments: { report in
                guard let pictures else { return [] }
                return report.plates.map {
                    Attachment(name: "\(pictures)-\($0.name).svg", content: $0.views[0].wide.svg)
                }
            },
            render: { report in
                var page = MarkdownPage(pictures: pictures)
                if let title = report.title { page.heading(title, 1) }
                page.write(report.blocks, level: 2)
                return page.text
            })
    }
}

private struct MarkdownPage {
    let pictures: String?
    private(set) var text = ""

    init(pictures: String?) { self.pictures = pictures }

    mutating func heading(_ title: String, _ level: Int) {
        paragraph(String(repeating: "#", count: min(level, 6)) + " " + MarkdownText.escaped(title))
    }

    mutating func write(_ blocks: [Report.Block], level: Int) {
        for block in blocks { write(block, level) }
    }

    private mutating func write(_ block: Report.Block, _ level: Int) {
        switch block {
        case .section(let title, let blocks):
            heading(title, level)
            write(blocks, level: level + 1)
        case .sentence(let words): paragraph(MarkdownText.line(words))
        case .verbatim(let lines): paragraph(MarkdownText.fenced(lines))
        case .facts(let facts):
            paragraph(
                facts.map { "- **\(MarkdownText.escaped($0.label))**: \(MarkdownText.words($0.words))" }
                    .joined(separator: "\n"))
        case .list(let items): paragraph(items.map { "- " + MarkdownText.words($0) }.joined(separator: "\n"))
        case .table(let grid):
            if !grid.caption.isEmpty { paragraph("*\(MarkdownText.escaped(grid.caption))*") }
            paragraph(MarkdownText.table(grid))
        case .notices(let notices):
            for notice in notices {
                let code = notice.code.isEmpty ? "" : " (\(MarkdownText.code(notice.code)))"
                let hint = notice.hint.isEmpty ? "" : "  \n> " + MarkdownText.escaped(notice.hint)
                paragraph("> **Warning**\(code): \(MarkdownText.escaped(notice.message))\(hint)")
            }
        case .answers(let answers):
            paragraph(
                answers.map { answer in
                    var line = "- \(MarkdownText.escaped(answer.label)): **\(MarkdownText.escaped(answer.value))**"
                    if !answer.interval.isEmpty { line += " (\(MarkdownText.escaped(answer.interval)))" }
                    return answer.note.isEmpty ? line : line + ", " + MarkdownText.escaped(answer.note)
                }.joined(separator: "\n"))
        case .figure(let plate):
            let description = MarkdownText.escaped(plate.description)
            if let pictures { paragraph("![\(description)](\(MarkdownText.path("\(pictures)-\(plate.name).svg")))") }
            let title = "**\(MarkdownText.escaped(plate.title))**. \(MarkdownText.words(plate.caption))"
            paragraph(pictures == nil ? "\(title) \(description)" : title)
        case .formula(let formula):
            paragraph(MarkdownText.fenced("\(formula)"))
            // A sign of comparison would begin a tag; a name with one stays as it was typed above.
            let mathematics = formula.latex.replacing(" < ", with: " \\lt ").replacing(" > ", with: " \\gt ")
            if !mathematics.contains("<"), !mathematics.contains(">") { paragraph("$$\n\(mathematics)\n$$") }
        case .passage(let paragraphs):
            for words in paragraphs { paragraph(MarkdownText.line(words)) }
        }
    }

    private mutating func paragraph(_ content: String) {
        if content.isEmpty { return }
        text += (text.isEmpty ? "" : "\n") + content + "\n"
    }
}
