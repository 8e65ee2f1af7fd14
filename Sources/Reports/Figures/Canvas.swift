// From the numbers of a figure to places on its drawing.

import Formulas

/// What a mark draws on: it knows where a pair of numbers lies, and gathers shapes.
public struct Canvas {
    let figure: Figure
    let xRange: ClosedRange<Double>
    let yRange: ClosedRange<Double>
    let frame: Drawing.Rectangle
    public internal(set) var shapes: [Drawing.Shape] = []
    /// Labels that want to stand right of the frame, at the height of what they name.
    private(set) var labels: [(letters: Drawing.Letters, height: Double)] = []

    /// How far from the left of the drawing a value of the x axis lies.
    public func x(_ value: Double) -> Double {
        frame.left + frame.width * Self.share(value, xRange, figure.x.scale)
    }

    /// How far from the top of the drawing a value of the y axis lies.
    public func y(_ value: Double) -> Double {
        frame.top + frame.height * (1 - Self.share(value, yRange, figure.y.scale))
    }

    public func place(_ x: Double, _ y: Double) -> Drawing.Place { Drawing.Place(self.x(x), self.y(y)) }

    /// The part of the x axis in view.
    public var visible: ClosedRange<Double> { xRange }

    public mutating func add(_ shape: Drawing.Shape) { shapes.append(shape) }

    /// Asks for a label right of the frame.
    public mutating func label(_ text: String, at y: Double, ink: Ink) {
        let height = min(max(self.y(y), frame.top), frame.bottom)
        labels.append((Drawing.Letters(text: text, ink: ink), height))
    }

    /// A range with some air around it; a single value stands in the middle of one.
    static func aired(_ range: ClosedRange<Double>?, _ scale: Axis.Scale, air: Double) -> ClosedRange<Double> {
        guard let range else { return scale == .linear ? 0...1 : 1...10 }
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
