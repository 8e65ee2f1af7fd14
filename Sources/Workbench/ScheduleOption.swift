// --schedule: the schedules of runs, said by their families or read from a table.

import Formulas
import Reports
import Scaling
import Tables

/// The texts of `--schedule`, read.
struct ScheduleOption {
    /// Each text with the label of the run before it, if one is given.
    private let sources: [(label: String?, text: String, source: ScheduleSource)]
    /// Whether a saved fit said them, and nobody now.
    private let isKept: Bool

    /// - Throws: `ScalingError` for what is no schedule.
    init(_ texts: [String]) throws {
        sources = try Self.sources(texts)
        isKept = false
    }

    /// What is given, else what a saved fit was given, as far as it says something of this table: one schedule for all
    /// rows was said of the runs that were fitted, and of no others. A file may have moved together with its law.
    init(_ given: [String]?, kept law: Law?, for table: Table) throws {
        if let given, !given.isEmpty {
            try self.init(given)
            return
        }
        let fitted = law?.fit.map { Picture.fileName($0.table) }
        let kept = try Self.sources(law?.fitting.schedules ?? []).filter { label, _, source in
            if label == nil, case .generator = source { return fitted == Picture.fileName(table.name) }
            return true
        }
        self.init(kept: kept)
    }

    private init(kept: [(label: String?, text: String, source: ScheduleSource)]) {
        sources = kept
        isKept = true
    }

    private static func sources(
        _ texts: [String]
    ) throws -> [(label: String?, text: String, source: ScheduleSource)] {
        try texts.map { text in
            let (label, rest) = ScheduleSource.labelled(text)
            return (label, rest, try ScheduleSource(rest))
        }
    }

    /// Runs that nobody has made: one for each text, called by its label, else by the text.
    func runs() throws -> [ScheduledRun] {
        try sources.map { label, text, source in
            ScheduledRun(label: label ?? text, rates: try Self.rates(source, at: nil, rows: nil))
        }
    }

    /// A table with the schedules of its runs.
    ///
    /// A label that says a schedule is that schedule unless an option says otherwise; what a saved fit kept does not. A
    /// table without the column gets one; a schedule without a label is then that of every row.
    ///
    /// - Parameters:
    ///   - name: what the formula calls the column.
    ///   - column: what the table does.
    /// - Returns: the table, and the rates of each label.
    func bind(_ table: Table, name: String, column: String) throws -> (table: Table, rates: [String: [Double]]) {
        let common = sources.filter { $0.label == nil }
        if common.count > 1 { throw WorkbenchError.severalSchedules(common.map(\.text)) }
        var table = table
        if table[column] == nil, let (_, text, source) = common.first {
            table = table.adding(column: Column(name: column, labels: Array(repeating: text, count: table.rowCount)))
            return (table, [text: try Self.rates(source, at: table, rows: nil)])
        }
        guard let labels = table[column]?.labels() else { return (table, [:]) }
        if !isKept, let unknown = sources.compactMap(\.label).first(where: { !labels.names.contains($0) }) {
            throw WorkbenchError.scheduleOfNoRun(unknown, column: column, labels: labels.names)
        }
        var rates: [String: [Double]] = [:]
        for (code, label) in labels.names.enumerated() {
            if isKept, let schedule = try? Schedule(label) {
                rates[label] = schedule.rates
            } else if let source = (sources.first { $0.label == label } ?? common.first)?.source {
                let rows = labels.codes.indices.filter { labels.codes[$0] == Int32(code) }
                if rows.isEmpty { continue }
                rates[label] = try Self.rates(source, at: table, rows: rows)
            } else if let schedule = try? Schedule(label) {
                rates[label] = schedule.rates
            }
        }
        return (table, rates)
    }

    private static func rates(_ source: ScheduleSource, at hand: Table?, rows: [Int]?) throws -> [Double] {
        switch source {
        case .generator(let schedule): return schedule.rates
        case .column(let column):
            do {
                let file = try column.file.map { try TableSource.path($0).read() }
                guard let table = file ?? hand else { throw ScheduleFault.noTable }
                return try column.rates(table, rows: file == nil ? rows : nil)
            } catch let fault as ScheduleFault {
                throw ScalingError.schedule(fault, text: "\(source)")
            }
        }
    }
}
