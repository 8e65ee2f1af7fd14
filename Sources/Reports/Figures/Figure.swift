// A picture before it has a form: axes, marks, and words for those who cannot see it.
//
// A figure knows nothing of pixels or markup. One or several make a `Picture`, which becomes a `Drawing`, and that the
// bytes of a format.

/// Marks over two axes.
public struct Figure: Sendable {
    /// One line, above the figure.
    public var title: String
    /// A line below the title: what is shown, and how sure it is.
    public var subtitle: String
    /// What is to be seen, in sentences: for readers who do not see it.
    public var description: String
    public var x: Axis
    public var y: Axis
    /// In the order in which they are drawn: the last lies on top.
    public var marks: [any Mark]
    /// What the symbols stand for.
    public var key: [KeyEntry] = []

    public init(
        title: String, subtitle: String = "", description: String, x: Axis, y: Axis, marks: [any Mark] = []
    ) {
        self.title = title
        self.subtitle = subtitle
        self.description = description
        self.x = x
        self.y = y
        self.marks = marks
    }
}

/// One of the two directions of a figure.
public struct Axis: Hashable, Sendable {
    public enum Scale: Hashable, Sendable {
        case linear, logarithmic
        /// Kinds without order: the first stands at 0, the next at 1; along a y axis from above to below.
        case names([String])
    }

    /// How the numbers beside the axis are written.
    public enum Notation: Hashable, Sendable {
        /// `2.5`
        case plain
        /// `70B`: parameters, tokens.
        case size
        /// `10²¹`: operations.
        case power
        /// `12 %`: shares.
        case percent
    }

    /// What is measured, with its unit: `tokens`.
    public var label: String
    public var scale: Scale
    public var notation: Notation
    /// What is shown, to its very ends; nil for all that marks need, with some air.
    public var range: ClosedRange<Double>?
    /// Whether what stands beside the ticks is left to the panel to the left, which has the same.
    public var sharesLabels = false

    public init(
        _ label: String, scale: Scale = .linear, notation: Notation = .plain, range: ClosedRange<Double>? = nil
    ) {
        self.label = label
        self.scale = scale
        self.notation = notation
        self.range = range
    }
}

extension Figure: Hashable {
    public static func == (left: Figure, right: Figure) -> Bool { left.parts == right.parts }

    public func hash(into hasher: inout Hasher) { hasher.combine(parts) }

    private var parts: [AnyHashable] {
        [title, subtitle, description, x, y, key] + marks.map { AnyHashable($0) }
    }
}

/// The part of the plane that a figure shows: whatever its marks need.
public struct View: Hashable, Sendable {
    public private(set) var x: ClosedRange<Double>?
    public private(set) var y: ClosedRange<Double>?
    // An axis of logarithms shows only what is above zero; the rest lies far outside of its frame.
    private let xIsPositive: Bool
    private let yIsPositive: Bool

    init(_ x: Axis, _ y: Axis) { (xIsPositive, yIsPositive) = (x.scale == .logarithmic, y.scale == .logarithmic) }

    public mutating func include(x value: Double) { if !xIsPositive || value > 0 { x = Self.with(value, x) } }
    public mutating func include(y value: Double) { if !yIsPositive || value > 0 { y = Self.with(value, y) } }

    private static func with(_ value: Double, _ range: ClosedRange<Double>?) -> ClosedRange<Double>? {
        guard value.isFinite else { return range }
        guard let range else { return value...value }
        return min(range.lowerBound, value)...max(range.upperBound, value)
    }
}
