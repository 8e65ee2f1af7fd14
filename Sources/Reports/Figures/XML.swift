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
        // A picture has tens of thousands of them. Only what lies at the middle of two thousandths needs its exact digits.
        let thousandths = 1000 * value
        let whole = thousandths.rounded()
        if whole.magnitude < 1e12, (thousandths - whole).magnitude < 0.499 {
            return written(thousandths: Int(whole))
        }
        var text = Numeral.fixed(value, decimals: 3)
        if text.contains(".") {
            while text.last == "0" { text.removeLast() }
            if text.last == "." { text.removeLast() }
        }
        return text == "-0" ? "0" : text
    }

    private static func written(thousandths: Int) -> String {
        var (rest, decimals) = (thousandths.magnitude, 3)
        if rest == 0 { return "0" }
        while decimals > 0, rest.isMultiple(of: 10) { (rest, decimals) = (rest / 10, decimals - 1) }
        // From the last digit to the first.
        var digits: [UInt8] = []
        digits.reserveCapacity(16)
        repeat {
            digits.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            (rest, decimals) = (rest / 10, decimals - 1)
            if decimals == 0 { digits.append(UInt8(ascii: ".")) }
        } while rest > 0 || decimals >= 0
        if thousandths < 0 { digits.append(UInt8(ascii: "-")) }
        return String(decoding: digits.reversed(), as: UTF8.self)
    }
}
