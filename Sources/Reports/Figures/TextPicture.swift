// Pictures in characters, for a terminal: the same marks as everywhere, on a raster of dots.

import Formulas

/// What a picture in characters is made of.
public enum TextPictureStyle: Hashable, Sendable {
    /// Letters and signs that every machine has.
    case ascii
    /// Dots of braille: eight to a character.
    case braille
    /// The same in the terminal's colours.
    case coloured
}

extension Picture {
    /// The picture in characters.
    ///
    /// - Parameters:
    ///   - width: characters a line; no line is longer.
    ///   - height: lines that are wanted; a picture of many panels or names takes more.
    public func text(width: Int = 80, height: Int = 28, style: TextPictureStyle = .ascii) -> String {
        let width = max(40, min(width, 400))
        let head = header(width, style)
        let side = min(columns, max(1, width / 56))
        let rows = (panels.count + side - 1) / side
        let own = max(rows > 1 ? 13 : 15, (max(12, min(height, 200)) - head.count) / max(1, rows))
        var lines = head
        for row in 0..<rows {
            let cells = panels[(row * side)..<min(panels.count, (row + 1) * side)].map { panel in
                TextPanel(
                    panel, width: (width - 2 * (side - 1)) / side, height: own, isAlone: panels.count == 1, style
                ).lines
            }
            for line in 0..<(cells.map(\.count).max() ?? 0) {
                var text = ""
                for (place, cell) in cells.enumerated() {
                    let part = line < cell.count ? cell[line] : TextLine()
                    text += part.text
                    if place < cells.count - 1 { text += part.padding(to: (width - 2 * (side - 1)) / side + 2) }
                }
                lines.append(Self.trimmed(text))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    private func header(_ width: Int, _ style: TextPictureStyle) -> [String] {
        // In two lines where one is too short.
        func broken(_ text: String) -> [String] {
            let plain = TextPanel.plain(text, style)
            if plain.count <= width { return [plain] }
            let first = plain.prefix(width + 1)
            let end = first.lastIndex(of: " ") ?? plain.index(plain.startIndex, offsetBy: width)
            let rest = plain[end...].drop { $0 == " " }
            return [String(plain[..<end]), rest.count <= width ? String(rest) : rest.prefix(width - 3) + "..."]
        }
        var lines = broken(title).map { style == .coloured ? "\u{1B}[1m\($0)\u{1B}[0m" : $0 }
        if !subtitle.isEmpty { lines += broken(subtitle) }
        return lines + TextKey(key, width: width, style).lines.map(\.text)
    }
}

/// A line of characters, and how many of them are seen.
struct TextLine {
    private(set) var text = ""
    private(set) var count = 0

    mutating func add(_ text: String, count: Int? = nil) {
        self.text += text
        self.count += count ?? text.count
    }

    func padding(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) }
}
