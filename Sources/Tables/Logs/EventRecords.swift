// The records of an event file: a length, its checksum, the bytes, their checksum.
//
// The framing is that of TFRecord: the length is a little-endian UInt64, a checksum is CRC-32C, turned right by 15 bits
// and 0xA282EAD8 added. After damage reading goes on at the next place that is a header with a true checksum.

import VectorMath

/// Takes whole records from a file, and counts what it had to leave out.
struct EventRecords: ~Copyable {
    /// What was left out, with the byte at which it first happened.
    struct Damage: Equatable {
        var count = 0
        var first = 0

        mutating func add(at place: Int) {
            if count == 0 { first = place }
            count += 1
        }
    }

    /// A record of more bytes is passed over: it is an image or a graph, and no series.
    static let sizeLimit = 1 << 28
    private static let headerSize = 12

    /// Records whose bytes are not those that were written.
    private(set) var badBytes = Damage()
    /// Places at which no record begins where one should.
    private(set) var badHeaders = Damage()
    /// Bytes that were passed over to find the next record.
    private(set) var skipped = 0
    /// Records above the limit.
    private(set) var large = Damage()
    /// Where the last record, which the file has not all of, begins.
    private(set) var cutOff: Int?
    /// Where reading was given up, because there was too much damage to look through.
    private(set) var givenUp: Int?
    /// The place after the last record that was taken whole.
    private(set) var end: Int

    private var source: ByteSource
    private var position = 0  // in the window
    private var wasted = 0

    /// Records from the byte `offset`, at which one has to begin.
    init(path: String, name: String, from offset: Int = 0) throws(TableError) {
        try self.init(source: ByteSource(path: path, name: name), from: offset)
    }

    init(source: consuming ByteSource, from offset: Int = 0) throws(TableError) {
        self.source = source
        end = min(max(0, offset), self.source.size)
        try self.source.begin(at: end)
        try self.source.refill(keeping: 0)
    }

    /// The place of the record that was taken last.
    private(set) var place = 0

    /// The next record; its bytes are there until the next call. Nil at the end.
    mutating func next() throws(TableError) -> UnsafeRawBufferPointer? {
        while givenUp == nil {
            let window = UnsafeRawBufferPointer(source.window)
            let left = window.count - position
            let here = source.offset + position
            guard left >= Self.headerSize else {
                if source.isAtEnd {
                    if left > 0 { cutOff = here }
                    return nil
                }
                try refill()
                continue
            }
            guard let length = Self.length(window, position) else {
                badHeaders.add(at: here)
                if try !findHeader(after: 1) { return nil }
                continue
            }
            let remaining = source.size - here - Self.headerSize - 4
            guard remaining >= 0, length <= UInt64(remaining) else {
                if try findHeader(after: Self.headerSize) {
                    badBytes.add(at: here)
                    continue
                }
                cutOff = here
                return nil
            }
            let whole = Self.headerSize + Int(length) + 4
            guard length <= UInt64(Self.sizeLimit) else {
                large.add(at: here)
                try source.begin(at: here + whole)
                position = 0
                end = here + whole
                continue
            }
            // The header after this record is wanted too, to judge damage.
            guard left >= whole + Self.headerSize || source.isAtEnd else {
                try refill()
                continue
            }
            let start = position + Self.headerSize
            let bytes = UnsafeRawBufferPointer(rebasing: window[start..<(start + Int(length))])
            if Self.checksum(bytes) == Self.word(window, start + Int(length)) {
                position += whole
                place = here
                end = here + whole
                return bytes
            }
            badBytes.add(at: here)
            // Damaged files may have headers in what a header claims as its bytes; each is tried, up to a point.
            wasted += whole
            if wasted > 4 * source.size + 1 << 20 { givenUp = here }
            let after = position + whole
            if after == window.count || Self.length(window, after) != nil {
                position = after
            } else if try !findHeader(after: Self.headerSize) {
                return nil
            }
        }
        return nil
    }

    private mutating func refill() throws(TableError) {
        try source.refill(keeping: position)
        position = 0
    }

    // Moves to the next place, at least `distance` ahead, at which a record begins that the file has all of; false
    // where there is none, and then nothing is left.
    private mutating func findHeader(after distance: Int) throws(TableError) -> Bool {
        let start = source.offset + position
        position += distance
        while true {
            let window = UnsafeRawBufferPointer(source.window)
            while position + Self.headerSize + 4 <= window.count {
                if let length = Self.length(window, position) {
                    let here = source.offset + position
                    if length <= UInt64(source.size - here - Self.headerSize - 4) {
                        skipped += here - start
                        return true
                    }
                }
                position += 1
            }
            if source.isAtEnd {
                skipped += source.size - start
                position = window.count
                return false
            }
            position = min(position, window.count)
            try refill()
        }
    }

    // The length in a header, or nil where its checksum is another.
    @inline(__always)
    private static func length(_ window: UnsafeRawBufferPointer, _ position: Int) -> UInt64? {
        guard position + headerSize <= window.count else { return nil }
        let length = UInt64(littleEndian: window.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        // Nothing is that long; most bytes that are no header end here.
        guard length < 1 << 48 else { return nil }
        let bytes = UnsafeRawBufferPointer(rebasing: window[position..<(position + 8)])
        return checksum(bytes) == word(window, position + 8) ? length : nil
    }

    private static func word(_ window: UnsafeRawBufferPointer, _ position: Int) -> UInt32 {
        UInt32(littleEndian: window.loadUnaligned(fromByteOffset: position, as: UInt32.self))
    }

    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        let sum = vm_crc32c(0, bytes.baseAddress, bytes.count)
        return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
    }
}
