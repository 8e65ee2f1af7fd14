// Settings of a run by what software calls them, however deep it puts them and however it joins its words.

import Formulas
import Tables

/// The settings of a run, found by the last part of their keys.
struct SettingLookup {
    private var places: [String: [Int]] = [:]
    let settings: [RunLog.Setting]

    init(_ settings: [RunLog.Setting]) {
        self.settings = settings
        for (place, setting) in settings.enumerated() {
            // All of the path, and its last part: model.config.n_layer is n_layer.
            let whole = Self.plain(setting.key[...])
            let last = Self.plain(setting.key.split { $0 == "." || $0 == "/" }.last ?? "")
            places[whole, default: []].append(place)
            let above = whole.split { $0 == "." || $0 == "/" }.dropLast()
            let isOfTheRun = !above.contains { Self.otherParts.contains(String($0)) }
            if last != whole, isOfTheRun { places[last, default: []].append(place) }
        }
    }

    // Parts of a configuration whose steps and batches are not those of training.
    private static let otherParts: Set<String> = [
        "checkpoint", "decay", "eval", "evaluation", "logging", "lr_scheduler", "save", "scheduler", "test", "val",
        "valid",
        "validation", "warmup",
    ]

    /// Small letters, words joined by underscores.
    static func plain(_ key: Substring) -> String {
        String(key.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    }

    /// Everything that is called by one of these names, in the order of the names.
    func all(_ names: [String]) -> [RunLog.Setting] {
        var seen: Set<Int> = []
        return names.flatMap { places[$0] ?? [] }.filter { seen.insert($0).inserted }.map { settings[$0] }
    }

    func numbers(_ names: [String]) -> [(value: Double, setting: RunLog.Setting)] {
        all(names).compactMap { setting in setting.number.map { ($0, setting) } }
    }

    func number(_ names: String...) -> Double? { numbers(names).first?.value }
    func text(_ names: String...) -> String? { all(names).first?.text }
    func truth(_ names: String...) -> Bool? {
        guard case .truth(let value)? = all(names).first?.value else { return nil }
        return value
    }
}

extension RunLog.Setting {
    /// The number; of a text, the quantity that it is written as (`124M`).
    var number: Double? {
        switch value {
        case .number(let number): number.isNaN ? nil : number
        case .text(let text): Quantity.parse(text)
        case .truth: nil
        }
    }

    var text: String? { if case .text(let text) = value { text } else { nil } }

    /// `hidden_size in config.json`.
    var place: String { "\(key) in \(source.split(separator: "/").last.map(String.init) ?? source)" }
}
