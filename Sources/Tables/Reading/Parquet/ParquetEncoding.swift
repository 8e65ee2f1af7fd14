// The encodings of values: how numbers and bytes of one page lie one after the other.
//
// Source: parquet-format, Encodings.md.

enum ParquetEncoding: Int {
    case plain = 0
    case plainDictionary = 2
    case runs = 3
    case deltaNumbers = 5
    case deltaLengths = 6
    case deltaBytes = 7
    case dictionary = 8
    case streamSplit = 9

    static func name(_ number: Int) -> String {
        switch number {
        case 4: "BIT_PACKED"
        case 0...9: "\(number), for this type"
        default: "\(number)"
        }
    }

    /// What is wrong with a page.
    enum Fault: Error {
        /// The bytes are not those of so many values.
        case damaged
        /// The encoding is none for this type.
        case unknown
        /// More bytes than such a page can mean.
        case inflated
    }

    /// Takes the bits of `count` numbers of 1 (truth values), 32 or 64 bits.
    func words(
        _ bytes: UnsafeRawBufferPointer, of type: ParquetType, count: Int, into target: UnsafeMutablePointer<UInt64>
    ) throws(Fault) {
        switch (self, type) {
        case (.plain, .boolean):
            guard (count + 7) / 8 <= bytes.count else { throw .damaged }
            for index in 0..<count { target[index] = UInt64(bytes[index >> 3] >> UInt8(index & 7) & 1) }
        case (.plain, .int32), (.plain, .float):
            guard count <= bytes.count / 4 else { throw .damaged }
            for index in 0..<count {
                let word = bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
                target[index] = UInt64(UInt32(littleEndian: word))
            }
        case (.plain, .int64), (.plain, .double):
            guard count <= bytes.count / 8 else { throw .damaged }
            for index in 0..<count {
                let word = bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
                target[index] = UInt64(littleEndian: word)
            }
        case (.runs, .boolean): try runs(bytes, count, target)
        case (.deltaNumbers, .int32), (.deltaNumbers, .int64):
            if DeltaNumbers.decode(bytes, count: count, into: target) == nil { throw .damaged }
        case (.streamSplit, .int32), (.streamSplit, .float): try split(bytes, 4, count, target)
        case (.streamSplit, .int64), (.streamSplit, .double): try split(bytes, 8, count, target)
        default: throw .unknown
        }
    }

    // Truth values in runs, with their length in bytes before them.
    private func runs(
        _ bytes: UnsafeRawBufferPointer, _ count: Int, _ target: UnsafeMutablePointer<UInt64>
    ) throws(Fault) {
        guard bytes.count >= 4 else { throw .damaged }
        let length = Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
        guard length <= bytes.count - 4 else { throw .damaged }
        let runs = UnsafeRawBufferPointer(rebasing: bytes[4..<(4 + length)])
        let bits = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, count))
        defer { bits.deallocate() }
        guard BitRuns.decode(runs, width: 1, count: count, into: bits) else { throw .damaged }
        for index in 0..<count { target[index] = UInt64(bits[index]) }
    }

    // All first bytes, then all second bytes, and so on.
    private func split(
        _ bytes: UnsafeRawBufferPointer, _ width: Int, _ count: Int, _ target: UnsafeMutablePointer<UInt64>
    ) throws(Fault) {
        guard bytes.count / width == count else { throw .damaged }
        for index in 0..<count {
            var word: UInt64 = 0
            for byte in 0..<width { word |= UInt64(bytes[byte * count + index]) << (8 * UInt64(byte)) }
            target[index] = word
        }
    }
}
