// Text in Markdown that means itself.

enum MarkdownText {
    /// Text of which nothing is taken for markup, in one line.
    static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "|", "~", "$": out += "\\\(character)"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "&": out += "&amp;"
            case _ where character.isNewline: out += " "
            default: out.append(character)
            }
        }
        return out
    }

    /// Words that stand at the beginning of a line, where they could begin a list.
    static func line(_ words: Words) -> String {
        let text = self.words(words)
        if let first = text.first, first == "-" || first == "+" { return "\\" + text }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let rest = text.dropFirst(digits.count)
        if !digits.isEmpty, rest.hasPrefix(". ") || rest.hasPrefix(") ") { return digits + "\\" + rest }
        return text
    }

    /// Code in a line, between marks that are longer than any within.
    static func code(_ text: String) -> String {
        let mark = String(repeating: "`", count: longestRun(text, above: 0) + 1)
        let air = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
        return mark + air + text.replacing("\n", with: " ") + air + mark
    }

    static func words(_ words: Words) -> String {
        words.parts.map { part in
            switch part.mark {
            case .plain, .faint: escaped(part.text)
            case .strong: part.text.isEmpty ? "" : "**\(escaped(part.text))**"
            case .code: part.text.isEmpty ? "" : code(part.text)
            }
        }.joined()
    }

    /// Lines between fences that are longer than any of their own.
    static func fenced(_ lines: String) -> String {
        let fence = String(repeating: "`", count: longestRun(lines, above: 2) + 1)
        return "\(fence)\n\(lines)\n\(fence)"
    }

    private static func longestRun(_ text: String, above least: Int) -> Int {
        var (longest, run) = (least, 0)
        for character in text {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    static func table(_ grid: Report.Grid) -> String {
        let titles = "| " + grid.columns.map { escaped($0.title) }.joined(separator: " | ") + " |"
        let rule = "|" + grid.columns.map { $0.alignment == .left ? "---|" : "---:|" }.joined()
        let rows = grid.rows.map { row in "| " + row.map(escaped).joined(separator: " | ") + " |" }
        return ([titles, rule] + rows).joined(separator: "\n")
    }

    /// A file's name in a link.
    static func path(_ name: String) -> String {
        name.utf8.map { byte in
            let isPlain =
                (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2D
                || byte == 0x2E || byte == 0x5F
            if isPlain { return String(Unicode.Scalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count < 2 ? "0" : "") + digits
        }.joined()
    }
}
