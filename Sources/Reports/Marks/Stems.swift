/// A line from zero to each point, with a symbol at its end: sizes of single runs.
public struct Stems: Mark {
    public var series: String
    public var x: [Double]
    public var y: [Double]
    public var ink: Ink
    public var titles: [String]

    public init(_ series: String = "", x: [Double], y: [Double], ink: Ink, titles: [String] = []) {
        (self.series, self.x, self.y, self.ink, self.titles) = (series, x, y, ink, titles)
    }

    public func widen(_ view: inout View) {
        view.include(y: 0)
        for (x, y) in zip(x, y) where x.isFinite && y.isFinite {
            view.include(x: x)
            view.include(y: y)
        }
    }

    public func draw(on canvas: inout Canvas) {
        for (place, (x, y)) in zip(x, y).enumerated() where x.isFinite && y.isFinite {
            let top = canvas.place(x, y)
            canvas.add(.line([.init(top.x, canvas.y(0)), top], Drawing.Stroke(ink: ink, width: 1.2, opacity: 0.7)))
            let title = place < titles.count ? titles[place] : nil
            canvas.add(.symbol(.circle, top, radius: 2.4, ink, title: title))
        }
    }

    public var data: [Datum] {
        x.indices.map {
            Datum(
                mark: "stems", series: series, x: x[$0], y: y[$0], label: $0 < titles.count ? titles[$0] : nil)
        }
    }
}
