// Predictions as CSV: digits that round-trip, one point a line.

import Formulas
import Scaling

extension Predictions {
    /// The predictions as CSV: the inputs by name, then `value`, `lower`, `upper`, `distance`.
    ///
    /// A number that is not finite, an interval that is not known and a distance that is not known are empty cells.
    public var csv: String {
        let names = points.names
        var text = (names + ["value", "lower", "upper", "distance"]).map(Self.cell).joined(separator: ",") + "\n"
        for prediction in self {
            for name in names {
                switch prediction.point[name] {
                case .number(let number)?: text += Self.number(number)
                case .label(let label)?: text += Self.cell(label)
                case nil: break
                }
                text += ","
            }
            text += Self.number(prediction.value) + ","
            text += (prediction.interval.map { Self.number($0.lower) + "," + Self.number($0.upper) } ?? ",") + ","
            text += (prediction.distance.map(Self.number) ?? "") + "\n"
        }
        return text
    }

    private static func number(_ value: Double) -> String { value.isFinite ? Numbers.exact(value) : "" }

    // In quotes where a comma, a quote or a line break would end the cell (RFC 4180).
    private static func cell(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 != 0x0A && $0 != 0x0D
        }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
