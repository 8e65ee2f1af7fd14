// A cell of CSV as text: the one place that knows when a text needs quotes.

/// How CSV is written.
public enum CSVText {
    /// The text as a cell that reads back as the same text, with commas between cells.
    ///
    /// In quotes, with quotes inside of it written twice (RFC 4180), stands what has a comma, a quote or the end of a line in
    /// it, by whatever character lines may end; a tab or a semicolon, which a header without commas would be parted by; a
    /// number sign at its start, where a line would be a comment; and spaces at an end, which are no part of a cell.
    public static func cell(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case ",", "\"", ";", "\t", "\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}": false
            default: true
            }
        }
        let (first, last) = (text.utf8.first, text.utf8.last)
        let isBare = isPlain && first != UInt8(ascii: "#") && first != UInt8(ascii: " ") && last != UInt8(ascii: " ")
        return isBare ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
