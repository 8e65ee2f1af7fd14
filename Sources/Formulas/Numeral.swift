// Numbers as short text, without a locale and without Foundation.

/// Formats numbers for people. Machines get the shortest digits that round-trip instead.
package enum Numeral {
    /// `value` with `digits` significant digits, plain between 1e-4 and 1e15, else with an exponent.
    package static func significant(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
        if value == 0 { return "0" }
        let (mantissa, exponent) = rounded(value.magnitude, digits)
        if exponent < -4 || exponent >= 15 { return scientific(value, digits: digits) }
        var text: String
        if exponent >= digits - 1 {
            text = mantissa + String(repeating: "0", count: exponent - digits + 1)
        } else if exponent >= 0 {
            let split = mantissa.index(mantissa.startIndex, offsetBy: exponent + 1)
            text = mantissa[..<split] + "." + mantissa[split...]
        } else {
            text = "0." + String(repeating: "0", count: -exponent - 1) + mantissa
        }
        return (value < 0 ? "-" : "") + text
    }

    /// `value` as `3.10e-24`.
    package static func scientific(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return significant(value, digits: digits) }
        if value == 0 { return "0" }
        let (mantissa, exponent) = rounded(value.magnitude, digits)
        let rest = mantissa.dropFirst()
        return (value < 0 ? "-" : "") + mantissa.prefix(1) + (rest.isEmpty ? "" : "." + rest) + "e\(exponent)"
    }

    /// `value` with `decimals` digits after the point.
    package static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return significant(value, digits: 1) }
        let exponent = value == 0 ? 0 : rounded(value.magnitude, 17).exponent
        let digits = exponent + 1 + decimals
        let zero = decimals > 0 ? "0." + String(repeating: "0", count: decimals) : "0"
        if value == 0 || digits < 0 { return zero }
        if digits == 0 {
            // One rounding decides between nothing and one unit of the last place.
            let unit = decimals > 0 ? "0." + String(repeating: "0", count: decimals - 1) + "1" : "1"
            // Not of one digit that was rounded before: 4.9 is not 5.
            return rounded(value.magnitude, 17).mantissa >= "5" ? (value < 0 ? "-" : "") + unit : zero
        }
        let (mantissa, scale) = rounded(value.magnitude, min(17, digits))
        let padded = mantissa + String(repeating: "0", count: max(0, scale + 1 + decimals - mantissa.count))
        var whole = String(padded.prefix(max(0, scale + 1)))
        var fraction = String(repeating: "0", count: max(0, -scale - 1)) + padded.dropFirst(max(0, scale + 1))
        if whole.isEmpty { whole = "0" }
        fraction = String(fraction.prefix(decimals))
        return (value < 0 ? "-" : "") + whole + (decimals > 0 ? "." + fraction : "")
    }

    // The first `digits` decimal digits of a positive number, rounded half up from its shortest exact digits, and the
    // power of ten of the first.
    private static func rounded(_ value: Double, _ digits: Int) -> (mantissa: String, exponent: Int) {
        let text = value.description
        let parts = text.split(separator: "e", maxSplits: 1)
        var exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
        let point = parts[0].firstIndex(of: ".") ?? parts[0].endIndex
        let whole = parts[0][..<point]
        let all = Array((whole + parts[0][point...].dropFirst()).utf8.map { Int($0) - 48 })
        let leading = all.firstIndex { $0 != 0 } ?? 0
        exponent += whole.count - 1 - leading
        var kept = Array(all[leading...])
        if kept.count > digits {
            let up = kept[digits] >= 5
            kept = Array(kept[..<digits])
            if up {
                var place = digits - 1
                while place >= 0, kept[place] == 9 {
                    kept[place] = 0
                    place -= 1
                }
                if place >= 0 {
                    kept[place] += 1
                } else {
                    kept.insert(1, at: 0)
                    kept.removeLast()
                    exponent += 1
                }
            }
        }
        kept += Array(repeating: 0, count: digits - kept.count)
        return (kept.map(String.init).joined(), exponent)
    }
}
