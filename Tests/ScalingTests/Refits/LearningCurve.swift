// The curves of the learning-curve table, and how a fit extrapolates them.

import Fitting
import Formulas
import Scaling
import Tables

/// One curve: a task and a model.
struct LearningCurve: Sendable, CustomStringConvertible {
    let name: String
    let table: Table

    var description: String { name }

    static let columns = ["x": "seen_examples", "y": "loss"]

    static func all() throws -> [LearningCurve] {
        let table = try PublicTables.table("learning_curves")
        let (tasks, models) = (try table.column("task").labels(), try table.column("model").labels())
        var rows: [String: [Int]] = [:]
        for row in 0..<table.rowCount { rows["\(tasks[row] ?? "") \(models[row] ?? "")", default: []].append(row) }
        return rows.sorted { $0.key < $1.key }.map { LearningCurve(name: $0.key, table: table.rows(at: $0.value)) }
    }

    func refit(_ id: String, starts: Int? = nil) throws -> Refit {
        try Refit(id, table, columns: Self.columns, where: "split == \"fit\"", starts: starts)
    }

    /// x and y of the rows of a split.
    func points(_ split: String) throws -> (x: [Double], y: [Double]) {
        try Self.points(table, split, Self.columns)
    }

    static func points(_ table: Table, _ split: String, _ columns: [String: String]) throws -> (
        x: [Double], y: [Double]
    ) {
        let labels = try table.column("split").labels()
        let rows = (0..<table.rowCount).filter { labels[$0] == split }
        let (x, y) = (try table.numbers(columns["x"] ?? "x"), try table.numbers(columns["y"] ?? "y"))
        return (rows.map { x[$0] }, rows.map { y[$0] })
    }

    /// √ mean (ln predicted − ln observed)² on the rows that were not fitted.
    static func extrapolationError(_ refit: Refit, _ table: Table, _ columns: [String: String]) throws -> Double {
        let rest = try points(table, "extrapolate", columns)
        let predicted = try refit.values(rest.x.map { ["x": .number($0)] })
        let squares = zip(predicted, rest.y).map { p, y in
            let r = Residual.log.transformed(p) - Residual.log.transformed(y)
            return r * r
        }
        return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    }
}
