// Sizes as people type them, for messages and reports alike.

import Fitting
import Formulas

extension Numeral {
    /// A size as it is typed: `70B`, `1.4T`, `32000`, `3e-4`, `5.76e23`.
    package static func quantity(_ value: Double, digits: Int) -> String {
        let size = value.magnitude
        // A number that rounds up to the next unit takes that unit: 1B, not 1000M.
        let rounded =
            size >= 1e6 && size < 1e15 ? Quantity.parse(scientific(size, digits: digits)) ?? size : size
        for (unit, letter) in [(1e12, "T"), (1e9, "B"), (1e6, "M")] where rounded >= unit && rounded < 1e15 {
            return trimmed(significant(value / unit, digits: digits)) + letter
        }
        if rounded >= 1e15 || size > 0 && size < 1e-3 { return trimmed(scientific(value, digits: digits)) }
        return short(value, digits: max(digits, 6))
    }

    /// A range of sizes, as `57.3M..16.2B`; an end that is open is left out.
    package static func quantities(_ range: Bound, digits: Int) -> String {
        (range.lower == -.infinity ? "" : quantity(range.lower, digits: digits)) + ".."
            + (range.upper == .infinity ? "" : quantity(range.upper, digits: digits))
    }

    /// A number to so many significant digits, without zeros at its end.
    package static func short(_ value: Double, digits: Int) -> String {
        trimmed(significant(value, digits: digits))
    }

    /// The number of `digits` decimal digits, up to 15, that is nearest to `value`.
    package static func rounded(_ value: Double, digits: Int) -> Double {
        Quantity.parse(scientific(value, digits: digits)) ?? value
    }

    // Without zeros behind the point, before an exponent too.
    private static func trimmed(_ text: String) -> String {
        let end = text.lastIndex(of: "e") ?? text.endIndex
        var digits = text[..<end]
        guard digits.contains(".") else { return text }
        while digits.last == "0" { digits.removeLast() }
        if digits.last == "." { digits.removeLast() }
        return String(digits + text[end...])
    }
}
