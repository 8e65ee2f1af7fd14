// The footer of a Parquet file: its columns, its groups of rows, and where their bytes are.
//
// Source: github.com/apache/parquet-format, src/main/thrift/parquet.thrift (2.11), whose numbers of fields these are.

struct ParquetMetadata {
    /// A column, or a group of columns, as the schema lists them.
    struct Element {
        var name = ""
        var type: Int?
        var length = 0
        var repetition = 0
        var children = 0
        var converted: Int?
        var logical: Logical?
        var scale = 0
    }

    enum Unit { case milliseconds, microseconds, nanoseconds }

    enum Logical {
        case text, date, null, uuid, half, other
        case decimal(scale: Int)
        case time(Unit)
        case timestamp(Unit)
        case integer(bits: Int, signed: Bool)
    }

    /// The values of one column in one group of rows.
    struct Chunk {
        var type = -1
        var codec = 0
        var values = -1
        var dataOffset = -1
        var dictionaryOffset: Int?
        var isElsewhere = false
        var isEncrypted = false
    }

    struct Group {
        var chunks: [Chunk] = []
        var rows = -1
    }

    private(set) var elements: [Element] = []
    private(set) var groups: [Group] = []
    private(set) var rows = -1
    private(set) var isEncrypted = false

    /// The metadata in these bytes, or nil where they are none.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var thrift = Thrift(bytes)
        var found = (elements: [Element](), groups: [Group](), rows: -1, encrypted: false)
        thrift.structure { thrift, number, kind in
            switch number {
            case 2: thrift.list(kind, of: .structure) { found.elements.append(Self.element(&$0)) }
            case 3: found.rows = thrift.integer(kind)
            case 4: thrift.list(kind, of: .structure) { found.groups.append(Self.group(&$0)) }
            case 8:
                found.encrypted = true
                return false
            default: return false
            }
            return true
        }
        if thrift.failed || found.rows < 0 || found.elements.isEmpty { return nil }
        elements = found.elements
        groups = found.groups
        rows = found.rows
        isEncrypted = found.encrypted
    }

    private static func element(_ thrift: inout Thrift) -> Element {
        var element = Element()
        var isNamed = false
        thrift.structure { thrift, number, kind in
            switch number {
            case 1: element.type = thrift.integer(kind)
            case 2: element.length = thrift.integer(kind)
            case 3: element.repetition = thrift.integer(kind)
            case 4:
                element.name = thrift.text(kind)
                isNamed = true
            case 5: element.children = thrift.integer(kind)
            case 6: element.converted = thrift.integer(kind)
            case 7: element.scale = thrift.integer(kind)
            case 10:
                guard kind == .structure else { return false }
                element.logical = logical(&thrift)
            default: return false
            }
            return true
        }
        if !isNamed { thrift.fail() }
        return element
    }

    private static func logical(_ thrift: inout Thrift) -> Logical? {
        var logical: Logical?
        thrift.structure { thrift, number, kind in
            guard kind == .structure else { return false }
            switch number {
            case 1, 4, 12: logical = .text  // STRING, ENUM, JSON
            case 5:
                var scale = 0
                thrift.structure { thrift, number, kind in
                    guard number == 1 else { return false }
                    scale = thrift.integer(kind)
                    return true
                }
                logical = .decimal(scale: scale)
                return true
            case 6: logical = .date
            case 7:
                logical = .time(unit(&thrift))
                return true
            case 8:
                logical = .timestamp(unit(&thrift))
                return true
            case 10:
                var bits = 64
                var signed = true
                thrift.structure { thrift, number, kind in
                    switch number {
                    case 1: bits = thrift.integer(kind)
                    case 2: signed = kind == .yes
                    default: return false
                    }
                    return true
                }
                logical = .integer(bits: bits, signed: signed)
                return true
            case 11: logical = .null
            case 14: logical = .uuid
            case 15: logical = .half
            default: logical = .other
            }
            return false
        }
        return logical
    }

    private static func unit(_ thrift: inout Thrift) -> Unit {
        var unit = Unit.milliseconds
        thrift.structure { thrift, number, kind in
            guard number == 2, kind == .structure else { return false }
            thrift.structure { _, number, _ in
                unit = number == 1 ? .milliseconds : number == 2 ? .microseconds : .nanoseconds
                return false
            }
            return true
        }
        return unit
    }

    private static func group(_ thrift: inout Thrift) -> Group {
        var group = Group()
        thrift.structure { thrift, number, kind in
            switch number {
            case 1: thrift.list(kind, of: .structure) { group.chunks.append(chunk(&$0)) }
            case 3: group.rows = thrift.integer(kind)
            default: return false
            }
            return true
        }
        if group.rows < 0 { thrift.fail() }
        return group
    }

    private static func chunk(_ thrift: inout Thrift) -> Chunk {
        var chunk = Chunk()
        thrift.structure { thrift, number, kind in
            switch number {
            case 1: chunk.isElsewhere = !thrift.text(kind).isEmpty
            case 3:
                guard kind == .structure else { return false }
                thrift.structure { thrift, number, kind in
                    switch number {
                    case 1: chunk.type = thrift.integer(kind)
                    case 4: chunk.codec = thrift.integer(kind)
                    case 5: chunk.values = thrift.integer(kind)
                    case 9: chunk.dataOffset = thrift.integer(kind)
                    case 11: chunk.dictionaryOffset = thrift.integer(kind)
                    default: return false
                    }
                    return true
                }
            case 8, 9:
                chunk.isEncrypted = true
                return false
            default: return false
            }
            return true
        }
        if chunk.values < 0 || chunk.dataOffset < 0, !chunk.isEncrypted { thrift.fail() }
        return chunk
    }
}
