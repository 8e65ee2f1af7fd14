// A value of a configuration, as JSON and YAML have it: what both readers give.

/// A tree of values whose objects keep the order of their keys.
package indirect enum ConfigValue: Hashable, Sendable {
    case null
    case truth(Bool)
    case number(Double)
    case text(String)
    case list([ConfigValue])
    case object([Entry])

    package struct Entry: Hashable, Sendable {
        package var key: String
        package var value: ConfigValue

        package init(_ key: String, _ value: ConfigValue) {
            self.key = key
            self.value = value
        }
    }

    /// The value of a key; nil for whatever is no object, or has no such key.
    package subscript(key: String) -> ConfigValue? { entries.first { $0.key == key }?.value }

    package var entries: [Entry] { if case .object(let entries) = self { entries } else { [] } }
    package var elements: [ConfigValue] { if case .list(let elements) = self { elements } else { [] } }
    package var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The number; a text that is written as one counts, for many tools quote what they log.
    package var number: Double? {
        switch self {
        case .number(let number): number
        case .text(let text): Cell.loggedNumber(text)
        default: nil
        }
    }
}

extension ConfigValue {
    /// Lists longer than this become one text that says how long they are: a list of layers is a setting, a vocabulary is not.
    static let longestList = 16

    /// All leaves as settings, the keys down to them joined by points; null is no setting.
    func settings(under prefix: String = "", source: String) -> [RunLog.Setting] {
        func setting(_ value: RunLog.Value) -> [RunLog.Setting] {
            [RunLog.Setting(key: prefix, value: value, source: source)]
        }
        func path(_ key: String) -> String { prefix.isEmpty ? key : "\(prefix).\(key)" }
        switch self {
        case .null: return []
        case .truth(let value): return setting(.truth(value))
        case .number(let value): return setting(.number(value))
        case .text(let value): return setting(.text(value))
        case .list(let elements) where elements.count > Self.longestList:
            return setting(.text("a list of \(elements.count)"))
        case .list(let elements):
            return elements.enumerated().flatMap { $1.settings(under: path("\($0)"), source: source) }
        case .object(let entries):
            return entries.flatMap { $0.value.settings(under: path($0.key), source: source) }
        }
    }
}

extension Cell {
    /// The number of a text that software logged; NaN where it wrote `nan`, nil where it is missing or a text.
    static func loggedNumber(_ text: String) -> Double? {
        switch Cell(text: text) {
        case .number(let value): value
        case .missing, .text: nil
        }
    }
}
