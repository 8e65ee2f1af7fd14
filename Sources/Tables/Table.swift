// A table: named columns of equal length, one row a run or a checkpoint.
//
// It is made by a reader or in memory, and never changes; a changed table is a new one that shares the columns.

import Formulas

/// Named columns of equal length, in the order in which they were written.
///
/// A table remembers the name of the file it came from and the line of every row, so that whoever finds fault with a
/// value later can still say where it stands.
public struct Table: Sendable {
    /// The file the table was read from, as its path was given, or `standard input`.
    public let name: String
    /// The columns, in the order of the header (CSV) or of first appearance (JSON Lines).
    public private(set) var columns: [Column]
    /// The number of rows; every column has this many.
    public let rowCount: Int
    private let lines: LineNumbers

    /// A table made in memory; its row `i` counts as line `i + 1`.
    ///
    /// - Precondition: the columns have equal lengths and different names.
    public init(name: String, columns: [Column]) {
        self.init(name: name, columns: columns, lines: LineNumbers(first: 1))
    }

    init(name: String, columns: [Column], lines: LineNumbers) {
        rowCount = columns.first?.count ?? 0
        precondition(columns.allSatisfy { [rowCount] in $0.count == rowCount }, "columns of unequal length")
        precondition(Set(columns.map(\.name)).count == columns.count, "two columns of one name")
        self.name = name
        self.columns = columns
        self.lines = lines
    }

    /// The column of exactly this name, or nil.
    public subscript(name: String) -> Column? { columns.first { $0.name == name } }

    /// The column of exactly this name.
    ///
    /// - Throws: ``TableError/unknownColumn(_:file:header:)``; its message suggests the near name.
    public func column(_ name: String) throws(TableError) -> Column {
        guard let column = self[name] else {
            throw .unknownColumn(name, file: self.name, header: columns.map(\.name))
        }
        return column
    }

    /// The values of a column as numbers, NaN where missing.
    ///
    /// A column of labels is converted when every label in it is a number after all, as happens once the row with the
    /// one odd cell has been left out by ``rows(at:)``.
    ///
    /// - Throws: ``TableError/unknownColumn(_:file:header:)``, or ``TableError/notANumber(_:column:at:)`` with the
    ///   place of the first cell that is no number.
    public func numbers(_ name: String) throws(TableError) -> [Double] {
        let column = try column(name)
        switch column.values {
        case .numbers(let numbers): return numbers
        case .labels(let labels):
            if let numbers = labels.numbers() { return numbers }
            guard let (row, text) = column.firstText, let field = columns.firstIndex(where: { $0.name == name })
            else { preconditionFailure("labels that are no numbers have a first text") }
            let place = TableError.Place(file: self.name, line: lineNumber(ofRow: row), column: field + 1)
            throw .notANumber(text, column: name, at: place)
        }
    }

    /// The line of the file, counted from 1, on which a row begins.
    public func lineNumber(ofRow row: Int) -> Int {
        precondition(row >= 0 && row < rowCount, "no such row")
        return lines[row]
    }

    /// This table with one more column at its end; a column of the same name is replaced in its place.
    ///
    /// - Precondition: the column is as long as the table, unless the table has no columns.
    public func adding(column: Column) -> Table {
        var columns = columns
        if let index = columns.firstIndex(where: { $0.name == column.name }) {
            columns[index] = column
        } else {
            columns.append(column)
        }
        return Table(name: name, columns: columns, lines: lines)
    }

    /// The rows at the given places, in the given order; a row may be taken more than once.
    ///
    /// Rows keep their line numbers. Labels keep their codes and names, also those that no row has any more.
    ///
    /// - Precondition: every index is a row of this table.
    public func rows(at indices: [Int]) -> Table {
        var selected = LineNumbers()
        for (row, index) in indices.enumerated() { selected.append(row: row, line: lineNumber(ofRow: index)) }
        return Table(name: name, columns: columns.map { $0.rows(at: indices) }, lines: selected)
    }
}
