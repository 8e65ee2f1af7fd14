// The wire format of protocol buffers, as far as event files use it. Nothing here trusts a length.
//
// Source: protobuf.dev/programming-guides/encoding. Groups, which nothing writes any more, count as damage.

/// Takes fields from one message, one after the other.
///
/// After the first thing that cannot be, `failed` is true, and everything taken is zero or empty.
struct Wire {
    private var next: UnsafeRawPointer
    private let end: UnsafeRawPointer
    private(set) var failed = false

    init(_ bytes: UnsafeRawBufferPointer) {
        // An empty message has no address; one that is never read takes its place.
        let start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
        next = start
        end = start + bytes.count
    }

    /// All bytes that are left.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: next, count: end - next) }
    var isEmpty: Bool { next == end }

    /// The number of the next field times eight, plus how it is written (0: varint, 1: eight bytes, 2: a length and
    /// bytes, 5: four bytes); nil at the end and after damage.
    mutating func key() -> UInt64? {
        guard next < end else { return nil }
        let key = varint()
        if key >> 3 == 0 { failed = true }
        return failed ? nil : key
    }

    @inline(__always)
    mutating func varint() -> UInt64 {
        if next < end {
            let byte = next.load(as: UInt8.self)
            if byte < 0x80 {
                next += 1
                return UInt64(byte)
            }
        }
        return longVarint()
    }

    private mutating func longVarint() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while next < end, shift < 70 {
            let byte = next.load(as: UInt8.self)
            next += 1
            value |= UInt64(byte & 0x7F) << shift  // what is above bit 63 falls out, as in every reader
            if byte < 0x80 { return value }
            shift += 7
        }
        failed = true
        return 0
    }

    mutating func fixed64() -> UInt64 {
        guard end - next >= 8 else {
            failed = true
            return 0
        }
        defer { next += 8 }
        return UInt64(littleEndian: next.loadUnaligned(as: UInt64.self))
    }

    mutating func fixed32() -> UInt32 {
        guard end - next >= 4 else {
            failed = true
            return 0
        }
        defer { next += 4 }
        return UInt32(littleEndian: next.loadUnaligned(as: UInt32.self))
    }

    mutating func double() -> Double { Double(bitPattern: fixed64()) }

    /// The bytes of a text, of a list or of a message within this one.
    mutating func message() -> Wire {
        let count = varint()
        guard !failed, count <= UInt64(end - next) else {
            failed = true
            return Wire(UnsafeRawBufferPointer(start: nil, count: 0))
        }
        defer { next += Int(count) }
        return Wire(UnsafeRawBufferPointer(start: next, count: Int(count)))
    }

    /// The text that is next, or nil where it is not UTF-8.
    mutating func text() -> String? { String(validating: message().bytes, as: UTF8.self) }

    /// Takes the message for damaged, as one within it is.
    mutating func fail() { failed = true }

    /// Passes over the value of a field that means nothing here.
    mutating func skip(_ key: UInt64) {
        switch key & 7 {
        case 0: _ = varint()
        case 1: _ = fixed64()
        case 2: _ = message()
        case 5: _ = fixed32()
        default: failed = true
        }
    }
}
