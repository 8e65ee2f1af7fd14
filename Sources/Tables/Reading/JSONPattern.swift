// What stands between the values of a line of JSON Lines: programs that log write the same keys in the same order again
// and again, and then nothing but the values has to be read.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The bytes of a line between its values, and the columns of the values.
///
/// A line with the same bytes between its values has the same keys at the same depths, so that it needs none of the checks
/// of keys, braces and brackets that its model has passed.
final class JSONPattern {
    /// A value of a line, as the general reading found it.
    struct Value {
        /// Positions in the line.
        var start: Int
        var end: Int
        var column: Int
    }

    /// The bytes before a value, or behind the last one.
    struct Gap {
        // Its first sixteen bytes as two words, and which of their bits belong to it.
        private let words: (UInt64, UInt64)
        private let masks: (UInt64, UInt64)
        private let start: UnsafePointer<UInt8>
        private let count: Int

        fileprivate init(_ start: UnsafePointer<UInt8>, count: Int) {
            self.start = start
            self.count = count
            var (words, masks): ([UInt64], [UInt64]) = ([0, 0], [0, 0])
            for place in 0..<min(16, count) {
                words[place / 8] |= UInt64(start[place]) << UInt64(place % 8 * 8)
                masks[place / 8] |= 0xFF << UInt64(place % 8 * 8)
            }
            self.words = (words[0], words[1])
            self.masks = (masks[0], masks[1])
        }

        /// The position behind the gap where its bytes stand at `position`, else nil.
        @inline(__always)
        func end(in base: UnsafePointer<UInt8>, at position: Int, of limit: Int) -> Int? {
            let end = position + count
            guard count <= 16, position + 16 <= limit else {
                return end <= limit && memcmp(base + position, start, count) == 0 ? end : nil
            }
            let bytes = UnsafeRawPointer(base + position)
            let first = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
            let second = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            let differs = (first ^ words.0) & masks.0 | (second ^ words.1) & masks.1
            return differs == 0 ? end : nil
        }
    }

    /// How the value of a place is read.
    enum Kind { case number, label, skipped }

    private let bytes: UnsafeMutablePointer<UInt8>
    /// One more than there are values.
    let gaps: UnsafeMutableBufferPointer<Gap>
    let columns: [Int]
    let kinds: UnsafeMutableBufferPointer<Kind>

    /// - Parameters:
    ///   - line: the line up to its end, that is, with LF.
    ///   - values: its values, of which there is at least one, in order.
    init(_ line: UnsafeBufferPointer<UInt8>, _ values: [Value]) {
        bytes = .allocate(capacity: line.count)
        _ = UnsafeMutableBufferPointer(start: bytes, count: line.count).initialize(from: line)
        columns = values.map(\.column)
        gaps = .allocate(capacity: values.count + 1)
        kinds = .allocate(capacity: values.count)
        kinds.initialize(repeating: .skipped)
        var start = 0
        for (place, value) in values.enumerated() {
            gaps.initializeElement(at: place, to: Gap(bytes + start, count: value.start - start))
            start = value.end
        }
        gaps.initializeElement(at: values.count, to: Gap(bytes + start, count: line.count - start))
    }

    deinit {
        gaps.deallocate()
        kinds.deallocate()
        bytes.deallocate()
    }
}
