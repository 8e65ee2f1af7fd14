/// A line through points in their order, with a label at its end.
public struct Curve: Mark {
    public var series: String
    public var x: [Double]
    public var y: [Double]
    public var ink: Ink
    public var width: Double
    public var dash: Drawing.Dash
    /// Stands right of the frame, at the height of the curve's end.
    public var label: String?
    /// Whether the view is widened by it; a reference need not be seen whole.
    public var widens: Bool

    public init(
        _ series: String = "", x: [Double], y: [Double], ink: Ink, width: Double = 1.6,
        dash: Drawing.Dash = .solid, label: String? = nil, widens: Bool = true
    ) {
        (self.series, self.x, self.y, self.ink, self.width) = (series, x, y, ink, width)
        (self.dash, self.label, self.widens) = (dash, label, widens)
    }

    public var endLabels: [String] { label.map { [$0] } ?? [] }

    public func widen(_ view: inout View) {
        guard widens else { return }
        for (x, y) in zip(x, y) where y.isFinite {
            view.include(x: x)
            view.include(y: y)
        }
    }

    public func draw(on canvas: inout Canvas) {
        let stroke = Drawing.Stroke(ink: ink, width: width, dash: dash)
        // A value that is not finite leaves a gap.
        for piece in zip(x, y).map({ $0 }).split(whereSeparator: { !$0.1.isFinite }) where piece.count > 1 {
            canvas.add(.line(piece.map { canvas.place($0.0, $0.1) }, stroke))
        }
        if let label, let end = y.last(where: \.isFinite) { canvas.label(label, at: end, ink: ink) }
    }

    public var data: [Datum] {
        // A label alone is no curve.
        x.count < 2
            ? [] : x.indices.map { Datum(mark: "curve", series: series, x: x[$0], y: y[$0]) }
    }
}
