// The settings of a scoring, read from Extrapolation/settings.txt, which says what each of them means.

import Formulas

/// Every number that decides how widenings are learned and scored.
public struct Settings: Sendable {
    public let level: Double
    public let aim: Double
    /// Logarithms of rate, offset and prior weight.
    public let start: [Double]
    public let nearness: Double
    public let tail: Double
    public let step: Double
    public let constant: Double
    public let times: Double
    public let replicates: Int
    public let taskDraws: Int
    public let ownParameters: Int

    private static let keys = [
        "level", "aim", "rate", "offset", "prior-weight", "nearness", "tail", "step", "constant", "times",
        "replicates", "task-draws", "own-parameters",
    ]

    /// Reads settings.
    ///
    /// - Throws: ``ExtrapolationError`` for a line that is no setting, one that is unknown, missing or no number.
    public init(_ text: String) throws(ExtrapolationError) {
        var values: [String: Double] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
            guard parts.count == 2, let value = Double(parts[1]) else {
                throw .badSetting(String(line), line: index + 1)
            }
            guard Self.keys.contains(String(parts[0])) else { throw .badSetting(String(line), line: index + 1) }
            values[String(parts[0])] = value
        }
        func number(_ key: String) throws(ExtrapolationError) -> Double {
            guard let value = values[key] else { throw .missingSetting(key) }
            return value
        }
        level = try number("level")
        aim = try number("aim")
        var start: [Double] = []
        for key in ["rate", "offset", "prior-weight"] { start.append(Elementary.ln(try number(key))) }
        self.start = start
        nearness = try number("nearness")
        tail = try number("tail")
        step = try number("step")
        constant = try number("constant")
        times = try number("times")
        replicates = Int(try number("replicates"))
        taskDraws = Int(try number("task-draws"))
        ownParameters = Int(try number("own-parameters"))
    }
}

/// What can be wrong with the settings or the options of a scoring.
public enum ExtrapolationError: Error, Hashable, Sendable, CustomStringConvertible {
    case badSetting(String, line: Int)
    case missingSetting(String)
    case noFit(String)
    case noFolder

    public var description: String {
        switch self {
        case .badSetting(let text, let line):
            "settings, line \(line): '\(text)' cannot be used\n  help: write key: number, or begin the line with #"
        case .missingSetting(let key): "settings: no line '\(key): …'"
        case .noFit(let name): "\(name): no fit to its runs"
        case .noFolder:
            "nothing says where the public tables are\n  help: --data FOLDER, or ALLOMETRY_DATA=FOLDER; docs/extrapolation.md names them"
        }
    }
}
