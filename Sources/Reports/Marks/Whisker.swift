/// An interval at one point: a bar from its lower to its upper end, and a symbol at the value.
public struct Whisker: Mark {
    public var x: Double
    public var value: Double
    public var lower: Double
    public var upper: Double
    public var ink: Ink
    public var title: String?
    /// Points to the right of its place, where another stands there too.
    public var shift: Double

    public init(
        x: Double, value: Double, lower: Double, upper: Double, ink: Ink, title: String? = nil, shift: Double = 0
    ) {
        (self.x, self.value, self.lower, self.upper) = (x, value, lower, upper)
        (self.ink, self.title, self.shift) = (ink, title, shift)
    }

    public func widen(_ view: inout View) {
        view.include(x: x)
        for y in [value, lower, upper] { view.include(y: y) }
    }

    public func draw(on canvas: inout Canvas) {
        let stroke = Drawing.Stroke(ink: ink, width: 2)
        let middle = canvas.x(x) + shift
        if lower.isFinite, upper.isFinite {
            canvas.add(.line([.init(middle, canvas.y(lower)), .init(middle, canvas.y(upper))], stroke))
            for end in [lower, upper] {
                canvas.add(.line([.init(middle - 5, canvas.y(end)), .init(middle + 5, canvas.y(end))], stroke))
            }
        }
        canvas.add(.symbol(.diamond, .init(middle, canvas.y(value)), radius: 4.5, ink, title: title))
    }
}
