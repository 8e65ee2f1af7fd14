// The near name, for messages that end in "did you mean …?".

/// Finds the known name that a misspelt one most likely meant.
public enum Suggestion {
    /// The candidate nearest to `name`, or nil where none is near enough to be worth printing.
    ///
    /// Distance is the case-insensitive edit distance with transpositions; a third of the name's length may
    /// differ (at least one letter, at most three). A name of one letter matches only itself in the other case.
    /// Ties go to the candidate that comes first.
    public static func nearest(to name: String, among candidates: [String]) -> String? {
        let wanted = Array(name.lowercased().utf8)
        guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
        let allowed = wanted.count == 1 ? 0 : min(3, max(1, wanted.count / 3))
        var best: (name: String, distance: Int)?
        for candidate in candidates where candidate != name && candidate.utf8.count <= 64 {
            let distance = editDistance(wanted, Array(candidate.lowercased().utf8))
            if distance <= allowed, distance < best?.distance ?? Int.max { best = (candidate, distance) }
        }
        return best?.name
    }

    // Damerau–Levenshtein distance with adjacent transpositions (optimal string alignment).
    private static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in 0..<b.count {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
