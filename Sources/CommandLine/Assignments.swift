// NAME=VALUE, as many options and several in one: 'A=0.., B=0..'.

import Formulas

/// The assignments of a repeated option.
struct Assignments {
    let option: String
    /// As the help of an error shows one.
    let example: String
    private(set) var texts: [String: String] = [:]

    /// A comma separates two assignments where what follows it is a name and an equals sign, outside of brackets; all
    /// other commas belong to the value: `D=max(a, b)`, `beta[en_de, w30]=0..`.
    init(_ values: [String], option: String, example: String) throws(OptionError) {
        self.option = option
        self.example = example
        for value in values {
            for item in Self.items(value) { try add(item) }
        }
    }

    /// The values as numbers, with suffixes.
    func numbers() throws(OptionError) -> [String: Double] {
        var numbers: [String: Double] = [:]
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            guard let number = Quantity.parse(text), number.isFinite else {
                throw .notANumber(text, name: name, option: option)
            }
            numbers[name] = number
        }
        return numbers
    }

    private mutating func add(_ item: Substring) throws(OptionError) {
        guard let equals = Self.equals(item) else {
            throw .notAnAssignment(String(item), option: option, example: example)
        }
        let (name, text) = (Self.trimmed(item[..<equals]), Self.trimmed(item[item.index(after: equals)...]))
        if name.isEmpty || text.isEmpty { throw .notAnAssignment(String(item), option: option, example: example) }
        // Indices are joined as the engine joins them: beta[en_de, w30]. A name in backquotes is what they hold.
        let key = Self.isBackquoted(name) ? String(name.dropFirst().dropLast()) : Self.normal(name)
        if texts.updateValue(text, forKey: key) != nil { throw .repeated(key, option: option) }
    }

    // The equals sign after the name; `==` compares.
    private static func equals(_ item: Substring) -> Substring.Index? {
        guard let first = item.firstIndex(of: "=") else { return nil }
        let next = item.index(after: first)
        return next < item.endIndex && item[next] == "=" ? nil : first
    }

    private static func items(_ text: String) -> [Substring] {
        var items: [Substring] = []
        var start = text.startIndex
        var depth = 0
        for index in text.indices {
            switch text[index] {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "," where depth == 0:
                let rest = text[text.index(after: index)...]
                guard isAssignment(rest) else { continue }
                items.append(text[start..<index])
                start = text.index(after: index)
            default: break
            }
        }
        return items + [text[start...]]
    }

    // A name, perhaps with indices, and an equals sign.
    private static func isAssignment(_ text: Substring) -> Bool {
        guard let equals = equals(text) else { return false }
        let name = trimmed(text[..<equals])
        if isBackquoted(name) { return true }
        let base = name.prefix { $0 != "[" }
        return base.utf8.first.map { !isDigit($0) } ?? false
            && base.utf8.allSatisfy {
                $0 == UInt8(ascii: "_") || isDigit($0) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || $0 >= 0x80
            }
            && (base.count == name.count || name.hasSuffix("]"))
    }

    private static func isBackquoted(_ name: String) -> Bool {
        name.count > 2 && name.hasPrefix("`") && name.hasSuffix("`") && !name.dropFirst().dropLast().contains("`")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func normal(_ name: String) -> String {
        guard let bracket = name.firstIndex(of: "["), name.hasSuffix("]") else { return name }
        let labels = name[name.index(after: bracket)...].dropLast().split(separator: ",").map { trimmed($0) }
        return "\(name[..<bracket])[\(labels.joined(separator: ", "))]"
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
