// The rows below the header of a CSV file: from cells to columns.
//
// The inner loop takes a number straight from the window and stores it in a block of rows; only what is not a plain
// number between separators goes through the scanner.

import Formulas

/// The columns of a CSV file while its rows are read.
struct CSVRows: ~Copyable {
    private let file: String
    private let header: CSVHeader
    private let fieldCount: Int
    private var columns: [ColumnBuilder]
    private var lines = LineNumbers()
    private var rowCount = 0
    private var firstPassRows: Int?

    // Numbers of the last rows, columns × blockRows, those of a column adjacent.
    private let block: UnsafeMutablePointer<Double>
    private let blockRows: Int
    private var inBlock = 0
    // For each field whether its column is one of numbers as yet.
    private let isNumeric: UnsafeMutablePointer<Bool>

    init(header: CSVHeader, file: String) {
        self.file = file
        self.header = header
        columns = header.names.map(ColumnBuilder.init(name:))
        fieldCount = columns.count + (header.endsInDelimiter ? 1 : 0)
        blockRows = max(1, min(1024, 65_536 / columns.count))
        block = .allocate(capacity: columns.count * blockRows)
        isNumeric = .allocate(capacity: fieldCount)
        isNumeric.initialize(repeating: true, count: fieldCount)
        if header.endsInDelimiter { isNumeric[fieldCount - 1] = false }
    }

    deinit {
        block.deallocate()
        isNumeric.deallocate()
    }

    /// Reads all rows of a source whose window has the first of them at `start`.
    mutating func read(from source: inout ByteSource, at start: Int) throws(TableError) {
        var position = start
        var line = header.nextLine
        while true {
            var scanner = CSVScanner(
                file: file, delimiter: header.delimiter, bytes: source.window, isAtEnd: source.isAtEnd)
            scanner.position = position
            scanner.line = line
            while scanner.skipToRow() {
                let rowLine = scanner.line
                let rowStart = scanner.position
                guard try row(&scanner) else {
                    scanner.position = rowStart
                    scanner.line = rowLine
                    break
                }
                if firstPassRows == nil { lines.append(row: rowCount, line: rowLine) }
                rowCount += 1
                inBlock += 1
                if inBlock == blockRows { flush(read: source.offset + scanner.position, of: source.size) }
            }
            if source.isAtEnd { break }
            line = scanner.line
            try source.refill(keeping: scanner.position)
            position = 0
        }
        flush(read: source.size, of: source.size)
    }

    /// Whether a second pass is needed, for which this then is prepared.
    mutating func prepareSecondPass() -> Bool {
        guard columns.contains(where: { $0.kind == .mixed }) else { return false }
        for index in columns.indices { columns[index].prepareSecondPass() }
        isNumeric.update(repeating: false, count: fieldCount)
        firstPassRows = rowCount
        rowCount = 0
        return true
    }

    func finished() throws(TableError) -> Table {
        guard rowCount > 0 else { throw .noRows(file: file, header: header.names) }
        if let firstPassRows, firstPassRows != rowCount { throw .changed(file: file) }
        return Table(name: file, columns: columns.map { $0.finished() }, lines: lines)
    }

    // Reads one row; false where it does not end within the window.
    private mutating func row(_ scanner: inout CSVScanner) throws(TableError) -> Bool {
        let bytes = scanner.bytes
        let delimiter = scanner.delimiter
        let last = fieldCount - 1
        var field = 0
        while true {
            if isNumeric[field], let (value, end) = Quantity.prefix(of: bytes, from: scanner.position),
                end + 1 < bytes.count
            {
                let byte = bytes[end]
                if byte == delimiter, field < last {
                    block[field * blockRows + inBlock] = value
                    scanner.position = end + 1
                    field += 1
                    continue
                }
                let crlf = byte == UInt8(ascii: "\r") && bytes[end + 1] == UInt8(ascii: "\n")
                if field == last, byte == UInt8(ascii: "\n") || crlf {
                    block[field * blockRows + inBlock] = value
                    scanner.position = end + (crlf ? 2 : 1)
                    scanner.line += 1
                    return true
                }
            }
            if !isNumeric[field], field < columns.count, let end = scanner.endOfPlainCell() {
                let endsRow = bytes[end] == UInt8(ascii: "\n")
                if endsRow == (field == last) {
                    let text = UnsafeBufferPointer(rebasing: bytes[scanner.position..<end])
                    if !columns[field].set(row: rowCount, label: text) {
                        throw .notUTF8(at: place(scanner.line, field))
                    }
                    scanner.position = end + 1
                    field += 1
                    if !endsRow { continue }
                    scanner.line += 1
                    return true
                }
            }
            let line = scanner.line
            guard let cell = try scanner.cell(field: field + 1) else { return false }
            if cell.isDoubled {
                try set(field, to: cell.unescaped, line: line)
            } else {
                try set(field, to: cell.text, line: line)
            }
            if cell.endsRow {
                if field == last { return true }
                let place = place(line, field)
                throw .tooFewCells(found: field + 1, header: header.names, last: text(of: cell), at: place)
            }
            if field == last { return try extraCells(&scanner) }
            field += 1
        }
    }

    private mutating func set(_ field: Int, to text: [UInt8], line: Int) throws(TableError) {
        try text.withUnsafeBufferPointer { (bytes) throws(TableError) in try set(field, to: bytes, line: line) }
    }

    private mutating func set(
        _ field: Int, to text: UnsafeBufferPointer<UInt8>, line: Int
    ) throws(TableError) {
        guard field < columns.count else {
            if text.isEmpty { return }
            throw .unnamedCell(String(decoding: text, as: UTF8.self), at: place(line, field))
        }
        if isNumeric[field] {
            let numbers = block + field * blockRows
            if let number = Cell(text).number {
                numbers[inBlock] = number
                return
            }
            columns[field].append(UnsafeBufferPointer(start: numbers, count: inBlock), expected: 0)
            columns[field].becomeText()
            isNumeric[field] = false
        }
        if !columns[field].set(row: rowCount, label: text) { throw .notUTF8(at: place(line, field)) }
    }

    private func place(_ line: Int, _ field: Int) -> TableError.Place {
        .init(file: file, line: line, column: field + 1)
    }

    // The row goes on after its last field: counts how far. False where it does not end within the window.
    private func extraCells(_ scanner: inout CSVScanner) throws(TableError) -> Bool {
        let place = scanner.place(fieldCount + 1)
        var first: String?
        var found = fieldCount
        while true {
            guard let cell = try scanner.cell(field: found + 1) else { return false }
            found += 1
            if first == nil { first = text(of: cell) }
            if cell.endsRow { break }
        }
        throw .tooManyCells(
            found: found, header: header.names, delimiter: header.delimiter, extra: first ?? "", at: place)
    }

    private func text(of cell: CSVScanner.Cell) -> String {
        String(decoding: cell.unescaped, as: UTF8.self)
    }

    // Moves the block into the columns; `read` bytes of `size` gave the rows so far.
    private mutating func flush(read: Int, of size: Int) {
        let expected = Int(Double(rowCount) * Double(size) / Double(max(1, read)) * 1.02) + 16
        for field in columns.indices {
            guard isNumeric[field] else {
                columns[field].reserveLabels(rowCount + blockRows, expected: expected)
                continue
            }
            let numbers = UnsafeBufferPointer(start: block + field * blockRows, count: inBlock)
            columns[field].append(numbers, expected: expected)
        }
        inBlock = 0
    }
}
