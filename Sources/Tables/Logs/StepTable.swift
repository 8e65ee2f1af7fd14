// From a table with a column of steps to the series of its runs: what many tools write as CSV or JSON Lines.

/// A table whose rows are steps of one run or of several.
struct StepTable {
    let table: Table
    let stepColumn: String
    /// The columns that tell runs apart; none where all rows are of one run.
    private let runColumns: [String]
    private let groups: Column.Labels?

    /// What software calls its steps, the most telling first.
    static let stepNames = [
        "_step", "global_step", "trainer/global_step", "train/global_step", "step", "iteration", "iter",
        "train_step", "Step",
    ]
    static let runNames = ["run", "run_id", "run_name", "Name", "name"]
    private static let timeNames = ["_timestamp", "timestamp", "wall_time", "time"]

    /// Nil where the table has no column of steps, or one row a run.
    ///
    /// - Parameter columns: those that tell runs apart, all of which the table has; else the usual ones are looked for.
    init?(_ table: Table, toldApartBy columns: [String] = []) {
        guard let step = Self.stepNames.first(where: { name in table[name].map(Self.isNumeric) ?? false }) else {
            return nil
        }
        self.table = table
        stepColumn = step
        let usual = Self.runNames.first { table[$0] != nil && $0 != step }
        runColumns = columns.isEmpty ? usual.map { [$0] } ?? [] : columns
        groups = table.labels(of: runColumns)
        // Where no run has a second row, the step is that of a result, and the row is what is known of the run.
        if let groups, table.rowCount > 1, groups.names.count == table.rowCount { return nil }
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
        var counter = SeriesBuilder()
        let whole = steps.enumerated().map { row, step in
            counter.step(step, at: "\(source):\(table.lineNumber(ofRow: row))")
        }
        var order: [Int32] = []
        var rows: [Int32: [Int]] = [:]
        for row in steps.indices {
            let code = groups?.codes[row] ?? 0
            if rows[code] == nil { order.append(code) }
            rows[code, default: []].append(row)
        }
        let times = Self.timeNames.first { table[$0].map(Self.isNumeric) ?? false }
        let timeValues = times.flatMap { try? table.numbers($0) }
        // What was named may be a setting, such as a seed; what is called a run is its name.
        let names = runColumns.filter(Self.runNames.contains)
        let skipped = Set([stepColumn, times ?? stepColumn] + names)
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
                        column.name, values, own, whole, timeValues, isSetting: constant.contains(column.name),
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
            log.stepsBeforeZero = Self.countedFromZero.contains(stepColumn) ? 1 : 0
            if let notice = severalRuns(own, steps, besides: skipped, source) { log.notices.append(notice) }
            logs.append(log)
        }
        if !logs.isEmpty { logs[0].notices += counter.notices }
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

    /// Steps of Lightning, however they are logged: of the first batch it says 0.
    private static let countedFromZero = ["trainer/global_step"]

    // Rows of several runs, one after another, where a column changes exactly when the steps begin anew.
    private func severalRuns(
        _ rows: [Int], _ steps: [Double], besides skipped: Set<String>, _ source: String
    ) -> RunLog.Notice? {
        let starts = rows.indices.dropFirst().filter { steps[rows[$0]] < steps[rows[$0 - 1]] }
        guard !starts.isEmpty, rows.count > 2, starts.count < 10_000 else { return nil }
        // A run that was resumed goes back a little, and not to where it began.
        let second = steps[rows[1]]
        guard starts.allSatisfy({ steps[rows[$0]] <= second }) else { return nil }
        let isStart = Set(starts)
        let telling = table.columns.filter { column in
            guard !skipped.contains(column.name) else { return false }
            let found = rows.indices.dropFirst().filter { Self.differ(column, rows[$0], rows[$0 - 1]) }
            return !found.isEmpty && found.allSatisfy(isStart.contains)
        }
        let places = telling.map { column in starts.count { Self.differ(column, rows[$0], rows[$0 - 1]) } }
        guard let most = places.max() else { return nil }
        let names = zip(telling, places).filter { $1 == most }.map(\.0.name)
        let times = starts.count == 1 ? "once" : "\(starts.count) times"
        return RunLog.Notice(
            code: "several-runs",
            message: "\(source): the steps begin anew \(times), with another "
                + names.prefix(4).joined(separator: ", another ")
                + "; these look like \(starts.count + 1) runs in one",
            hint: "name the column that tells them apart: --run '\(names[0])'")
    }

    private static func differ(_ column: Column, _ row: Int, _ other: Int) -> Bool {
        switch column.values {
        case .numbers(let values): values[row] != values[other] && !(values[row].isNaN && values[other].isNaN)
        case .labels(let labels): labels.codes[row] != labels.codes[other]
        }
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
        _ name: String, _ values: [Double], _ rows: [Int], _ steps: [Int?], _ times: [Double]?,
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
            guard let step = steps[row] else { continue }
            builder.append(name, step: step, value: values[row], time: times.map { $0[row] })
        }
    }
}

extension Table {
    /// The texts that tell rows apart by some columns, those of several joined by a slash; nil without columns, and where
    /// the table lacks one.
    func labels(of names: [String]) -> Column.Labels? {
        let all = names.compactMap { self[$0]?.labels() }
        guard let first = all.first, all.count == names.count else { return nil }
        if all.count == 1 { return first }
        // Two that read alike, of texts with slashes or of what is missing, are told apart by a number.
        var names: [[String?]: String] = [:]
        var taken: [String: Int] = [:]
        return Column.Labels(
            (0..<rowCount).map { row in
                let parts = all.map { $0[row] }
                if parts.allSatisfy({ $0 == nil }) { return nil }
                if let known = names[parts] { return known }
                let plain = parts.map { $0 ?? "" }.joined(separator: "/")
                let count = taken[plain, default: 0] + 1
                taken[plain] = count
                names[parts] = count == 1 ? plain : "\(plain) (\(count))"
                return names[parts]
            })
    }
}
