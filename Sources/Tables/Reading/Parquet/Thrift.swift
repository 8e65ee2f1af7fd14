// The compact protocol of Apache Thrift, in which Parquet writes its metadata. Nothing here trusts a length.
//
// Source: github.com/apache/thrift, doc/specs/thrift-compact-protocol.md.

/// Takes fields from a structure, one after the other.
///
/// After the first thing that cannot be, `failed` is true, and everything taken is zero or empty.
struct Thrift {
    /// How a field is written; for a truth value that is the value itself.
    enum Kind: UInt8 {
        case yes = 1
        case no, byte, int16, int32, int64, double, binary, list, set, map, structure, uuid
    }

    private static let depthLimit = 32

    private let start: UnsafeRawPointer
    private var next: UnsafeRawPointer
    private let end: UnsafeRawPointer
    private(set) var failed = false

    init(_ bytes: UnsafeRawBufferPointer) {
        // Nothing is read where there are no bytes.
        start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
        next = start
        end = start + bytes.count
    }

    /// The bytes taken so far.
    var taken: Int { next - start }

    /// Takes a structure: each field is given to `field` with its number, which takes its value or returns false.
    mutating func structure(_ field: (inout Thrift, _ number: Int, Kind) -> Bool) {
        var number = 0
        while !failed {
            let byte = byte()
            if failed || byte == 0 { return }
            let (next, overflow) = number.addingReportingOverflow(byte >> 4 == 0 ? zigzag() : Int(byte >> 4))
            guard let kind = Kind(rawValue: byte & 15), !overflow else { return failed = true }
            number = next
            if !field(&self, number, kind) { skip(kind, depth: 0, inList: false) }
        }
    }

    /// Takes a list of structures or texts: `element` takes each of them.
    mutating func list(_ kind: Kind, of wanted: Kind, _ element: (inout Thrift) -> Void) {
        guard kind == .list else { return failed = true }
        let (count, found) = listHeader()
        guard found == wanted || count == 0 else { return failed = true }
        var index = 0
        while index < count, !failed {
            element(&self)
            index += 1
        }
    }

    /// The integer of a field.
    mutating func integer(_ kind: Kind) -> Int {
        switch kind {
        case .byte: return Int(Int8(bitPattern: byte()))
        case .int16, .int32, .int64: return zigzag()
        default:
            failed = true
            return 0
        }
    }

    /// The text of a field; damage where it is not UTF-8.
    mutating func text(_ kind: Kind) -> String {
        guard kind == .binary, let text = String(validating: binary(), as: UTF8.self) else {
            failed = true
            return ""
        }
        return text
    }

    mutating func fail() { failed = true }

    private mutating func byte() -> UInt8 {
        guard next < end else {
            failed = true
            return 0
        }
        defer { next += 1 }
        return next.load(as: UInt8.self)
    }

    private mutating func varint() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 70 {
            let byte = byte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        failed = true
        return 0
    }

    private mutating func zigzag() -> Int {
        let value = varint()
        return Int(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
    }

    private mutating func binary() -> UnsafeRawBufferPointer {
        let count = varint()
        guard !failed, count <= UInt64(end - next) else {
            failed = true
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        defer { next += Int(count) }
        return UnsafeRawBufferPointer(start: next, count: Int(count))
    }

    private mutating func listHeader() -> (count: UInt64, kind: Kind?) {
        let byte = byte()
        return (byte >> 4 == 15 ? varint() : UInt64(byte >> 4), Kind(rawValue: byte & 15))
    }

    private mutating func skip(_ kind: Kind?, depth: Int, inList: Bool) {
        if depth > Self.depthLimit { failed = true }
        if failed { return }
        switch kind {
        case .yes, .no: if inList { _ = byte() }
        case .byte: _ = byte()
        case .int16, .int32, .int64: _ = varint()
        case .double: for _ in 0..<8 { _ = byte() }
        case .uuid: for _ in 0..<16 { _ = byte() }
        case .binary: _ = binary()
        case .list, .set:
            let (count, element) = listHeader()
            var index = 0
            while index < count, !failed {
                skip(element, depth: depth + 1, inList: true)
                index += 1
            }
        case .map:
            let count = varint()
            if count == 0 { return }
            let kinds = byte()
            var index = 0
            while index < count, !failed {
                skip(Kind(rawValue: kinds >> 4), depth: depth + 1, inList: true)
                skip(Kind(rawValue: kinds & 15), depth: depth + 1, inList: true)
                index += 1
            }
        case .structure:
            while !failed {
                let byte = byte()
                if failed || byte == 0 { return }
                if byte >> 4 == 0 { _ = varint() }
                skip(Kind(rawValue: byte & 15), depth: depth + 1, inList: false)
            }
        case nil: failed = true
        }
    }
}
