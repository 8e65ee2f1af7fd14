// Text and numbers that XML can hold.

import Formulas

enum XML {
    /// The text with everything that markup would take for its own written as an entity; what XML cannot hold at all
    /// becomes a space.
    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            case "\t", "\n", "\r": out += " "
            default:
                let isCharacter = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                out.unicodeScalars.append(isCharacter ? scalar : " ")
            }
        }
        return out
    }

    /// A number to three decimals, without zeros at its end.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        var text = Numeral.fixed(value, decimals: 3)
        if text.contains(".") {
            while text.last == "0" { text.removeLast() }
            if text.last == "." { text.removeLast() }
        }
        return text == "-0" ? "0" : text
    }
}
