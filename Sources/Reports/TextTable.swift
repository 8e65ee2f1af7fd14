// A table as lines of text.

enum TextTable {
    /// The header and the rows, cells two spaces apart, without spaces at the ends of lines.
    static func lines(_ table: Report.Grid) -> [String] {
        let rows = [table.columns.map(\.title)] + table.rows
        let widths = table.columns.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = table.columns.indices.map { padded(row[$0], to: widths[$0], table.columns[$0].alignment) }
            var line = Substring(cells.joined(separator: "  "))
            while line.last == " " { line.removeLast() }
            return String(line)
        }
    }

    static func padded(_ text: String, to width: Int, _ alignment: Report.Grid.Column.Alignment) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return alignment == .left ? text + space : space + text
    }
}
