// The rows of one run up to now, and what is known of the run to its end.

import Fitting
import Formulas
import Tables

/// One run in progress: its rows in the order of their steps, and its schedule.
struct RunningCurve {
    let law: Law
    let specification: Specification
    /// The rows after the warm-up that have a loss, in order, and their steps.
    let table: Table
    let steps: [Double]
    /// The losses on the scale of the residual.
    let losses: [Double]
    let schedule: ScheduledRun
    /// What was left out, and why.
    let omissions: [Omission]
    /// The last row of the table, where it was not to be read.
    let outcome: (step: Double, loss: Double)?
    private let point: Point

    static let fewest = 8

    /// - Parameters:
    ///   - table: the rows of one run, in any order.
    ///   - limit: later steps are not read.
    init(_ law: Law, _ specification: Specification, _ table: Table, until limit: Double?) throws {
        let (scheduleName, stepName) = try law.curveInputs()
        let steps = try table.values(of: specification.columns[stepName]?.prediction ?? .name(stepName))
        let problem = try Problem(specification, table: table)
        let column = Self.column(scheduleName, specification)
        let labels = try table.column(column).labels()
        let names = Set(problem.rows.compactMap { labels[$0] })
        guard names.count == 1, let label = names.first, let rates = specification.schedules[label] else {
            throw ScalingError.forecast(.severalRuns(names.sorted(), column: column))
        }
        let run = ScheduledRun(label: label, rates: rates)
        let responses = Dictionary(zip(problem.rows, problem.response)) { first, _ in first }
        let known = problem.rows.sorted { (steps[$0], $0) < (steps[$1], $1) }
        for (row, before) in zip(known.dropFirst(), known) where steps[row] == steps[before] {
            throw ScalingError.forecast(
                .repeatedStep(steps[row], place: "\(table.name):\(table.lineNumber(ofRow: row))"))
        }
        let warmup = Double(ScheduledRun.warmupEnd(rates))
        let (limit, end) = (limit ?? .infinity, Double(rates.count - 1))
        let rows = known.filter { steps[$0] >= warmup && steps[$0] <= limit && steps[$0] < end }
        omissions =
            problem.omissions
            + [
                Omission(reason: "in the warm-up", count: known.count { steps[$0] < warmup && steps[$0] <= limit }),
                Omission(reason: "later than --until", count: known.count { steps[$0] > limit }),
            ].filter { $0.count > 0 }
        guard rows.count >= Self.fewest else {
            throw ScalingError.forecast(.fewRows(rows.count, needed: Self.fewest))
        }
        if limit >= end, known.contains(where: { steps[$0] == end }) {
            throw ScalingError.forecast(.hasEnded(step: end))
        }
        self.law = law
        self.specification = specification
        self.table = table.rows(at: rows)
        self.steps = rows.map { steps[$0] }
        losses = rows.map { responses[$0] ?? .nan }
        schedule = run
        outcome = known.last.flatMap { row in
            steps[row] > limit ? (steps[row], specification.residual.restored(responses[row] ?? .nan)) : nil
        }
        var point = try Points(self.table.rows(at: [0]), for: law, columns: specification.columns)[0]
        point[scheduleName] = .label(label)
        self.point = point
        self.stepName = stepName
    }

    private let stepName: String

    private static func column(_ name: String, _ specification: Specification) -> String {
        if case .symbol(let symbol)? = specification.columns[name]?.prediction { return symbol.name }
        return name
    }

    /// The last step of the schedule.
    var end: Double { Double(schedule.rates.count - 1) }

    /// Points of this run at some steps.
    func points(_ steps: [Double]) throws(ScalingError) -> Points {
        var points = try Points(
            steps.map { step in
                var place = point
                place[stepName] = .number(step)
                return place
            }, for: law)
        points.schedules = [schedule.label: schedule.rates]
        return points
    }
}
