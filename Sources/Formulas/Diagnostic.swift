// How a fault in a text is shown: the line, a caret under the place, and what to type next.

/// A message with a place and a hint, ready to print; it carries no colour and no leading `error:`.
public struct Diagnostic: Equatable, Sendable {
    public var summary: String
    public var details: [String]
    public var help: String?

    public init(summary: String, details: [String] = [], help: String? = nil) {
        self.summary = summary
        self.details = details
        self.help = help
    }

    /// The message: the summary, the details indented by two, the help.
    public var text: String {
        var lines = [summary] + details.map { $0.isEmpty ? "" : "  " + $0 }
        if let help { lines.append("  help: " + help) }
        return lines.joined(separator: "\n")
    }

    /// The line of `text` that holds `range` and a line of carets under it; long lines are cut around the place.
    public static func excerpt(of text: String, at range: Range<Int>) -> [String] {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { return [] }
        let place = min(range.lowerBound, bytes.count)
        var lineStart = place
        while lineStart > 0, !bytes[lineStart - 1].isNewline { lineStart -= 1 }
        var lineEnd = place
        while lineEnd < bytes.count, !bytes[lineEnd].isNewline { lineEnd += 1 }
        let width = 60
        let from = place - lineStart > width ? boundary(bytes, place - width) : lineStart
        let to = lineEnd - place > width ? boundary(bytes, place + width) : lineEnd
        func shown(_ range: Range<Int>) -> String {
            printable(String(decoding: bytes[range], as: UTF8.self))
        }
        let before = (from > lineStart ? "…" : "") + shown(from..<place)
        let marked = shown(place..<max(place, min(range.upperBound, to)))
        let line = before + shown(place..<to) + (to < lineEnd ? "…" : "")
        let carets = String(repeating: " ", count: before.count) + String(repeating: "^", count: max(1, marked.count))
        return [line, carets]
    }

    /// `words` on one line for a message: shortened, and without characters that would steer a terminal.
    package static func plain(_ words: String, longest: Int = 60) -> String {
        let start = words.unicodeScalars.prefix(longest + 1)
        return start.count > longest
            ? printable(String(String.UnicodeScalarView(start.dropLast()))) + "…" : printable(words)
    }

    /// Whether a terminal shows every character as itself.
    static func isPrintable(_ words: String) -> Bool { words.unicodeScalars.allSatisfy(isPrintable) }

    // A tab becomes a space, so that one character stays one column.
    private static func printable(_ words: String) -> String {
        if isPrintable(words) { return words }
        var result = String.UnicodeScalarView()
        for scalar in words.unicodeScalars {
            result.append(scalar == "\t" ? " " : isPrintable(scalar) ? scalar : "\u{FFFD}")
        }
        return String(result)
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: return false
        default: return true
        }
    }

    // Moves back to the start of a character, so that no character is cut in two.
    private static func boundary(_ bytes: [UInt8], _ position: Int) -> Int {
        var position = position
        while position > 0, position < bytes.count, bytes[position] & 0xC0 == 0x80 { position -= 1 }
        return position
    }
}
