// A chart of Weights & Biases, exported as CSV: "Step","run - train/loss","run - train/loss__MIN","run - train/loss__MAX".

enum WandbExport {
    private static let bounds = ["__MIN", "__MAX"]

    static func recognizes(_ file: LogFile) -> Bool {
        let head = TextLines.first(1, of: file.bytes).first ?? ""
        return head.contains(" - ") && head.contains("__MIN")
    }

    /// The runs in the order of their columns.
    ///
    /// The name of a run may have " - " in it, that of a metric hardly ever: a column is parted at the last one.
    static func runs(_ table: Table, source: String) -> [RunLog] {
        var order: [String] = []
        var builders: [String: SeriesBuilder] = [:]
        var notices: [RunLog.Notice] = []
        guard let axis = table.columns.first, case .numbers(let common) = axis.values else { return [] }
        for column in table.columns.dropFirst() where !bounds.contains(where: column.name.hasSuffix) {
            guard let (run, metric) = parted(column.name), metric != "_step",
                case .numbers(let values) = column.values
            else { continue }
            // A chart over time or over another metric brings the steps of each run along.
            var steps = common
            if let own = table["\(run) - _step"], case .numbers(let numbers) = own.values { steps = numbers }
            if !order.contains(run) { order.append(run) }
            for row in 0..<table.rowCount where !values[row].isNaN || Cell.wasWrittenNaN(values[row]) {
                let step = builders[run, default: SeriesBuilder()].step(
                    steps[row], at: "\(source):\(table.lineNumber(ofRow: row))")
                guard let step else { continue }
                builders[run, default: SeriesBuilder()].append(metric, step: step, value: values[row])
            }
        }
        if axis.name.lowercased().contains("time"), !order.isEmpty {
            notices.append(
                RunLog.Notice(
                    code: "steps-are-times",
                    message: "\(source): the rows are counted by '\(axis.name)', not by steps",
                    hint: "export the chart with Step as its horizontal axis"))
        }
        return order.enumerated().map { place, name in
            RunLog(
                name: name, source: source, series: builders[name]?.finished() ?? [],
                notices: (place == 0 ? notices : []) + (builders[name]?.notices ?? []))
        }
    }

    private static func parted(_ name: String) -> (run: String, metric: String)? {
        guard let range = name.ranges(of: " - ").last else { return nil }
        return (String(name[..<range.lowerBound]), String(name[range.upperBound...]))
    }
}
