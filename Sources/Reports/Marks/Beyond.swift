import Formulas

/// The ground beyond the range of the data, darker with every factor of ten.
public struct Beyond: Mark {
    public var range: ClosedRange<Double>

    public init(_ range: ClosedRange<Double>) { self.range = range }

    public func widen(_ view: inout View) {
        view.include(x: range.lowerBound)
        view.include(x: range.upperBound)
    }

    public var isGround: Bool { true }

    public func draw(on canvas: inout Canvas) {
        let visible = canvas.visible
        for side in [1.0, -1.0] {
            var edge = side > 0 ? range.upperBound : range.lowerBound
            let end = side > 0 ? visible.upperBound : visible.lowerBound
            // Each band lies on those before it.
            for _ in 0..<4 where (end - edge) * side > 0 {
                let (top, bottom) = (canvas.frame.top, canvas.frame.bottom)
                let (from, to) = (canvas.x(edge), canvas.x(end))
                canvas.add(
                    .area(
                        [.init(from, top), .init(to, top), .init(to, bottom), .init(from, bottom)], .beyond,
                        opacity: 0.9))
                edge = side > 0 ? edge * 10 : edge / 10
                if edge <= 0 { break }
            }
        }
    }
}
