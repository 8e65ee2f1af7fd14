// The pages of a chunk: found, verified, decompressed, and handed to their column.

import VectorMath

/// Reads the chunks of a Parquet file, one after the other.
struct ParquetChunks: ~Copyable {
    /// The largest page; writers make them of about a megabyte.
    private static let pageLimit = 1 << 28
    private static let headerLimit = 1 << 24

    private let file: String
    // How many bytes may yet be read or come out of others: damaged or hostile files end here.
    private var budget: Int
    private var decompressed: [UInt8] = []
    private var levels: [UInt32] = []
    private var position = 0  // in the window of the source

    init(file: String, size: Int) {
        self.file = file
        budget = max(1 << 28, size.multipliedReportingOverflow(by: 1024).partialValue)
    }

    /// Appends all values of a chunk to its column.
    mutating func read(
        _ chunk: ParquetMetadata.Chunk, rows: Int, into column: inout ParquetColumn, from source: inout ByteSource
    ) throws(TableError) {
        let name = column.leaf.name
        if chunk.isEncrypted { throw fault(.encrypted) }
        if chunk.isElsewhere { throw fault(.elsewhere(column: name)) }
        var start = chunk.dataOffset
        if let dictionary = chunk.dictionaryOffset, dictionary > 0, dictionary < start { start = dictionary }
        guard chunk.type == column.leaf.type.rawValue, chunk.values == rows, start < source.size else {
            throw damage("a chunk that does not fit its column", name, start)
        }
        try go(to: start, &source)
        column.forgetDictionary()
        var left = rows
        while left > 0 {
            let place = source.offset + position
            let page = try header(&source, name)
            guard (0...Self.pageLimit).contains(page.size), (0...Self.pageLimit).contains(page.compressedSize),
                try require(page.compressedSize, &source)
            else { throw damage("a page that the file has not all of", name, place) }
            let bytes = UnsafeRawBufferPointer(
                rebasing: UnsafeRawBufferPointer(source.window)[position..<(position + page.compressedSize)])
            position += page.compressedSize
            if let checksum = page.checksum, vm_crc32(0, bytes.baseAddress, bytes.count) != checksum {
                throw fault(.checksum(column: name, byte: place))
            }
            // Chunks may share pages as a file has it; that each reads them all again is no file of any writer.
            budget -= 256 * page.compressedSize
            if budget < 0 { throw fault(.inflated(rows: rows, columns: 1)) }
            guard page.kind != .other else { continue }
            if page.kind != .dictionary, page.values < 0 || page.values > left {
                throw damage("a page of more values than rows", name, place)
            }
            do {
                try read(page, bytes, chunk.codec, into: &column)
            } catch {
                throw tableError(error, page, chunk, column, place)
            }
            if page.kind != .dictionary { left -= page.values }
        }
    }

    private enum PageFault: Error {
        case encoding(ParquetEncoding.Fault)
        case compression
        case compressed
        case levels
        case noZstandard
    }

    private func tableError(
        _ error: PageFault, _ page: ParquetPage, _ chunk: ParquetMetadata.Chunk, _ column: ParquetColumn, _ place: Int
    ) -> TableError {
        let name = column.leaf.name
        switch error {
        case .encoding(.damaged):
            if let row = column.badTextRow { return fault(.notUTF8(column: name, row: row)) }
            return damage("a page whose values cannot be read", name, place)
        case .encoding(.unknown): return fault(.encoding(ParquetEncoding.name(page.encoding), column: name))
        case .encoding(.inflated): return fault(.inflated(rows: chunk.values, columns: 1))
        case .compression: return fault(.compression(Self.codec(chunk.codec), column: name))
        case .compressed: return damage("a page that cannot be decompressed", name, place)
        case .levels: return damage("a page whose missing values cannot be told", name, place)
        case .noZstandard: return fault(.noZstandard(column: name))
        }
    }

    private mutating func read(
        _ page: ParquetPage, _ bytes: UnsafeRawBufferPointer, _ codec: Int, into column: inout ParquetColumn
    ) throws(PageFault) {
        // The levels of the second version stand before what is compressed.
        var levelBytes = UnsafeRawBufferPointer(start: nil, count: 0)
        var body = bytes
        var size = page.size
        if page.kind == .data2 {
            let (repetition, definition) = (page.repetitionBytes, page.definitionBytes)
            guard repetition >= 0, definition >= 0, repetition <= bytes.count, definition <= bytes.count - repetition,
                repetition + definition <= size
            else { throw .levels }
            levelBytes = UnsafeRawBufferPointer(rebasing: bytes[repetition..<(repetition + definition)])
            body = UnsafeRawBufferPointer(rebasing: bytes[(repetition + definition)...])
            size -= repetition + definition
        }
        if codec != 0, page.isCompressed {
            try decompress(body, codec, size)
            // The values are read from the buffer while it is taken out, so that it can be used without a copy.
            var buffer: [UInt8] = []
            swap(&buffer, &decompressed)
            defer { swap(&buffer, &decompressed) }
            let result = buffer.withUnsafeBytes { raw in
                Result { () throws(PageFault) in
                    try values(page, UnsafeRawBufferPointer(rebasing: raw[..<size]), levelBytes, into: &column)
                }
            }
            try result.get()
        } else {
            try values(page, body, levelBytes, into: &column)
        }
    }

    private mutating func values(
        _ page: ParquetPage, _ bytes: UnsafeRawBufferPointer, _ levelBytes: UnsafeRawBufferPointer,
        into column: inout ParquetColumn
    ) throws(PageFault) {
        if page.kind == .dictionary {
            do { try column.setDictionary(bytes, count: page.values, &budget) } catch { throw .encoding(error) }
            return
        }
        var body = bytes
        var runs = levelBytes
        let isOptional = column.leaf.isOptional
        if page.kind == .data, isOptional {
            guard page.levelEncoding == 3, bytes.count >= 4 else { throw .levels }
            let length = Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
            guard length <= bytes.count - 4 else { throw .levels }
            runs = UnsafeRawBufferPointer(rebasing: bytes[4..<(4 + length)])
            body = UnsafeRawBufferPointer(rebasing: bytes[(4 + length)...])
        }
        var present: [UInt32]?
        if isOptional, page.values > 0 {
            var isWhole = false
            levels = [UInt32](unsafeUninitializedCapacity: page.values) { buffer, count in
                guard let base = buffer.baseAddress else { return }
                isWhole = BitRuns.decode(runs, width: 1, count: page.values, into: base)
                count = isWhole ? page.values : 0
            }
            guard isWhole else { throw .levels }
            // Runs of one value have a whole byte for it.
            guard levels.allSatisfy({ $0 <= 1 }) else { throw .levels }
            if levels.contains(0) { present = levels }
        }
        guard let encoding = ParquetEncoding(rawValue: page.encoding) else { throw .encoding(.unknown) }
        do {
            try column.append(body, encoding: encoding, rows: page.values, present: present, &budget)
        } catch { throw .encoding(error) }
    }

    private mutating func decompress(_ bytes: UnsafeRawBufferPointer, _ codec: Int, _ size: Int) throws(PageFault) {
        if size == 0 { return }
        budget -= size
        guard budget >= 0 else { throw .encoding(.inflated) }
        func grow() {
            if decompressed.count < size { decompressed = [UInt8](repeating: 0, count: size) }
        }
        var isWhole = false
        switch codec {
        case 1:
            guard Snappy.canBe(size, from: bytes.count) else { throw .compressed }
            grow()
            isWhole = decompressed.withUnsafeMutableBytes {
                Snappy.decompress(bytes, into: UnsafeMutableRawBufferPointer(rebasing: $0[..<size]))
            }
        case 6:
            guard let zstandard = Zstandard.system else { throw .noZstandard }
            guard zstandard.canBe(size, from: bytes) else { throw .compressed }
            grow()
            isWhole = decompressed.withUnsafeMutableBytes {
                zstandard.decompress(bytes, into: UnsafeMutableRawBufferPointer(rebasing: $0[..<size]))
            }
        default: throw .compression
        }
        guard isWhole else { throw .compressed }
    }

    private static func codec(_ codec: Int) -> String {
        switch codec {
        case 2: "gzip"
        case 3: "LZO"
        case 4: "Brotli"
        case 5, 7: "LZ4"
        default: "an unknown codec (\(codec))"
        }
    }

    // MARK: - Where in the file

    // Moves the window to a byte, within what it has if it can.
    private mutating func go(to offset: Int, _ source: inout ByteSource) throws(TableError) {
        if offset >= source.offset, offset <= source.offset + source.window.count {
            position = offset - source.offset
            return
        }
        budget -= ByteSource.defaultChunk
        if budget < 0 { throw damage("chunks all over the file", nil, offset) }
        try source.begin(at: offset)
        position = 0
    }

    // Whether the window has, or could be given, so many bytes from the position on.
    private mutating func require(_ count: Int, _ source: inout ByteSource) throws(TableError) -> Bool {
        while source.window.count - position < count {
            if source.isAtEnd { return false }
            try source.refill(keeping: position)
            position = 0
        }
        return true
    }

    private mutating func header(_ source: inout ByteSource, _ column: String) throws(TableError) -> ParquetPage {
        var wanted = 256
        while true {
            let isWhole = try require(wanted, &source)
            let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(source.window)[position...])
            if let page = ParquetPage(bytes) {
                position += page.headerSize
                return page
            }
            // The least and largest text of a page may make its header long.
            if !isWhole || wanted >= Self.headerLimit {
                throw damage("no page where one should begin", column, source.offset + position)
            }
            wanted = max(wanted * 4, bytes.count + 1)
        }
    }

    private func fault(_ fault: ParquetFault) -> TableError { .parquet(fault, file: file) }

    private func damage(_ what: String, _ column: String?, _ byte: Int) -> TableError {
        fault(.damaged(what, column: column, byte: byte))
    }
}
