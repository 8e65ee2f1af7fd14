/// The space between a lower and an upper end: an interval along a curve.
public struct Band: Mark {
    public var series: String
    public var x: [Double]
    public var lower: [Double]
    public var upper: [Double]
    public var ink: Ink
    public var opacity: Double

    public init(
        _ series: String = "", x: [Double], lower: [Double], upper: [Double], ink: Ink, opacity: Double = 0.18
    ) {
        (self.series, self.x, self.lower, self.upper) = (series, x, lower, upper)
        (self.ink, self.opacity) = (ink, opacity)
    }

    public func widen(_ view: inout View) {
        for value in x { view.include(x: value) }
        for value in lower + upper { view.include(y: value) }
    }

    public func draw(on canvas: inout Canvas) {
        let known = x.indices.filter { lower[$0].isFinite && upper[$0].isFinite }
        guard known.count > 1 else { return }
        let there = known.map { canvas.place(x[$0], upper[$0]) }
        let back = known.reversed().map { canvas.place(x[$0], lower[$0]) }
        canvas.add(.area(there + back, ink, opacity: opacity))
    }

    public var data: [Datum] {
        x.indices.map {
            Datum(mark: "band", series: series, x: x[$0], y: .nan, lower: lower[$0], upper: upper[$0])
        }
    }
}
