/// An interval at one point: a bar from its lower to its upper end, and a symbol at the value.
public struct Whisker: Mark {
    /// Along which axis the interval lies.
    public enum Direction: Hashable, Sendable { case upright, level }

    public var series: String
    public var x: Double
    public var value: Double
    public var lower: Double
    public var upper: Double
    public var ink: Ink
    public var title: String?
    /// Points to the right of its place, where another stands there too.
    public var shift: Double
    /// Nil for the bar alone.
    public var symbol: Drawing.Symbol?
    public var radius: Double
    public var direction: Direction

    /// - Parameters:
    ///   - x: its place on the other axis: x of an upright one, y of a level one.
    public init(
        _ series: String = "", x: Double, value: Double, lower: Double, upper: Double, ink: Ink,
        title: String? = nil, shift: Double = 0, symbol: Drawing.Symbol? = .diamond, radius: Double = 4.5,
        direction: Direction = .upright
    ) {
        (self.series, self.x, self.value, self.lower, self.upper) = (series, x, value, lower, upper)
        (self.ink, self.title, self.shift, self.symbol) = (ink, title, shift, symbol)
        (self.radius, self.direction) = (radius, direction)
    }

    public func widen(_ view: inout View) {
        for number in [value, lower, upper] {
            if direction == .upright { view.include(y: number) } else { view.include(x: number) }
        }
        if direction == .upright { view.include(x: x) } else { view.include(y: x) }
    }

    public func draw(on canvas: inout Canvas) {
        let stroke = Drawing.Stroke(ink: ink, width: symbol == nil ? 1.2 : 2)
        func place(_ number: Double, _ aside: Double = 0) -> Drawing.Place {
            direction == .upright
                ? .init(canvas.x(x) + shift * canvas.grain.x + aside, canvas.y(number))
                : .init(canvas.x(number), canvas.y(x) + shift * canvas.grain.y + aside)
        }
        if lower.isFinite, upper.isFinite {
            canvas.add(.line([place(lower), place(upper)], stroke))
            // In characters no wider than a letter to each side.
            let grain = direction == .upright ? canvas.grain.x : canvas.grain.y
            let cap = (radius + 0.5) * max(grain, 1.0 / 3)
            for end in [lower, upper] { canvas.add(.line([place(end, -cap), place(end, cap)], stroke)) }
        }
        if let symbol, value.isFinite {
            canvas.add(.symbol(symbol, place(value), radius: radius, ink, title: title))
        }
    }

    public var data: [Datum] {
        let isUpright = direction == .upright
        return [
            Datum(
                mark: isUpright ? "interval" : "interval along x", series: series, x: isUpright ? x : value,
                y: isUpright ? value : x, lower: lower.isFinite ? lower : nil,
                upper: upper.isFinite ? upper : nil, label: title)
        ]
    }
}
