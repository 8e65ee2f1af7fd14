// How wide words are, and where labels go that would lie on each other.

/// Letters without a font at hand.
enum Lettering {
    /// About how wide a text is, in points: as in DejaVu Sans, the widest of the fonts that stand in for Helvetica.
    static func width(_ text: String, _ size: Double) -> Double {
        size * text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    /// By so much bold letters are wider.
    static let bold = 1.14

    /// A text that ends in an ellipsis where it would be wider than `limit`.
    static func cut(_ text: String, _ size: Double, to limit: Double) -> String {
        if width(text, size) <= limit { return text }
        var kept = text
        while !kept.isEmpty, width(kept + "…", size) > limit { kept.removeLast() }
        return kept + "…"
    }

    /// A text in one line, or in two where it is wider than `limit`; the second ends in an ellipsis where even that is
    /// too little.
    static func lines(_ text: String, _ size: Double, to limit: Double) -> [String] {
        if width(text, size) <= limit { return [text] }
        let spaces = text.indices.filter { text[$0] == " " }
        guard let place = spaces.last(where: { width(String(text[..<$0]), size) <= limit }) else {
            return [cut(text, size, to: limit)]
        }
        return [String(text[..<place]), cut(String(text[text.index(after: place)...]), size, to: limit)]
    }

    private static func width(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", ".", ",", ":", ";", "'", "|", "I", " ", "!", "/": 0.34
        case "(", ")", "[", "]", "f", "t", "r", "-": 0.41
        case "m", "w", "M", "W", "%", "@": 0.97
        case "A"..."Z", "=", "+", "×", "<", ">", "~", "−", "≤", "≈", "∝", "_": 0.76
        case "⁰"..."⁹", "¹", "²", "³", "⁻": 0.42
        default: 0.63
        }
    }

    /// The box around letters that stand at a place.
    static func box(_ letters: Drawing.Letters, _ place: Drawing.Place) -> Drawing.Rectangle {
        let width = width(letters.text, letters.isBold ? letters.size * bold : letters.size)
        let back: Double =
            switch letters.anchor {
            case .start: 0
            case .middle: width / 2
            case .end: width
            }
        let (rise, height) = (0.76 * letters.size, 0.98 * letters.size)
        if letters.isUpright {
            return Drawing.Rectangle(
                left: place.x - rise, top: place.y + back - width, width: height, height: width)
        }
        return Drawing.Rectangle(left: place.x - back, top: place.y - rise, width: width, height: height)
    }

    /// Labels right of a frame, each as near to its own height as the others let it, in order of height; where all have
    /// no room, every second one and so on.
    static func spread(
        _ labels: [(letters: Drawing.Letters, height: Double)], beside frame: Drawing.Rectangle
    ) -> [Drawing.Shape] {
        let spacing = 15.0
        var ordered = labels.enumerated().sorted { ($0.element.height, $0.offset) < ($1.element.height, $1.offset) }
            .map(\.element)
        let most = max(1, Int(frame.height / spacing))
        let step = (ordered.count + most - 1) / most
        if step > 1 { ordered = ordered.indices.filter { $0 % step == 0 }.map { ordered[$0] } }
        let room = (frame.top + 4)...max(frame.bottom - 8, frame.top + 4)
        let heights = stacked(ordered.map(\.height), spacing: spacing, in: room)
        return zip(ordered, heights).map { label, height in
            .letters(label.letters, .init(frame.right + 8, height + 4))
        }
    }

    /// Heights in their order, moved apart to so much spacing: those that touch stand centred on the mean of their
    /// heights, as far as the room reaches.
    static func stacked(_ heights: [Double], spacing: Double, in room: ClosedRange<Double>) -> [Double] {
        func kept(_ middle: Double, _ count: Int) -> Double {
            let half = Double(count - 1) / 2 * spacing
            let least = room.lowerBound + half
            return min(max(middle, least), max(room.upperBound - half, least))
        }
        var runs: [(count: Int, middle: Double)] = []
        for height in heights {
            runs.append((1, kept(height, 1)))
            while runs.count > 1 {
                let (a, b) = (runs[runs.count - 2], runs[runs.count - 1])
                let gap =
                    (b.middle - Double(b.count - 1) / 2 * spacing) - (a.middle + Double(a.count - 1) / 2 * spacing)
                if gap >= spacing { break }
                let count = a.count + b.count
                let middle = (a.middle * Double(a.count) + b.middle * Double(b.count)) / Double(count)
                runs.removeLast(2)
                runs.append((count, kept(middle, count)))
            }
        }
        return runs.flatMap { run in
            (0..<run.count).map { run.middle + (Double($0) - Double(run.count - 1) / 2) * spacing }
        }
    }

    /// Words inside of a frame: each at the first of its places where it lies on no other words and on as few symbols
    /// as can be; those without a place are left out.
    ///
    /// What stands out, such as runs that are to be made, is covered last, and never by the words of something else; before it
    /// come runs that were made.
    static func perched(
        _ notes: [(letters: Drawing.Letters, places: [Canvas.Perch])], among shapes: [Drawing.Shape],
        in frame: Drawing.Rectangle
    ) -> [Drawing.Shape] {
        let symbols = shapes.compactMap { shape -> (box: Drawing.Rectangle, ink: Ink)? in
            guard case .symbol(_, let place, let radius, let ink, _) = shape else { return nil }
            let box = Drawing.Rectangle(
                left: place.x - radius, top: place.y - radius, width: 2 * radius, height: 2 * radius)
            return (box, ink)
        }
        var taken: [Drawing.Rectangle] = []
        var placed: [Drawing.Shape] = []
        for note in notes {
            var best: (covered: [Int], shape: Drawing.Shape, box: Drawing.Rectangle)?
            for (place, anchor) in note.places {
                var letters = note.letters
                letters.anchor = anchor
                let box = box(letters, place)
                guard box.left >= frame.left + 2, box.right <= frame.right - 2, box.top >= frame.top + 1,
                    box.bottom <= frame.bottom - 2, !taken.contains(where: box.meets)
                else { continue }
                // What stands out, what was measured, anything.
                let below = symbols.filter { $0.box.meets(box) }.map(\.ink)
                let covered = [below.count { $0 == .accent }, below.count { $0 != .faint }, below.count]
                if covered[0] > 0, letters.ink != .accent { continue }
                if best.map({ covered.lexicographicallyPrecedes($0.covered) }) ?? true {
                    best = (covered, .letters(letters, place), box)
                }
                if below.isEmpty { break }
            }
            guard let best else { continue }
            taken.append(best.box)
            placed.append(best.shape)
        }
        return placed
    }
}
