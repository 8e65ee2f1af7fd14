// Rows that belong together: the checkpoints of a run, the seeds of a configuration.

import Formulas
import Tables

/// Which fitted rows belong together, by a column of labels.
///
/// Rows of one cluster may depend on each other in any way; clusters are independent.
public struct Clusters: Hashable, Sendable {
    /// The name of the column.
    public let column: String
    /// How many there are.
    public let count: Int
    /// The cluster of each fitted row, counted from 0 in order of first appearance.
    package let codes: [Int32]

    /// The clusters of a problem by a column of its table; a column of numbers serves as well.
    ///
    /// - Parameter table: the table that the problem was bound to.
    /// - Throws: ``FitError`` for a column that is not there, for a fitted row without a label, and where all fitted
    ///   rows are one cluster: nothing then tells how clusters differ.
    public init(column name: String, of problem: Problem, in table: Table) throws(FitError) {
        guard let column = table[name] else {
            throw .table(.unknownColumn(name, file: table.name, header: table.columns.map(\.name)))
        }
        let labels = column.labels()
        var words: [String] = []
        words.reserveCapacity(problem.response.count)
        for row in problem.rows {
            let code = labels.codes[row]
            guard code >= 0 else {
                throw .unusableOption(
                    "--bootstrap", value: name,
                    reason: "\(table.name):\(table.lineNumber(ofRow: row)) has no value of \(name); "
                        + "leave it out with --where, or name a column that every row has")
            }
            words.append(labels.names[Int(code)])
        }
        try self.init(labels: words, column: name)
    }

    /// The clusters of fitted rows by their labels, one a row in the order of `problem.rows`.
    public init(labels: [String], column: String) throws(FitError) {
        var known: [String: Int32] = [:]
        var codes: [Int32] = []
        codes.reserveCapacity(labels.count)
        for label in labels {
            let code = known[label] ?? Int32(known.count)
            known[label] = code
            codes.append(code)
        }
        if known.count == 1, labels.count > 1, let label = labels.first {
            throw .unusableOption(
                "--bootstrap", value: column,
                reason:
                    "all \(labels.count) fitted rows are of one \(column), '\(label)': nothing tells how one differs "
                    + "from another; use a bootstrap by rows, or add runs")
        }
        self.column = column
        self.codes = codes
        count = known.count
    }

    /// Fewer clusters than this are too few to trust.
    static let few = 10

    /// The rows of each cluster.
    var members: [[Int]] {
        var members = [[Int]](repeating: [], count: count)
        for (row, code) in codes.enumerated() { members[Int(code)].append(row) }
        return members
    }
}
