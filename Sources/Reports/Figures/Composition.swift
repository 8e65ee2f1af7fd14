// Lays a picture out: title, key, and a cell for each of its panels.

extension Figure {
    /// The figure alone, drawn to a size in points.
    public func drawing(width: Double = 760, height: Double = 460) -> Drawing {
        Picture(self).drawing(width: width, height: height)
    }
}

extension Picture {
    /// The picture drawn to a size in points; nil takes ``usualSize``.
    public func drawing(width: Double? = nil, height: Double? = nil) -> Drawing {
        let (width, height) = (width ?? usualSize.width, height ?? usualSize.height)
        let key = KeyLines(key, width: width)
        // In a report the words around a picture are its title.
        let words = words(width: width)
        let head = words.last.map { $0.1.y + 14 } ?? 14.0
        let top = head + key.height
        var drawing = Drawing(width: width, height: height, title: title, description: description)
        drawing.below = ground(drawing) + words.map { .letters($0.0, $0.1) } + key.shapes(at: head + 2)
        let whole = Drawing.Rectangle(left: 0, top: top, width: width, height: height - top)
        let cells = panels.indices.map { cell($0, whole) }
        // Panels below each other share their edges, so that what stands at one x stands in one line.
        let margins = zip(panels, cells).map { PanelLayout.margins($0, $1, isAlone: panels.count == 1) }
        let shared = (left: margins.map(\.left).max() ?? 0, right: margins.map(\.right).max() ?? 0)
        for (number, panel) in panels.enumerated() {
            let layout = PanelLayout(
                panel, in: cells[number], margins: columns == 1 ? shared : margins[number],
                isAlone: panels.count == 1)
            drawing.below += layout.below
            drawing.panels.append(Drawing.Panel(frame: layout.frame, shapes: layout.inside))
            drawing.above += layout.above
        }
        return drawing
    }

    private func cell(_ number: Int, _ whole: Drawing.Rectangle) -> Drawing.Rectangle {
        let (row, column) = (number / columns, number % columns)
        let shares = heights.count == rows ? heights : Array(repeating: 1, count: rows)
        let unit = whole.height / shares.reduce(0, +)
        let parts = widths.count == columns ? widths : Array(repeating: 1, count: columns)
        let part = whole.width / parts.reduce(0, +)
        return Drawing.Rectangle(
            left: whole.left + part * parts[..<column].reduce(0, +),
            top: whole.top + unit * shares[..<row].reduce(0, +), width: part * parts[column],
            height: unit * shares[row])
    }

    private func ground(_ drawing: Drawing) -> [Drawing.Shape] {
        [
            .area(
                [
                    .init(0, 0), .init(drawing.width, 0), .init(drawing.width, drawing.height),
                    .init(0, drawing.height),
                ], .ground, opacity: 1)
        ]
    }

    // Title and subtitle, each in a second line where one is too short.
    private func words(width: Double) -> [(Drawing.Letters, Drawing.Place)] {
        let titles = title.isEmpty ? [] : Lettering.lines(title, 15 * Lettering.bold, to: width - 32)
        let below = subtitle.isEmpty ? [] : Lettering.lines(subtitle, 12, to: width - 32)
        let first = 26 + 19 * Double(max(titles.count, 1) - 1)
        return titles.enumerated().map { line, text in
            (.init(text: text, size: 15, isBold: true), .init(16, 26 + 19 * Double(line)))
        }
            + below.enumerated().map { line, text in
                (.init(text: text, ink: .faint), .init(16, first + 18 + 16 * Double(line)))
            }
    }
}
