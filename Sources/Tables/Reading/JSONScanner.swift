// The lexical rules of JSON (RFC 8259) within one line or one document: strings, numbers, words. Knows nothing of
// columns.

/// Takes tokens from one line, or from a document of many.
struct JSONScanner {
    let file: String
    let line: Int
    let bytes: UnsafeBufferPointer<UInt8>
    /// True for the last line of the file, which a run that still writes may have left unfinished.
    let isLast: Bool
    var position = 0
    /// True for a document of many lines, whose places have to be counted from its beginning.
    var spansLines = false

    init(file: String, line: Int, bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) {
        self.file = file
        self.line = line
        self.bytes = bytes
        self.isLast = isLast
    }

    /// A text as it stands in the line, between its quotes.
    struct Text {
        var bytes: UnsafeBufferPointer<UInt8>
        var hasEscapes: Bool
        var start: Int
    }

    /// The next byte that is not white space, without taking it; 0 at the end of the line.
    mutating func next() -> UInt8 {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): position += 1
            default: return bytes[position]
            }
        }
        return 0
    }

    /// Takes the next byte, which has to be this one.
    mutating func take(_ byte: UInt8, _ expected: String) throws(TableError) {
        guard next() == byte else { throw unexpected(expected) }
        position += 1
    }

    /// Takes a string, whose opening quote is next.
    mutating func text() throws(TableError) -> Text {
        let start = position + 1
        var end = start
        var hasEscapes = false
        while end < bytes.count {
            switch bytes[end] {
            case UInt8(ascii: "\""):
                position = end + 1
                let text = UnsafeBufferPointer(rebasing: bytes[start..<end])
                return Text(bytes: text, hasEscapes: hasEscapes, start: start)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                end += 2
            case 0..<0x20: throw fault(.controlCharacter, at: end)
            default: end += 1
            }
        }
        throw unfinished()
    }

    /// Takes a number or one of the words that are values.
    mutating func scalar() throws(TableError) -> UnsafeBufferPointer<UInt8> {
        let start = position
        while position < bytes.count, Self.isPartOfScalar(bytes[position]) { position += 1 }
        let token = UnsafeBufferPointer(rebasing: bytes[start..<position])
        guard let first = token.first else { throw unexpected("a value") }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            if Self.isNumber(token) { return token }
        case UInt8(ascii: "-"):
            if Self.isNumber(token) || token.elementsEqual("-Infinity".utf8) { return token }
        default:
            for word in Self.words where token.elementsEqual(word.utf8) { return token }
            if position == bytes.count, Self.words.contains(where: { $0.utf8.starts(with: token) }) {
                throw unfinished()
            }
            position = start
            throw unexpected("a value")
        }
        if position == bytes.count { throw unfinished() }
        throw fault(.number(String(decoding: token, as: UTF8.self)), at: start)
    }

    func place(_ position: Int) -> TableError.Place {
        guard spansLines else { return .init(file: file, line: line, column: position + 1) }
        let before = bytes[..<min(position, bytes.count)]
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let lines = before.count { $0 == UInt8(ascii: "\n") }
        return .init(file: file, line: line + lines, column: position - start + 1)
    }

    func fault(_ fault: TableError.JSONFault, at position: Int) -> TableError { .json(fault, at: place(position)) }

    func unfinished() -> TableError {
        if spansLines { return fault(.unfinishedDocument, at: bytes.count) }
        return fault(.unfinished(text(from: 0), isLast: isLast), at: bytes.count)
    }

    /// What stands here instead of what was expected.
    func unexpected(_ expected: String) -> TableError {
        if position >= bytes.count { return unfinished() }
        if bytes[position] == 0 { return .nulByte(at: place(position)) }
        return fault(.expected(expected, found: text(from: position)), at: position)
    }

    /// The rest of the line, as far as a message could show it.
    func text(from start: Int) -> String {
        String(decoding: bytes[start..<min(bytes.count, start + 200)], as: UTF8.self)
    }

    private static let words: [String] = ["true", "false", "null", "NaN", "Infinity"]

    private static func isPartOfScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    // -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
    private static func isNumber(_ token: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = token.first == UInt8(ascii: "-") ? 1 : 0
        func digits() -> Int {
            let start = position
            while position < token.count, token[position] &- UInt8(ascii: "0") < 10 { position += 1 }
            return position - start
        }
        let first = position
        let whole = digits()
        if whole == 0 || whole > 1 && token[first] == UInt8(ascii: "0") { return false }
        if position < token.count, token[position] == UInt8(ascii: ".") {
            position += 1
            if digits() == 0 { return false }
        }
        if position < token.count, token[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < token.count, token[position] == UInt8(ascii: "+") || token[position] == UInt8(ascii: "-") {
                position += 1
            }
            if digits() == 0 { return false }
        }
        return position == token.count
    }
}
