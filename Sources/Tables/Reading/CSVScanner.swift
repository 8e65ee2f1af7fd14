// The lexical rules of CSV: cells, quotes, ends of lines. Knows positions and lines, nothing of columns and values.

/// Takes cells from a window on the file, one after the other.
struct CSVScanner {
    let file: String
    var delimiter: UInt8
    var bytes: UnsafeBufferPointer<UInt8>
    /// True where the window reaches to the end of the file.
    var isAtEnd: Bool
    var position = 0
    /// The line, from 1, on which `position` is.
    var line = 1

    /// A cell as it stands in the window.
    struct Cell {
        /// What is between the quotes, or between the spaces.
        var text: UnsafeBufferPointer<UInt8>
        /// True where quotes in the text are written twice.
        var isDoubled = false
        /// True for the last cell of its row.
        var endsRow: Bool

        /// The text with every doubled quote written once.
        var unescaped: [UInt8] {
            var unescaped: [UInt8] = []
            var previousWasQuote = false
            for byte in text {
                previousWasQuote = byte == UInt8(ascii: "\"") && !previousWasQuote
                if !previousWasQuote { unescaped.append(byte) }
            }
            return unescaped
        }
    }

    init(file: String, delimiter: UInt8, bytes: UnsafeBufferPointer<UInt8>, isAtEnd: Bool) {
        self.file = file
        self.delimiter = delimiter
        self.bytes = bytes
        self.isAtEnd = isAtEnd
    }

    /// Moves past blank lines and comments to the first byte of a row.
    ///
    /// - Returns: false where the window has no row any more, or perhaps has none.
    mutating func skipToRow() -> Bool {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                guard let next = lineEnd(at: position) else { return false }
                position = next
                line += 1
            case UInt8(ascii: "#"):
                var end = position
                while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") {
                    end += 1
                }
                if end == bytes.count, !isAtEnd { return false }
                position = end
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                let end = skipSpaces(from: position)
                if end == bytes.count {
                    if isAtEnd { position = end }
                    return false
                }
                guard bytes[end] == UInt8(ascii: "\n") || bytes[end] == UInt8(ascii: "\r") else { return true }
                position = end
            default: return true
            }
        }
        return false
    }

    /// Takes the cell at `position`, which is field `field` of its row.
    ///
    /// - Returns: nil where the cell does not end within the window; `position` and `line` are then worthless.
    mutating func cell(field: Int) throws(TableError) -> Cell? {
        let start = skipSpaces(from: position)
        if start < bytes.count, bytes[start] == UInt8(ascii: "\"") {
            return try quotedCell(from: start, field: field)
        }
        var end = start
        while end < bytes.count {
            let byte = bytes[end]
            if byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
            if byte == 0 { throw .nulByte(at: place(field)) }
            end += 1
        }
        guard let endsRow = finishCell(at: end) else { return nil }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        return Cell(text: UnsafeBufferPointer(rebasing: bytes[start..<end]), endsRow: endsRow)
    }

    /// Where the cell at `position` ends, if it is plain: a separator or LF in the window ends it, and no quote, space or
    /// control character has a meaning in it. Nil for any other, which ``cell(field:)`` takes.
    @inline(__always)
    func endOfPlainCell() -> Int? {
        // What is not above a quote is a quote, a space or a control character, but for an exclamation mark.
        guard position < bytes.count, bytes[position] > UInt8(ascii: "\"") else { return nil }
        var end = position
        while end < bytes.count {
            let byte = bytes[end]
            if byte == delimiter || byte == UInt8(ascii: "\n") {
                return end > position && bytes[end - 1] == UInt8(ascii: " ") ? nil : end
            }
            if byte < UInt8(ascii: " ") { return nil }
            end += 1
        }
        return nil
    }

    private mutating func quotedCell(from start: Int, field: Int) throws(TableError) -> Cell? {
        let opened = line
        var end = start + 1
        var doubled = false
        while true {
            guard end < bytes.count else {
                if !isAtEnd { return nil }
                let text = String(decoding: bytes[start..<min(bytes.count, start + 200)], as: UTF8.self)
                throw .unclosedQuote(text, at: .init(file: file, line: opened, column: field))
            }
            switch bytes[end] {
            case UInt8(ascii: "\""):
                if end + 1 == bytes.count, !isAtEnd { return nil }
                guard end + 1 < bytes.count, bytes[end + 1] == UInt8(ascii: "\"") else {
                    return try closeQuotedCell(start: start, end: end, doubled: doubled, opened, field)
                }
                doubled = true
                end += 2
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                guard let next = lineEnd(at: end) else { return nil }
                line += 1
                end = next
            case 0: throw .nulByte(at: place(field))
            default: end += 1
            }
        }
    }

    // `start` and `end` are the positions of the quotes.
    private mutating func closeQuotedCell(
        start: Int, end: Int, doubled: Bool, _ opened: Int, _ field: Int
    ) throws(TableError) -> Cell? {
        let after = skipSpaces(from: end + 1)
        if after < bytes.count, bytes[after] != delimiter, bytes[after] != UInt8(ascii: "\n"),
            bytes[after] != UInt8(ascii: "\r")
        {
            let text = String(decoding: bytes[start..<min(bytes.count, max(after + 1, start + 200))], as: UTF8.self)
            let row = text.prefix { $0 != "\n" && $0 != "\r" && $0 != "\r\n" }
            throw .textAfterQuote(String(row), at: .init(file: file, line: opened, column: field))
        }
        guard let endsRow = finishCell(at: after) else { return nil }
        let text = UnsafeBufferPointer(rebasing: bytes[(start + 1)..<end])
        return Cell(text: text, isDoubled: doubled, endsRow: endsRow)
    }

    // Moves past what ends a cell at `end`; whether that ends the row, or nil where it takes more bytes to tell.
    private mutating func finishCell(at end: Int) -> Bool? {
        if end == bytes.count {
            position = end
            return isAtEnd ? true : nil
        }
        if bytes[end] == delimiter {
            position = end + 1
            return false
        }
        guard let next = lineEnd(at: end) else { return nil }
        position = next
        line += 1
        return true
    }

    // The position after the end of line at `position`, or nil where an LF may follow the CR in the next window.
    private func lineEnd(at position: Int) -> Int? {
        if bytes[position] == UInt8(ascii: "\n") { return position + 1 }
        guard position + 1 < bytes.count else { return isAtEnd ? position + 1 : nil }
        return bytes[position + 1] == UInt8(ascii: "\n") ? position + 2 : position + 1
    }

    private func skipSpaces(from start: Int) -> Int {
        var position = start
        while position < bytes.count, isSpace(bytes[position]) { position += 1 }
        return position
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") && delimiter != UInt8(ascii: "\t")
    }

    func place(_ field: Int) -> TableError.Place { .init(file: file, line: line, column: field) }
}
