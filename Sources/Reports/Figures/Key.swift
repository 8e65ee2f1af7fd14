// What the symbols of a figure stand for.

extension Figure {
    /// A symbol and its meaning, in the line below the subtitle.
    public struct KeyEntry: Hashable, Sendable {
        public var symbol: Drawing.Symbol
        public var ink: Ink
        public var text: String

        public init(_ symbol: Drawing.Symbol, _ ink: Ink, _ text: String) {
            (self.symbol, self.ink, self.text) = (symbol, ink, text)
        }
    }

    /// The entries in a row, at the height of their middle.
    func keyShapes(at height: Double) -> [Drawing.Shape] {
        var shapes: [Drawing.Shape] = []
        var left = 16.0
        for entry in key {
            shapes.append(.symbol(entry.symbol, .init(left + 5, height), radius: 4, entry.ink, title: nil))
            shapes.append(.letters(.init(text: entry.text, ink: .faint, size: 12), .init(left + 15, height + 4)))
            left += 15 + Lettering.width(entry.text, 12) + 20
        }
        return shapes
    }
}
