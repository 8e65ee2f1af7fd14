// Sizes as people type them, for messages and reports alike.

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

    /// The number of 15 decimal digits that is nearest to `value`; of two that are as near to its last bits, either.
    package static func rounded(_ value: Double) -> Double {
        let size = value.magnitude
        guard size >= 1e-7, size < 1e35 else { return Quantity.parse(scientific(value, digits: 15)) ?? value }
        // A power of ten up to 1e22 is exact, and so is a whole number below 1e15: the last operation rounds once.
        var power = 14 - Int((Elementary.ln(size) / Elementary.ln(10)).rounded(.down))
        func scaled() -> Double { power >= 0 ? value * powers[power] : value / powers[-power] }
        if scaled().magnitude >= 1e15 { power -= 1 }
        let whole = scaled().rounded()
        return power >= 0 ? whole / powers[power] : whole * powers[-power]
    }

    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
        1e19, 1e20, 1e21, 1e22,
    ]

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
