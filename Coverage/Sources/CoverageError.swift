// What can be wrong with settings and options of the scoring.

/// A fault in the settings or the options of a scoring; `description` says where and what to write instead.
public enum CoverageError: Error, Hashable, Sendable, CustomStringConvertible {
    case missingSetting(String)
    case unusableSetting(String, value: String, need: String)
    case unknownSetting(String, line: Int)
    case notASetting(String, line: Int)
    case unknownName(String, kind: String, known: [String])

    public var description: String {
        switch self {
        case .missingSetting(let key): "settings: no line '\(key): …'"
        case .unusableSetting(let key, let value, let need):
            "settings: '\(key): \(value)' cannot be used\n  help: \(need)"
        case .unknownSetting(let key, let line): "settings, line \(line): unknown setting '\(key)'"
        case .notASetting(let text, let line):
            "settings, line \(line): '\(text)' is no setting\n  help: write key: value, or begin the line with #"
        case .unknownName(let name, let kind, let known):
            "no \(kind) '\(name)'\n  known: \(known.joined(separator: ", "))"
        }
    }
}
