// What a column of a Parquet file holds, and what becomes of it in a table.

/// How the values of a column lie in the file.
enum ParquetType: Int {
    case boolean, int32, int64, int96, float, double, byteArray, fixedByteArray
}

/// One column of a flat schema.
struct ParquetLeaf {
    /// What becomes of the values.
    enum Content: Equatable {
        /// `true` and `false`, labels.
        case truth
        case text
        /// Bytes as hexadecimal digits; of sixteen of them as a UUID.
        case digits
        /// A number, after division and multiplication: seconds from milliseconds, seconds from days.
        case number(Number, divisor: Double = 1, factor: Double = 1)
    }

    enum Number: Equatable {
        case signed32, unsigned32, signed64, unsigned64, float, double, half, timestamp96, null
        case decimal(scale: Int)
    }

    var name: String
    var type: ParquetType
    /// The bytes of a value of fixed length.
    var length: Int
    var isOptional: Bool
    var content: Content

    /// The columns of a schema.
    ///
    /// - Throws: the fault of the first that no table can have.
    static func leaves(of metadata: ParquetMetadata) throws(ParquetFault) -> [ParquetLeaf] {
        let columns = metadata.elements.dropFirst()
        var names: Set<String> = []
        var leaves: [ParquetLeaf] = []
        for element in columns {
            if element.children > 0 || element.type == nil || element.repetition == 2 {
                throw .nested(column: element.name)
            }
            leaves.append(try ParquetLeaf(element))
            if element.name.isEmpty { throw .unnamed(position: leaves.count) }
            if !names.insert(element.name).inserted { throw .repeated(column: element.name) }
        }
        guard metadata.elements[0].children == leaves.count, !leaves.isEmpty else { throw .noColumns }
        return leaves
    }

    private init(_ element: ParquetMetadata.Element) throws(ParquetFault) {
        guard let raw = element.type, let type = ParquetType(rawValue: raw) else {
            throw .type(column: element.name)
        }
        name = element.name
        self.type = type
        length = type == .int96 ? 12 : element.length
        isOptional = element.repetition == 1
        // A value of no bytes would make a column of any length from nothing.
        if type == .fixedByteArray, !(1...4096).contains(length) { throw .type(column: element.name) }
        content = Self.content(element, type)
    }

    private static func content(_ element: ParquetMetadata.Element, _ type: ParquetType) -> Content {
        let logical = element.logical ?? logical(converted: element.converted, scale: element.scale)
        switch (type, logical) {
        case (.boolean, _): return .truth
        case (.int32, .null?), (.int64, .null?), (.byteArray, .null?), (.float, .null?), (.double, .null?):
            return .number(.null)
        case (.int32, .decimal(let scale)?), (.int64, .decimal(let scale)?), (.byteArray, .decimal(let scale)?),
            (.fixedByteArray, .decimal(let scale)?):
            return .number(.decimal(scale: scale))
        case (.int32, .date?): return .number(.signed32, factor: 86_400)
        case (.int32, .time(let unit)?): return .number(.signed32, divisor: divisor(unit))
        case (.int64, .time(let unit)?), (.int64, .timestamp(let unit)?):
            return .number(.signed64, divisor: divisor(unit))
        case (.int32, .integer(_, signed: false)?): return .number(.unsigned32)
        case (.int64, .integer(_, signed: false)?): return .number(.unsigned64)
        case (.int32, _): return .number(.signed32)
        case (.int64, _): return .number(.signed64)
        case (.int96, _): return .number(.timestamp96)
        case (.float, _): return .number(.float)
        case (.double, _): return .number(.double)
        case (.byteArray, _): return .text
        case (.fixedByteArray, .half?) where element.length == 2: return .number(.half)
        case (.fixedByteArray, _): return .digits
        }
    }

    private static func divisor(_ unit: ParquetMetadata.Unit) -> Double {
        switch unit {
        case .milliseconds: 1e3
        case .microseconds: 1e6
        case .nanoseconds: 1e9
        }
    }

    // The older way to say what a column means.
    private static func logical(converted: Int?, scale: Int) -> ParquetMetadata.Logical? {
        switch converted {
        case 0, 4, 19: .text
        case 5: .decimal(scale: scale)
        case 6: .date
        case 7: .time(.milliseconds)
        case 8: .time(.microseconds)
        case 9: .timestamp(.milliseconds)
        case 10: .timestamp(.microseconds)
        case 11, 12, 13: .integer(bits: 32, signed: false)
        case 14: .integer(bits: 64, signed: false)
        default: nil
        }
    }
}
