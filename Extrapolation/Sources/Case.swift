// A group of a public table, backtested once: what every method of intervals is scored on.

import Fitting
import Scaling

/// One group with its cutoffs, each of them backtested below itself.
public struct Case: Sendable {
    public let table: String
    public let family: String
    public let group: String
    public let cutoffs: [BacktestCutoff]
    /// What was backtested, for methods that fit again.
    public let source: Group

    /// The names of the tables, in order of appearance.
    public static func tables(_ cases: [Case]) -> [String] {
        cases.reduce(into: []) { names, item in if !names.contains(item.table) { names.append(item.table) } }
    }

    /// All groups that have a cutoff, in the order of the tables.
    public static func all(_ tables: [PublicTable]) throws -> [Case] {
        try tables.flatMap { table in
            var plan = table.plan
            plan.calibrates = true
            return try table.groups.compactMap { group -> Case? in
                let backtest = try Backtest(
                    group.specification, table: group.table, scale: group.scale, sizes: group.sizes, plan: plan)
                guard !backtest.cutoffs.isEmpty else { return nil }
                return Case(
                    table: table.name, family: group.family, group: group.name, cutoffs: backtest.cutoffs,
                    source: group)
            }
        }
    }
}
