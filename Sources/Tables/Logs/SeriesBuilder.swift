// The series of one run while its rows come by.

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
}

extension Int {
    /// A step that was logged as a number; nil where it is none that a counter reaches.
    init?(step: Double) {
        guard step.isFinite, step.magnitude < 1e15 else { return nil }
        self = Int(step.rounded())
    }
}
