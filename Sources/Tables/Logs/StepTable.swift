// From a table with a column of steps to the series of its runs: what many tools write as CSV or JSON Lines.

/// A table whose rows are steps of one run or of several.
struct StepTable {
    let table: Table
    let stepColumn: String
    let runColumn: String?

    /// What software calls its steps, the most telling first.
    static let stepNames = [
        "_step", "global_step", "trainer/global_step", "train/global_step", "step", "iteration", "iter",
        "train_step", "Step",
    ]
    static let runNames = ["run", "run_id", "run_name", "Name", "name"]
    private static let timeNames = ["_timestamp", "timestamp", "wall_time", "time"]

    /// Nil where the table has no column of steps, or one row a run.
    init?(_ table: Table) {
        guard let step = Self.stepNames.first(where: { name in table[name].map(Self.isNumeric) ?? false }) else {
            return nil
        }
        self.table = table
        stepColumn = step
        runColumn = Self.runNames.first { table[$0] != nil && $0 != step }
        // Where no run has a second row, the step is that of a result, and the row is what is known of the run.
        if let runColumn, table.rowCount > 1, let labels = table[runColumn]?.labels(),
            labels.names.count == table.rowCount
        {
            return nil
        }
    }

    private static func isNumeric(_ column: Column) -> Bool {
        if case .numbers = column.values { return true }
        return column.firstText == nil
    }

    /// The runs, in the order of their first rows.
    ///
    /// A number that is the same in every row of a run (its size) is a setting, as is a text; a text that changes is left
    /// out with a notice. A column that says `nan` was measured; an empty cell was not.
    func runs(name: String, source: String) -> [RunLog] {
        let steps = (try? table.numbers(stepColumn)) ?? []
        let groups = runColumn.flatMap { table[$0]?.labels() }
        var order: [Int32] = []
        var rows: [Int32: [Int]] = [:]
        for row in steps.indices {
            let code = groups?.codes[row] ?? 0
            if rows[code] == nil { order.append(code) }
            rows[code, default: []].append(row)
        }
        let times = Self.timeNames.first { table[$0].map(Self.isNumeric) ?? false }
        let timeValues = times.flatMap { try? table.numbers($0) }
        let skipped: Set<String> = Set([stepColumn, runColumn ?? stepColumn, times ?? stepColumn])
        let constant = constantColumns(rows.values.filter { $0.count > 1 })
        var changing: [String] = []
        var logs: [RunLog] = []
        for code in order {
            let own = rows[code] ?? []
            let title = groups.map { labels in code < 0 ? "\(name)" : labels.names[Int(code)] } ?? name
            var log = RunLog(name: title, source: source)
            var builder = SeriesBuilder()
            for column in table.columns where !skipped.contains(column.name) {
                switch column.values {
                case .numbers(let values):
                    Self.add(
                        column.name, values, own, steps, timeValues, isSetting: constant.contains(column.name),
                        to: &log,
                        &builder)
                case .labels(let labels):
                    let codes = Set(own.compactMap { labels.codes[$0] < 0 ? nil : labels.codes[$0] })
                    if codes.count == 1, let code = codes.first {
                        log.settings.append(
                            RunLog.Setting(key: column.name, value: .text(labels.names[Int(code)]), source: source))
                    } else if codes.count > 1, !changing.contains(column.name) {
                        changing.append(column.name)
                    }
                }
            }
            log.series = builder.finished()
            logs.append(log)
        }
        if !changing.isEmpty, !logs.isEmpty {
            logs[0].notices.append(
                RunLog.Notice(
                    code: "text-left-out",
                    message: "\(source): texts that change from step to step are no series: "
                        + changing.prefix(5).joined(separator: ", ") + (changing.count > 5 ? ", …" : ""),
                    hint: "nothing need be done unless one of them is a measurement"))
        }
        return logs
    }

    // Columns of numbers that never change in any of these runs: what they are in a run of a single row, too.
    private func constantColumns(_ runs: [[Int]]) -> Set<String> {
        if runs.isEmpty { return [] }
        return Set(
            table.columns.filter { column in
                guard case .numbers(let values) = column.values else { return false }
                return runs.allSatisfy { rows in rows.allSatisfy { values[$0] == values[rows[0]] } }
            }.map(\.name))
    }

    private static func add(
        _ name: String, _ values: [Double], _ rows: [Int], _ steps: [Double], _ times: [Double]?,
        isSetting: Bool, to log: inout RunLog, _ builder: inout SeriesBuilder
    ) {
        let known = rows.filter { !values[$0].isNaN || Cell.wasWrittenNaN(values[$0]) }
        guard let first = known.first else { return }
        let isConstant =
            known.count == rows.count && (rows.count > 1 || isSetting)
            && known.allSatisfy { values[$0] == values[first] }
        if isConstant {
            log.settings.append(RunLog.Setting(key: name, value: .number(values[first]), source: log.source))
        }
        // A constant rate is a series as well, for a schedule may be constant.
        if isConstant, !name.lowercased().contains("lr"), !name.lowercased().contains("loss"),
            !name.lowercased().contains("learning_rate")
        {
            return
        }
        for row in known {
            guard let step = Int(step: steps[row]) else { continue }
            builder.append(name, step: step, value: values[row], time: times.map { $0[row] })
        }
    }
}
