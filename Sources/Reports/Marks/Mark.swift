// A mark: something that a figure shows. One mark, one file.

/// Something with a place over the axes of a ``Figure``.
public protocol Mark: Hashable, Sendable {
    /// Makes a view large enough for the mark.
    func widen(_ view: inout View)
    func draw(on canvas: inout Canvas)
    /// Labels that will stand right of the frame.
    var endLabels: [String] { get }
    /// Whether it lies below the grid.
    var isGround: Bool { get }
    /// What it shows, as numbers.
    var data: [Datum] { get }
}

extension Mark {
    public var endLabels: [String] { [] }
    public var isGround: Bool { false }
}

/// What a mark shows at one place: a row of a figure's table.
public struct Datum: Hashable, Sendable {
    /// What the mark is: `dots`, `curve`, `band`.
    public var mark: String
    /// What the mark shows: `runs`, `N = 1B`.
    public var series: String
    public var x: Double
    public var y: Double
    /// The ends of an interval, along y unless the mark says otherwise.
    public var lower: Double?
    public var upper: Double?
    /// What a pointer that rests there is told.
    public var label: String?

    public init(
        mark: String, series: String, x: Double, y: Double, lower: Double? = nil, upper: Double? = nil,
        label: String? = nil
    ) {
        (self.mark, self.series, self.x, self.y) = (mark, series, x, y)
        (self.lower, self.upper, self.label) = (lower, upper, label)
    }
}
