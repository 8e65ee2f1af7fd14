// Lays a figure out: margins, ticks, grid, marks, labels.

extension Figure {
    /// The figure drawn to a size in points.
    public func drawing(width: Double = 760, height: Double = 460) -> Drawing {
        var view = View(x, y)
        for mark in marks { mark.widen(&view) }
        let xRange = Canvas.aired(view.x, x.scale, air: 0.03)
        let yRange = Canvas.aired(view.y, y.scale, air: 0.06)
        let rows = Ticks(yRange, y, most: 7)
        let left = 34 + (rows.labels.map { Lettering.width($0, 11) }.max() ?? 0)
        let endLabels = marks.flatMap(\.endLabels)
        let right = endLabels.isEmpty ? 18 : 14 + (endLabels.map { Lettering.width($0, 12) }.max() ?? 0)
        let top = 40.0 + (subtitle.isEmpty ? 0 : 18) + (key.isEmpty ? 0 : 20)
        let frame = Drawing.Rectangle(
            left: left, top: top, width: max(80, width - left - right), height: max(80, height - top - 52))
        let columns = Ticks(xRange, x, most: max(2, Int(frame.width / 80)))

        var drawing = Drawing(width: width, height: height, title: title, description: description, frame: frame)
        drawing.below = ground(drawing)
        var canvas = Canvas(figure: self, xRange: xRange, yRange: yRange, frame: frame)
        // The ground beyond the data lies below the grid.
        for mark in marks where mark.isGround { mark.draw(on: &canvas) }
        drawing.below += canvas.shapes
        canvas.shapes = []
        drawing.below += grid(canvas, columns, rows)
        for mark in marks where !mark.isGround { mark.draw(on: &canvas) }
        drawing.inside = canvas.shapes
        drawing.above = Lettering.spread(canvas.labels, beside: frame)
        return drawing
    }

    private func ground(_ drawing: Drawing) -> [Drawing.Shape] {
        var shapes: [Drawing.Shape] = [
            .area(
                [
                    .init(0, 0), .init(drawing.width, 0), .init(drawing.width, drawing.height),
                    .init(0, drawing.height),
                ],
                .ground, opacity: 1),
            .letters(
                .init(text: Lettering.cut(title, 16, to: drawing.width - 32), size: 15, isBold: true), .init(16, 26)),
        ]
        if !subtitle.isEmpty {
            let text = Lettering.cut(subtitle, 12, to: drawing.width - 32)
            shapes.append(.letters(.init(text: text, ink: .faint), .init(16, 44)))
        }
        return shapes + keyShapes(at: subtitle.isEmpty ? 42 : 60)
    }

    private func grid(_ canvas: Canvas, _ columns: Ticks, _ rows: Ticks) -> [Drawing.Shape] {
        let frame = canvas.frame
        var shapes: [Drawing.Shape] = []
        let line = Drawing.Stroke(ink: .grid)
        for (value, label) in zip(columns.values, columns.labels) {
            let place = canvas.x(value)
            shapes.append(.line([.init(place, frame.top), .init(place, frame.bottom)], line))
            shapes.append(
                .letters(
                    .init(text: label, ink: .faint, size: 11, anchor: .middle), .init(place, frame.bottom + 17)))
        }
        for (value, label) in zip(rows.values, rows.labels) {
            let place = canvas.y(value)
            shapes.append(.line([.init(frame.left, place), .init(frame.right, place)], line))
            shapes.append(
                .letters(.init(text: label, ink: .faint, size: 11, anchor: .end), .init(frame.left - 7, place + 4)))
        }
        shapes.append(
            .letters(
                .init(text: x.label, anchor: .middle), .init(frame.left + frame.width / 2, frame.bottom + 40)))
        shapes.append(
            .letters(
                .init(text: y.label, anchor: .middle, isUpright: true),
                .init(18, frame.top + frame.height / 2)))
        return shapes
    }
}
