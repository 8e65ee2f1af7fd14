// The settings of a scoring, read from Coverage/settings.txt, which says what each of them means.

import Fitting
import Formulas

/// Everything that decides which worlds are drawn and how they are fitted.
public struct Settings: Sendable {
    public let seed: UInt64
    public let worlds: Int
    /// The nominal probability that an interval holds the truth.
    public let level: Double
    public let runs: [Int]
    public let designs: [Design]
    public let noises: [Noise]
    /// Standard deviations of the noise relative to the expected loss.
    public let deviations: [Double]
    /// By name, the range that a number of a world is drawn from.
    public let ranges: [RangeName: ClosedRange<Double>]
    public let budgets: ClosedRange<Int>
    public let budgetSpread: Double
    public let randomSpread: Double
    public let ratio: Double
    public let departure: Double
    public let extrapolation: Double
    public let recipes: [Recipe]
    /// Replicates of a bootstrap.
    public let replicates: Int
    public let methods: [any IntervalMethod]

    /// A number that every world draws for itself.
    public enum RangeName: String, Hashable, Sendable, CaseIterable {
        case floor = "E"
        case alpha, beta, reducible
        case optimalRatio = "optimal-ratio"
        case smallestCompute = "smallest-compute"
        case decades
    }

    private static let otherKeys = [
        "seed", "worlds", "level", "runs", "designs", "noises", "deviations", "budgets", "budget-spread",
        "random-spread", "ratio", "departure", "extrapolation", "recipes", "methods", "replicates",
    ]

    /// Reads settings.
    ///
    /// - Throws: ``CoverageError`` for a line that is no setting, a setting that is unknown, missing or unusable.
    public init(_ text: String) throws(CoverageError) {
        var values: [String: String] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = Self.trimmed(line)
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let colon = line.firstIndex(of: ":") else { throw .notASetting(line, line: index + 1) }
            let key = Self.trimmed(line[..<colon])
            guard Self.otherKeys.contains(key) || RangeName(rawValue: key) != nil else {
                throw .unknownSetting(key, line: index + 1)
            }
            values[key] = Self.trimmed(line[line.index(after: colon)...])
        }
        let reader = Reader(values: values)
        seed = UInt64(try reader.count("seed"))
        worlds = try reader.count("worlds")
        level = try reader.number("level", need: "a share between 0 and 1") { $0 > 0 && $0 < 1 }
        runs = try reader.list("runs", need: "whole numbers of 6 and more: 12, 35") {
            Int($0).flatMap { $0 > 5 ? $0 : nil }
        }
        designs = try reader.list(
            "designs", need: Design.allCases.map(\.rawValue).joined(separator: ", "), Design.init)
        noises = try reader.list("noises", need: Noise.allCases.map(\.rawValue).joined(separator: ", "), Noise.init)
        deviations = try reader.list("deviations", need: "numbers above zero: 0.004, 0.02") {
            Quantity.parse($0).flatMap { $0 > 0 ? $0 : nil }
        }
        var ranges: [RangeName: ClosedRange<Double>] = [:]
        for name in RangeName.allCases { ranges[name] = try reader.range(name.rawValue) }
        self.ranges = ranges
        let budgets = try reader.range("budgets")
        self.budgets = Int(budgets.lowerBound)...Int(budgets.upperBound)
        budgetSpread = try reader.number("budget-spread", need: "a factor above 1") { $0 > 1 }
        randomSpread = try reader.number("random-spread", need: "a factor above 1") { $0 > 1 }
        ratio = try reader.number("ratio", need: "a number above zero") { $0 > 0 }
        departure = try reader.number("departure", need: "a share between 0 and 1") { $0 > 0 && $0 < 1 }
        extrapolation = try reader.number("extrapolation", need: "a factor above zero") { $0 > 0 }
        recipes = try reader.list(
            "recipes", need: Recipe.all.map(\.name).joined(separator: ", ")
        ) { name in Recipe.all.first { $0.name == name } }
        let replicates = try reader.count("replicates")
        self.replicates = replicates
        let known = IntervalMethods.all(replicates: replicates)
        methods = try reader.list("methods", need: known.map(\.name).joined(separator: ", ")) { name in
            known.first { $0.name == name }
        }
    }

    /// Every cell, designs first and noise last.
    public var cells: [Cell] {
        designs.flatMap { design in
            runs.flatMap { runs in
                noises.flatMap { noise in
                    deviations.map { Cell(runs: runs, design: design, noise: noise, deviation: $0) }
                }
            }
        }
    }

    func range(_ name: RangeName) -> ClosedRange<Double> {
        guard let range = ranges[name] else { preconditionFailure("every range was read") }
        return range
    }

    fileprivate static func trimmed(_ text: some StringProtocol) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }
}

/// The values of a settings file by key.
private struct Reader {
    let values: [String: String]

    func text(_ key: String) throws(CoverageError) -> String {
        guard let value = values[key] else { throw .missingSetting(key) }
        return value
    }

    func count(_ key: String) throws(CoverageError) -> Int {
        let text = try text(key)
        guard let value = Int(text), value > 0 else {
            throw .unusableSetting(key, value: text, need: "a whole number above zero")
        }
        return value
    }

    func number(_ key: String, need: String, _ fits: (Double) -> Bool) throws(CoverageError) -> Double {
        let text = try text(key)
        guard let value = Quantity.parse(text), fits(value) else {
            throw .unusableSetting(key, value: text, need: need)
        }
        return value
    }

    func range(_ key: String) throws(CoverageError) -> ClosedRange<Double> {
        let text = try text(key)
        guard let bound = Bound(text), bound.lower > 0, bound.upper.isFinite else {
            throw .unusableSetting(key, value: text, need: "a range of numbers above zero: 1.5..2.2")
        }
        return bound.lower...bound.upper
    }

    func list<Value>(_ key: String, need: String, _ read: (String) -> Value?) throws(CoverageError) -> [Value] {
        let text = try text(key)
        var list: [Value] = []
        for part in text.split(separator: ",") {
            guard let value = read(Settings.trimmed(part)) else {
                throw .unusableSetting(key, value: text, need: need)
            }
            list.append(value)
        }
        return list
    }
}
