// The escapes of JSON strings: from backslashes to bytes.

extension JSONScanner {
    /// The bytes of a text with its escapes resolved.
    func unescaped(_ text: Text) throws(TableError) -> [UInt8] {
        let bytes = text.bytes
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\") else {
                result.append(bytes[index])
                index += 1
                continue
            }
            // The scanner has taken two bytes for each backslash, so there is one after it.
            let letter = bytes[index + 1]
            if letter != UInt8(ascii: "u") {
                guard let byte = Self.byte(escapedBy: letter) else { throw escape(text, at: index, length: 2) }
                result.append(byte)
                index += 2
                continue
            }
            guard var value = Self.hexadecimal(bytes, at: index + 2) else { throw escape(text, at: index, length: 6) }
            var length = 6
            if value & 0xFC00 == 0xD800, index + 7 < bytes.count, bytes[index + 6] == UInt8(ascii: "\\"),
                bytes[index + 7] == UInt8(ascii: "u"), let low = Self.hexadecimal(bytes, at: index + 8),
                low & 0xFC00 == 0xDC00
            {
                value = 0x10000 + (value & 0x3FF) << 10 + low & 0x3FF
                length = 12
            }
            guard let scalar = Unicode.Scalar(value) else {
                throw fault(.loneSurrogate(shown(bytes, at: index, length: 6)), at: text.start + index)
            }
            result.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
            index += length
        }
        return result
    }

    private func escape(_ text: Text, at index: Int, length: Int) -> TableError {
        fault(.escape(shown(text.bytes, at: index, length: length)), at: text.start + index)
    }

    private func shown(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, length: Int) -> String {
        String(decoding: bytes[index..<min(bytes.count, index + length)], as: UTF8.self)
    }

    private static func byte(escapedBy letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    // Four hexadecimal digits.
    private static func hexadecimal(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32? {
        guard index + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[index..<(index + 4)] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return value
    }
}
