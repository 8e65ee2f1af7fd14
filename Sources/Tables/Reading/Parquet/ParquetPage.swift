// The header of a page: what it holds and how long it is.

struct ParquetPage {
    enum Kind { case data, dictionary, data2, other }

    var kind = Kind.other
    /// Bytes once decompressed, and as they lie in the file.
    var size = -1
    var compressedSize = -1
    var checksum: UInt32?
    var values = 0
    var encoding = 0
    var levelEncoding = 3
    /// Of the second version: the bytes of the levels, which come before the values and are never compressed.
    var repetitionBytes = 0
    var definitionBytes = 0
    var isCompressed = true
    /// The bytes of the header itself.
    var headerSize = 0

    /// The header at the start of these bytes, or nil where they hold none that is whole.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var thrift = Thrift(bytes)
        var page = (
            kind: Kind.other, size: -1, compressed: -1, checksum: UInt32?.none, values: 0, encoding: 0, levels: 3,
            repetition: 0, definition: 0, isCompressed: true
        )
        thrift.structure { thrift, number, kind in
            switch number {
            case 1:
                switch thrift.integer(kind) {
                case 0: page.kind = .data
                case 2: page.kind = .dictionary
                case 3: page.kind = .data2
                default: page.kind = .other
                }
            case 2: page.size = thrift.integer(kind)
            case 3: page.compressed = thrift.integer(kind)
            case 4: page.checksum = UInt32(truncatingIfNeeded: thrift.integer(kind))
            case 5 where kind == .structure:
                thrift.structure { thrift, number, kind in
                    switch number {
                    case 1: page.values = thrift.integer(kind)
                    case 2: page.encoding = thrift.integer(kind)
                    case 3: page.levels = thrift.integer(kind)
                    default: return false
                    }
                    return true
                }
            case 7 where kind == .structure:
                thrift.structure { thrift, number, kind in
                    switch number {
                    case 1: page.values = thrift.integer(kind)
                    case 2: page.encoding = thrift.integer(kind)
                    default: return false
                    }
                    return true
                }
            case 8 where kind == .structure:
                thrift.structure { thrift, number, kind in
                    switch number {
                    case 1: page.values = thrift.integer(kind)
                    case 4: page.encoding = thrift.integer(kind)
                    case 5: page.definition = thrift.integer(kind)
                    case 6: page.repetition = thrift.integer(kind)
                    case 7: page.isCompressed = kind == .yes
                    default: return false
                    }
                    return true
                }
            default: return false
            }
            return true
        }
        if thrift.failed { return nil }
        (kind, size, compressedSize) = (page.kind, page.size, page.compressed)
        (checksum, values, encoding, levelEncoding) = (page.checksum, page.values, page.encoding, page.levels)
        (repetitionBytes, definitionBytes, isCompressed) = (page.repetition, page.definition, page.isCompressed)
        headerSize = thrift.taken
    }
}
