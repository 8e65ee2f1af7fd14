// From a path or bytes to a table: finds the format and refuses what is no text.

extension Table {
    /// Reads the table in a file.
    ///
    /// A regular file is read in chunks and never held whole, so the memory needed is that of the table; standard
    /// input and pipes are held whole while they are read.
    ///
    /// - Parameters:
    ///   - path: the file; `-` is standard input.
    ///   - format: the format, where nil Parquet if the first bytes say so, else by the ending of the path, else by the
    ///     first bytes: JSON Lines where they are a brace, CSV otherwise.
    /// - Throws: ``TableError``, with the place of what is wrong.
    public static func read(path: String, format: TableReader? = nil) throws(TableError) -> Table {
        let name = path == "-" ? "standard input" : path
        var source = try ByteSource(path: path, name: name)
        return try read(&source, name: name, format: format)
    }

    /// Reads the table in bytes that are in memory; otherwise as ``read(path:format:)``, with `name` for the path.
    public static func read(bytes: [UInt8], name: String, format: TableReader? = nil) throws(TableError) -> Table {
        var source = ByteSource(bytes: bytes, name: name)
        return try read(&source, name: name, format: format)
    }

    /// Reads the table in a source at its beginning; see ``read(path:format:)``.
    package static func read(
        _ source: inout ByteSource, name: String, format: TableReader?
    ) throws(TableError) -> Table {
        // Enough to recognise a format, be the chunks of the source as small as in the tests.
        while !source.isAtEnd, source.window.count < 64 { try source.refill(keeping: 0) }
        // Parquet says what it is; its name may say otherwise.
        let isParquet = TableReader.parquet.recognizes(source.window)
        if isParquet, format == nil || format?.name == TableReader.parquet.name {
            return try TableReader.parquet.read(&source, name)
        }
        if let kind = TableError.BinaryKind(source.window) { throw .binary(file: name, kind) }
        let format = format ?? TableReader.format(ofPath: name) ?? TableReader.format(ofBytes: source.window)
        return try format.read(&source, name)
    }
}

extension TableReader {
    fileprivate static func format(ofBytes bytes: UnsafeBufferPointer<UInt8>) -> TableReader {
        all.first { $0.recognizes(bytes) } ?? .csv
    }
}

extension ByteSource {
    /// The length of the UTF-8 byte order mark at the start of a window on the first bytes.
    var markLength: Int { window.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
}

extension TableError.BinaryKind {
    fileprivate init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            self = .utf16
        } else if bytes.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if bytes.starts(with: "PAR1".utf8) {
            self = .parquet
        } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            self = .zip
        } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstandard
        } else {
            return nil
        }
    }
}
