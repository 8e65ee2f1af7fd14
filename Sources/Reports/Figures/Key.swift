// What the symbols and lines of a figure stand for.

extension Figure {
    /// A symbol, a line or a ground, and its meaning, below the subtitle.
    public struct KeyEntry: Hashable, Sendable {
        public enum Sample: Hashable, Sendable {
            case symbol(Drawing.Symbol)
            case line(Drawing.Dash)
            /// A bar with ends, and the symbol at its value.
            case interval(Drawing.Symbol?)
            case band
        }

        public var sample: Sample
        public var ink: Ink
        public var text: String

        public init(_ sample: Sample, _ ink: Ink, _ text: String) {
            (self.sample, self.ink, self.text) = (sample, ink, text)
        }

        public init(_ symbol: Drawing.Symbol, _ ink: Ink, _ text: String) {
            self.init(.symbol(symbol), ink, text)
        }
    }
}

/// The entries of a key, in as many lines as they need.
struct KeyLines {
    private let lines: [[(entry: Figure.KeyEntry, left: Double)]]
    static let spacing = 20.0

    init(_ entries: [Figure.KeyEntry], width: Double) {
        var lines: [[(entry: Figure.KeyEntry, left: Double)]] = []
        var left = 16.0
        for entry in entries {
            var entry = entry
            entry.text = Lettering.cut(entry.text, 12, to: width - 60)
            let own = Self.lead(entry) + Lettering.width(entry.text, 12)
            if lines.isEmpty || left + own > width - 16 {
                lines.append([])
                left = 16
            }
            lines[lines.count - 1].append((entry, left))
            left += own + 20
        }
        self.lines = lines
    }

    var height: Double { Self.spacing * Double(lines.count) }

    private static func lead(_ entry: Figure.KeyEntry) -> Double {
        if case .symbol = entry.sample { 15 } else { 29 }
    }

    /// The entries, the middle of the first line at `height`.
    func shapes(at height: Double) -> [Drawing.Shape] {
        var shapes: [Drawing.Shape] = []
        for (number, line) in lines.enumerated() {
            let middle = height + Self.spacing * Double(number)
            for (entry, left) in line {
                switch entry.sample {
                case .symbol(let symbol):
                    shapes.append(.symbol(symbol, .init(left + 5, middle), radius: 4, entry.ink, title: nil))
                case .line(let dash):
                    let stroke = Drawing.Stroke(ink: entry.ink, width: 1.8, dash: dash)
                    shapes.append(.line([.init(left, middle), .init(left + 23, middle)], stroke))
                case .interval(let symbol):
                    let stroke = Drawing.Stroke(ink: entry.ink, width: symbol == nil ? 1.2 : 2)
                    shapes.append(.line([.init(left, middle), .init(left + 23, middle)], stroke))
                    for end in [left, left + 23] {
                        shapes.append(.line([.init(end, middle - 3), .init(end, middle + 3)], stroke))
                    }
                    if let symbol {
                        shapes.append(.symbol(symbol, .init(left + 11.5, middle), radius: 3, entry.ink, title: nil))
                    }
                case .band:
                    let (top, bottom) = (middle - 5, middle + 5)
                    shapes.append(
                        .area(
                            [
                                .init(left, top), .init(left + 23, top), .init(left + 23, bottom),
                                .init(left, bottom),
                            ], entry.ink, opacity: entry.ink == .beyond ? 1 : 0.25))
                }
                shapes.append(
                    .letters(
                        .init(text: entry.text, ink: .faint, size: 12),
                        .init(left + Self.lead(entry), middle + 4)))
            }
        }
        return shapes
    }
}
