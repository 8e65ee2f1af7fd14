// The lines of a JSON Lines file: from objects to columns.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The columns of a JSON Lines file while its lines are read.
struct JSONRows {
    static let depthLimit = 64
    static let arrayLimit = 16
    static let keyLimit = 1024

    let file: String
    let cellLimit: Int
    private var keys = JSONKeys()
    var columns: [ColumnBuilder] = []
    var lines = LineNumbers()
    var rowCount = 0
    private(set) var firstPassRows: Int?
    var paddedCells = 0
    private(set) var expectedRows = 0  // a guess, from the part of the source that has been read
    // The keys down to the value that is being read, joined by points.
    private var path: [UInt8] = []
    // What lines before had between their values, and how many of the last rows are in its block.
    var patterns = JSONPatterns()
    var inBlock = 0
    private let usesPatterns: Bool
    private var isLearning = false

    /// - Parameter usesPatterns: whether lines like those before are read by what is between their values, which gives the
    ///   same table; tests compare the two.
    init(file: String, size: Int, usesPatterns: Bool = true) {
        self.file = file
        self.usesPatterns = usesPatterns
        cellLimit = max(1 << 24, size.multipliedReportingOverflow(by: 8).partialValue)
    }

    /// Reads all lines of a source whose window is at the first byte.
    mutating func read(from source: inout ByteSource) throws(TableError) {
        var position = source.markLength
        var line = 1
        while true {
            let window = source.window
            while position < window.count {
                position = try readPatterns(window, from: position, line: &line)
                if position == window.count { break }
                let end: Int
                if let start = window.baseAddress, let found = memchr(start + position, 0x0A, window.count - position)
                {
                    end = UnsafeRawPointer(start).distance(to: found)
                } else if source.isAtEnd {
                    end = window.count
                } else {
                    break
                }
                let isLast = source.isAtEnd && end + 1 >= window.count
                let bytes = UnsafeBufferPointer(rebasing: window[position..<end])
                isLearning = usesPatterns && end < window.count && patterns.learns(row: rowCount)
                try read(JSONScanner(file: file, line: line, bytes: bytes, isLast: isLast))
                if isLearning { patterns.learn(UnsafeBufferPointer(rebasing: window[position...end])) }
                line += 1
                position = min(end + 1, window.count)
            }
            if source.isAtEnd { break }
            let read = source.offset + position
            expectedRows = Int(Double(rowCount) * Double(source.size) / Double(max(1, read)) * 1.02) + 16
            try source.refill(keeping: position)
            position = 0
        }
        flush()
        patterns.end()
        if firstPassRows == nil, line == 1 { throw .empty(file: file) }
    }

    /// Whether a second pass is needed, for which this then is prepared.
    mutating func prepareSecondPass() -> Bool {
        guard columns.contains(where: { $0.kind == .mixed }) else { return false }
        for index in columns.indices { columns[index].prepareSecondPass() }
        keys.forgetRows()
        firstPassRows = rowCount
        rowCount = 0
        return true
    }

    mutating func finished() throws(TableError) -> Table {
        guard rowCount > 0 else { throw .empty(file: file) }
        guard !columns.isEmpty else { throw .noRows(file: file, header: []) }
        if let firstPassRows, firstPassRows != rowCount { throw .changed(file: file) }
        if columns.count * rowCount > cellLimit { throw sparse(rows: rowCount) }
        for index in columns.indices { columns[index].pad(to: rowCount) }
        return Table(name: file, columns: columns.map { $0.finished() }, lines: lines)
    }

    func sparse(rows: Int) -> TableError {
        .sparse(file: file, columns: columns.count, rows: rows)
    }

    /// Adds an object that begins on this line of a document.
    mutating func add(_ object: consuming JSONScanner, line: Int) throws(TableError) {
        try read(object, number: line)
    }

    private mutating func read(_ line: consuming JSONScanner, number: Int? = nil) throws(TableError) {
        patterns.values.removeAll(keepingCapacity: true)
        switch line.next() {
        case 0 where line.position == line.bytes.count: return
        case 0: throw .nulByte(at: line.place(line.position))
        case UInt8(ascii: "{"): break
        case UInt8(ascii: "["): throw line.fault(.array, at: line.position)
        default: throw line.fault(.notAnObject(line.text(from: line.position)), at: line.position)
        }
        path.removeAll(keepingCapacity: true)
        keys.beginRow()
        try object(&line, depth: 1)
        if line.next() != 0 || line.position < line.bytes.count {
            throw line.fault(.textAfterObject(line.text(from: line.position)), at: line.position)
        }
        if firstPassRows == nil { lines.append(row: rowCount, line: number ?? line.line) }
        rowCount += 1
    }

    private mutating func object(_ line: inout JSONScanner, depth: Int) throws(TableError) {
        if depth > Self.depthLimit { throw line.fault(.deepNesting(limit: Self.depthLimit), at: line.position) }
        line.position += 1
        if line.next() == UInt8(ascii: "}") {
            line.position += 1
            return
        }
        let length = path.count
        while true {
            guard line.next() == UInt8(ascii: "\"") else { throw line.unexpected("a key in quotes") }
            let start = line.position
            let text = try line.text()
            if text.bytes.isEmpty { throw line.fault(.emptyKey, at: start) }
            if length > 0 { path.append(UInt8(ascii: ".")) }
            if text.hasEscapes {
                path.append(contentsOf: try line.unescaped(text))
            } else {
                path.append(contentsOf: text.bytes)
            }
            let key = try key(line, at: start)
            try line.take(UInt8(ascii: ":"), "a colon after the key")
            try value(&line, of: key, depth: depth)
            path.removeLast(path.count - length)
            if line.next() == UInt8(ascii: "}") { break }
            try line.take(UInt8(ascii: ","), "a comma or a closing brace")
        }
        line.position += 1
    }

    private mutating func array(_ line: inout JSONScanner, depth: Int) throws(TableError) {
        let start = line.position
        if depth > Self.depthLimit { throw line.fault(.deepNesting(limit: Self.depthLimit), at: start) }
        line.position += 1
        if line.next() == UInt8(ascii: "]") {
            line.position += 1
            return
        }
        let length = path.count
        var index = 0
        while true {
            if index == Self.arrayLimit {
                let key = String(decoding: path, as: UTF8.self)
                throw line.fault(.longArray(key: key, limit: Self.arrayLimit), at: start)
            }
            path.append(UInt8(ascii: "."))
            path.append(contentsOf: String(index).utf8)
            let key = try key(line, at: line.position)
            try value(&line, of: key, depth: depth)
            path.removeLast(path.count - length)
            index += 1
            if line.next() == UInt8(ascii: "]") { break }
            try line.take(UInt8(ascii: ","), "a comma or a closing bracket")
        }
        line.position += 1
    }

    // The key whose path has just been completed, and is not in this line already.
    private mutating func key(_ line: borrowing JSONScanner, at position: Int) throws(TableError) -> Int {
        if path.count > Self.keyLimit {
            throw line.fault(.longKey(String(decoding: path, as: UTF8.self), limit: Self.keyLimit), at: position)
        }
        switch keys.find(path) {
        case .found(let key): return key
        case .notUTF8: throw .notUTF8(at: line.place(position))
        case .repeated:
            throw line.fault(.repeatedKey(String(decoding: path, as: UTF8.self)), at: position)
        }
    }

    private mutating func value(_ line: inout JSONScanner, of key: Int, depth: Int) throws(TableError) {
        switch line.next() {
        case UInt8(ascii: "{"): try object(&line, depth: depth + 1)
        case UInt8(ascii: "["): try array(&line, depth: depth + 1)
        case UInt8(ascii: "\""):
            let start = line.position
            let text = try line.text()
            if text.hasEscapes {
                let copy = try line.unescaped(text)
                let line = line
                try copy.withUnsafeBufferPointer { (bytes) throws(TableError) in
                    try set(key, to: bytes, line, at: start)
                }
            } else {
                try set(key, to: text.bytes, line, at: start)
            }
            learn(start, line.position, key)
        default:
            let start = line.position
            let token = try line.scalar()
            try set(key, to: token, line, at: start)
            learn(start, line.position, key)
        }
    }

    private mutating func set(
        _ key: Int, to text: UnsafeBufferPointer<UInt8>, _ line: JSONScanner, at position: Int
    ) throws(TableError) {
        let column = keys.column(of: key) ?? addColumn(key)
        paddedCells += columns[column].missing(before: rowCount)
        if paddedCells > cellLimit { throw sparse(rows: rowCount + 1) }
        if columns[column].kind == .numbers, !columns[column].isComplete {
            if let number = Cell(text).number {
                columns[column].set(row: rowCount, number: number, expected: expectedRows)
                return
            }
            columns[column].pad(to: rowCount)
            columns[column].becomeText()
        }
        if !columns[column].set(row: rowCount, label: text) { throw .notUTF8(at: line.place(position)) }
    }

    private mutating func learn(_ start: Int, _ end: Int, _ key: Int) {
        guard isLearning, let column = keys.column(of: key) else { return }
        patterns.values.append(JSONPattern.Value(start: start, end: end, column: column))
    }

    private mutating func addColumn(_ key: Int) -> Int {
        columns.append(ColumnBuilder(name: keys.name(of: key)))
        keys.setColumn(columns.count - 1, of: key)
        return columns.count - 1
    }
}
