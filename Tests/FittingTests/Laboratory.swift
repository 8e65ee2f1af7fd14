// What several tests of fitting share: tables in memory, fits in one line, where the data of others lie.

import Fitting
import Formulas
import Foundation
import Tables

enum Laboratory {
    /// A table of number columns.
    static func table(_ columns: [(String, [Double])]) -> Table {
        Table(name: "runs.csv", columns: columns.map { Column(name: $0, numbers: $1) })
    }

    /// A fit of `formula`, after `adjust` set its options.
    static func fit(
        _ formula: String, _ table: Table, starts: Int? = nil,
        _ adjust: (inout Specification) throws -> Void = { _ in }
    ) throws -> Fit {
        try Fit(try problem(formula, table, adjust), starts: starts)
    }

    static func problem(
        _ formula: String, _ table: Table, _ adjust: (inout Specification) throws -> Void = { _ in }
    ) throws -> Problem {
        var specification = Specification(formula: try Formula(formula))
        try adjust(&specification)
        return try Problem(specification, table: table)
    }

    /// The folder of public tables that tests may read when it is at hand, never need: `shared/data` beside the
    /// repository, or ALLOMETRY_DATA.
    static var publicData: String? {
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path =
            ProcessInfo.processInfo.environment["ALLOMETRY_DATA"]
            ?? repository.deletingLastPathComponent().appendingPathComponent("shared/data").path
        return FileManager.default.fileExists(atPath: path + "/REFERENCE.md") ? path : nil
    }

    /// The folder of this repository.
    static var repository: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    static func digits(_ value: Double, _ certified: Double) -> Double {
        value == certified ? 16 : -log10(abs(value - certified) / abs(certified))
    }

    /// A small table drawn from a law with a little noise, the same on every machine.
    static func chinchilla(rows: Int = 60, noise: Double = 0.01, seed: UInt64 = 3) -> Table {
        var random = RandomSource(seed: seed)
        var (sizes, tokens, losses): ([Double], [Double], [Double]) = ([], [], [])
        for _ in 0..<rows {
            let n = Elementary.exp(16 + 6 * random.uniform())
            let d = Elementary.exp(20 + 6 * random.uniform())
            let expected = 1.7 + 400 * Elementary.power(n, -0.34) + 400 * Elementary.power(d, -0.28)
            sizes.append(n)
            tokens.append(d)
            losses.append(expected * (1 + noise * (2 * random.uniform() - 1)))
        }
        return table([("N", sizes), ("D", tokens), ("loss", losses)])
    }
}
