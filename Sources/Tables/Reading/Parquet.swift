// Parquet, the format in which pandas, Polars and DuckDB write tables.
//
// Not read: lists, structures and maps; gzip, Brotli and LZ4; encrypted files.

extension TableReader {
    /// Parquet: columns with types, in pages, with a table of contents at the end.
    ///
    /// Integers, `FLOAT`, `DOUBLE`, halves and decimals are numbers, each rounded to the nearest double; NaN and null are
    /// missing. Dates, times and timestamps are seconds, those of points in time since the beginning of 1970 (UTC where
    /// the file says so, else as written), so that they can be subtracted. Truth values are the labels `true` and
    /// `false`. Text is labels, under the rules of CSV for what is missing (`NA`, an empty cell); a column of it whose
    /// labels are all numbers can be used as numbers. Other bytes of fixed length are labels of hexadecimal digits, or
    /// UUIDs.
    ///
    /// All encodings of the format but BIT_PACKED for levels; data pages of both versions; no compression, Snappy, and
    /// Zstandard where the system has `libzstd.so.1`. Checksums of pages are verified where they are there. A row's line
    /// number is its place, from 1.
    ///
    /// Limits: pages of 256 MiB, and no more than 16 million cells or, in larger files, 64 for each byte of the file.
    public static let parquet = TableReader(
        name: "Parquet", extensions: ["parquet", "pq"], recognizes: { $0.starts(with: "PAR1".utf8) },
        read: { (source: inout ByteSource, name: String) throws(TableError) -> Table in
            let metadata = try metadata(&source, name)
            return try table(metadata, &source, name)
        })

    private static func table(
        _ metadata: ParquetMetadata, _ source: inout ByteSource, _ name: String
    ) throws(TableError) -> Table {
        let leaves: [ParquetLeaf]
        do { leaves = try ParquetLeaf.leaves(of: metadata) } catch { throw .parquet(error, file: name) }
        let rows = metadata.rows
        guard rows > 0 else { throw .parquet(.noRows(columns: leaves.map(\.name)), file: name) }
        let (cells, overflow) = rows.multipliedReportingOverflow(by: leaves.count)
        if overflow || cells > max(1 << 24, source.size.multipliedReportingOverflow(by: 64).partialValue) {
            throw .parquet(.inflated(rows: rows, columns: leaves.count), file: name)
        }
        var columns = leaves.map(ParquetColumn.init)
        for index in columns.indices { columns[index].reserve(rows) }
        var chunks = ParquetChunks(file: name, size: source.size)
        var done = 0
        for group in metadata.groups {
            guard group.chunks.count == columns.count, group.rows <= rows - done else {
                let what = "a table of contents whose rows or columns do not add up"
                throw .parquet(.damaged(what, column: nil, byte: source.size), file: name)
            }
            for (index, chunk) in group.chunks.enumerated() {
                try chunks.read(chunk, rows: group.rows, into: &columns[index], from: &source)
            }
            done += group.rows
        }
        guard done == rows else {
            throw .parquet(
                .damaged("fewer rows than the table of contents says", column: nil, byte: source.size), file: name)
        }
        return Table(name: name, columns: columns.map { $0.finished() }, lines: LineNumbers(first: 1))
    }

    // The table of contents: before the last eight bytes, which are its length and the name of the format.
    private static func metadata(_ source: inout ByteSource, _ name: String) throws(TableError) -> ParquetMetadata {
        guard source.size >= 12 else { throw .parquet(.cutOff, file: name) }
        let end = try source.bytes(at: source.size - 8, count: 8)
        if end[4...].elementsEqual("PARE".utf8) { throw .parquet(.encrypted, file: name) }
        let length = Int(end[0]) | Int(end[1]) << 8 | Int(end[2]) << 16 | Int(end[3]) << 24
        guard end[4...].elementsEqual("PAR1".utf8), length <= source.size - 12 else {
            throw .parquet(.cutOff, file: name)
        }
        let start = source.size - 8 - length
        let footer = try source.bytes(at: start, count: length)
        guard let metadata = footer.withUnsafeBytes({ ParquetMetadata($0) }) else {
            throw .parquet(.damaged("a table of contents that cannot be read", column: nil, byte: start), file: name)
        }
        if metadata.isEncrypted { throw .parquet(.encrypted, file: name) }
        return metadata
    }
}

extension ByteSource {
    /// A copy of so many bytes, which the file has.
    fileprivate mutating func bytes(at offset: Int, count: Int) throws(TableError) -> [UInt8] {
        try begin(at: offset)
        while window.count < count { try refill(keeping: 0) }
        return Array(window.prefix(count))
    }
}
