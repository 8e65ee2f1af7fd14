// One figure in characters: its axes, its marks on a raster, and words where there is room.

/// A panel of a picture as lines.
struct TextPanel {
    private(set) var lines: [TextLine] = []
    private let style: TextPictureStyle

    init(_ figure: Figure, width: Int, height: Int, isAlone: Bool, _ style: TextPictureStyle) {
        self.style = style
        func plain(_ text: String) -> String { Self.plain(text, style) }
        // Words above: what stands along y; what stands along x is below the ticks.
        let title = isAlone || figure.title == figure.y.label ? "" : plain(figure.title)
        let above = [title, plain(figure.y.label)].filter { !$0.isEmpty }.joined(separator: ": ")
        var high = max(6, height - 4)
        if case .names(let names) = figure.y.scale { high = max(high, names.count + 1) }
        let range = Canvas(figure, frame: .init(left: 0, top: 0, width: 1, height: 1)).yRange
        let rows = Ticks(range, figure.y, most: max(2, min(7, high / 3)))
        let labels = rows.labels.map { Self.cut(plain($0), width * 2 / 5) }
        let left = (labels.map(\.count).max() ?? 0) + 2
        let ends = figure.marks.flatMap(\.endLabels).map(plain)
        let right = ends.isEmpty ? 1 : 2 + min(width / 4, ends.map(\.count).max() ?? 0)
        let wide = max(16, width - left - right)

        let density = TextRaster.density(style)
        let frame = Drawing.Rectangle(
            left: 0, top: 0, width: Double(wide * density.x - 1), height: Double(high * density.y - 1))
        var canvas = Canvas(figure, frame: frame)
        // A letter stands for about seven points across and fourteen down.
        canvas.grain = (Double(density.x) / 7, Double(density.y) / 14)
        for mark in figure.marks where !mark.isGround { mark.draw(on: &canvas) }
        var raster = TextRaster(width: wide, height: high, style: style)
        for shape in canvas.shapes { raster.draw(shape) }
        for note in canvas.notes {
            let text = plain(note.letters.text)
            // A word stands off its mark, a number close to it.
            let gap = text.count > 2 ? 1 : 0
            raster.write(
                text,
                at: note.places.map { place, anchor in
                    let aside = anchor == .start ? gap : anchor == .end ? -gap : 0
                    let column = Int((place.x / Double(density.x)).rounded()) + aside
                    let back = anchor == .start ? 0 : anchor == .middle ? text.count / 2 : text.count
                    return (column - back, Int(place.y.rounded()) / density.y)
                }, note.letters.ink)
        }

        if !above.isEmpty { add(String(Self.cut(above, width))) }
        let beside = Self.beside(canvas.labels, high, density.y, right - 2, style)
        let ticks = Dictionary(
            zip(rows.values, labels).map { value, label in
                (Int(canvas.y(value).rounded()) / density.y, label)
            }
        ) { first, _ in first }
        for row in 0..<high {
            var line = TextLine()
            let label = ticks[row] ?? ""
            line.add(String(repeating: " ", count: left - 2 - label.count) + label + " ")
            line.add(style == .ascii ? "|" : ticks[row] == nil ? "│" : "┤")
            let marks = raster.line(row)
            line.add(marks.text, count: marks.count)
            if let (text, ink) = beside[row] {
                let code = style == .coloured ? ink.terminal : nil
                line.add(" ")
                line.add(code.map { "\u{1B}[\($0)m\(text)\u{1B}[0m" } ?? text, count: text.count)
            }
            lines.append(line)
        }
        addColumns(figure, canvas, left, wide, density.x, width)
    }

    private mutating func add(_ text: String) {
        var line = TextLine()
        line.add(text)
        lines.append(line)
    }

    // The horizontal axis, its ticks, and what it measures.
    private mutating func addColumns(
        _ figure: Figure, _ canvas: Canvas, _ left: Int, _ wide: Int, _ density: Int, _ width: Int
    ) {
        var columns = Ticks(canvas.xRange, figure.x, most: max(2, wide / 11), width: .infinity)
        columns.thin { 6.5 * canvas.x($0) / Double(density) }
        var axis = Array(repeating: Character(style == .ascii ? "-" : "─"), count: wide)
        var words = Array(repeating: Character(" "), count: left + wide + 1)
        for (value, label) in zip(columns.values, columns.labels) {
            let column = Int(canvas.x(value).rounded()) / density
            guard column >= 0, column < wide else { continue }
            axis[column] = style == .ascii ? "+" : "┬"
            let text = Array(Self.plain(label, style))
            let start = min(max(0, left + column - text.count / 2), max(0, words.count - text.count))
            let room = max(0, start - 1)..<min(words.count, start + text.count + 1)
            guard text.count <= words.count, words[room].allSatisfy({ $0 == " " }) else { continue }
            for (place, letter) in text.enumerated() { words[start + place] = letter }
        }
        add(String(repeating: " ", count: left - 1) + (style == .ascii ? "+" : "└") + String(axis))
        add(String(words))
        if !figure.x.label.isEmpty {
            let text = Self.cut(Self.plain(figure.x.label, style), width - 2)
            let indent = max(0, min(left + (wide - text.count) / 2, width - text.count))
            add(String(repeating: " ", count: indent) + text)
        }
    }

    // Labels right of the frame, in their order: each on its own line or near it; where all have no room, every second one.
    private static func beside(
        _ labels: [(letters: Drawing.Letters, height: Double)], _ high: Int, _ density: Int, _ room: Int,
        _ style: TextPictureStyle
    ) -> [Int: (text: String, ink: Ink)] {
        var ordered = labels.enumerated().sorted { ($0.element.height, $0.offset) < ($1.element.height, $1.offset) }
            .map(\.element)
        let step = (ordered.count + high - 1) / high
        if step > 1 { ordered = ordered.indices.filter { $0 % step == 0 }.map { ordered[$0] } }
        let rows = Lettering.stacked(
            ordered.map { min(max(0, ($0.height / Double(density)).rounded(.down)), Double(high - 1)) }, spacing: 1,
            in: 0...Double(high - 1))
        var taken: [Int: (text: String, ink: Ink)] = [:]
        for (label, row) in zip(ordered, rows) {
            taken[Int(row.rounded())] = (cut(plain(label.letters.text, style), max(1, room)), label.letters.ink)
        }
        return taken
    }

    private static func cut(_ text: String, _ width: Int) -> String {
        text.count <= width ? text : width > 4 ? text.prefix(width - 2) + ".." : String(text.prefix(max(0, width)))
    }

    /// Text for a style: without braille, the signs of our own words as letters that every machine has.
    static func plain(_ text: String, _ style: TextPictureStyle) -> String {
        guard style == .ascii, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        let raised: [Character: String] = [
            "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
            "⁻": "-",
        ]
        let signs: [Character: String] = [
            "−": "-", "–": "-", "≤": "<=", "≥": ">=", "≈": "~", "∝": "~", "√": "sqrt ", "φ": "phi", "…": "...",
            "×": "x", "·": "*",
        ]
        var out = ""
        let letters = Array(text)
        var place = 0
        while place < letters.count {
            // 10²¹ is 1e21, and 5.76×10²³ is 5.76e23.
            let rest = letters[place...]
            let isPower = rest.starts(with: ["1", "0"]) && rest.count > 2 && raised[letters[place + 2]] != nil
            let isTimes =
                rest.starts(with: ["×", "1", "0"]) && rest.count > 3 && raised[letters[place + 3]] != nil
            if isPower || isTimes {
                out += isTimes ? "e" : "1e"
                place += isTimes ? 3 : 2
                while place < letters.count, let digit = raised[letters[place]] {
                    out += digit
                    place += 1
                }
                continue
            }
            out += raised[letters[place]] ?? signs[letters[place]] ?? String(letters[place])
            place += 1
        }
        return out
    }
}
