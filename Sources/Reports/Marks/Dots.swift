/// A symbol at each point.
public struct Dots: Mark {
    public var series: String
    public var x: [Double]
    public var y: [Double]
    public var ink: Ink
    public var symbol: Drawing.Symbol
    public var radius: Double
    /// What a pointer that rests on a point is told, one each; or none.
    public var titles: [String]

    public init(
        _ series: String = "", x: [Double], y: [Double], ink: Ink, symbol: Drawing.Symbol = .circle,
        radius: Double = 3.2, titles: [String] = []
    ) {
        (self.series, self.x, self.y, self.ink, self.symbol) = (series, x, y, ink, symbol)
        (self.radius, self.titles) = (radius, titles)
    }

    public func widen(_ view: inout View) {
        for (x, y) in zip(x, y) where x.isFinite && y.isFinite {
            view.include(x: x)
            view.include(y: y)
        }
    }

    public func draw(on canvas: inout Canvas) {
        for (place, (x, y)) in zip(x, y).enumerated() where x.isFinite && y.isFinite {
            canvas.add(.symbol(symbol, canvas.place(x, y), radius: radius, ink, title: title(place)))
        }
    }

    private func title(_ place: Int) -> String? { place < titles.count ? titles[place] : nil }

    public var data: [Datum] {
        x.indices.map { Datum(mark: "dots", series: series, x: x[$0], y: y[$0], label: title($0)) }
    }
}
