// What every format asks of a drawing, whatever the drawing is made of.

extension Drawing {
    /// Every ink that is used, each once, in order of appearance.
    var inks: [Ink] {
        var inks: [Ink] = []
        var known = Set<Ink>()
        for shape in shapes where known.insert(shape.ink).inserted {
            inks.append(shape.ink)
        }
        return inks
    }

    /// What a pointer is told, in the order of the symbols that tell something.
    var told: [String] {
        shapes.compactMap { shape in
            if case .symbol(_, _, _, _, let title) = shape { return title }
            return nil
        }
    }
}

extension Drawing.Stroke {
    /// Lengths of dashes and gaps in points; nil for a whole line.
    var dashes: [Double]? {
        switch dash {
        case .solid: nil
        case .dashed: [6, 4]
        case .dotted: [1.5, 3]
        }
    }
}

extension Drawing.Symbol {
    /// The corners around the middle, in radii; nil for what is round.
    var corners: [(x: Double, y: Double)]? {
        switch self {
        case .circle, .ring: return nil
        case .diamond: return [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)]
        case .square: return [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
        case .triangle: return [(0, -1.15), (1.05, 0.85), (-1.05, 0.85)]
        case .cross:
            let (a, b) = (0.3, 1.1)
            return [
                (-b, -b + a), (-b + a, -b), (0, -a), (b - a, -b), (b, -b + a), (a, 0), (b, b - a), (b - a, b), (0, a),
                (-b + a, b), (-b, b - a), (-a, 0),
            ]
        }
    }
}
