// Tables inside a formula.

/// `lookup(format, "E4M3": 4, "E5M2": 5)`: the value of the row whose key equals the subject.
///
/// Where no key does it is the last argument, if that has no key, and not a number otherwise.
public struct Lookup: Hashable, Sendable {
    public enum Key: Hashable, Sendable {
        case label(String)
        case number(Double)
    }

    public struct Row: Hashable, Sendable {
        public let key: Key
        public let value: Expression
    }

    /// A column, or with keys that are numbers any expression.
    public let subject: Expression
    public let rows: [Row]
    /// The value where no key fits.
    public let otherwise: Expression?

    /// A table may have so many rows.
    static let longest = 256
}

extension Lookup.Key {
    /// As the expression that the subject is compared with.
    var expression: Expression {
        switch self {
        case .label(let label): .label(label)
        case .number(let number): number.sign == .minus ? .negate(.number(-number)) : .number(number)
        }
    }
}
