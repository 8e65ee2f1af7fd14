// A drawing in characters: lines of braille, symbols as letters, ticks beside and below.

/// A small plot for a terminal or a pipe.
struct TextPlot {
    private let part: (frame: Drawing.Rectangle, shapes: [Drawing.Shape])
    private let drawing: Drawing
    private let columns: Int
    private let rows: Int
    // Eight dots a cell, row by row.
    private var dots: [UInt8]
    private var symbols: [Character?]

    /// The lines of the plot; none for a drawing without a frame, or where there is no room.
    static func lines(_ plate: Report.Plate, width: Int) -> [String] {
        let drawing = width >= 100 ? plate.views[0].wide : plate.views[0].narrow
        guard let part = drawing.parts.first, drawing.parts.count == 1, width >= 40 else { return [] }
        var plot = TextPlot(drawing, part, width: min(width, 120))
        for shape in part.shapes { plot.draw(shape) }
        return plot.lines
    }

    private init(_ drawing: Drawing, _ part: (frame: Drawing.Rectangle, shapes: [Drawing.Shape]), width: Int) {
        (self.drawing, self.part) = (drawing, part)
        let left = Self.beside(drawing, part.frame).map(\.text.count).max() ?? 0
        let right = Self.ends(drawing, part.frame).map(\.text.count).max() ?? 0
        columns = max(20, width - left - 2 - (right > 0 ? right + 1 : 0))
        rows = min(max(columns / 4, 10), 22)
        dots = Array(repeating: 0, count: columns * rows)
        symbols = Array(repeating: nil, count: columns * rows)
    }

    // MARK: - Marks

    private mutating func draw(_ shape: Drawing.Shape) {
        switch shape {
        case .line(let places, let stroke):
            for (from, to) in zip(places, places.dropFirst()) { line(from, to, isBroken: stroke.dashes != nil) }
        case .symbol(let symbol, let place, _, _, _):
            let (x, y) = dot(place)
            guard x >= 0, y >= 0, x < 2 * Double(columns), y < 4 * Double(rows) else { return }
            symbols[Int(y) / 4 * columns + Int(x) / 2] = symbol.character
        case .area, .letters: break
        }
    }

    private func dot(_ place: Drawing.Place) -> (x: Double, y: Double) {
        let frame = part.frame
        return (
            (place.x - frame.left) / frame.width * Double(2 * columns),
            (place.y - frame.top) / frame.height * Double(4 * rows)
        )
    }

    private mutating func line(_ from: Drawing.Place, _ to: Drawing.Place, isBroken: Bool) {
        let (a, b) = (dot(from), dot(to))
        let length = max((b.x - a.x).magnitude, (b.y - a.y).magnitude)
        guard length.isFinite, length < 100_000 else { return }
        let steps = max(1, Int(length.rounded(.up)))
        for step in 0...steps {
            let share = Double(step) / Double(steps)
            let (x, y) = (a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
            guard x >= 0, y >= 0, x < Double(2 * columns), y < Double(4 * rows) else { continue }
            if isBroken, (Int(x) / 2 + Int(y) / 4) % 2 == 1 { continue }
            dots[Int(y) / 4 * columns + Int(x) / 2] |= Self.bits[Int(y) % 4][Int(x) % 2]
        }
    }

    /// The dot of a braille cell at a row and a column (Unicode 16, chapter 21.1).
    private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    // MARK: - Lines

    private var lines: [String] {
        let beside = Self.beside(drawing, part.frame)
        let left = beside.map(\.text.count).max() ?? 0
        var labels = Array(repeating: "", count: rows)
        for (text, y) in beside { labels[row(y)] = text }
        var ends = Array(repeating: "", count: rows)
        for (text, y) in Self.ends(drawing, part.frame) where ends[row(y)].isEmpty { ends[row(y)] = text }
        let words = Self.titles(drawing, part.frame)
        var lines: [String] = words.y.isEmpty ? [] : [words.y]
        for row in 0..<rows {
            let cells = (0..<columns).map { column -> Character in
                let place = row * columns + column
                if let symbol = symbols[place] { return symbol }
                return dots[place] == 0 ? " " : Self.braille(dots[place])
            }
            let label = TextTable.padded(labels[row], to: left, .right)
            lines.append("\(label) \(labels[row].isEmpty ? "│" : "┤")\(String(cells)) \(ends[row])")
        }
        let margin = String(repeating: " ", count: left + 1)
        var rule = Array(repeating: Character("─"), count: columns)
        var below = Array(repeating: Character(" "), count: columns + left + 2)
        for (text, x) in Self.below(drawing, part.frame) {
            let column = min(columns - 1, max(0, Int((x - part.frame.left) / part.frame.width * Double(columns))))
            let start = min(max(0, left + 2 + column - text.count / 2), below.count - text.count)
            let around = max(0, start - 1)..<min(below.count, start + text.count + 1)
            guard start >= 0, below[around].allSatisfy({ $0 == " " }) else { continue }
            rule[column] = "┬"
            below.replaceSubrange(start..<(start + text.count), with: Array(text))
        }
        lines.append("\(margin)└\(String(rule))")
        lines.append(String(below))
        if !words.x.isEmpty {
            lines.append(
                margin + " " + String(repeating: " ", count: max(0, (columns - words.x.count) / 2)) + words.x)
        }
        return lines.map { line in
            var line = Substring(line)
            while line.last == " " { line.removeLast() }
            return String(line)
        }
    }

    private func row(_ y: Double) -> Int {
        min(rows - 1, max(0, Int((y - part.frame.top) / part.frame.height * Double(rows))))
    }

    private static func braille(_ dots: UInt8) -> Character {
        Character(Unicode.Scalar(0x2800 + UInt32(dots)) ?? " ")
    }

    // MARK: - Words

    // Ticks left of the frame, at the height of their middle.
    private static func beside(_ drawing: Drawing, _ frame: Drawing.Rectangle) -> [(text: String, y: Double)] {
        drawing.below.compactMap { shape in
            guard case .letters(let letters, let place) = shape, letters.anchor == .end, place.x < frame.left else {
                return nil
            }
            return (letters.text, place.y - 4)
        }
    }

    // Labels right of the frame.
    private static func ends(_ drawing: Drawing, _ frame: Drawing.Rectangle) -> [(text: String, y: Double)] {
        drawing.above.compactMap { shape in
            guard case .letters(let letters, let place) = shape, place.x > frame.right else { return nil }
            return (letters.text, place.y - 4)
        }
    }

    // Ticks below the frame.
    private static func below(_ drawing: Drawing, _ frame: Drawing.Rectangle) -> [(text: String, x: Double)] {
        drawing.below.compactMap { shape in
            guard case .letters(let letters, let place) = shape, letters.anchor == .middle, !letters.isUpright,
                place.y > frame.bottom, place.y < frame.bottom + 26
            else { return nil }
            return (letters.text, place.x)
        }
    }

    // What the axes measure.
    private static func titles(_ drawing: Drawing, _ frame: Drawing.Rectangle) -> (x: String, y: String) {
        var (x, y) = ("", "")
        for case .letters(let letters, let place) in drawing.below where letters.anchor == .middle {
            if letters.isUpright { y = letters.text } else if place.y > frame.bottom + 26 { x = letters.text }
        }
        return (x, y)
    }
}

extension Drawing.Symbol {
    fileprivate var character: Character {
        switch self {
        case .circle: "•"
        case .diamond: "◆"
        case .square: "■"
        case .triangle: "▲"
        case .cross: "×"
        case .ring: "○"
        }
    }
}
