// Predictions as CSV: digits that round-trip, one point a line.

import Formulas
import Scaling
import Tables

extension Predictions {
    /// The predictions as CSV: the inputs by name, then `value`, `lower`, `upper`, `distance`.
    ///
    /// A number that is not finite, an interval that is not known and a distance that is not known are empty cells.
    public var csv: String {
        let columns = points.names.map { (points.numbers[$0], points.labels[$0]) }
        let distances = distanceColumn
        let header = (points.names + ["value", "lower", "upper", "distance"]).map(CSVText.cell)
        var bytes = Array((header.joined(separator: ",") + "\n").utf8)
        bytes.reserveCapacity(count * 20 * (columns.count + 2))
        for row in indices {
            for (numbers, labels) in columns {
                if let numbers { Self.append(numbers[row], to: &bytes) }
                if let labels { bytes += CSVText.cell(labels[row]).utf8 }
                bytes.append(UInt8(ascii: ","))
            }
            Self.append(values[row], to: &bytes)
            bytes.append(UInt8(ascii: ","))
            // An interval has both ends or none.
            let ends = lower.flatMap { lower in upper.map { (lower[row], $0[row]) } }
            if let ends, ends.0.isFinite, ends.1.isFinite {
                Self.append(ends.0, to: &bytes)
                bytes.append(UInt8(ascii: ","))
                Self.append(ends.1, to: &bytes)
            } else {
                bytes.append(UInt8(ascii: ","))
            }
            bytes.append(UInt8(ascii: ","))
            if let distances { Self.append(distances[row], to: &bytes) }
            bytes.append(UInt8(ascii: "\n"))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ value: Double, to bytes: inout [UInt8]) {
        if value.isFinite { bytes += Numbers.exact(value).utf8 }
    }
}
