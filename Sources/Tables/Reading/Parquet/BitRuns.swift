// Runs of equal numbers and numbers packed into bits, in turn: the hybrid in which Parquet writes levels and places in
// dictionaries.
//
// Source: parquet-format, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid".

enum BitRuns {
    /// Takes `count` numbers of `width` bits; false where the bytes do not have them.
    static func decode(
        _ bytes: UnsafeRawBufferPointer, width: Int, count: Int, into target: UnsafeMutablePointer<UInt32>
    ) -> Bool {
        var position = 0
        var done = 0
        while done < count {
            guard let header = varint(bytes, &position) else { return false }
            if header & 1 == 1 {
                // Groups of eight numbers, the lowest bits of a byte first.
                let groups = Int(min(header >> 1, 1 << 32))
                let taken = min(groups * 8, count - done)
                guard (taken * width + 7) / 8 <= bytes.count - position else { return false }
                let packed = UnsafeRawBufferPointer(rebasing: bytes[position...])
                unpack(packed, width: width, count: taken, into: target + done)
                done += taken
                // The last group may be cut short.
                position = min(bytes.count, position + groups * width)
            } else {
                let size = (width + 7) / 8
                guard size <= bytes.count - position else { return false }
                var value: UInt32 = 0
                for byte in 0..<size { value |= UInt32(bytes[position + byte]) << (8 * UInt32(byte)) }
                position += size
                let taken = Int(min(header >> 1, UInt64(count - done)))
                (target + done).update(repeating: value, count: taken)
                done += taken
            }
        }
        return true
    }

    /// Takes numbers of up to 32 bits that lie one after the other; the bytes have them all.
    static func unpack(
        _ bytes: UnsafeRawBufferPointer, width: Int, count: Int, into target: UnsafeMutablePointer<UInt32>
    ) {
        let mask = width == 0 ? 0 : UInt64.max >> (64 - UInt64(width))
        for index in 0..<count {
            let bit = index * width
            target[index] = UInt32(truncatingIfNeeded: word(bytes, bit >> 3) >> UInt64(bit & 7) & mask)
        }
    }

    /// Eight bytes from this one on, the lowest first; zeros where there are none.
    @inline(__always)
    static func word(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> UInt64 {
        if position + 8 <= bytes.count {
            return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        }
        var word: UInt64 = 0
        var shift: UInt64 = 0
        for byte in bytes[min(position, bytes.count)...] {
            word |= UInt64(byte) << shift
            shift += 8
        }
        return word
    }

    static func varint(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
