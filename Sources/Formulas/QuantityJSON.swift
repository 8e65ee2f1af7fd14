// Numbers of JSON: fewer forms than a quantity has, read by the same arithmetic.

extension Quantity {
    /// Reads the number of JSON (RFC 8259) that starts at `start`; returns its value and where it ends.
    ///
    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`. Nil where no such number stands there, and where what
    /// stands there begins like one and goes on in another way (`01`, `1.`, `1e`); what follows the number is not looked at.
    package static func json(
        of bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> (value: Double, end: Int)? {
        let count = bytes.count
        guard start < count, let base = bytes.baseAddress else { return nil }
        var position = start
        let negative = base[position] == UInt8(ascii: "-")
        if negative { position += 1 }
        let first = position
        var mantissa: UInt64 = 0
        var digits = takeDigits(base, &position, count, into: &mantissa)
        guard digits > 0, digits == 1 || base[first] != UInt8(ascii: "0") else { return nil }
        var exponent = 0
        if position < count, base[position] == UInt8(ascii: ".") {
            position += 1
            let decimals = takeDigits(base, &position, count, into: &mantissa)
            guard decimals > 0 else { return nil }
            exponent = -decimals
            digits += decimals
        }
        let mantissaEnd = position
        var written = 0
        if position < count, base[position] | 0x20 == UInt8(ascii: "e") {
            written = takeExponent(bytes, &position)
            guard position > mantissaEnd else { return nil }
            exponent += written
        }
        guard
            let value = value(
                bytes, from: first, to: mantissaEnd, mantissa: mantissa, digits: digits, exponent: exponent,
                written: written)
        else { return nil }
        return (negative ? -value : value, position)
    }
}
