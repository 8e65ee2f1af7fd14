// The patterns of lines met last, and the block of rows that lines of one of them fill.

/// A few patterns, the one met last first, and numbers that are on their way to the columns.
struct JSONPatterns {
    /// Lines of training, of evaluation, of checkpoints.
    private static let most = 4
    /// So many patterns may be learned without a line that has one of them; from then on one line in 64 is learned from.
    private static let patience = 16

    private(set) var all: [JSONPattern] = []
    private var unmet = 0
    /// What the rows of the block are of, where there are any.
    private(set) var current: JSONPattern?
    private(set) var block = JSONBlock(fields: 0)
    /// Missing cells that the first row of the block makes in columns of numbers.
    private(set) var padding = 0

    /// The values of a line that is being read in the general way.
    var values: [JSONPattern.Value] = []

    /// Whether a line that no pattern fits is to become one.
    func learns(row: Int) -> Bool { unmet < Self.patience || row & 63 == 0 }

    /// Makes a pattern of a line whose ``values`` are known.
    mutating func learn(_ line: UnsafeBufferPointer<UInt8>) {
        guard !values.isEmpty else { return }
        if all.count == Self.most { all.removeLast() }
        all.insert(JSONPattern(line, values), at: 0)
        unmet += 1
    }

    /// Prepares for rows of a pattern.
    mutating func begin(_ place: Int, _ columns: [ColumnBuilder], row: Int) {
        let pattern = all[place]
        current = pattern
        padding = 0
        for (field, column) in pattern.columns.enumerated() {
            switch columns[column].kind {
            case _ where columns[column].isComplete: pattern.kinds[field] = .skipped
            case .numbers:
                pattern.kinds[field] = .number
                padding += columns[column].missing(before: row)
            case .labels: pattern.kinds[field] = .label
            case .mixed, .skipped: pattern.kinds[field] = .skipped
            }
        }
        if block.fields < pattern.columns.count { block = JSONBlock(fields: pattern.columns.count) }
    }

    /// The line that was read had the current pattern, which is the one at this place.
    mutating func met(_ place: Int) {
        unmet = 0
        if place > 0 { all.insert(all.remove(at: place), at: 0) }
    }

    mutating func end() { current = nil }
}

/// Numbers of rows, those of a field adjacent.
final class JSONBlock {
    let fields: Int
    let rows: Int
    let numbers: UnsafeMutablePointer<Double>

    init(fields: Int) {
        self.fields = fields
        rows = max(1, min(1024, 65_536 / max(1, fields)))
        numbers = .allocate(capacity: fields * rows)
    }

    deinit { numbers.deallocate() }
}
