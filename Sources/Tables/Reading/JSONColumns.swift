// An object of columns: lists of one length, or objects whose keys number the rows.

/// The columns of a document of JSON.
struct JSONColumns {
    private let file: String
    private var columns: [(name: String, cells: [ConfigValue])] = []

    /// Nil where the document is no object of columns.
    init?(_ root: ConfigValue, file: String) {
        self.file = file
        if let names = root["columns"]?.elements, let data = root["data"]?.elements, !names.isEmpty {
            let titles = names.compactMap(\.text)
            guard titles.count == names.count else { return nil }
            columns = titles.enumerated().map { place, title in
                (title, data.map { row in place < row.elements.count ? row.elements[place] : .null })
            }
            return
        }
        for entry in root.entries {
            switch entry.value {
            case .list(let cells): columns.append((entry.key, cells))
            case .object(let cells) where Self.numbersRows(cells): columns.append((entry.key, cells.map(\.value)))
            default: return nil
            }
        }
        if columns.isEmpty { return nil }
    }

    // {"0": …, "1": …}.
    private static func numbersRows(_ entries: [ConfigValue.Entry]) -> Bool {
        !entries.isEmpty && entries.allSatisfy { Int($0.key) != nil }
    }

    func table() throws(TableError) -> Table {
        guard let first = columns.first, !first.cells.isEmpty else {
            throw .noRows(file: file, header: columns.map(\.name))
        }
        for column in columns where column.cells.count != first.cells.count {
            throw .json(
                .unequalColumns(
                    column.name, count: column.cells.count, other: first.name, otherCount: first.cells.count),
                at: TableError.Place(file: file, line: 1, column: 1))
        }
        return Table(name: file, columns: columns.map(Self.column))
    }

    private static func column(_ column: (name: String, cells: [ConfigValue])) -> Column {
        let numbers = column.cells.map { cell -> Double? in
            switch cell {
            case .null: .nan
            case .number(let number): number
            case .text(let text): Cell(text: text).number
            default: nil
            }
        }
        if !numbers.contains(nil) { return Column(name: column.name, numbers: numbers.compactMap(\.self)) }
        return Column(
            name: column.name,
            labels: column.cells.map { cell in
                switch cell {
                case .null, .list, .object: nil
                case .truth(let truth): truth ? "true" : "false"
                case .text(let text): Cell(text: text).isText ? text : text.isEmpty ? nil : text
                case .number(let number): number.isNaN ? nil : Column(name: "", numbers: [number]).labels()[0]
                }
            })
    }
}
