// Protocol buffers on the wire, as far as logs need them: fields by their numbers, one after another.

/// The fields of a message. Whatever does not fit ends the sequence.
struct WireFields: Sequence, IteratorProtocol {
    struct Field {
        let number: Int
        /// The bytes of a text, a message or a packed list.
        var bytes: ArraySlice<UInt8>?
        /// A variable-length integer.
        var integer: UInt64?
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func next() -> Field? {
        guard let tag = variable(), tag >> 3 > 0, tag >> 3 < 1 << 29 else { return nil }
        var field = Field(number: Int(tag >> 3))
        switch tag & 7 {
        case 0:
            guard let value = variable() else { return nil }
            field.integer = value
        case 1:
            guard rest.count >= 8 else { return nil }
            rest = rest.dropFirst(8)
        case 2:
            guard let length = variable(), length <= UInt64(rest.count) else { return nil }
            field.bytes = rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
        case 5:
            guard rest.count >= 4 else { return nil }
            rest = rest.dropFirst(4)
        default: return nil
        }
        return field
    }

    private mutating func variable() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
