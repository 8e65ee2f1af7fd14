// The series of one run while its rows come by.

import Formulas

/// Series in the order of their first appearance.
struct SeriesBuilder {
    private(set) var series: [RunLog.Series] = []
    private var places: [String: Int] = [:]

    /// Appends a value. Times are kept where every value has one.
    mutating func append(_ name: String, step: Int, value: Double, time: Double? = nil) {
        let place: Int
        if let known = places[name] {
            place = known
        } else {
            place = series.count
            places[name] = place
            series.append(RunLog.Series(name: name))
        }
        if let time, series[place].times.count == series[place].steps.count { series[place].times.append(time) }
        series[place].steps.append(step)
        series[place].values.append(value)
    }

    /// The series, without times that not every value had.
    func finished() -> [RunLog.Series] {
        series.map { series in
            var series = series
            if series.times.count != series.steps.count { series.times = [] }
            return series
        }
    }

    var isEmpty: Bool { series.isEmpty }

    private var lost: (rows: Int, place: String, step: Double)?

    /// A step that was logged as a number; nil where it is none that a counter reaches, which ``notices`` then says.
    ///
    /// - Parameter place: where it stands: `metrics.csv:17`.
    mutating func step(_ number: Double, at place: @autoclosure () -> String) -> Int? {
        if let step = Int(step: number) { return step }
        lost = lost.map { ($0.rows + 1, $0.place, $0.step) } ?? (1, place(), number)
        return nil
    }

    /// That rows were left out.
    var notices: [RunLog.Notice] {
        guard let lost else { return [] }
        let what =
            lost.step.isNaN ? "without a step" : "of step \(Expression.decimal(lost.step)), which no counter reaches,"
        return [
            RunLog.Notice(
                code: "rows-without-step",
                message: "\(lost.place): a row \(what) is left out"
                    + (lost.rows > 1 ? ", and \(lost.rows - 1) more like it" : ""),
                hint: "look at that place; steps are whole numbers below 1e15")
        ]
    }
}

extension Int {
    /// A step that was logged as a number; nil where it is none that a counter reaches.
    init?(step: Double) {
        guard step.isFinite, step.magnitude < 1e15 else { return nil }
        self = Int(step.rounded())
    }
}
