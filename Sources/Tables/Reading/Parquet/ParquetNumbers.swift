// From the bits of a value to a double.

extension ParquetLeaf.Number {
    /// The value of these bits, of one of the types of 32 or 64 bits.
    @inline(__always)
    func value(_ word: UInt64) -> Double {
        switch self {
        case .signed32: Double(Int32(truncatingIfNeeded: word))
        case .unsigned32: Double(UInt32(truncatingIfNeeded: word))
        case .signed64: Double(Int64(bitPattern: word))
        case .unsigned64: Double(word)
        case .float: Double(Float(bitPattern: UInt32(truncatingIfNeeded: word)))
        case .double: Double(bitPattern: word)
        case .half, .timestamp96, .decimal, .null: .nan
        }
    }

    /// The value of these bytes, or nil where they are not of this type.
    func value(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        switch self {
        case .half:
            return bytes.count == 2 ? Half.value(UInt16(bytes[0]) | UInt16(bytes[1]) << 8) : nil
        case .timestamp96:
            guard bytes.count == 12 else { return nil }
            let raw = UnsafeRawBufferPointer(bytes)
            let nanoseconds = Int64(littleEndian: raw.loadUnaligned(as: Int64.self))
            let day = Int32(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: Int32.self))
            // Day 2,440,588 of Julius Scaliger began, at midnight, the year 1970.
            return Double(Int(day) - 2_440_588) * 86_400 + Double(nanoseconds) / 1e9
        case .decimal(let scale): return ParquetDecimal.value(bytes, scale: scale)
        default: return nil
        }
    }
}

/// Decimal numbers: a whole number of any length over a power of ten.
enum ParquetDecimal {
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
        1e19, 1e20, 1e21, 1e22,
    ]

    /// The double nearest to `whole` / 10^scale.
    static func value(_ whole: Int64, scale: Int) -> Double {
        // Both are doubles, so that one division rounds once.
        if whole.magnitude <= 1 << 53, (0...22).contains(scale) { return Double(whole) / powers[scale] }
        return Double("\(whole)e\(-max(-10_000, min(10_000, scale)))") ?? .nan
    }

    /// The same of a number in two's complement, the highest byte first; nil where it has no byte or more than 64.
    static func value(_ bytes: UnsafeBufferPointer<UInt8>, scale: Int) -> Double? {
        guard let first = bytes.first, bytes.count <= 64 else { return nil }
        let negative = first >= 0x80
        if bytes.count <= 8 {
            let bits = bytes.reduce(negative ? UInt64.max : 0) { $0 << 8 | UInt64($1) }
            return value(Int64(bitPattern: bits), scale: scale)
        }
        // The size in base 10⁹, the lowest digit first.
        var digits: [UInt64] = [0]
        var carry: UInt64 = 0
        let size = negative ? bytes.map { ~$0 } : Array(bytes)
        for (index, byte) in size.enumerated() {
            // Two's complement: one more than the complement.
            carry = UInt64(byte) + (negative && index == size.count - 1 ? 1 : 0)
            for place in digits.indices {
                let sum = digits[place] * 256 + carry
                digits[place] = sum % 1_000_000_000
                carry = sum / 1_000_000_000
            }
            if carry > 0 { digits.append(carry) }
        }
        let text = digits.reversed().map { digit in
            let text = String(digit)
            return String(repeating: "0", count: 9 - text.utf8.count) + text
        }
        return Double("\(negative ? "-" : "")\(text.joined())e\(-max(-10_000, min(10_000, scale)))")
    }
}
