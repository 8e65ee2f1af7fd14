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
        let count = bytes.count
        guard start < count, let base = bytes.baseAddress else { return nil }
        var position = start
        let negative = base[position] == UInt8(ascii: "-")
        if negative || base[position] == UInt8(ascii: "+") { position += 1 }
        let first = position
        var mantissa: UInt64 = 0  // wraps around for more than 19 digits, which are read again below
        var digits = takeDigits(base, &position, count, into: &mantissa)
        var exponent = 0
        if position < count, base[position] == UInt8(ascii: ".") {
            position += 1
            exponent = -takeDigits(base, &position, count, into: &mantissa)
            digits -= exponent
        }
        guard digits > 0 else { return nil }
        let mantissaEnd = position
        var written = 0  // the exponent as written, with that of the suffix
        if position < count, base[position] >= UInt8(ascii: "A") || base[position] == UInt8(ascii: "%") {
            written = takeExponent(bytes, &position)
            if position < count, let power = suffixPower(of: base[position]) {
                // The suffix moves the exponent, so that 1.4T is 1.4e12 to the last bit.
                written += power
                position += 1
            }
        }
        exponent += written
        guard
            let value = value(
                bytes, from: first, to: mantissaEnd, mantissa: mantissa, digits: digits, exponent: exponent,
                written: written)
        else { return nil }
        return (negative ? -value : value, position)
    }

    /// The decimal number whose digits, with a point perhaps, stand from `first` to `end`, rounded once.
    ///
    /// - Parameters:
    ///   - mantissa: the digits without the point, wrapped around where there are more than 19.
    ///   - exponent: the power of ten that the mantissa is multiplied with.
    ///   - written: the part of it that is not the place of the point.
    @inline(__always)
    static func value(
        _ bytes: UnsafeBufferPointer<UInt8>, from first: Int, to end: Int, mantissa: UInt64, digits: Int,
        exponent: Int, written: Int
    ) -> Double? {
        let exact = digits <= 19 || digits - leadingZeros(bytes, from: first, to: end) <= 19
        if exact, let rounded = round(mantissa, timesTenTo: exponent) { return rounded }
        return general(bytes, from: first, to: end, written: written)
    }

    // The general case: the standard library's correctly rounded conversion.
    private static func general(
        _ bytes: UnsafeBufferPointer<UInt8>, from first: Int, to end: Int, written: Int
    ) -> Double? {
        let text = "0" + String(decoding: bytes[first..<end], as: UTF8.self)
        return Double("\(text.hasSuffix(".") ? text + "0" : text)e\(written)")
    }

    // Takes digits as long as there are any, eight at a time where it can; returns how many.
    @inline(__always)
    static func takeDigits(
        _ base: UnsafePointer<UInt8>, _ position: inout Int, _ count: Int, into mantissa: inout UInt64
    ) -> Int {
        let start = position
        while position + 8 <= count {
            let word = UInt64(
                littleEndian: UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self))
            // A digit is below 10 once its 0x30 is gone, and only then stays below 0x80 when 0x76 is added. What such a
            // sum carries over makes no difference: the first byte that is no digit is all that counts.
            let values = word ^ 0x3030_3030_3030_3030
            let others = (values | (values &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080
            if others == 0 {
                mantissa = mantissa &* 100_000_000 &+ joined(values)
                position += 8
                continue
            }
            let taken = others.trailingZeroBitCount >> 3
            if taken > 0 {
                // Fewer than eight count as if zeros stood before them.
                mantissa = mantissa &* smallPowers[taken] &+ joined(values << UInt64(64 - 8 * taken))
                position += taken
            }
            return position - start
        }
        while position < count {
            let digit = base[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            position += 1
        }
        return position - start
    }

    // Neighbours are joined: digits into pairs, pairs into fours, fours into eight.
    @inline(__always)
    private static func joined(_ digits: UInt64) -> UInt64 {
        var value = (digits &* 2561) >> 8 & 0x00FF_00FF_00FF_00FF
        value = (value &* 6_553_601) >> 16 & 0x0000_FFFF_0000_FFFF
        return (value &* 42_949_672_960_001) >> 32
    }

    // Takes an exponent where there is one with digits; returns it.
    static func takeExponent(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Int {
        guard bytes[position] | 0x20 == UInt8(ascii: "e") else { return 0 }
        let count = bytes.count
        var ahead = position + 1
        var sign = 1
        if ahead < count, bytes[ahead] == UInt8(ascii: "-") || bytes[ahead] == UInt8(ascii: "+") {
            sign = bytes[ahead] == UInt8(ascii: "-") ? -1 : 1
            ahead += 1
        }
        let firstDigit = ahead
        var exponent = 0
        while ahead < count, bytes[ahead] >= UInt8(ascii: "0"), bytes[ahead] <= UInt8(ascii: "9") {
            if exponent < 100_000 { exponent = exponent * 10 + Int(bytes[ahead] - UInt8(ascii: "0")) }
            ahead += 1
        }
        if ahead > firstDigit { position = ahead }
        return sign * exponent
    }

    // The zeros before the first digit that counts.
    private static func leadingZeros(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
        var zeros = 0
        for position in start..<end {
            if bytes[position] == UInt8(ascii: "0") {
                zeros += 1
            } else if bytes[position] != UInt8(ascii: ".") {
                break
            }
        }
        return zeros
    }

    // The product rounded once, or nil where the power of ten is too large or too small for this.
    @inline(__always)
    private static func round(_ mantissa: UInt64, timesTenTo exponent: Int) -> Double? {
        if mantissa == 0 { return 0 }
        let power = exponent.magnitude
        if mantissa <= 1 << 53, power <= 22 {
            // Both operands are exact doubles, so one operation rounds once (Clinger 1990).
            let ten = powersOfTen[Int(power)]
            return exponent < 0 ? Double(mantissa) / ten : Double(mantissa) * ten
        }
        guard power <= 27 else { return nil }
        // 5^27 fits in 64 bits. The product or quotient with it is taken to at least 62 bits; whether anything is
        // left below these goes into the last one, so that the conversion to a double rounds as if it saw all.
        let five = powersOfFive[Int(power)]
        let shift = mantissa.leadingZeroBitCount
        let bits: UInt64
        let scale: Int
        if exponent < 0 {
            let normal = mantissa << shift
            let divisor = five << five.leadingZeroBitCount
            let (quotient, remainder) = divisor.dividingFullWidth((normal >> 1, normal << 63))
            bits = quotient >> 1 | quotient & 1 | (remainder == 0 ? 0 : 1)
            scale = five.leadingZeroBitCount - shift - 62 + exponent
        } else {
            let (high, low) = (mantissa << shift).multipliedFullWidth(by: five << five.leadingZeroBitCount)
            bits = high >> 1 | high & 1 | (low == 0 ? 0 : 1)
            scale = 65 - shift - five.leadingZeroBitCount + exponent
        }
        // Times two to the scale, which lies between −151 and 91.
        return Double(Int64(bitPattern: bits)) * Double(bitPattern: UInt64(1023 + scale) << 52)
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

    private static let smallPowers: [UInt64] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000]

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
        1e19, 1e20, 1e21, 1e22,
    ]

    private static let powersOfFive: [UInt64] = [
        1, 5, 25, 125, 625, 3_125, 15_625, 78_125, 390_625, 1_953_125, 9_765_625, 48_828_125, 244_140_625,
        1_220_703_125, 6_103_515_625, 30_517_578_125, 152_587_890_625, 762_939_453_125, 3_814_697_265_625,
        19_073_486_328_125, 95_367_431_640_625, 476_837_158_203_125, 2_384_185_791_015_625, 11_920_928_955_078_125,
        59_604_644_775_390_625, 298_023_223_876_953_125, 1_490_116_119_384_765_625, 7_450_580_596_923_828_125,
    ]
}
