// The line of the file on which each row begins, stored only where it is not the row plus a constant.

/// A map from rows to line numbers: a list of the rows at which the difference between the two changes.
struct LineNumbers: Sendable {
    // Ascending in `row`; the difference line − row holds from there to the next entry.
    private var changes: [(row: Int, difference: Int)] = []

    init() {}

    /// Row 0 is on line `first`, and each row is on the line after the one before.
    init(first: Int) { changes = [(0, first)] }

    /// Records the line of the next row.
    @inline(__always)
    mutating func append(row: Int, line: Int) {
        if let last = changes.last, last.difference == line - row { return }
        changes.append((row, line - row))
    }

    subscript(row: Int) -> Int {
        // The last change at or before the row.
        var low = 0
        var high = changes.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if changes[middle].row <= row { low = middle } else { high = middle }
        }
        return row + changes[low].difference
    }
}
