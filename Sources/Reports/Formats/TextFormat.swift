// Text for a terminal or a pipe.

extension ReportFormat {
    /// Plain text.
    ///
    /// - Parameters:
    ///   - width: the length of a line in characters; tables and plots take all of it. Sentences are broken to it, or
    ///     to 100, beyond which the eye loses its line; commands are not broken.
    ///   - isColored: whether escape sequences set off what is strong, faint, typed or a warning.
    ///   - plots: what figures are drawn with; nil tells them in words.
    public static func text(width: Int = 80, isColored: Bool = false, plots: TextPictureStyle? = .ascii)
        -> ReportFormat
    {
        ReportFormat(name: "text") { report in
            var page = TextPage(width: max(20, width), isColored: isColored, plots: plots)
            if let title = report.title { page.write([.sentence(.strong(title))], indent: 0) }
            page.write(report.blocks, indent: 0)
            return page.text
        }
    }
}

/// The lines of a report, one block after the other with an empty line in between.
private struct TextPage {
    let width: Int
    let isColored: Bool
    let plots: TextPictureStyle?
    private(set) var text = ""

    /// Longer lines of words are hard to follow.
    private static let longestLine = 100

    init(width: Int, isColored: Bool, plots: TextPictureStyle?) {
        self.width = width
        self.isColored = isColored
        self.plots = plots
    }

    mutating func write(_ blocks: [Report.Block], indent: Int) {
        for block in blocks {
            if !text.isEmpty { text += "\n" }
            write(block, indent: indent)
        }
    }

    private mutating func write(_ block: Report.Block, indent: Int) {
        switch block {
        case .section(let title, let blocks):
            line(painted(title, .strong), indent)
            for (position, block) in blocks.enumerated() {
                if position > 0 { text += "\n" }
                write(block, indent: indent + 2)
            }
        case .sentence(let words): paragraph(words, indent)
        case .verbatim(let lines):
            for part in lines.split(separator: "\n", omittingEmptySubsequences: false) {
                line(part.isEmpty ? "" : painted(String(part), .code), indent)
            }
        case .facts(let facts):
            let column = (facts.map(\.label.count).max() ?? 0) + 2
            for fact in facts {
                let label = painted(TextTable.padded(fact.label, to: column, .left), .faint)
                paragraph(fact.words, indent + column, first: String(repeating: " ", count: indent) + label)
            }
        case .list(let items):
            for item in items { paragraph(item, indent + 2, first: String(repeating: " ", count: indent) + "- ") }
        case .table(let table):
            if !table.caption.isEmpty { paragraph(.faint(table.caption), indent) }
            let lines = TextTable.lines(table, width: width - indent)
            for (row, cells) in lines.enumerated() { line(row == 0 ? painted(cells, .faint) : cells, indent) }
        case .notices(let notices):
            for notice in notices { write(notice, indent) }
        case .answers(let answers): write(answers, indent)
        case .figure(let plate): write(plate, indent)
        case .formula(let formula): line(painted("\(formula)", .code), indent)
        case .passage(let paragraphs):
            for (position, words) in paragraphs.enumerated() {
                if position > 0 { text += "\n" }
                paragraph(words, indent)
            }
        }
    }

    private mutating func write(_ answers: [Report.Answer], _ indent: Int) {
        for answer in answers {
            var words = Words(answer.label + ": ") + .strong(answer.value)
            if !answer.interval.isEmpty { words = words + Words(" (\(answer.interval))") }
            paragraph(words, indent + 2, first: String(repeating: " ", count: indent), taken: indent)
            if !answer.note.isEmpty { paragraph(.faint(answer.note), indent + 2) }
        }
    }

    private mutating func write(_ plate: Report.Plate, _ indent: Int) {
        paragraph(.strong(plate.title + ".") + " " + plate.caption, indent)
        guard let plots else { return paragraph(.faint(plate.description), indent) }
        text += "\n"
        let lines = plate.picture.text(width: width - indent, height: 24, style: plots)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast().drop(while: \.isEmpty)
        for plotted in lines { line(String(plotted), indent) }
    }

    private mutating func write(_ notice: Report.Notice, _ indent: Int) {
        let margin = String(repeating: " ", count: indent)
        let label = isColored ? "\u{1B}[33mwarning:\u{1B}[0m " : "warning: "
        let end: Words = notice.code.isEmpty ? "" : " " + .faint("(\(notice.code))")
        paragraph(Words(notice.message) + end, indent + 2, first: margin + label, taken: indent + 9)
        if !notice.hint.isEmpty { paragraph(Words(notice.hint), indent + 2) }
    }

    private mutating func line(_ content: String, _ indent: Int) {
        text += (content.isEmpty ? "" : String(repeating: " ", count: indent) + content) + "\n"
    }

    // `first` stands before the first line, `taken` columns wide; the others start at `indent`.
    private mutating func paragraph(_ words: Words, _ indent: Int, first: String? = nil, taken: Int? = nil) {
        let margin = String(repeating: " ", count: indent)
        text += first ?? margin
        var column = taken ?? indent
        var isStart = true
        for word in TextPage.words(words) {
            let length = word.reduce(0) { $0 + $1.text.count }
            if !isStart, column + 1 + length > min(width, indent + Self.longestLine) {
                text += "\n" + margin
                (column, isStart) = (indent, true)
            }
            if !isStart {
                text += " "
                column += 1
            }
            for part in word { text += painted(part.text, part.mark) }
            column += length
            isStart = false
        }
        text += "\n"
    }

    // What stands between two spaces, with its marks; code is one word.
    private static func words(_ words: Words) -> [[Words.Part]] {
        var result: [[Words.Part]] = []
        var open = false
        for part in words.parts {
            let pieces =
                part.mark == .code
                ? [Substring(part.text)] : part.text.split(separator: " ", omittingEmptySubsequences: false)
            for (position, piece) in pieces.enumerated() {
                if position > 0 { open = false }
                if piece.isEmpty { continue }
                let part = Words.Part(text: String(piece), mark: part.mark)
                if open { result[result.count - 1].append(part) } else { result.append([part]) }
                open = true
            }
        }
        return result
    }

    private func painted(_ text: String, _ mark: Words.Mark) -> String {
        guard isColored, !text.isEmpty else { return text }
        switch mark {
        case .plain: return text
        case .strong: return "\u{1B}[1m\(text)\u{1B}[0m"
        case .faint: return "\u{1B}[2m\(text)\u{1B}[0m"
        case .code: return "\u{1B}[36m\(text)\u{1B}[0m"
        }
    }
}
