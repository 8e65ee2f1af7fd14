// Dots and letters in cells of a terminal.

/// A rectangle of character cells, each with dots, a letter, and a colour.
struct TextRaster {
    let width: Int
    let height: Int
    let style: TextPictureStyle
    private var dots: [UInt8]
    private var letters: [Character?]
    private var lines: [Character]
    private var inks: [Ink?]
    /// Cells that words stand in.
    private var words: [Bool]

    init(width: Int, height: Int, style: TextPictureStyle) {
        (self.width, self.height, self.style) = (width, height, style)
        dots = Array(repeating: 0, count: width * height)
        letters = Array(repeating: nil, count: width * height)
        lines = Array(repeating: ".", count: width * height)
        inks = Array(repeating: nil, count: width * height)
        words = Array(repeating: false, count: width * height)
    }

    /// Dots a cell.
    static func density(_ style: TextPictureStyle) -> (x: Int, y: Int) { style == .ascii ? (1, 1) : (2, 4) }

    static func glyph(_ symbol: Drawing.Symbol, _ style: TextPictureStyle) -> Character {
        switch (symbol, style == .ascii) {
        case (.circle, true): "o"
        case (.diamond, true): "*"
        case (.square, true): "#"
        case (.triangle, true): "^"
        case (.cross, true): "x"
        case (.ring, true): "@"
        case (.circle, false): "●"
        case (.diamond, false): "◆"
        case (.square, false): "■"
        case (.triangle, false): "▲"
        case (.cross, false): "×"
        case (.ring, false): "○"
        }
    }

    // MARK: - Drawing

    mutating func draw(_ shape: Drawing.Shape) {
        switch shape {
        case .line(let places, let stroke):
            // One pattern runs along the whole line.
            var travelled = 0
            for (from, to) in zip(places, places.dropFirst()) { line(from, to, stroke, &travelled) }
        case .area(let places, let ink, _): if ink != .ground, ink != .beyond { shade(places, ink) }
        case .symbol(let symbol, let place, let radius, let ink, _):
            guard let cell = cell(place) else { return }
            if radius < 2, style != .ascii { return dot(place, ink) }
            letters[cell] = radius < 2 ? "." : Self.glyph(symbol, style)
            inks[cell] = ink
        case .letters: break
        }
    }

    private func cell(_ place: Drawing.Place) -> Int? {
        let (dx, dy) = Self.density(style)
        guard place.x.isFinite, place.y.isFinite, place.x > -1, place.y > -1, place.x < Double(width * dx),
            place.y < Double(height * dy)
        else { return nil }
        let (column, row) = (Int(max(0, place.x.rounded())) / dx, Int(max(0, place.y.rounded())) / dy)
        return column < width && row < height ? row * width + column : nil
    }

    private mutating func dot(_ place: Drawing.Place, _ ink: Ink, isFaint: Bool = false) {
        guard let cell = cell(place) else { return }
        let (dx, dy) = Self.density(style)
        if style == .ascii {
            dots[cell] = 1
        } else {
            let (x, y) = (Int(max(0, place.x.rounded())) % dx, Int(max(0, place.y.rounded())) % dy)
            dots[cell] |= [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]][x][y]
        }
        if !isFaint || inks[cell] == nil { inks[cell] = ink }
    }

    private mutating func line(
        _ from: Drawing.Place, _ to: Drawing.Place, _ stroke: Drawing.Stroke, _ travelled: inout Int
    ) {
        guard [from.x, from.y, to.x, to.y].allSatisfy(\.isFinite) else { return }
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        // Far outside nothing is seen; a line through the middle is walked where it may be.
        let (density, length) = (Self.density(style), max(dx.magnitude, dy.magnitude))
        let limit = 4 * Double(max(width * density.x, height * density.y))
        let steps = Int(min(max(1, length.rounded(.up)), limit))
        for step in 0...steps {
            let share = Double(step) / Double(steps)
            travelled += 1
            let shows =
                switch stroke.dash {
                case .solid: true
                case .dashed: travelled % 6 < 3
                case .dotted: travelled % 3 == 0
                }
            guard shows else { continue }
            let place = Drawing.Place(from.x + share * dx, from.y + share * dy)
            dot(place, stroke.ink)
            guard style == .ascii, let cell = cell(place) else { continue }
            // What runs along an axis looks like a line.
            lines[cell] = dx.magnitude < 0.05 * dy.magnitude ? "|" : dy.magnitude < 0.02 * dx.magnitude ? "-" : "."
        }
    }

    // Few dots inside of an area; letters have no shade.
    private mutating func shade(_ places: [Drawing.Place], _ ink: Ink) {
        guard style != .ascii else { return }
        let (dx, dy) = Self.density(style)
        for y in 0..<(height * dy) {
            var crossings: [Double] = []
            for (a, b) in zip(places, Array(places.dropFirst()) + places.prefix(1))
            where (a.y <= Double(y)) != (b.y <= Double(y)) {
                crossings.append(a.x + (Double(y) - a.y) / (b.y - a.y) * (b.x - a.x))
            }
            crossings.sort()
            for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                let low = max(0, crossings[pair].rounded(.up))
                let high = min(Double(width * dx - 1), crossings[pair + 1])
                guard low <= high else { continue }
                for x in Int(low)...Int(high) where x % 4 == 0 && (y + x / 2) % 4 == 0 {
                    dot(.init(Double(x), Double(y)), ink, isFaint: true)
                }
            }
        }
    }

    /// Writes words at the first of some cells where they lie on no others; returns whether there was room.
    @discardableResult
    mutating func write(_ text: String, at cells: [(column: Int, row: Int)], _ ink: Ink) -> Bool {
        for (column, row) in cells
        where row >= 0 && row < height && column >= 0 && column + text.count <= width {
            let range = (row * width + column)..<(row * width + column + text.count)
            let margin = max(row * width, range.lowerBound - 1)..<min((row + 1) * width, range.upperBound + 1)
            if margin.contains(where: { words[$0] }) || range.contains(where: { letters[$0] != nil }) { continue }
            for (place, letter) in zip(range, text) {
                (letters[place], inks[place], words[place]) = (letter, ink, true)
            }
            return true
        }
        return false
    }

    // MARK: - Characters

    func line(_ row: Int) -> TextLine {
        var line = TextLine()
        var last: String?
        var text = ""
        for column in 0..<width {
            let cell = row * width + column
            let character: Character
            if let letter = letters[cell] {
                character = letter
            } else if dots[cell] == 0 {
                character = " "
            } else if style == .ascii {
                character = lines[cell]
            } else {
                character = Unicode.Scalar(0x2800 + UInt32(dots[cell])).map { Character($0) } ?? " "
            }
            let code = style == .coloured && character != " " ? inks[cell]?.terminal : nil
            if code != last {
                if last != nil { text += "\u{1B}[0m" }
                if let code { text += "\u{1B}[\(code)m" }
                last = code
            }
            text.append(character)
        }
        if last != nil { text += "\u{1B}[0m" }
        line.add(text, count: width)
        return line
    }
}

extension Ink {
    /// One of the terminal's own sixteen colours, which suit its ground; nil for that of text.
    var terminal: String? {
        switch self {
        case .text, .ground: nil
        case .faint, .grid, .beyond: "2"
        case .accent: "1;31"
        case .kind(let number): ["34", "33", "32", "35", "36", "94", "90", "95"][number % 8]
        case .step(let number, let count):
            ["35", "34", "36", "32", "33"][count > 1 ? number * 4 / (count - 1) : 1]
        }
    }
}
