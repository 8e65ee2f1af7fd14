// How wide words are, and where labels go that would lie on each other.

/// Letters without a font at hand.
enum Lettering {
    /// About how wide a text is, in points: a little more than in Helvetica.
    static func width(_ text: String, _ size: Double) -> Double {
        size * text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    /// A text that ends in an ellipsis where it would be wider than `limit`.
    static func cut(_ text: String, _ size: Double, to limit: Double) -> String {
        if width(text, size) <= limit { return text }
        var kept = text
        while !kept.isEmpty, width(kept + "…", size) > limit { kept.removeLast() }
        return kept + "…"
    }

    private static func width(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", ".", ",", ":", ";", "'", "|", "I", " ", "!", "(", ")", "[", "]", "f", "t", "r": 0.34
        case "m", "w", "M", "W", "%", "@": 0.88
        case "A"..."Z", "=", "+", "×", "<", ">", "~": 0.7
        case "⁰"..."⁹", "¹", "²", "³": 0.36
        default: 0.57
        }
    }

    /// Labels right of a frame, each as near to its own height as the others let it, in order of height.
    static func spread(
        _ labels: [(letters: Drawing.Letters, height: Double)], beside frame: Drawing.Rectangle
    ) -> [Drawing.Shape] {
        let spacing = 15.0
        let ordered = labels.enumerated().sorted { ($0.element.height, $0.offset) < ($1.element.height, $1.offset) }
            .map(\.element)
        // Runs of labels that touch stand centred on the mean of their heights.
        var runs: [(first: Int, count: Int, middle: Double)] = []
        for (place, label) in ordered.enumerated() {
            runs.append((place, 1, label.height))
            while runs.count > 1 {
                let (a, b) = (runs[runs.count - 2], runs[runs.count - 1])
                let gap =
                    (b.middle - Double(b.count - 1) / 2 * spacing) - (a.middle + Double(a.count - 1) / 2 * spacing)
                if gap >= spacing { break }
                let count = a.count + b.count
                let middle = (a.middle * Double(a.count) + b.middle * Double(b.count)) / Double(count)
                runs.removeLast(2)
                runs.append((a.first, count, middle))
            }
        }
        return runs.flatMap { run in
            (0..<run.count).map { place in
                let height = run.middle + (Double(place) - Double(run.count - 1) / 2) * spacing
                return .letters(ordered[run.first + place].letters, .init(frame.right + 8, height + 4))
            }
        }
    }
}
