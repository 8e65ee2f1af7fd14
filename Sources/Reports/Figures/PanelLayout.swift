// One figure in its cell: margins, ticks, grid, marks, labels.

struct PanelLayout {
    private(set) var frame: Drawing.Rectangle
    private(set) var below: [Drawing.Shape] = []
    private(set) var inside: [Drawing.Shape] = []
    private(set) var above: [Drawing.Shape] = []

    /// Room for ticks and labels beside the frame of a figure.
    typealias Margins = (left: Double, right: Double)

    private static func heights(_ figure: Figure, _ cell: Drawing.Rectangle, _ isAlone: Bool) -> (
        title: Double, frame: Double
    ) {
        let title = isAlone ? 0.0 : figure.title.isEmpty ? 8 : 26
        return (title, max(40, cell.height - title - (figure.x.label.isEmpty ? 30 : 52)))
    }

    private static func rows(_ figure: Figure, _ cell: Drawing.Rectangle, _ isAlone: Bool) -> Ticks {
        let high = heights(figure, cell, isAlone).frame
        var rows = Ticks(
            Canvas(figure, frame: cell).yRange, figure.y, most: max(2, min(7, Int(high / 34))),
            width: 0.42 * cell.width)
        if figure.y.sharesLabels { rows.hideLabels() }
        return rows
    }

    /// What a figure needs in its cell: how wide the labels of its rows are says where the frame begins.
    static func margins(_ figure: Figure, _ cell: Drawing.Rectangle, isAlone: Bool) -> Margins {
        let rows = rows(figure, cell, isAlone)
        let edge = figure.y.label.isEmpty ? 14.0 : 34
        let endLabels = figure.marks.flatMap(\.endLabels)
        return (
            edge + (rows.labels.map { Lettering.width($0, 11) }.max() ?? 0),
            endLabels.isEmpty ? 18 : 14 + (endLabels.map { Lettering.width($0, 12) }.max() ?? 0)
        )
    }

    init(_ figure: Figure, in cell: Drawing.Rectangle, margins: Margins? = nil, isAlone: Bool) {
        let (title, high) = Self.heights(figure, cell, isAlone)
        let rows = Self.rows(figure, cell, isAlone)
        let (left, right) = margins ?? Self.margins(figure, cell, isAlone: isAlone)
        frame = Drawing.Rectangle(
            left: cell.left + left, top: cell.top + title, width: max(60, cell.width - left - right), height: high)
        var canvas = Canvas(figure, frame: frame)
        var columns = Ticks(canvas.xRange, figure.x, most: max(2, Int(frame.width / 62)), width: frame.width)
        columns.thin { canvas.x($0) }

        // The ground beyond the data lies below the grid.
        for mark in figure.marks where mark.isGround { mark.draw(on: &canvas) }
        below = canvas.removeShapes()
        grid(canvas, columns, rows, cell)
        if !isAlone, !figure.title.isEmpty {
            let text = Lettering.cut(figure.title, 12.5 * Lettering.bold, to: cell.width - left - 10)
            below.append(
                .letters(.init(text: text, size: 12.5, isBold: true), .init(frame.left, cell.top + title - 9)))
        }
        for mark in figure.marks where !mark.isGround { mark.draw(on: &canvas) }
        inside = canvas.removeShapes()
        above =
            Lettering.spread(canvas.labels, beside: frame)
            + Lettering.perched(canvas.notes, among: inside, in: frame)
    }

    private mutating func grid(_ canvas: Canvas, _ columns: Ticks, _ rows: Ticks, _ cell: Drawing.Rectangle) {
        let figure = canvas.figure
        let line = Drawing.Stroke(ink: .grid)
        for (value, label) in zip(columns.values, columns.labels) {
            let place = canvas.x(value)
            below.append(.line([.init(place, frame.top), .init(place, frame.bottom)], line))
            // A wide label at the edge moves inwards.
            let half = Lettering.width(label, 11) / 2 + 2
            let middle = min(max(place, cell.left + half), max(cell.right - half, cell.left + half))
            below.append(
                .letters(
                    .init(text: label, ink: .faint, size: 11, anchor: .middle), .init(middle, frame.bottom + 17)))
        }
        for (value, label) in zip(rows.values, rows.labels) {
            let place = canvas.y(value)
            below.append(.line([.init(frame.left, place), .init(frame.right, place)], line))
            if label.isEmpty { continue }
            below.append(
                .letters(.init(text: label, ink: .faint, size: 11, anchor: .end), .init(frame.left - 7, place + 4)))
        }
        if !figure.x.label.isEmpty {
            let text = Lettering.cut(figure.x.label, 12, to: frame.width + 40)
            below.append(
                .letters(
                    .init(text: text, anchor: .middle), .init(frame.left + frame.width / 2, frame.bottom + 40)))
        }
        if !figure.y.label.isEmpty {
            let widest = rows.labels.map { Lettering.width($0, 11) }.max() ?? 0
            let text = Lettering.cut(figure.y.label, 12, to: frame.height + 20)
            below.append(
                .letters(
                    .init(text: text, anchor: .middle, isUpright: true),
                    .init(frame.left - widest - 16, frame.top + frame.height / 2)))
        }
    }
}
