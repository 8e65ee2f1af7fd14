// A table as lines of text.

enum TextTable {
    /// The header and the rows, cells two spaces apart, without spaces at the ends of lines.
    ///
    /// Where a line would be longer than `width`, the words of a last column that stands to the left go on below.
    static func lines(_ table: Report.Grid, width: Int) -> [String] {
        let rows = [table.columns.map(\.title)] + table.rows
        var widths = table.columns.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let before = widths.dropLast().reduce(0) { $0 + $1 + 2 }
        guard let last = widths.last, before + last > width, width - before >= 10,
            table.columns.last?.alignment == .left
        else { return rows.map { line($0, table, widths) } }
        widths[widths.count - 1] = width - before
        return rows.flatMap { row in
            broken(row[row.count - 1], to: width - before).enumerated().map { position, piece in
                let start = position == 0 ? Array(row.dropLast()) : row.dropLast().map { _ in "" }
                return line(start + [piece], table, widths)
            }
        }
    }

    private static func broken(_ text: String, to width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let line = lines[lines.count - 1]
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(String(word))
            } else {
                lines[lines.count - 1] = line.isEmpty ? String(word) : line + " " + word
            }
        }
        return lines
    }

    private static func line(_ row: [String], _ table: Report.Grid, _ widths: [Int]) -> String {
        let cells = table.columns.indices.map { padded(row[$0], to: widths[$0], table.columns[$0].alignment) }
        var line = Substring(cells.joined(separator: "  "))
        while line.last == " " { line.removeLast() }
        return String(line)
    }

    static func padded(_ text: String, to width: Int, _ alignment: Report.Grid.Column.Alignment) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return alignment == .left ? text + space : space + text
    }
}
