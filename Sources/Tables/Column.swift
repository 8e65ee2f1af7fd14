// A named column: numbers, or labels.

/// A named column of a table.
public struct Column: Sendable {
    /// The name in the header; for JSON Lines the keys down to the value, joined by points (`config.lr`).
    public let name: String
    /// The values, one a row.
    public let values: Values

    /// What a column holds.
    public enum Values: Sendable {
        /// Numbers, NaN where missing.
        case numbers([Double])
        /// Texts, each stored once.
        case labels(Labels)
    }

    /// A column of these values.
    public init(name: String, values: Values) {
        self.name = name
        self.values = values
    }

    /// A column of numbers, NaN where missing.
    public init(name: String, numbers: [Double]) { self.init(name: name, values: .numbers(numbers)) }

    /// A column of labels, nil where missing.
    public init(name: String, labels: [String?]) { self.init(name: name, values: .labels(Labels(labels))) }

    /// The number of rows.
    public var count: Int {
        switch values {
        case .numbers(let numbers): numbers.count
        case .labels(let labels): labels.codes.count
        }
    }

    /// The column as labels.
    ///
    /// A number becomes the shortest text that reads back as the same number, an integer without `.0`: 7e10 is
    /// `70000000000`, 0.5 is `0.5`. NaN is a missing label; 0 and −0 are one label.
    public func labels() -> Labels {
        switch values {
        case .labels(let labels): labels
        case .numbers(let numbers): Labels(numbers: numbers)
        }
    }

    /// The first cell of a column of labels that is no number, or nil where there is none.
    public var firstText: (row: Int, text: String)? {
        guard case .labels(let labels) = values else { return nil }
        let isText = labels.names.map { Cell(text: $0).isText }
        guard let row = labels.codes.firstIndex(where: { $0 >= 0 && isText[Int($0)] }) else { return nil }
        return (row, labels.names[Int(labels.codes[row])])
    }

    func rows(at indices: [Int]) -> Column {
        switch values {
        case .numbers(let numbers): Column(name: name, numbers: indices.map { numbers[$0] })
        case .labels(let labels):
            Column(
                name: name,
                values: .labels(Labels(codes: indices.map { labels.codes[$0] }, names: labels.names)))
        }
    }
}
