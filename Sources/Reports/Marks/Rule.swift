/// A straight line across the frame at one value of an axis, with a label beside it.
public struct Rule: Mark {
    public enum Axis: Hashable, Sendable { case x, y }

    public var series: String
    public var axis: Axis
    public var value: Double
    public var ink: Ink
    public var dash: Drawing.Dash
    public var width: Double
    /// Stands inside of the frame, where there is room.
    public var label: String?
    public var widens: Bool

    public init(
        _ axis: Axis, at value: Double, _ series: String = "", ink: Ink = .faint, dash: Drawing.Dash = .dashed,
        width: Double = 1.2, label: String? = nil, widens: Bool = true
    ) {
        (self.axis, self.value, self.series, self.ink, self.dash) = (axis, value, series, ink, dash)
        (self.width, self.label, self.widens) = (width, label, widens)
    }

    public func widen(_ view: inout View) {
        guard widens else { return }
        if axis == .x { view.include(x: value) } else { view.include(y: value) }
    }

    public func draw(on canvas: inout Canvas) {
        guard value.isFinite else { return }
        let frame = canvas.frame
        let stroke = Drawing.Stroke(ink: ink, width: width, dash: dash)
        switch axis {
        case .x:
            let x = canvas.x(value)
            canvas.add(.line([.init(x, frame.top), .init(x, frame.bottom)], stroke))
            if let label {
                let heights = [0.06, 0.94, 0.2, 0.8].map { frame.top + $0 * frame.height }
                canvas.note(
                    label, ink: ink,
                    at: heights.flatMap { height -> [Canvas.Perch] in
                        let aside = 5 * canvas.grain.x
                        return [(.init(x + aside, height), .start), (.init(x - aside, height), .end)]
                    })
            }
        case .y:
            let y = canvas.y(value)
            canvas.add(.line([.init(frame.left, y), .init(frame.right, y)], stroke))
            if let label {
                canvas.note(
                    label, ink: ink,
                    at: [y - 5 * canvas.grain.y, y + 13 * canvas.grain.y].flatMap {
                        [(.init(frame.right - 6, $0), .end), (.init(frame.left + 6, $0), .start)]
                    })
            }
        }
    }

    public var data: [Datum] {
        [
            Datum(
                mark: "rule", series: series.isEmpty ? label ?? "" : series, x: axis == .x ? value : .nan,
                y: axis == .y ? value : .nan)
        ]
    }
}
