// Snappy, the compression that pandas and DuckDB write Parquet with unless told otherwise.
//
// Source: github.com/google/snappy, format_description.txt.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

enum Snappy {
    /// Whether so many bytes can come out of so many: a copy of 64 bytes takes at least three.
    static func canBe(_ size: Int, from compressed: Int) -> Bool { size <= 32 * compressed }

    /// Fills `target` with what `source` was made from; false where that is another number of bytes, or damaged.
    static func decompress(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer) -> Bool {
        guard var next = source.baseAddress else { return false }
        let end = next + source.count
        guard let size = size(&next, end), size == UInt64(target.count) else { return false }
        guard let start = target.baseAddress else { return next == end }
        let limit = start + target.count
        var out = start
        while next < end {
            let tag = Int(next.load(as: UInt8.self))
            next += 1
            if tag & 3 == 0 {
                var length = tag >> 2
                if length >= 60 {
                    let bytes = length - 59
                    guard end - next >= bytes else { return false }
                    length = 0
                    for byte in 0..<bytes {
                        length |= Int(next.load(fromByteOffset: byte, as: UInt8.self)) << (8 * byte)
                    }
                    next += bytes
                }
                length += 1
                guard length <= end - next, length <= limit - out else { return false }
                memcpy(out, next, length)
                out += length
                next += length
                continue
            }
            let more = 1 << ((tag & 3) - 1)
            guard end - next >= more else { return false }
            var length = (tag >> 2) + 1
            var distance: Int
            switch more {
            case 1:
                length = 4 + ((tag >> 2) & 7)
                distance = (tag >> 5) << 8 | Int(next.load(as: UInt8.self))
            case 2: distance = Int(UInt16(littleEndian: next.loadUnaligned(as: UInt16.self)))
            default: distance = Int(UInt32(littleEndian: next.loadUnaligned(as: UInt32.self)))
            }
            next += more
            guard distance > 0, distance <= out - start, length <= limit - out else { return false }
            if distance >= length {
                memcpy(out, out - distance, length)
            } else {
                // The copy repeats what it has just written.
                for index in 0..<length {
                    out.storeBytes(
                        of: (out + index - distance).load(as: UInt8.self), toByteOffset: index, as: UInt8.self)
                }
            }
            out += length
        }
        return out == limit
    }

    private static func size(_ next: inout UnsafeRawPointer, _ end: UnsafeRawPointer) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 35, by: 7) {
            guard next < end else { return nil }
            let byte = next.load(as: UInt8.self)
            next += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
