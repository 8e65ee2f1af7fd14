/// Words beside a place, where there is room for them.
public struct Note: Mark {
    public var text: String
    public var x: Double
    public var y: Double
    public var ink: Ink

    public init(_ text: String, x: Double, y: Double, ink: Ink = .text) {
        (self.text, self.x, self.y, self.ink) = (text, x, y, ink)
    }

    public func widen(_ view: inout View) {
        view.include(x: x)
        view.include(y: y)
    }

    public func draw(on canvas: inout Canvas) {
        guard x.isFinite, y.isFinite else { return }
        let place = canvas.place(x, y)
        canvas.note(text, ink: ink, at: canvas.around(place))
    }

    public var data: [Datum] { [] }
}
