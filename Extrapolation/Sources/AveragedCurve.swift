// A learning curve that several laws were fitted to: what their average is scored on.

import Fitting
import Formulas
import Scaling
import Tables

/// One curve: its fit rows fitted and backtested by each law, the rest predicted.
public struct AveragedCurve: Sendable {
    public let name: String
    /// What settings are learned without: the benchmark, or the data set of an image classifier.
    public let family: String
    /// ln observed − ln predicted of the rows that were not fitted, by law.
    public let residuals: [[Double]]
    /// Of the fit rows alone, by law.
    public let cutoffs: [[BacktestCutoff]]
    public let runs: Int

    /// Those that are averaged.
    public static let laws = [
        "alabdulmohsin-2022-m1", "alabdulmohsin-2022-m2", "alabdulmohsin-2022-m3", "alabdulmohsin-2022-m4",
        "caballero-2022-1",
    ]

    /// All curves of the table.
    ///
    /// - Parameter progress: told the number of curves that are done.
    public static func all(folder: String, progress: (Int) -> Void) throws -> [AveragedCurve] {
        let table = try PublicTable.learningCurves(folder)
        return try table.groups.enumerated().map { place, group in
            progress(place)
            return try AveragedCurve(group)
        }
    }

    private init(_ group: Group) throws {
        let table = group.table
        name = group.name
        let parts = group.name.split(separator: "/").map(String.init)
        family = parts[0] == "IC" ? String(parts[1].prefix { $0 != "_" }) : parts[0]
        let split = try table.column("split").labels()
        let rows = (0..<table.rowCount).filter { split[$0] == "fit" }
        let (below, scale) = (table.rows(at: rows), rows.map { group.scale[$0] })
        // All rows of the fit, and none else, lie below this.
        let edge = (group.scale.max() ?? 1) / (scale.max() ?? 1)
        var (residuals, cutoffs): ([[Double]], [[BacktestCutoff]]) = ([], [])
        for id in Self.laws {
            var specification = try Atlas.embedded.law(id).specification()
            specification.columns = try ["x": "seen_examples", "y": "loss"].mapValues { try Formula($0) }
            let test = try Backtest(
                specification, table: table, scale: group.scale,
                plan: BacktestPlan(factors: [edge], fewestRuns: 1, spareRuns: -20, fewestSizes: 1))
            residuals.append(test.tests.map(\.residual))
            cutoffs.append(
                try Backtest(specification, table: below, scale: scale, plan: Averaging.plan()).cutoffs)
        }
        (self.residuals, self.cutoffs, runs) = (residuals, cutoffs, rows.count)
    }

    /// √(mean (ln observed − ln average)²) of an average of the laws.
    public func error(_ weights: [Double]) -> Double {
        let count = residuals.map(\.count).min() ?? 0
        let squares = (0..<count).reduce(0) { sum, row in
            let residual = weights.indices.reduce(0) { $0 + weights[$1] * residuals[$1][row] }
            return sum + residual * residual
        }
        return (squares / Double(count)).squareRoot()
    }

    /// The error of one law.
    public func error(ofLaw law: Int) -> Double { error(residuals.indices.map { $0 == law ? 1 : 0 }) }
}
