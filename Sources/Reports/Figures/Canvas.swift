// From the numbers of a figure to places on its drawing.

import Formulas

/// What a mark draws on: it knows where a pair of numbers lies, and gathers shapes.
public struct Canvas {
    let figure: Figure
    let xRange: ClosedRange<Double>
    let yRange: ClosedRange<Double>
    let frame: Drawing.Rectangle
    /// What a point of distance between a mark and its words is on this canvas: on a terminal a part of a letter.
    var grain = (x: 1.0, y: 1.0)
    public internal(set) var shapes: [Drawing.Shape] = []
    /// Labels that want to stand right of the frame, at the height of what they name.
    private(set) var labels: [(letters: Drawing.Letters, height: Double)] = []
    /// Words inside of the frame, each with the places that would do, best first.
    private(set) var notes: [(letters: Drawing.Letters, places: [Perch])] = []

    /// A place where letters may stand, and which part of them stands there.
    public typealias Perch = (place: Drawing.Place, anchor: Drawing.Anchor)

    init(_ figure: Figure, frame: Drawing.Rectangle) {
        var view = View(figure.x, figure.y)
        for mark in figure.marks { mark.widen(&view) }
        self.figure = figure
        self.frame = frame
        xRange = Self.shown(figure.x, view.x, air: 0.03)
        yRange = Self.shown(figure.y, view.y, air: 0.06)
    }

    /// How far from the left of the drawing a value of the x axis lies.
    public func x(_ value: Double) -> Double {
        frame.left + frame.width * Self.share(value, xRange, figure.x.scale)
    }

    /// How far from the top of the drawing a value of the y axis lies.
    public func y(_ value: Double) -> Double {
        let share = Self.share(value, yRange, figure.y.scale)
        if case .names = figure.y.scale { return frame.top + frame.height * share }
        return frame.top + frame.height * (1 - share)
    }

    public func place(_ x: Double, _ y: Double) -> Drawing.Place { Drawing.Place(self.x(x), self.y(y)) }

    /// The part of the x axis in view.
    public var visible: ClosedRange<Double> { xRange }

    public mutating func add(_ shape: Drawing.Shape) { shapes.append(shape) }

    mutating func removeShapes() -> [Drawing.Shape] {
        defer { shapes = [] }
        return shapes
    }

    /// Asks for a label right of the frame.
    public mutating func label(_ text: String, at y: Double, ink: Ink) {
        let height = min(max(self.y(y), frame.top), frame.bottom)
        labels.append((Drawing.Letters(text: text, ink: ink), height))
    }

    /// Asks for words inside of the frame, at the first of these places where they lie on no other words; they are left
    /// out where there is none.
    public mutating func note(_ text: String, ink: Ink, at places: [Perch]) {
        notes.append((Drawing.Letters(text: text, ink: ink, size: 11, hasRim: true), places))
    }

    /// Where words about a place may stand: right, left, above, below.
    func around(_ place: Drawing.Place) -> [Perch] {
        let perches: [(Double, Double, Drawing.Anchor)] = [
            (7, -5, .start), (-7, -5, .end), (7, 12, .start), (-7, 12, .end), (0, -10, .middle), (0, 19, .middle),
            (12, -20, .start), (-12, -20, .end), (12, 27, .start), (-12, 27, .end),
        ]
        return perches.map { right, down, anchor in
            (.init(place.x + right * grain.x, place.y + down * grain.y), anchor)
        }
    }

    private static func shown(_ axis: Axis, _ range: ClosedRange<Double>?, air: Double) -> ClosedRange<Double> {
        if case .names(let names) = axis.scale { return -0.6...(Double(max(1, names.count)) - 0.6) }
        if let given = axis.range, given.lowerBound < given.upperBound { return given }
        return aired(range, axis.scale, air: air)
    }

    /// A range with some air around it; a single value stands in the middle of one.
    static func aired(_ range: ClosedRange<Double>?, _ scale: Axis.Scale, air: Double) -> ClosedRange<Double> {
        guard let range else { return scale == .logarithmic ? 1...10 : 0...1 }
        let (low, high) = (range.lowerBound, range.upperBound)
        if scale == .logarithmic, low > 0 {
            let factor = high > low ? Elementary.exp(air * Elementary.ln(high / low)) : 1.5
            return max(low / factor, .leastNormalMagnitude)...min(high * factor, .greatestFiniteMagnitude)
        }
        let more = high > low ? air * (high - low) : max(0.5 * high.magnitude, 0.5)
        return max(low - more, -.greatestFiniteMagnitude)...min(high + more, .greatestFiniteMagnitude)
    }

    private static func share(_ value: Double, _ range: ClosedRange<Double>, _ scale: Axis.Scale) -> Double {
        let (low, high) = (range.lowerBound, range.upperBound)
        guard scale == .logarithmic else { return (value - low) / (high - low) }
        // What a logarithm cannot show lies far below.
        guard value > 0 else { return -10 }
        return (Elementary.ln(value) - Elementary.ln(low)) / (Elementary.ln(high) - Elementary.ln(low))
    }
}
