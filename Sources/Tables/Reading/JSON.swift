// A document of JSON as a table: an array of objects, or an object of columns.
//
// Not read: several tables in one document. A file that has one object a line is JSON Lines, whatever its ending.

extension TableReader {
    /// JSON: an array of objects, one a row, or an object with a list for every column.
    ///
    /// Objects become rows as lines of JSON Lines do. Columns may also be objects whose keys number the rows, as pandas
    /// writes them unless told otherwise, and `columns` and `data` beside one another (`orient="split"`). An object of
    /// single values is one row. The document is held in memory while it is read.
    public static let json = TableReader(
        name: "JSON", extensions: ["json"],
        recognizes: { bytes in
            let start = bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
            return start.lazy.filter { $0 > UInt8(ascii: " ") }.prefix(2).elementsEqual("[{".utf8)
        },
        read: { (source: inout ByteSource, name: String) throws(TableError) -> Table in
            while !source.isAtEnd { try source.refill(keeping: 0) }
            let document = JSONRowsOfDocument(source.window, start: source.markLength, file: name)
            switch document.kind {
            case .empty: throw .empty(file: name)
            case .lines:
                try source.rewind()
                while !source.isAtEnd, source.window.count < 3 { try source.refill(keeping: 0) }
                return try TableReader.jsonLines.read(&source, name)
            case .array: return try document.table()
            case .object:
                let tree = JSONDocument(Array(source.window), file: name)
                if let fault = tree.fault { throw fault }
                if let columns = JSONColumns(tree.value, file: name) { return try columns.table() }
                return try document.table()
            }
        })
}

/// The objects of a document, one a row.
struct JSONRowsOfDocument {
    enum Kind { case empty, lines, array, object }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let start: Int
    private let file: String
    let kind: Kind

    init(_ bytes: UnsafeBufferPointer<UInt8>, start: Int, file: String) {
        self.bytes = bytes
        self.file = file
        let first = Self.visible(bytes, from: start)
        self.start = first
        guard first < bytes.count else {
            kind = .empty
            return
        }
        if bytes[first] == UInt8(ascii: "[") {
            kind = .array
        } else {
            // Anything behind the first object means one object a line, and so does an object that does not end in a file
            // of several lines whose first has it whole.
            let end = Self.end(bytes, of: first)
            kind =
                Self.visible(bytes, from: end) < bytes.count || bytes[first] != UInt8(ascii: "{") ? .lines : .object
        }
    }

    func table() throws(TableError) -> Table {
        var rows = JSONRows(file: file, size: bytes.count)
        try read(&rows)
        if rows.prepareSecondPass() { try read(&rows) }
        return try rows.finished()
    }

    private func read(_ rows: inout JSONRows) throws(TableError) {
        if kind == .object { return try add(start, line: 1, to: &rows) }
        var position = start + 1
        var line = 1 + bytes[..<position].count { $0 == 0x0A }
        var isFirst = true
        while true {
            skip(&position, &line)
            if position < bytes.count, bytes[position] == UInt8(ascii: "]"), isFirst { break }
            if position >= bytes.count { throw scanner(line, to: bytes.count).unfinished() }
            let end = Self.end(bytes, of: position)
            try add(position, line: line, to: &rows)
            line += bytes[position..<end].count { $0 == 0x0A }
            position = end
            isFirst = false
            skip(&position, &line)
            guard position < bytes.count else { throw scanner(line, to: bytes.count).unfinished() }
            if bytes[position] == UInt8(ascii: "]") { break }
            guard bytes[position] == UInt8(ascii: ",") else {
                var rest = scanner(1, to: bytes.count)
                rest.position = position
                throw rest.unexpected("a comma or a closing bracket")
            }
            position += 1
        }
        let after = Self.visible(bytes, from: position + 1)
        if after < bytes.count {
            var rest = scanner(1, to: bytes.count)
            rest.position = after
            throw rest.unexpected("the end of the file")
        }
    }

    private func add(_ position: Int, line: Int, to rows: inout JSONRows) throws(TableError) {
        var row = scanner(1, to: Self.end(bytes, of: position))
        row.position = position
        try rows.add(row, line: line)
    }

    private func scanner(_ line: Int, to end: Int) -> JSONScanner {
        var scanner = JSONScanner(
            file: file, line: 1, bytes: UnsafeBufferPointer(rebasing: bytes[..<end]), isLast: end == bytes.count)
        scanner.spansLines = true
        return scanner
    }

    private func skip(_ position: inout Int, _ line: inout Int) {
        while position < bytes.count, bytes[position] <= UInt8(ascii: " ") {
            if bytes[position] == 0x0A { line += 1 }
            position += 1
        }
    }

    private static func visible(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var position = start
        while position < bytes.count, bytes[position] <= UInt8(ascii: " ") { position += 1 }
        return position
    }

    // Behind the value that starts here, by its brackets; the end of the bytes where it is not closed.
    private static func end(_ bytes: UnsafeBufferPointer<UInt8>, of start: Int) -> Int {
        var depth = 0
        var position = start
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
                    position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
                }
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return position }
                depth -= 1
                if depth == 0 { return position + 1 }
            case UInt8(ascii: ",") where depth == 0: return position
            default: break
            }
            position += 1
        }
        return min(position, bytes.count)
    }
}
