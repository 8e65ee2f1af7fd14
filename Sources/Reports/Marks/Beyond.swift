import Formulas

/// The ground beyond the range of the data, darker with every factor of ten.
public struct Beyond: Mark {
    public var range: ClosedRange<Double>
    public var axis: Rule.Axis

    public init(_ range: ClosedRange<Double>, axis: Rule.Axis = .x) { (self.range, self.axis) = (range, axis) }

    public func widen(_ view: inout View) {
        for end in [range.lowerBound, range.upperBound] {
            if axis == .x { view.include(x: end) } else { view.include(y: end) }
        }
    }

    public var isGround: Bool { true }

    /// The ends of the data.
    public var data: [Datum] {
        [range.lowerBound, range.upperBound].map {
            Datum(
                mark: "beyond", series: "range of the data", x: axis == .x ? $0 : .nan, y: axis == .y ? $0 : .nan)
        }
    }

    public func draw(on canvas: inout Canvas) {
        let (frame, visible) = (canvas.frame, axis == .x ? canvas.xRange : canvas.yRange)
        for side in [1.0, -1.0] {
            var edge = side > 0 ? range.upperBound : range.lowerBound
            let end = side > 0 ? visible.upperBound : visible.lowerBound
            // Each band lies on those before it.
            for _ in 0..<4 where (end - edge) * side > 0 {
                let corners: [Drawing.Place]
                switch axis {
                case .x:
                    let (from, to) = (canvas.x(edge), canvas.x(end))
                    corners = [
                        .init(from, frame.top), .init(to, frame.top), .init(to, frame.bottom),
                        .init(from, frame.bottom),
                    ]
                case .y:
                    let (from, to) = (canvas.y(edge), canvas.y(end))
                    corners = [
                        .init(frame.left, from), .init(frame.right, from), .init(frame.right, to),
                        .init(frame.left, to),
                    ]
                }
                canvas.add(.area(corners, .beyond, opacity: 0.9))
                edge = side > 0 ? edge * 10 : edge / 10
                if edge <= 0 { break }
            }
        }
    }
}
