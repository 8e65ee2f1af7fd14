// What is left out at once, and what it is called.

import Fitting
import Formulas
import Tables

/// The fitted rows in the groups in which they are left out.
package struct LeftOut {
    /// Places among the fitted rows.
    let groups: [[Int]]
    let names: [String]
    private let rowNames: [String]

    func name(ofRow row: Int) -> String { rowNames[row] }

    /// - Parameter group: the column whose rows stay together; nil for single rows. Rows without a label are alone.
    init(_ problem: Problem, _ table: Table, _ group: String?) throws(TableError) {
        let rows = problem.rows
        rowNames = Self.rowNames(rows, table)
        guard let group else {
            groups = rows.indices.map { [$0] }
            names = rowNames
            return
        }
        let labels = try table.column(group).labels()
        var places: [String: Int] = [:]
        var (groups, names): ([[Int]], [String]) = ([], [])
        for (place, row) in rows.enumerated() {
            guard let label = labels[row] else {
                groups.append([place])
                names.append(rowNames[place])
                continue
            }
            if let known = places[label] {
                groups[known].append(place)
            } else {
                places[label] = groups.count
                groups.append([place])
                names.append("\(group) \(label)")
            }
        }
        (self.groups, self.names) = (groups, names)
    }

    // A column of texts that are all different names the rows; else the lines of the file do.
    package static func rowNames(_ rows: [Int], _ table: Table) -> [String] {
        for column in table.columns {
            guard case .labels(let labels) = column.values else { continue }
            let texts = rows.compactMap { labels[$0] }
            if texts.count == rows.count, Set(texts).count == rows.count { return texts }
        }
        return rows.map { "line \(table.lineNumber(ofRow: $0))" }
    }
}
