// Numbers as people read them: one place for all reports. Machines get the shortest digits that round-trip.

import Fitting
import Formulas

/// Formats numbers for reports.
public enum Numbers {
    /// An estimate with its standard error, both to the decimal that the error justifies.
    ///
    /// The error has two significant digits; neither number is rounded left of its point below ten million, and the
    /// estimate keeps three significant digits where its error is larger than itself. Without a standard error the
    /// estimate has six significant digits.
    public static func estimate(_ value: Double, standardError: Double?) -> (value: String, standardError: String?) {
        guard let error = standardError, error.isFinite, error > 0, value.isFinite else {
            return (short(value, digits: 6), nil)
        }
        let size = max(value.magnitude, error)
        if size >= 1e7 || size < 1e-4 {
            let digits = value == 0 ? 2 : 2 + max(1, exponent(value) - exponent(error))
            return (Numeral.scientific(value, digits: min(17, digits)), Numeral.scientific(error, digits: 2))
        }
        let decimals = max(0, 1 - exponent(error))
        let needed = value == 0 ? 0 : max(0, 2 - exponent(value))
        return (
            Numeral.fixed(value, decimals: error > value.magnitude ? max(decimals, needed) : decimals),
            Numeral.fixed(error, decimals: decimals)
        )
    }

    /// A value with its interval, all three to two digits beyond the first in which the ends differ.
    public static func interval(_ value: Double, _ lower: Double, _ upper: Double) -> (String, String, String) {
        let width = upper - lower
        guard value.isFinite, width.isFinite, width > 0 else {
            return (short(value, digits: 6), short(lower, digits: 6), short(upper, digits: 6))
        }
        let size = max(value.magnitude, lower.magnitude, upper.magnitude)
        let decimals = 1 - exponent(width)
        if size >= 1e7 || size < 1e-4 || decimals > 12 {
            let digits = min(17, max(2, exponent(size) + decimals + 1))
            let written = [value, lower, upper].map { Numeral.scientific($0, digits: digits) }
            return (written[0], written[1], written[2])
        }
        let written = [value, lower, upper].map { Numeral.fixed($0, decimals: max(0, decimals)) }
        return (written[0], written[1], written[2])
    }

    /// An interval as `0.311..0.381`: an end that nothing sets is left out, one that a bound sets stands in brackets.
    ///
    /// Both ends have two digits beyond the first in which they differ.
    public static func interval(_ interval: ConfidenceInterval, around value: Double) -> String {
        let (low, high) = (interval.lower.value, interval.upper.value)
        if low == nil, high == nil { return "open" }
        var words = ["", ""]
        if let low, let high, low > 0, high > 100 * low {
            words = [short(low, digits: 3), short(high, digits: 3)]
        } else {
            let (_, lower, upper) = Self.interval(
                value, low ?? 2 * value - (high ?? value), high ?? 2 * value - (low ?? value))
            words = [lower, upper]
        }
        if low == nil { words[0] = "" }
        if high == nil { words[1] = "" }
        if case .bound = interval.lower { words[0] = "[" + words[0] }
        if case .bound = interval.upper { words[1] += "]" }
        return words.joined(separator: "..")
    }

    /// A size as it is typed: `70B`, `1.4T`, `32000`, `3e-4`, `5.76e23`; four significant digits.
    public static func quantity(_ value: Double, digits: Int = 4) -> String {
        Numeral.quantity(value, digits: digits)
    }

    /// A number to so many significant digits, without zeros at its end.
    public static func short(_ value: Double, digits: Int = 4) -> String {
        Numeral.short(value, digits: digits)
    }

    /// How many: `240`, or `1240.5` for a sum of weights.
    public static func count(_ value: Double) -> String { short(value, digits: 12) }

    /// `1 row`, `3 rows`.
    public static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        count == 1 ? "1 \(one)" : "\(count) \(many ?? one + "s")"
    }

    /// `a`, `a and b`, `a, b and c`.
    public static func listed(_ words: [String], _ last: String = "and") -> String {
        words.count < 2
            ? words.joined() : words.dropLast().joined(separator: ", ") + " \(last) " + words[words.count - 1]
    }

    /// `2`, `2 and 3`, `1, 4 and 6 to 9`: ascending numbers, three or more in a row by their ends.
    public static func places(_ numbers: [Int]) -> String {
        var rows: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = rows.last, last.upperBound + 1 == number {
                rows[rows.count - 1] = last.lowerBound...number
            } else {
                rows.append(number...number)
            }
        }
        return listed(
            rows.flatMap { row in
                row.count > 2 ? ["\(row.lowerBound) to \(row.upperBound)"] : row.map(String.init)
            })
    }

    /// A value that nothing else is known of, to six significant digits, zeros included.
    public static func value(_ value: Double) -> String { Numeral.significant(value, digits: 6) }

    /// A factor: `×10`, or `inside` for 1.
    public static func distance(_ factor: Double) -> String {
        factor <= 1 ? "inside" : factor.isFinite ? "×" + short(factor, digits: 3) : "outside"
    }

    /// The shortest digits that read back as the same number, for machines.
    public static func exact(_ value: Double) -> String { Expression.decimal(value) }

    // The power of ten of the first digit, after rounding to two.
    private static func exponent(_ value: Double) -> Int {
        let text = Numeral.scientific(value.magnitude, digits: 2)
        return text.lastIndex(of: "e").flatMap { Int(text[text.index(after: $0)...]) } ?? 0
    }
}
