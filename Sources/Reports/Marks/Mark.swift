// A mark: something that a figure shows. One mark, one file.

/// Something with a place over the axes of a ``Figure``.
public protocol Mark: Sendable {
    /// Makes a view large enough for the mark.
    func widen(_ view: inout View)
    func draw(on canvas: inout Canvas)
    /// Labels that will stand right of the frame.
    var endLabels: [String] { get }
    /// Whether it lies below the grid.
    var isGround: Bool { get }
}

extension Mark {
    public var endLabels: [String] { [] }
    public var isGround: Bool { false }
}
