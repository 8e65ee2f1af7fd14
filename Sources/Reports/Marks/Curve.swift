/// A line through points in their order, with a label at its end.
public struct Curve: Mark {
    public var x: [Double]
    public var y: [Double]
    public var ink: Ink
    public var width: Double
    public var isDashed: Bool
    /// Stands right of the frame, at the height of the curve's end.
    public var label: String?

    public init(
        x: [Double], y: [Double], ink: Ink, width: Double = 1.6, isDashed: Bool = false, label: String? = nil
    ) {
        (self.x, self.y, self.ink, self.width) = (x, y, ink, width)
        (self.isDashed, self.label) = (isDashed, label)
    }

    public var endLabels: [String] { label.map { [$0] } ?? [] }

    public func widen(_ view: inout View) {
        for (x, y) in zip(x, y) where y.isFinite {
            view.include(x: x)
            view.include(y: y)
        }
    }

    public func draw(on canvas: inout Canvas) {
        let stroke = Drawing.Stroke(ink: ink, width: width, isDashed: isDashed)
        // A value that is not finite leaves a gap.
        for piece in zip(x, y).map({ $0 }).split(whereSeparator: { !$0.1.isFinite }) where piece.count > 1 {
            canvas.add(.line(piece.map { canvas.place($0.0, $0.1) }, stroke))
        }
        if let label, let end = y.last(where: \.isFinite) { canvas.label(label, at: end, ink: ink) }
    }
}
