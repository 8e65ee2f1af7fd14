// A plain table as a log: CSV, TSV, JSON or JSON Lines with one step a row, or one run a row.

extension RunLogFormat {
    /// A table in any format that tables are read from.
    ///
    /// With a column of steps (`step`, `_step`, `global_step`, `iteration`, `iter`) its rows are steps, of one run or, with a
    /// column `run`, of several. Without one, and with a column `run` (or `Name`), each row is what is known of a run: its
    /// settings and its results.
    public static let table = RunLogFormat(
        name: "table", summary: "CSV, TSV, JSON or JSON Lines with a column of steps, or with one run a row",
        confidence: { file in
            let ending = file.ending
            guard isTable(file) else { return 0 }
            let head = TextLines.first(50, of: file.bytes).first { !$0.hasPrefix("#") } ?? ""
            let names = StepTable.stepNames + StepTable.runNames
            if ending == "parquet" || ending == "pq" { return 1 }
            if ending == "csv" || ending == "tab" || ending == "tsv" {
                let cells = head.split { $0 == "," || $0 == "\t" || $0 == ";" }.map {
                    $0.filter { $0 != "\"" && $0 != " " }
                }
                return cells.contains(where: names.contains) ? 1 : 0
            }
            // Many a file of settings has a "name".
            let telling = names.filter { ending != "json" || $0.lowercased() != "name" }
            let isSteps = telling.contains { file.contains("\"\($0)\"", within: 1 << 16) }
            return isSteps ? 1 : 0
        },
        readFile: { (file: LogFile) throws(TableError) -> [RunLog] in
            runs(of: try TolerantTable(file), file)
        })

    /// Whether a file is called as tables are.
    static func isTable(_ file: LogFile) -> Bool {
        ["csv", "json", "jsonl", "ndjson", "parquet", "pq", "tab", "tsv"].contains(file.ending)
    }

    /// The runs in a table, told apart by columns that it has, or by the usual one.
    static func runs(of read: TolerantTable, _ file: LogFile, toldApartBy columns: [String] = []) -> [RunLog] {
        var logs: [RunLog]
        if let steps = StepTable(read.table, toldApartBy: columns) {
            logs = steps.runs(name: file.path.runName, source: file.path)
        } else {
            logs = rows(read.table, source: file.path, toldApartBy: columns)
        }
        if !logs.isEmpty { logs[0].notices += read.notices }
        return logs
    }

    // One run a row.
    private static func rows(_ table: Table, source: String, toldApartBy columns: [String]) -> [RunLog] {
        let usual = StepTable.runNames.first { table[$0] != nil }.map { [$0] } ?? []
        guard let names = table.labels(of: columns.isEmpty ? usual : columns) else { return [] }
        let skipped = columns.isEmpty ? usual : columns.filter(StepTable.runNames.contains)
        return (0..<table.rowCount).compactMap { row in
            guard let name = names[row] else { return nil }
            var log = RunLog(name: name, source: source)
            for column in table.columns where !skipped.contains(column.name) {
                switch column.values {
                case .numbers(let values):
                    if values[row].isNaN, !Cell.wasWrittenNaN(values[row]) { continue }
                    log.settings.append(.init(key: column.name, value: .number(values[row]), source: source))
                case .labels(let labels):
                    if let text = labels[row] {
                        log.settings.append(.init(key: column.name, value: .text(text), source: source))
                    }
                }
            }
            return log
        }
    }
}
