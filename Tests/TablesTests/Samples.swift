// What the tests of this target share: reading a text, and the message of what is wrong with it.

import Tables

/// Reads a text as if it were a file of this name.
func read(_ text: String, _ name: String = "runs.csv") throws(TableError) -> Table {
    try Table.read(bytes: Array(text.utf8), name: name)
}

/// The message of reading a text, or an empty one where nothing is wrong with it.
func message(_ text: String, _ name: String = "runs.csv") -> String {
    message(bytes: Array(text.utf8), name)
}

/// The message of reading bytes.
func message(bytes: [UInt8], _ name: String = "runs.csv") -> String {
    do {
        _ = try Table.read(bytes: bytes, name: name)
        return ""
    } catch { return error.description }
}

/// The cells of a column as texts, `?` where missing.
func texts(_ table: Table, _ name: String) throws(TableError) -> [String] {
    let labels = try table.column(name).labels()
    return labels.codes.indices.map { labels[$0] ?? "?" }
}

/// Everything in a table, for comparing one with another.
func dump(_ table: Table) -> String {
    var dump = ""
    for column in table.columns {
        switch column.values {
        case .numbers(let numbers): dump += "\(column.name): \(numbers)\n"
        case .labels(let labels): dump += "\(column.name): \(labels.codes) \(labels.names)\n"
        }
    }
    return dump + "lines: \((0..<table.rowCount).map(table.lineNumber(ofRow:)))"
}
