// One value of YAML on a line: plain, in quotes, or a flow collection.

enum YAMLScalar {
    /// The key of `key: value` and what stands behind the colon; nil where the line is no entry of a mapping.
    static func keyEnd(_ text: String) -> (key: String, rest: String)? {
        var quote: Character?
        var depth = 0
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            let after = text.index(after: index)
            if let open = quote {
                if character == "\\", open == "\"" {
                    index = after < text.endIndex ? text.index(after: after) : after
                    continue
                }
                if character == open { quote = nil }
            } else if (character == "\"" || character == "'") && index == text.startIndex {
                quote = character
            } else if character == "[" || character == "{" {
                depth += 1
            } else if character == "]" || character == "}" {
                depth -= 1
            } else if character == "#", index > text.startIndex, text[text.index(before: index)] == " " {
                return nil
            } else if character == ":", depth <= 0, after == text.endIndex || text[after] == " " {
                let rest = text[after...].drop { $0 == " " }
                return (trimmed(text[..<index]), String(rest))
            }
            index = after
        }
        return nil
    }

    /// A key as text: without its quotes.
    static func unquoted(_ key: String) -> String { quotedText(key)?.text ?? key }

    /// Without a comment behind it, and without spaces at the end.
    static func withoutComment(_ text: String) -> String {
        if text.hasPrefix("#") { return "" }
        guard let comment = text.firstRange(of: " #") else { return trimmed(text[...]) }
        return trimmed(text[..<comment.lowerBound])
    }

    /// Whether the quotes or brackets that begin a text end in it.
    static func isClosed(_ text: String) -> Bool {
        if text.hasPrefix("\"") || text.hasPrefix("'") { return quotedText(text) != nil }
        var parser = Flow(text)
        return parser.value() != nil
    }

    /// A text in quotes or a flow collection; nil where it does not end.
    static func value(_ text: String) -> ConfigValue? {
        if let quoted = quotedText(text) { return .text(quoted.text) }
        var parser = Flow(text)
        return parser.value()
    }

    /// A value without quotes.
    static func plain(_ text: String) -> ConfigValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": return .truth(true)
        case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": return .truth(false)
        case ".inf", ".Inf", ".INF", "+.inf", "inf": return .number(.infinity)
        case "-.inf", "-.Inf", "-.INF", "-inf": return .number(-.infinity)
        case ".nan", ".NaN", ".NAN", "nan": return .number(Cell.writtenNaN)
        default: break
        }
        let isNumeral = text.utf8.allSatisfy { byte in
            byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || "+-._eE".utf8.contains(byte)
        }
        if isNumeral, let number = Double(text.filter { $0 != "_" }) { return .number(number) }
        return .text(text)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// A text that begins with a quote, and what follows its end; nil where it does not begin so, or does not end.
    static func quotedText(_ source: String) -> (text: String, rest: Substring)? {
        guard let quote = source.first, quote == "\"" || quote == "'" else { return nil }
        var text = ""
        var index = source.index(after: source.startIndex)
        while index < source.endIndex {
            let character = source[index]
            index = source.index(after: index)
            if character == quote {
                if quote == "'", index < source.endIndex, source[index] == "'" {
                    text.append("'")
                    index = source.index(after: index)
                    continue
                }
                return (text, source[index...])
            }
            guard character == "\\", quote == "\"", index < source.endIndex else {
                text.append(character)
                continue
            }
            let letter = source[index]
            index = source.index(after: index)
            let digits = ["x": 2, "u": 4, "U": 8][letter]
            if let digits, let end = source.index(index, offsetBy: digits, limitedBy: source.endIndex),
                let code = UInt32(source[index..<end], radix: 16), let scalar = Unicode.Scalar(code)
            {
                text.unicodeScalars.append(scalar)
                index = end
            } else if letter == "\n" || letter == " " {
                // A line that is broken by a backslash goes on without a space.
                while index < source.endIndex, source[index] == " " { index = source.index(after: index) }
            } else {
                text.append(["n": "\n", "t": "\t", "r": "\r", "0": "\0", "e": "\u{1B}"][letter] ?? letter)
            }
        }
        return nil
    }

    /// `[1, 2]` and `{a: 1}`.
    private struct Flow {
        private var rest: Substring
        private var depth = 0

        init(_ text: String) { rest = text[...] }

        mutating func value() -> ConfigValue? {
            skipSpace()
            depth += 1
            defer { depth -= 1 }
            guard depth <= 64, let first = rest.first else { return nil }
            switch first {
            case "[":
                rest.removeFirst()
                var elements: [ConfigValue] = []
                while true {
                    skipSpace()
                    if take("]") { return .list(elements) }
                    guard let value = value() else { return nil }
                    elements.append(value)
                    skipSpace()
                    if take(",") { continue }
                    if take("]") { return .list(elements) }
                    return nil
                }
            case "{":
                rest.removeFirst()
                var entries: [ConfigValue.Entry] = []
                while true {
                    skipSpace()
                    if take("}") { return .object(entries) }
                    guard let key = word(until: ":,}") else { return nil }
                    skipSpace()
                    var value = ConfigValue.null
                    if take(":") {
                        guard let found = self.value() else { return nil }
                        value = found
                    }
                    entries.append(ConfigValue.Entry(key, value))
                    skipSpace()
                    if take(",") { continue }
                    if take("}") { return .object(entries) }
                    return nil
                }
            case "\"", "'":
                guard let (text, after) = YAMLScalar.quotedText(String(rest)) else { return nil }
                rest = rest.suffix(after.count)
                return .text(text)
            case "&", "*", "!": return nil
            default: return word(until: ",]}").map(YAMLScalar.plain)
            }
        }

        private mutating func word(until ends: String) -> String? {
            if let (text, after) = YAMLScalar.quotedText(String(rest)) {
                rest = rest.suffix(after.count)
                return text
            }
            let word = rest.prefix { !ends.contains($0) && $0 != "\n" }
            rest = rest.dropFirst(word.count)
            return YAMLScalar.trimmed(word)
        }

        private mutating func skipSpace() { rest = rest.drop { $0 == " " || $0 == "\n" } }

        private mutating func take(_ character: Character) -> Bool {
            guard rest.first == character else { return false }
            rest.removeFirst()
            return true
        }
    }
}
