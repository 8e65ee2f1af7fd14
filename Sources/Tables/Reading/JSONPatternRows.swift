// Lines that have the pattern of a line before: only their values are read, numbers straight into a block of rows.
//
// Whatever is unusual makes the general reading take the line from its beginning, with its results and its errors. A label
// that was set before that is set again, and to the same: what stands before it in the line is the same.

import Formulas

extension JSONRows {
    /// Reads lines from `start` on as long as they have a known pattern; returns where the first one begins that has none.
    mutating func readPatterns(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, line: inout Int
    ) throws(TableError) -> Int {
        var position = start
        while position < bytes.count {
            if let current = patterns.current {
                let block = patterns.block
                while position < bytes.count, let end = row(bytes, from: position, of: current, block) {
                    position = end
                    try finishRow(&line)
                }
                if position == bytes.count { break }
                flush()
            }
            guard let end = otherPattern(bytes, from: position) else { break }
            position = end
            try finishRow(&line)
        }
        return position
    }

    @inline(__always)
    private mutating func finishRow(_ line: inout Int) throws(TableError) {
        if paddedCells > cellLimit { throw sparse(rows: rowCount + 1) }
        if firstPassRows == nil { lines.append(row: rowCount, line: line) }
        line += 1
        rowCount += 1
        inBlock += 1
        if inBlock == patterns.block.rows { flush() }
    }

    // The end of a line that has a pattern which then is the current one.
    private mutating func otherPattern(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        patterns.end()
        for place in patterns.all.indices {
            patterns.begin(place, columns, row: rowCount)
            guard let current = patterns.current else { break }
            if let end = row(bytes, from: start, of: current, patterns.block) {
                paddedCells += patterns.padding
                patterns.met(place)
                return end
            }
        }
        patterns.end()
        return nil
    }

    /// Moves the block into the columns.
    mutating func flush() {
        guard inBlock > 0, let current = patterns.current else { return }
        // Every row of a pattern has its columns, so that the guess is followed further than that of a key met once.
        let expected = min(expectedRows, 64 * rowCount)
        for (field, column) in current.columns.enumerated() {
            guard current.kinds[field] == .number else {
                columns[column].reserveLabels(rowCount + patterns.block.rows, expected: expected)
                continue
            }
            columns[column].pad(to: rowCount - inBlock)
            let numbers = patterns.block.numbers + field * patterns.block.rows
            columns[column].append(
                UnsafeBufferPointer(start: numbers, count: inBlock), expected: expected)
        }
        inBlock = 0
    }

    private mutating func row(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, of pattern: JSONPattern, _ block: JSONBlock
    ) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let (gaps, kinds) = (pattern.gaps, pattern.kinds)
        let blockRows = block.rows
        var numbers = block.numbers + inBlock
        var position = start
        for field in 0..<kinds.count {
            guard let next = gaps[field].end(in: base, at: position, of: bytes.count) else { return nil }
            if kinds[field] == .number, let (value, end) = Quantity.json(of: bytes, from: next) {
                numbers.pointee = value
                position = end
            } else if let end = value(bytes, from: next, pattern.columns[field], kinds[field], numbers) {
                position = end
            } else {
                return nil
            }
            numbers += blockRows
        }
        return gaps[kinds.count].end(in: base, at: position, of: bytes.count)
    }

    // Takes a value that is no plain number in a column of numbers; nil where the general reading has to.
    private mutating func value(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ column: Int, _ kind: JSONPattern.Kind,
        _ number: UnsafeMutablePointer<Double>
    ) -> Int? {
        guard start < bytes.count else { return nil }
        if bytes[start] == UInt8(ascii: "\"") {
            if let end = Self.endOfPlainText(bytes, from: start + 1) {
                let text = UnsafeBufferPointer(rebasing: bytes[(start + 1)..<end])
                return set(column, kind, number, to: text) ? end + 1 : nil
            }
            var scanner = JSONScanner(file: file, line: 0, bytes: bytes, isLast: false)
            scanner.position = start
            guard let text = try? scanner.text(), let plain = try? scanner.unescaped(text) else { return nil }
            return plain.withUnsafeBufferPointer { set(column, kind, number, to: $0) } ? scanner.position : nil
        }
        var scanner = JSONScanner(file: file, line: 0, bytes: bytes, isLast: false)
        scanner.position = start
        // At the end of the window a number may go on.
        guard let token = try? scanner.scalar(), scanner.position < bytes.count else { return nil }
        return set(column, kind, number, to: token) ? scanner.position : nil
    }

    private mutating func set(
        _ column: Int, _ kind: JSONPattern.Kind, _ number: UnsafeMutablePointer<Double>,
        to text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        switch kind {
        case .number:
            guard let value = Cell(text).number else { return false }
            number.pointee = value
            return true
        case .label:
            paddedCells += columns[column].missing(before: rowCount)
            // The general path says so, before the column is filled up.
            if paddedCells > cellLimit { return false }
            return columns[column].set(row: rowCount, label: text)
        case .skipped: return true
        }
    }

    /// Where the quote is that ends a text without escapes and control characters; nil for any other.
    @inline(__always)
    static func endOfPlainText(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let ones: UInt64 = 0x0101_0101_0101_0101
        var position = start
        while position + 8 <= bytes.count {
            let word = UInt64(littleEndian: UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self))
            // The first byte that is a quote, a backslash or below a space has its highest bit set, as has none before it:
            // a subtraction borrows only from bytes behind one that is.
            let quotes = word ^ 0x2222_2222_2222_2222
            let slashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
            let found =
                ((quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes | (word &- 0x2020_2020_2020_2020) & ~word)
                & 0x8080_8080_8080_8080
            if found != 0 {
                position += found.trailingZeroBitCount >> 3
                return base[position] == UInt8(ascii: "\"") ? position : nil
            }
            position += 8
        }
        while position < bytes.count {
            let byte = base[position]
            if byte == UInt8(ascii: "\"") { return position }
            if byte == UInt8(ascii: "\\") || byte < 0x20 { return nil }
            position += 1
        }
        return nil
    }
}
