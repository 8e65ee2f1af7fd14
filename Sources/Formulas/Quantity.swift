// Quantities as people write them: 70B, 1.4T, 3e-4, 5%.
//
// One reader serves a cell of a table, a number in a formula and an option of the command.
// It works on bytes, needs no locale, and is exact: every decimal is rounded once, to nearest.

/// A number as people write it, with an optional suffix: `70B` is 7e10 and `1.4T` is 1.4e12.
public enum Quantity {
    /// The value of `text`, or nil where it is not a quantity.
    ///
    /// Accepted: an optional sign, decimal digits with an optional point and exponent, then at most one suffix that
    /// touches the number: `k` or `K` (10³), `M` (10⁶), `B` or `G` (10⁹), `T` (10¹²), `P` (10¹⁵), `%` (10⁻²).
    /// There is no `E` (it would be an exponent) and no binary suffix (`Ki`): the field counts in powers of ten.
    /// `inf` and `nan` are not quantities. A value too large for a double is infinity.
    public static func parse(_ text: some StringProtocol) -> Double? {
        var copy = String(text)
        return copy.withUTF8 { parse(bytes: $0) }
    }

    /// The value of the bytes, or nil where they are not a quantity; see ``parse(_:)``.
    package static func parse(bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard let (value, end) = prefix(of: bytes, from: 0) else { return nil }
        return end == bytes.count ? value : nil
    }

    /// Reads the longest quantity that starts at `start`; returns its value and where it ends.
    package static func prefix(
        of bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> (value: Double, end: Int)? {
        var position = start
        let count = bytes.count
        var negative = false
        if position < count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
            negative = bytes[position] == UInt8(ascii: "-")
            position += 1
        }
        var mantissa: UInt64 = 0
        var significant = 0  // digits that went into the mantissa, leading zeros apart
        var exponent = 0
        var digits = 0
        var exact = true  // false once a nonzero digit no longer fits the mantissa
        var afterPoint = false
        scan: while position < count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = UInt64(byte - UInt8(ascii: "0"))
                digits += 1
                if significant < 19 {
                    mantissa = mantissa * 10 + digit
                    if mantissa != 0 { significant += 1 }
                    if afterPoint { exponent -= 1 }
                } else {
                    if digit != 0 { exact = false }
                    if !afterPoint { exponent += 1 }
                }
            case UInt8(ascii: "."):
                if afterPoint { break scan }
                afterPoint = true
            default:
                break scan
            }
            position += 1
        }
        guard digits > 0 else { return nil }
        let mantissaEnd = position
        var written = 0  // the exponent as written, with that of the suffix
        if position < count, bytes[position] == UInt8(ascii: "e") || bytes[position] == UInt8(ascii: "E") {
            var ahead = position + 1
            var sign = 1
            if ahead < count, bytes[ahead] == UInt8(ascii: "-") || bytes[ahead] == UInt8(ascii: "+") {
                sign = bytes[ahead] == UInt8(ascii: "-") ? -1 : 1
                ahead += 1
            }
            let firstDigit = ahead
            while ahead < count, bytes[ahead] >= UInt8(ascii: "0"), bytes[ahead] <= UInt8(ascii: "9") {
                if written < 100_000 { written = written * 10 + Int(bytes[ahead] - UInt8(ascii: "0")) }
                ahead += 1
            }
            written *= sign
            if ahead > firstDigit { position = ahead }
        }
        if position < count, let power = suffixPower(of: bytes[position]) {
            // The suffix moves the exponent, so that 1.4T is 1.4e12 to the last bit.
            written += power
            position += 1
        }
        exponent += written
        var value: Double
        if mantissa == 0 {
            value = 0
        } else if exact, mantissa <= 1 << 53, abs(exponent) <= 22 {
            // Both operands are exact doubles, so one operation rounds once (Clinger 1990).
            let power = powersOfTen[abs(exponent)]
            value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
        } else {
            // The general case: the standard library's correctly rounded conversion.
            let first = negative || bytes[start] == UInt8(ascii: "+") ? start + 1 : start
            let text = "0" + String(decoding: bytes[first..<mantissaEnd], as: UTF8.self)
            guard let parsed = Double("\(text.hasSuffix(".") ? text + "0" : text)e\(written)") else { return nil }
            value = parsed
        }
        if negative { value = -value }
        return (value, position)
    }

    private static func suffixPower(of byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "k"), UInt8(ascii: "K"): 3
        case UInt8(ascii: "M"): 6
        case UInt8(ascii: "G"), UInt8(ascii: "B"): 9
        case UInt8(ascii: "T"): 12
        case UInt8(ascii: "P"): 15
        case UInt8(ascii: "%"): -2
        default: nil
        }
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
        1e19, 1e20, 1e21, 1e22,
    ]
}
