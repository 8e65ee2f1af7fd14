// The best schedule of a family under a law: a grid over its ranges, then ever smaller steps from its best point.

import Fitting
import Formulas

/// The schedule of a family whose last loss a law says to be lowest.
public struct BestSchedule: Sendable {
    /// What became of a number that was left open.
    public struct Choice: Hashable, Sendable {
        public let key: String
        /// Of the schedule, in per cent for a share.
        public let value: Double
        public let isShare: Bool
        public let lower: Double
        public let upper: Double
        /// Whether the best value is an end of the range.
        public let isAtEnd: Bool
        /// Where the loss stays within ``tolerance`` of the best, the other numbers held; resolved to a fortieth of the
        /// range.
        public let near: ClosedRange<Double>
    }

    public let family: ScheduleFamily
    public let schedule: Schedule
    /// The law at the last step, with its interval where the law has one.
    public let prediction: Prediction
    public let choices: [Choice]
    /// How many schedules were tried.
    public let evaluations: Int
    public let warnings: [Warning]

    /// Losses that differ by less than this, relatively, count as equal in ``Choice/near``: about what another seed
    /// changes.
    public static let tolerance = 1e-3

    /// Searches a family.
    ///
    /// - Parameters:
    ///   - inputs: the other inputs of the law, as ``Points`` reads them.
    ///   - set: which published coefficients.
    /// - Throws: ``ScalingError`` for a law that reads no schedule, a family without a schedule that fits, and inputs.
    public init(
        of family: ScheduleFamily, under law: Law, inputs: String = "", set: String? = nil, level: Double = 0.95,
        vectorLevel: VectorLevel = .best
    ) throws(ScalingError) {
        var search = ScheduleSearch(family, law, inputs, set, vectorLevel)
        let best = try search.run()
        let schedule = try family.schedule(best)
        let run = ScheduledRun(label: schedule.description, rates: schedule.rates)
        let made = try law.predict(
            try Points(inputs, for: law, along: [run]), set: set, level: level, vectorLevel: vectorLevel)
        prediction = made[0]
        choices = try search.choices(best, made.values[0])
        var warnings = prediction.warnings
        for choice in choices where choice.isAtEnd {
            warnings.append(.atRangeEnd(choice, isLower: choice.value == choice.lower))
        }
        if let gain = try search.gainOfIdleSteps(schedule) {
            warnings.append(.rewardsIdleSteps(gain, law: law.id))
        }
        self.family = family
        self.schedule = schedule
        self.warnings = warnings
        evaluations = search.evaluations
    }
}

/// The state of a search.
private struct ScheduleSearch {
    let family: ScheduleFamily
    let law: Law
    let inputs: String
    let set: String?
    let level: VectorLevel
    var evaluations = 0

    init(_ family: ScheduleFamily, _ law: Law, _ inputs: String, _ set: String?, _ level: VectorLevel) {
        (self.family, self.law, self.inputs, self.set, self.level) = (family, law, inputs, set, level)
    }

    private var isLoss: Bool { law.response?.direction != .increase }

    /// What is to be small at each place; infinite where the numbers do not fit together.
    private mutating func values(_ places: [[Double]]) throws(ScalingError) -> [Double] {
        var result = [Double](repeating: .infinity, count: places.count)
        // A few at a time: rates of a long schedule are megabytes.
        for start in stride(from: 0, to: places.count, by: 32) {
            var (known, runs): ([Int], [ScheduledRun]) = ([], [])
            for k in start..<min(places.count, start + 32) {
                guard let schedule = try? family.schedule(places[k]) else { continue }
                known.append(k)
                runs.append(ScheduledRun(label: "\(k)", rates: schedule.rates))
            }
            if runs.isEmpty { continue }
            evaluations += runs.count
            let made = try law.predict(
                try Points(inputs, for: law, along: runs), set: set, vectorLevel: level)
            for (k, value) in zip(known, made.values) where value.isFinite { result[k] = isLoss ? value : -value }
        }
        return result
    }

    /// The best place, as shares of the ranges.
    mutating func run() throws(ScalingError) -> [Double] {
        let count = family.choices.count
        let points = [41, 15, 9][count - 1]
        let axis = (0..<points).map { Double($0) / Double(points - 1) }
        var grid: [[Double]] = [[]]
        for _ in 0..<count { grid = grid.flatMap { head in axis.map { head + [$0] } } }
        let found = try values(grid)
        guard let first = found.indices.min(by: { found[$0] < found[$1] }), found[first].isFinite else {
            throw .schedule(.nothingFree(family: family.text), text: family.text)
        }
        var (best, value) = (grid[first], found[first])
        var step = axis[1] / 2
        while step > 1e-4 {
            let tries = best.indices.flatMap { k in
                [-step, step].map { move in
                    var place = best
                    place[k] = min(max(place[k] + move, 0), 1)
                    return place
                }
            }
            let found = try values(tries)
            if let next = found.indices.min(by: { found[$0] < found[$1] }), found[next] < value {
                (best, value) = (tries[next], found[next])
            } else {
                step /= 2
            }
        }
        return best
    }

    mutating func choices(_ best: [Double], _ value: Double) throws(ScalingError) -> [BestSchedule.Choice] {
        var result: [BestSchedule.Choice] = []
        let limit = (isLoss ? value : -value) + BestSchedule.tolerance * value.magnitude
        for (k, choice) in family.choices.enumerated() {
            let axis = (0...40).map { Double($0) / 40 }
            let found = try values(
                axis.map { share in
                    var place = best
                    place[k] = share
                    return place
                })
            var (low, high) = (best[k], best[k])
            for (share, value) in zip(axis, found).reversed() where share < best[k] {
                if value > limit { break }
                low = share
            }
            for (share, value) in zip(axis, found) where share > best[k] {
                if value > limit { break }
                high = share
            }
            let at = choice.value(at: best[k])
            result.append(
                BestSchedule.Choice(
                    key: choice.key, value: at, isShare: choice.isShare, lower: choice.lower, upper: choice.upper,
                    isAtEnd: at == choice.lower || at == choice.upper,
                    near: choice.value(at: low)...choice.value(at: high)))
        }
        return result
    }

    /// By how much a tenth more steps at a rate of zero lower the loss, where they do: nothing is learned in them.
    mutating func gainOfIdleSteps(_ schedule: Schedule) throws(ScalingError) -> Double? {
        let idle = max(10, schedule.steps / 10)
        guard schedule.steps + idle <= Schedule.mostSteps else { return nil }
        let runs = [1, idle].map { count in
            ScheduledRun(label: "\(count)", rates: schedule.rates + Array(repeating: 0, count: count))
        }
        let values = try law.predict(try Points(inputs, for: law, along: runs), set: set, vectorLevel: level).values
        let gain = isLoss ? values[0] - values[1] : values[1] - values[0]
        return gain > 1e-5 * values[0].magnitude ? gain : nil
    }
}

extension Warning {
    fileprivate static func atRangeEnd(_ choice: BestSchedule.Choice, isLower: Bool) -> Warning {
        let unit = choice.isShare ? "%" : ""
        return Warning(
            code: "at-range-end",
            message:
                "\(choice.key)=\(Numeral.short(choice.value, digits: 4))\(unit) is the \(isLower ? "lower" : "upper") "
                + "end of its range: the law wants it still \(isLower ? "smaller" : "larger")",
            hint:
                "what the law was not fitted to it does not know, such as a rate at which training diverges; widen the "
                + "range only as far as you have seen runs")
    }

    fileprivate static func rewardsIdleSteps(_ gain: Double, law: String) -> Warning {
        Warning(
            code: "rewards-idle-steps",
            message:
                "\(law) says that steps at a rate of zero, in which nothing is learned, lower the loss: a tenth more "
                + "of them by \(Numeral.short(gain, digits: 2))",
            hint:
                "it predicts given schedules better than it chooses among them: compare with another law, such as luo-2025"
        )
    }
}
