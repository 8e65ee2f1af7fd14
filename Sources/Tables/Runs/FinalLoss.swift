// What is taken for the final loss of a run: a decision, with a name.

import Formulas

/// A way to take the final loss of a run from its curve.
///
/// The loss of a training batch is noisy: its last value is a draw, its mean over many steps lies above the end of a curve
/// that still falls, its minimum is below the truth by chance. Which of these is fitted can move an exponent; `all` writes
/// each into a column of its own, and `allometry sensitivity` compares the answers.
public enum FinalLoss: Hashable, Sendable {
    /// The last value.
    case last
    /// The mean of the last so many values.
    case mean(Int)
    /// The mean with weights that halve every so many steps towards the past; below 1 a share of the run's steps.
    case smoothed(halfLife: Double)
    /// A straight line through the last share of the steps by least squares with tricube weights (Cleveland 1979), at the
    /// last step.
    case lowess(share: Double)
    /// The lowest value: biased downwards by the noise, the more the longer the run.
    case minimum
    /// The last value of runs whose schedule ended; other runs are set aside.
    case scheduleEnd

    /// What `all` writes, each in a column of its own.
    public static let forComparison: [FinalLoss] = [
        .last, .mean(10), .smoothed(halfLife: 0.02), .lowess(share: 0.1), .minimum,
    ]

    public static let examples = ["last", "mean:100", "smoothed:500", "lowess:0.1", "minimum", "schedule-end", "all"]

    /// Reads `last`, `mean:100`, `smoothed:500`, `lowess:0.1`, `minimum` or `schedule-end`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let number = parts.count > 1 ? Quantity.parse(String(parts[1])) : nil
        switch (String(parts[0]), parts.count) {
        case ("last", 1): self = .last
        case ("minimum", 1), ("min", 1): self = .minimum
        case ("schedule-end", 1): self = .scheduleEnd
        case ("mean", 2):
            guard let number, number >= 1, number <= 1e9, number == number.rounded() else { return nil }
            self = .mean(Int(number))
        case ("smoothed", 2):
            guard let number, number > 0, number.isFinite, number < 1 || !parts[1].hasSuffix("%") else { return nil }
            self = .smoothed(halfLife: number)
        case ("lowess", 2):
            guard let number, number > 0, number <= 1 else { return nil }
            self = .lowess(share: number)
        default: return nil
        }
    }

    /// As it is typed.
    public var text: String {
        switch self {
        case .last: "last"
        case .mean(let count): "mean:\(count)"
        case .smoothed(let halfLife): "smoothed:\(Expression.decimal(halfLife))"
        case .lowess(let share): "lowess:\(Expression.decimal(share))"
        case .minimum: "minimum"
        case .scheduleEnd: "schedule-end"
        }
    }

    /// In words: `the mean of the last 100 values`.
    public var words: String {
        switch self {
        case .last: "the last value"
        case .mean(let count): "the mean of the last \(count) values"
        case .smoothed(let halfLife):
            halfLife < 1
                ? "the mean with weights that halve every \(Expression.decimal(100 * halfLife)) % of the run"
                : "the mean with weights that halve every \(halfLife == 1 ? "step" : "\(Expression.decimal(halfLife)) steps")"
        case .lowess(let share):
            "a line through the last \(Expression.decimal(100 * share)) % of the steps, at its end"
        case .minimum: "the lowest value"
        case .scheduleEnd: "the last value, where the schedule ended"
        }
    }

    /// What is put behind `loss_` where each choice has a column: `mean_100`.
    public var columnEnding: String {
        switch self {
        case .last: "last"
        case .mean: "mean"
        case .smoothed: "smoothed"
        case .lowess: "lowess"
        case .minimum: "minimum"
        case .scheduleEnd: "schedule_end"
        }
    }

    /// The final loss; nil where the curve has too few values for it: so many for a mean, three for a line.
    public func value(of series: StitchedSeries) -> Double? {
        switch self {
        case .last, .scheduleEnd: series.values.last
        case .mean(let count): Self.mean(series.values.filter(\.isFinite), count)
        case .smoothed(let halfLife): Self.smoothed(series, halfLife)
        case .lowess(let share): Self.lowess(series, share)
        case .minimum: series.values.filter { !$0.isNaN }.min()
        }
    }

    private static func mean(_ values: [Double], _ count: Int) -> Double? {
        values.count < count ? nil : values.suffix(count).reduce(0, +) / Double(count)
    }

    private static func smoothed(_ series: StitchedSeries, _ halfLife: Double) -> Double? {
        guard let first = series.steps.first, let end = series.steps.last else { return nil }
        let halfLife = halfLife < 1 ? max(1, halfLife * Double(end - first)) : halfLife
        var (sum, weights) = (0.0, 0.0)
        for (step, value) in zip(series.steps, series.values) where value.isFinite {
            let weight = Elementary.power(0.5, Double(end - step) / halfLife)
            sum += weight * value
            weights += weight
        }
        return weights > 0 ? sum / weights : nil
    }

    private static func lowess(_ series: StitchedSeries, _ share: Double) -> Double? {
        guard let first = series.steps.first, let end = series.steps.last, end > first else { return nil }
        let width = share * Double(end - first)
        // Weighted least squares of a line in u = (step − end)/width ≤ 0, whose value at 0 is asked for.
        var (s0, s1, s2, t0, t1) = (0.0, 0.0, 0.0, 0.0, 0.0)
        var count = 0
        for (step, value) in zip(series.steps, series.values) where value.isFinite {
            let u = Double(step - end) / width
            guard u > -1 else { continue }
            let cube = 1 + u * u * u
            let weight = cube * cube * cube
            count += 1
            s0 += weight
            s1 += weight * u
            s2 += weight * u * u
            t0 += weight * value
            t1 += weight * u * value
        }
        let determinant = s0 * s2 - s1 * s1
        guard count >= 3, determinant > 0 else { return nil }
        return (s2 * t0 - s1 * t1) / determinant
    }
}
