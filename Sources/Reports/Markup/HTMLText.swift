// Text in HTML that means itself, set as print sets it.

enum HTMLText {
    static func escaped(_ text: String) -> String { XML.escaped(text) }

    /// Several lines, as they are.
    static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { XML.escaped(String($0)) }
            .joined(separator: "\n")
    }

    /// Text with the minus sign and the dash of a range, which reports write as `-` and `..`.
    static func typeset(_ text: String) -> String { XML.escaped(punctuated(text)) }

    static func words(_ words: Words) -> String {
        words.parts.map { part in
            switch part.mark {
            case .plain: typeset(part.text)
            case .strong: "<strong>\(typeset(part.text))</strong>"
            case .faint: "<span class=\"faint\">\(typeset(part.text))</span>"
            case .code: "<code>\(escaped(part.text))</code>"
            }
        }.joined()
    }

    /// Text inside of the quotes of a JSON string inside of a script element.
    static func scripted(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case "\"": out += "\\\""
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1F}": out += "\\u" + fourDigits(scalar.value)
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    private static func fourDigits(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }

    // `-0.5..0.3`: a hyphen before a digit that follows nothing of a word is a minus, two points between digits a dash.
    private static func punctuated(_ text: String) -> String {
        if !text.utf8.contains(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }) { return text }
        let characters = Array(text)
        var out = ""
        var place = 0
        func isEnd(_ character: Character) -> Bool { character.isLetter || character.isNumber }
        while place < characters.count {
            let character = characters[place]
            let before = place > 0 ? characters[place - 1] : " "
            let after = place + 1 < characters.count ? characters[place + 1] : " "
            if character == "-", after.isNumber, before == " " || before == "(" || before == "[" || before == "." {
                out.append("\u{2212}")
            } else if character == ".", after == ".", isEnd(before), place + 2 < characters.count,
                isEnd(characters[place + 2]) || characters[place + 2] == "-"
            {
                out += "\u{2009}\u{2013}\u{2009}"
                place += 1
            } else {
                out.append(character)
            }
            place += 1
        }
        return out
    }
}
