// What the text of a setting means that was logged without quotes.

enum SettingText {
    /// A number where a language would print one so, a truth, else the text; a name such as `70B` stays a name.
    static func value(_ text: String) -> RunLog.Value {
        switch text {
        case "True", "true": return .truth(true)
        case "False", "false": return .truth(false)
        default: break
        }
        let isNumeral = text.utf8.allSatisfy { byte in
            byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || "+-.eE".utf8.contains(byte)
        }
        if isNumeral, let number = Cell.loggedNumber(text) { return .number(number) }
        return .text(text)
    }
}
