// The scores in words.

import Formulas

/// What decides about a method, against the delta intervals that were scaled in hindsight.
public struct Verdict: Sendable {
    public let name: String
    public let tallies: [Tally]
    /// Interval scores divided by those in hindsight, one a table.
    public let ratios: [Double]

    public init(_ name: String, _ tallies: [Tally], hindsight: [Tally]) {
        self.name = name
        self.tallies = tallies
        ratios = tallies.map { tally in
            let other = hindsight.first { $0.table == tally.table }?.logScore ?? .nan
            return Elementary.exp(tally.logScore - other)
        }
    }

    public var coverage: Double { Tally.mean(tallies.map(\.coverage)) }

    /// Of the coverage, over tables: its groups share a table's fate.
    public var standardError: Double {
        let count = Double(tallies.count)
        let squares = tallies.reduce(0) { $0 + ($1.coverage - coverage) * ($1.coverage - coverage) }
        return count > 1 ? (squares / (count - 1) / count).squareRoot() : .nan
    }

    public var ratio: Double { Elementary.exp(Tally.mean(ratios.map { Elementary.ln($0) })) }

    public func band(_ index: Int) -> Double { Tally.mean(tallies.map { $0.bands[index] }) }

    /// The bars that it misses, in words.
    public var faults: [String] {
        var faults: [String] = []
        if !(0.85...0.95).contains(coverage) { faults.append("coverage") }
        for tally in tallies where tally.coverage < 0.7 { faults.append("\(tally.table) below 70") }
        for (index, least) in [0.86, 0.82, 0.78].enumerated() where band(index) < least {
            faults.append(["(1, 2]", "(2, 10]", "beyond 10"][index])
        }
        if !(ratio <= 1.15) { faults.append("score") }
        for (tally, ratio) in zip(tallies, ratios) where !(ratio <= 2) { faults.append("\(tally.table) above 2") }
        return faults
    }

    /// `method, coverage ± error, least table, by distance, score, worst score, above, below, verdict`.
    public var line: [String] {
        [
            name, "\(Self.percent(coverage)) ± \(Self.percent(standardError))",
            Self.percent(tallies.map(\.coverage).min() ?? .nan),
            (0..<3).map { Self.percent(band($0)) }.joined(separator: " "), Numeral.fixed(ratio, decimals: 3),
            Numeral.fixed(ratios.max() ?? .nan, decimals: 2), Self.percent(Tally.mean(tallies.map(\.above))),
            Self.percent(Tally.mean(tallies.map(\.below))),
            faults.isEmpty ? "passes" : faults.joined(separator: ", "),
        ]
    }

    public static let header = [
        "method", "holds ± se", "least", "by distance", "score", "worst", "above", "below", "misses its bar in",
    ]

    /// A line a table.
    public var tableLines: [[String]] {
        zip(tallies, ratios).map { tally, ratio in
            [
                tally.table, "\(tally.groups)",
                Self.percent(tally.coverage) + (tally.error.isNaN ? "" : " ± \(Self.percent(tally.error))"),
                tally.bands.map { $0.isNaN ? "-" : Self.percent($0) }.joined(separator: " "),
                Numeral.fixed(ratio, decimals: 2), Self.percent(tally.above), Self.percent(tally.below),
            ]
        }
    }

    public static let tableHeader = ["table", "groups", "holds ± se", "by distance", "score", "above", "below"]

    static func percent(_ share: Double) -> String { Numeral.fixed(100 * share, decimals: 1) }
}

/// Rows of words in columns.
public enum Lines {
    public static func text(_ rows: [[String]]) -> String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = row.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 || column == row.count - 1 ? row[column] + space : space + row[column]
            }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n") + "\n"
    }
}
