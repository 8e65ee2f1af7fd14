// A figure with a place for everything, in points from the upper left corner: what a format writes down.

/// Shapes in the order in which they are drawn.
public struct Drawing: Hashable, Sendable {
    public struct Place: Hashable, Sendable {
        public var x: Double
        public var y: Double

        public init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    public struct Rectangle: Hashable, Sendable {
        public var left: Double
        public var top: Double
        public var width: Double
        public var height: Double

        var right: Double { left + width }
        var bottom: Double { top + height }

        /// Whether both have a place in common.
        func meets(_ other: Rectangle) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    /// How a line is broken: what tells lines apart where there is no colour.
    public enum Dash: String, Hashable, Sendable { case solid, dashed, dotted }

    public struct Stroke: Hashable, Sendable {
        public var ink: Ink
        public var width = 1.0
        public var dash = Dash.solid
        public var opacity = 1.0
    }

    public enum Symbol: String, Hashable, Sendable, CaseIterable {
        case circle, diamond, square, triangle, cross, ring
    }

    public enum Anchor: String, Hashable, Sendable { case start, middle, end }

    public struct Letters: Hashable, Sendable {
        public var text: String
        public var ink = Ink.text
        public var size = 12.0
        public var isBold = false
        public var anchor = Anchor.start
        /// Whether it reads from below to above.
        public var isUpright = false
        /// Whether a rim of the ground's colour sets it off from lines that it lies on.
        public var hasRim = false
    }

    /// One of the pictures side by side: its marks, cut off at its frame.
    public struct Panel: Hashable, Sendable {
        public var frame: Rectangle
        public var shapes: [Shape]
    }

    public enum Shape: Hashable, Sendable {
        case line([Place], Stroke)
        case area([Place], Ink, opacity: Double)
        /// `title` is what a pointer that rests on it is told.
        case symbol(Symbol, Place, radius: Double, Ink, title: String?)
        case letters(Letters, Place)
    }

    public var width: Double
    public var height: Double
    public var title: String
    public var description: String
    /// Below the marks: ground, grid, ticks.
    public var below: [Shape] = []
    /// The marks.
    public var panels: [Panel] = []
    /// Above the marks: labels.
    public var above: [Shape] = []

    /// Everything, in the order in which it is drawn.
    var shapes: [Shape] { below + panels.flatMap(\.shapes) + above }
}
