// Integers as differences, packed into as few bits as each block needs: DELTA_BINARY_PACKED of Parquet.
//
// Source: parquet-format, Encodings.md, "Delta Encoding".

enum DeltaNumbers {
    /// Takes exactly `count` integers; returns the number of bytes that they took, or nil where there are not so many.
    ///
    /// Sums wrap around, as the format asks for.
    static func decode(_ bytes: UnsafeRawBufferPointer, count: Int, into target: UnsafeMutablePointer<UInt64>) -> Int?
    {
        var position = 0
        guard let blockSize = BitRuns.varint(bytes, &position), let miniblocks = BitRuns.varint(bytes, &position),
            let total = BitRuns.varint(bytes, &position), let first = zigzag(bytes, &position),
            total == UInt64(count), (1...(1 << 24)).contains(blockSize), (1...blockSize).contains(miniblocks),
            blockSize % miniblocks == 0, blockSize / miniblocks % 8 == 0
        else { return nil }
        if count == 0 { return position }
        let perMiniblock = Int(blockSize / miniblocks)
        var value = first
        target[0] = value
        var done = 1
        while done < count {
            guard let least = zigzag(bytes, &position) else { return nil }
            let widths = position
            guard Int(miniblocks) <= bytes.count - position else { return nil }
            position += Int(miniblocks)
            for miniblock in 0..<Int(miniblocks) where done < count {
                let width = Int(bytes[widths + miniblock])
                let taken = min(perMiniblock, count - done)
                guard width <= 64, (taken * width + 7) / 8 <= bytes.count - position else { return nil }
                let packed = UnsafeRawBufferPointer(rebasing: bytes[position...])
                add(packed, width: width, count: taken, least: least, to: &value, into: target + done)
                done += taken
                // The last miniblock may be cut short.
                position = min(bytes.count, position + perMiniblock * width / 8)
            }
        }
        return position
    }

    private static func add(
        _ packed: UnsafeRawBufferPointer, width: Int, count: Int, least: UInt64, to value: inout UInt64,
        into target: UnsafeMutablePointer<UInt64>
    ) {
        let mask = width == 0 ? 0 : UInt64.max >> (64 - UInt64(width))
        for index in 0..<count {
            let bit = index * width
            let shift = UInt64(bit & 7)
            var word = BitRuns.word(packed, bit >> 3) >> shift
            // A number of more than 57 bits may reach into a ninth byte.
            if width > 57, shift > 0 { word |= BitRuns.word(packed, (bit >> 3) + 8) << (64 - shift) }
            value = value &+ least &+ (word & mask)
            target[index] = value
        }
    }

    private static func zigzag(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> UInt64? {
        guard let value = BitRuns.varint(bytes, &position) else { return nil }
        return (value >> 1) ^ (0 &- (value & 1))
    }
}
