// One column while it is read: numbers until the first text, then labels.
//
// A column that meets its first text after numbers has lost the texts of those numbers ("1e3" and "1000" are different
// labels). It is then `mixed`: the pass goes on without it, and a second pass over the source reads it as labels. So
// there are two passes at most, however many columns turn out to be mixed.

/// A column that grows by a row at a time.
struct ColumnBuilder {
    enum Kind { case numbers, labels, mixed, skipped }

    let name: String
    private(set) var kind = Kind.numbers
    private(set) var numbers: [Double] = []
    private var labels: LabelBuilder?

    init(name: String) { self.name = name }

    /// How many rows will be missing once the one at `row` is set; none of a column that keeps no rows.
    func missing(before row: Int) -> Int {
        isComplete || kind == .mixed ? 0 : max(0, row - (labels?.codes.count ?? numbers.count))
    }

    /// Appends numbers; `expected` is a guess at the rows there will be in all.
    mutating func append(_ more: UnsafeBufferPointer<Double>, expected: Int) {
        let needed = numbers.count + more.count
        if needed > numbers.capacity {
            // Pages never written cost nothing, and a cell takes at least a byte of the file, so that not even a
            // file whose first rows are short makes the guesses for all columns larger than eight times its size.
            numbers.reserveCapacity(max(needed + needed / 2, expected))
        }
        numbers.append(contentsOf: more)
    }

    /// Makes room for labels; `expected` as for numbers.
    mutating func reserveLabels(_ needed: Int, expected: Int) { labels?.reserve(needed, expected: expected) }

    /// Sets a row to a number, where the rows before are set or missing.
    ///
    /// The guess at the rows in all is followed no further than four times what is there, for a key of JSON may not
    /// occur again.
    mutating func set(row: Int, number: Double, expected: Int) {
        pad(to: row)
        if numbers.count == numbers.capacity {
            numbers.reserveCapacity(max(row + row / 2 + 16, min(expected, 4 * row)))
        }
        numbers.append(number)
    }

    /// Makes rows up to `count` missing where they are not set.
    mutating func pad(to count: Int) {
        switch kind {
        case .numbers:
            if numbers.count < count {
                numbers.append(contentsOf: repeatElement(.nan, count: count - numbers.count))
            }
        case .labels: labels?.pad(to: count)
        case .mixed, .skipped: break
        }
    }

    /// Sets a row of a column of labels.
    ///
    /// - Returns: false where the bytes are not UTF-8.
    mutating func set(row: Int, label: UnsafeBufferPointer<UInt8>) -> Bool {
        if Cell.isMissing(label) {
            labels?.setMissing(row: row)
            return true
        }
        return labels?.set(row: row, to: label) ?? true
    }

    /// Makes the column one of labels where no number would be lost, else mixed.
    mutating func becomeText() {
        let rows = numbers.count
        let onlyMissing = numbers.allSatisfy(\.isNaN)
        numbers = []
        kind = onlyMissing ? .labels : .mixed
        if onlyMissing {
            labels = LabelBuilder()
            labels?.pad(to: rows)
        }
    }

    /// Prepares for the second pass: a mixed column is read as labels, the others are complete.
    mutating func prepareSecondPass() {
        if kind == .mixed {
            kind = .labels
            labels = LabelBuilder()
        } else {
            isComplete = true
        }
    }

    /// True for a column that the first pass has read.
    private(set) var isComplete = false

    func finished() -> Column {
        if let labels { return Column(name: name, values: .labels(labels.finished())) }
        return Column(name: name, numbers: numbers)
    }
}
