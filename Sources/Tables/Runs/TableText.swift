// A table as text: CSV that reads back as the same table.

import Formulas

extension Table {
    /// The table as CSV: numbers by the shortest digits that read back, nothing where a value is missing, texts in quotes
    /// where they need them.
    public var csv: String {
        var bytes = Array((columns.map { CSVText.cell($0.name) }.joined(separator: ",") + "\n").utf8)
        bytes.reserveCapacity(rowCount * columns.count * 8)
        for row in 0..<rowCount {
            let start = bytes.count
            for (place, column) in columns.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                switch column.values {
                case .numbers(let numbers): Self.append(numbers[row], to: &bytes)
                case .labels(let labels): bytes += CSVText.cell(labels[row] ?? "").utf8
                }
            }
            // A line without anything is no row.
            if bytes.count == start { bytes += "\"\"".utf8 }
            bytes.append(0x0A)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ value: Double, to bytes: inout [UInt8]) {
        if value.isNaN { return }
        bytes += (value.isInfinite ? (value < 0 ? "-inf" : "inf") : Expression.decimal(value)).utf8
    }
}
