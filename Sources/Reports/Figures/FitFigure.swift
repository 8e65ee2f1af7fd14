// The figure of a fit: the runs, the law through them, and what it says where nobody has been.

import Fitting
import Formulas
import Scaling

/// Runs as a figure shows them: where each was made, what was measured, and whether the law was fitted to it.
public struct FigureRuns: Sendable {
    public var points: Points
    public var observed: [Double]
    /// The rows that the law was fitted to.
    public var fitted: [Int]
    /// Other rows that are to be seen.
    public var others: [Int]
    /// Columns that are no inputs of the law, by which runs may be coloured: one value a row.
    public var numbers: [String: [Double]] = [:]
    public var labels: [String: [String]] = [:]

    public init(points: Points, observed: [Double], fitted: [Int], others: [Int] = []) {
        (self.points, self.observed) = (points, observed)
        (self.fitted, self.others) = (fitted, others)
    }

    /// What a pointer that rests on a run is told.
    func told(_ row: Int) -> String {
        let inputs = points[row].values.sorted { $0.key < $1.key }.map { name, value in
            switch value {
            case .number(let number): "\(name) = \(Numbers.quantity(number))"
            case .label(let label): "\(name) = \(label)"
            }
        }
        return inputs.joined(separator: ", ") + ": " + Numbers.short(observed[row], digits: 5)
    }
}

/// What a figure of a fit shows, and how.
public struct FitFigure: Sendable {
    public var law: Law
    public var runs: FigureRuns
    /// The input along the horizontal axis.
    public var x: String
    /// The input that colours tell; nil for a law of one input.
    public var by: String?
    /// Points that were asked for; they stand out with their intervals.
    public var asked: Points?
    /// A law that is drawn beside, dotted, at the same inputs.
    public var published: Law?
    public var level: Double
    public var kind: IntervalKind

    /// More values of the colouring input than this are gathered into so many.
    static let mostLines = 9
    static let gatheredLines = 6

    public init(
        law: Law, runs: FigureRuns, x: String, by: String?, asked: Points? = nil, level: Double = 0.95,
        kind: IntervalKind = .mean
    ) {
        (self.law, self.runs, self.x, self.by) = (law, runs, x, by)
        (self.asked, self.level, self.kind) = (asked, level, kind)
    }

    /// The figure.
    ///
    /// - Throws: ``ScalingError`` where the law cannot be evaluated.
    public func figure() throws(ScalingError) -> Figure {
        let groups = self.groups()
        let made = try Lines(self, groups).made()
        let response = law.response?.name ?? law.formula?.response.map { "\($0)" } ?? "value"
        let values = runs.fitted.map { runs.observed[$0] }
        let isPositive = values.allSatisfy { $0 > 0 }
        let unit = law.response?.unit.map { ", \($0)" } ?? ""
        var figure = Figure(
            title: Picture.shortened(law.title), subtitle: law.formula.map { "\($0)" } ?? "",
            description: description(response),
            x: law.axis(x, values: runs.points.numbers[x] ?? []),
            y: Axis(response + unit, scale: isPositive ? .logarithmic : .linear))
        let range = law.input(x)?.range ?? .none
        if range.lower > 0, range.upper.isFinite { figure.marks.append(Beyond(range.lower...range.upper)) }
        figure.marks += made.bands + made.curves
        for group in groups {
            let rows = group.rows
            figure.marks.append(
                Dots(
                    "runs\(group.label(by).map { ", \($0)" } ?? "")", x: rows.map { x(ofRow: $0) },
                    y: rows.map { runs.observed[$0] }, ink: group.ink, symbol: group.symbol,
                    titles: rows.map(runs.told)))
        }
        if let asked { figure.marks += try whiskers(asked, groups) }
        for group in groups where !group.others.isEmpty {
            let rows = group.others
            figure.marks.append(
                Dots(
                    "not fitted\(group.label(by).map { ", \($0)" } ?? "")", x: rows.map { x(ofRow: $0) },
                    y: rows.map { runs.observed[$0] }, ink: group.ink, symbol: .cross, radius: 4.5,
                    titles: rows.map(runs.told)))
        }
        figure.key = key
        return figure
    }

    private var key: [Figure.KeyEntry] {
        var entries = [Figure.KeyEntry(.circle, .text, "fitted runs")]
        if asked != nil {
            let what = kind == .mean ? "the law's value" : "a new run"
            entries.append(
                .init(.diamond, .text, "predicted, \(Numbers.short(level * 100, digits: 4)) % for \(what)"))
        }
        if !runs.others.isEmpty { entries.append(.init(.cross, .text, "measured, not fitted")) }
        if let published { entries.append(.init(.line(.dotted), .text, published.id)) }
        return entries
    }

    // Those at one place stand beside each other.
    private func whiskers(_ asked: Points, _ groups: [Group]) throws(ScalingError) -> [any Mark] {
        let predictions = try law.predict(asked, level: level, interval: kind)
        let places = predictions.map { $0.point.number(x) ?? .nan }
        return predictions.enumerated().map { index, prediction in
            let same = places.indices.filter { places[$0] == places[index] }
            let order = Double(same.firstIndex(of: index) ?? 0) - Double(same.count - 1) / 2
            return Whisker(
                "asked", x: places[index], value: prediction.value, lower: prediction.interval?.lower ?? .nan,
                upper: prediction.interval?.upper ?? .nan,
                ink: groups.first { $0.asked.contains(index) }?.ink ?? .accent,
                title: Numbers.short(prediction.value, digits: 5), shift: 14 * order)
        }
    }

    // MARK: - Axes and words

    private func description(_ response: String) -> String {
        let values = runs.fitted.map { runs.observed[$0] }.filter(\.isFinite)
        var text = "\(Numbers.counted(runs.fitted.count, "run")) and the law fitted to them, \(response) over \(x)"
        if let by { text += ", a line for each \(by)" }
        if let low = values.min(), let high = values.max() {
            text += "; \(response) from \(Numbers.short(low)) to \(Numbers.short(high))"
        }
        if let asked { text += "; \(Numbers.counted(asked.count, "prediction")) with its interval" }
        if let published { text += "; beside it \(published.title)" }
        return text + "."
    }

    func x(ofRow row: Int) -> Double { runs.points.numbers[x]?[row] ?? .nan }
}
