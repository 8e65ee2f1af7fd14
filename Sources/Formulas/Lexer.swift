// Text to tokens. One pass over the bytes; every token knows where it stood.

struct Token: Equatable {
    enum Kind: Equatable {
        case number(Double)
        case name(String)
        case quoted(String)  // "text", a label
        case backquoted(String)  // `any column`
        case symbol(String)  // an operator, bracket, comma or '~'
        case separator  // ';'
        case end
    }

    let kind: Kind
    let range: Range<Int>  // bytes of the text

    /// The name that the token is, plain or in backquotes.
    var name: String? {
        switch kind {
        case .name(let name), .backquoted(let name): name
        default: nil
        }
    }
}

struct Lexer {
    private let text: String
    private let bytes: [UInt8]
    private var position = 0
    private(set) var tokens: [Token] = []

    /// Longer text is refused: no law needs it, and every later pass may recurse safely.
    static let longestText = 65_536

    static func tokens(of text: String) throws(FormulaError) -> [Token] {
        guard text.utf8.count <= longestText else {
            throw FormulaError(.tooLong(bytes: text.utf8.count), in: "", at: 0..<0)
        }
        var lexer = Lexer(text: text)
        try lexer.run()
        return lexer.tokens
    }

    private init(text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    private mutating func run() throws(FormulaError) {
        while position < bytes.count { try next() }
        tokens.append(Token(kind: .end, range: bytes.count..<bytes.count))
    }

    private mutating func next() throws(FormulaError) {
        let start = position
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            position += 1
        case UInt8(ascii: "#"):
            while position < bytes.count, !bytes[position].isNewline { position += 1 }
        case UInt8(ascii: ";"):
            position += 1
            append(.separator, from: start)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
            try number()
        case _ where byte.isNameStart:
            while position < bytes.count, bytes[position].isNamePart { position += 1 }
            append(.name(String(decoding: bytes[start..<position], as: UTF8.self)), from: start)
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
            try quoted(by: byte)
        default:
            try symbol()
        }
    }

    private mutating func number() throws(FormulaError) {
        let start = position
        let read = bytes.withUnsafeBufferPointer { Quantity.prefix(of: $0, from: start) }
        guard let (value, end) = read, bytes[end - 1] != UInt8(ascii: "%") else {
            throw FormulaError(
                read == nil ? .unexpectedCharacter(".") : .percent, in: text, at: start..<(read?.end ?? start + 1))
        }
        position = end
        if position < bytes.count, bytes[position].isNamePart {
            while position < bytes.count, bytes[position].isNamePart { position += 1 }
            let written = String(decoding: bytes[start..<position], as: UTF8.self)
            throw FormulaError(.numberTouchesLetter(written), in: text, at: start..<position)
        }
        guard value.isFinite else { throw FormulaError(.numberTooLarge, in: text, at: start..<position) }
        append(.number(value), from: start)
    }

    private mutating func quoted(by quote: UInt8) throws(FormulaError) {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != quote, !bytes[position].isNewline { position += 1 }
        guard position < bytes.count, bytes[position] == quote else {
            throw FormulaError(.unclosedQuote, in: text, at: start..<position)
        }
        let inside = String(decoding: bytes[(start + 1)..<position], as: UTF8.self)
        position += 1
        append(quote == UInt8(ascii: "`") ? .backquoted(inside) : .quoted(inside), from: start)
    }

    private mutating func symbol() throws(FormulaError) {
        let start = position
        let two = String(decoding: bytes[start..<min(start + 2, bytes.count)], as: UTF8.self)
        if ["==", "!=", "<=", ">="].contains(two) {
            position += 2
            return append(.symbol(two), from: start)
        }
        if two == "**" { throw FormulaError(.doubleStar, in: text, at: start..<start + 2) }
        if two == "&&" || two == "||" {
            throw FormulaError(.programmersOperator(two), in: text, at: start..<start + 2)
        }
        let one = String(decoding: bytes[start..<start + 1], as: UTF8.self)
        switch one {
        case "+", "-", "*", "/", "^", "(", ")", "[", "]", ",", "~", "<", ">", "=", ":":
            position += 1
            append(.symbol(one), from: start)
        case "!", "&", "|":
            throw FormulaError(.programmersOperator(one), in: text, at: start..<start + 1)
        case "%":
            throw FormulaError(.percent, in: text, at: start..<start + 1)
        default:
            throw stranger(at: start)
        }
    }

    // A character that the language does not have; of a long cluster only its first scalar, or one letter with a
    // thousand accents would fill the screen.
    private func stranger(at start: Int) -> FormulaError {
        let rest = text.unicodeScalars[text.utf8.index(text.startIndex, offsetBy: start)...]
        let cluster = Substring(rest).first ?? " "
        let character = cluster.utf8.count <= 16 ? cluster : rest.first.map(Character.init) ?? " "
        let end = min(bytes.count, start + character.utf8.count)
        return FormulaError(LookAlike.problem(for: character), in: text, at: start..<end)
    }

    private mutating func append(_ kind: Token.Kind, from start: Int) {
        tokens.append(Token(kind: kind, range: start..<position))
    }
}

extension UInt8 {
    /// A letter or an underscore.
    var isNameStart: Bool {
        (self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z")) || self == UInt8(ascii: "_")
    }

    var isNamePart: Bool { isNameStart || (self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9")) }

    var isNewline: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}
