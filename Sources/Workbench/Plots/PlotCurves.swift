// Figures of training curves under laws of whole curves.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

enum PlotCurves {
    private static let lineSteps = 160

    /// The runs of a table under a law.
    static func curve(_ request: PlotRequest) throws -> Picture {
        let law = try PlotSubject.law(request)
        let (scheduleName, _) = try law.curveInputs()
        var table = try PlotSubject.source(request, law).read()
        let given = try FitSpecification.formulas(request.columns, "--column")
        let columns = given.merging(FitSpecification.keptColumns(law, table, besides: given)) { given, _ in given }
        var rates: [String: [Double]]
        (table, rates) = try ScheduleOption(request.schedules, kept: law, for: table).bind(
            table, name: scheduleName, column: column(scheduleName, columns))
        let chosen = try law.fitting.condition.map { try table.values(of: $0.prediction) }
        let shown = try request.show.map {
            try table.values(of: try FitSpecification.formula($0, "--show").prediction)
        }
        // Rows that were asked for, else those that were fitted.
        let rows = (0..<table.rowCount).filter { row in
            let kept = shown?[row] ?? chosen?[row] ?? 1
            return kept != 0 && !kept.isNaN
        }
        return try picture(law, table, columns: columns, rates: rates, rows: rows)
    }

    /// The runs of some rows under a law, above their learning rates.
    static func picture(
        _ law: Law, _ table: Table, columns: [String: Formula], rates: [String: [Double]], rows: [Int]
    ) throws -> Picture {
        let (scheduleName, stepName) = try law.curveInputs()
        guard let left = law.formula?.response else { throw WorkbenchError.noResponse(law: law.id) }
        var points = try Points(table, for: law, columns: columns)
        points.schedules = rates
        let observed = try table.values(of: columns["\(left)"]?.prediction ?? left)
        var own: [String: [Int]] = [:]
        var order: [String] = []
        for row in rows where observed[row].isFinite {
            guard let name = points[row].label(scheduleName), points[row].number(stepName)?.isFinite == true else {
                continue
            }
            if own[name] == nil { order.append(name) }
            own[name, default: []].append(row)
        }
        if order.isEmpty { throw WorkbenchError.plot(.noCurves(table: table.name)) }
        let runs = try order.prefix(CurveFigure.mostRuns).map { name in
            try run(name, own[name] ?? [], law, points, rates, observed, stepName)
        }
        let hidden = order.count - runs.count
        return CurveFigure(
            title: law.title,
            subtitle: (law.formula.map { "\($0)" } ?? "")
                + (hidden > 0 ? "; \(Numbers.counted(hidden, "run")) not shown" : ""),
            response: law.response?.name ?? "\(left)", runs: runs
        ).picture()
    }

    private static func column(_ name: String, _ columns: [String: Formula]) -> String {
        if case .symbol(let symbol)? = columns[name]?.prediction { return symbol.name }
        return name
    }

    private static func run(
        _ name: String, _ rows: [Int], _ law: Law, _ points: Points, _ rates: [String: [Double]],
        _ observed: [Double], _ stepName: String
    ) throws -> CurveRun {
        let sorted = rows.sorted { a, b in
            (points[a].number(stepName) ?? 0, a) < (points[b].number(stepName) ?? 0, b)
        }
        let steps = sorted.map { points[$0].number(stepName) ?? .nan }
        let schedule = try rates[name] ?? Schedule(name).rates
        let (first, last) = (steps.first ?? 0, Double(schedule.count - 1))
        var lawSteps: [Double] = []
        for share in 0..<lineSteps {
            let step = (first + (last - first) * Double(share) / Double(lineSteps - 1)).rounded()
            if lawSteps.last.map({ $0 < step }) ?? true { lawSteps.append(step) }
        }
        let base = points[sorted[0]]
        var places = try Points(
            lawSteps.map { step in
                var point = base
                point[stepName] = .number(step)
                return point
            }, for: law)
        places.schedules = rates
        let known = try law.estimates()
        let values = try law.predict(
            places, estimates: Estimates(names: known.names, values: known.values)
        ).values
        return CurveRun(
            name: name, steps: steps, losses: sorted.map { observed[$0] }, lawSteps: lawSteps, lawValues: values,
            rates: schedule)
    }

    /// A run in progress with its forecast.
    static func forecast(_ request: PlotRequest) throws -> Picture {
        guard var asked = request.forecast else { throw WorkbenchError.plot(.noRequest(kind: request.kind)) }
        asked.points = max(asked.points ?? 0, 40)
        let (forecast, law, table) = try ForecastVerb.result(asked)
        let run = CurveRun(
            name: forecast.schedule.label, steps: forecast.seen.map(\.step), losses: forecast.seen.map(\.loss),
            lawSteps: forecast.seen.map(\.step), lawValues: forecast.seen.map(\.fitted),
            rates: forecast.schedule.rates)
        return CurveFigure(
            title: "Forecast of \(Picture.fileName(table)) by \(law.id)",
            subtitle:
                "\(Numbers.counted(forecast.rows, "row")) so far; the end at \(Numbers.short(forecast.end.value))"
                + (forecast.end.lower.flatMap { low in
                    forecast.end.upper.map { ", \(Numbers.short(low)) to \(Numbers.short($0))" }
                } ?? ""),
            response: law.response?.name ?? "loss", runs: [run], forecast: forecast
        ).picture()
    }
}

extension Point {
    /// The label of that input, or nil.
    fileprivate func label(_ name: String) -> String? {
        if case .label(let label) = values[name] { return label }
        return nil
    }
}
