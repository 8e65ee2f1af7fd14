// Forecasts from earlier rows of a curve: how far off they were, how the end moved, and whether the run left their band.

import Fitting

struct CurveTrials {
    private let curve: RunningCurve
    /// How much of an independent row each row is.
    private let share: Double

    init(_ curve: RunningCurve, share: Double) {
        self.curve = curve
        self.share = share
    }

    func fit(_ rows: Int) throws -> CurveFit { try CurveFit(curve, rows: rows, share: share) }

    /// How many rows lie before a step.
    private func rows(before step: Double) -> Int { curve.steps.firstIndex { $0 >= step } ?? curve.steps.count }

    private static let targets = [1.0, 0.9, 0.8, 0.7, 0.6]
    // Forecasts are judged by the mean of so many rows, which has less noise than one.
    private static let meanOf = 3

    /// Forecasts of rows already seen, as far ahead in proportion as the end is.
    ///
    /// - Parameters:
    ///   - reach: the share of the way to a target that is known.
    ///   - count: how many of the rows may be looked at; nil for all.
    func backtests(reach: Double, rows count: Int? = nil) throws -> [Forecast.Trial] {
        let count = count ?? curve.steps.count
        guard count > 0 else { return [] }
        let last = curve.steps[count - 1]
        return try Self.targets.compactMap { target in
            let end = target * last
            let known = rows(before: reach * end)
            let seen = (known..<max(known, count)).filter { curve.steps[$0] <= end }.suffix(Self.meanOf)
            guard known >= RunningCurve.fewest, !seen.isEmpty else { return nil }
            let fit = try fit(known)
            let values = try fit.values(seen.map { curve.steps[$0] })
            let mean = Double(seen.count)
            let noise = fit.fit.noise * fit.fit.noise / mean
            let error = values[values.count - 1].error
            return Forecast.Trial(
                origin: curve.steps[known - 1], target: curve.steps[seen[seen.endIndex - 1]],
                said: values.reduce(0) { $0 + $1.center } / mean,
                error: error.isFinite ? (error * error + noise).squareRoot() : 0,
                outcome: seen.reduce(0) { $0 + curve.losses[$1] } / mean)
        }
    }

    /// Forecasts of the end from 60 to 95 % of the rows.
    func earlier(than now: Double) throws -> [Forecast.Trial] {
        try [0.6, 0.7, 0.8, 0.9, 0.95].compactMap { part in
            let known = Int(part * Double(curve.steps.count))
            guard known >= RunningCurve.fewest, known < curve.steps.count else { return nil }
            let value = try fit(known).values([curve.end])[0]
            return Forecast.Trial(
                origin: curve.steps[known - 1], target: curve.end, said: value.center,
                error: value.error.isFinite ? value.error : 0, outcome: now)
        }
    }

    /// Where the last rows are outside of the 99 % bands of two earlier forecasts, on the same side.
    func departure() throws -> Forecast.Departure? {
        let (count, time) = (curve.steps.count, 1 / share)
        let needed = max(4, Int((2 * time).rounded(.up)))
        var found: [Forecast.Departure] = []
        for part in [0.5, 0.6, 0.7, 0.8, 0.9] {
            let known = Int(part * Double(count))
            guard known >= RunningCurve.fewest, count - known >= needed else { continue }
            let trials = try backtests(reach: curve.steps[known - 1] / curve.steps[count - 1], rows: known)
            guard trials.count > 1 else { continue }
            let fit = try fit(known)
            let lawError =
                trials.reduce(0) { total, trial in
                    let miss = trial.outcome - trial.said
                    return total + miss * miss
                } / Double(trials.count)
            let t = StudentT(degreesOfFreedom: Double(trials.count)).quantile(0.995)
            let values = try fit.values(Array(curve.steps[known...]))
            var first: Int?
            for (k, value) in values.enumerated() {
                let variance = value.error * value.error + fit.fit.noise * fit.fit.noise + lawError
                let miss = curve.losses[known + k] - value.center
                let lastMiss = curve.losses[count - 1] - (values.last?.center ?? 0)
                let isOutside = miss.magnitude > t * variance.squareRoot() && miss.sign == lastMiss.sign
                first = isOutside ? first ?? k : nil
            }
            if let first, count - known - first >= needed, let value = values.last {
                found.append(
                    Forecast.Departure(
                        step: curve.steps[known + first], origin: curve.steps[known - 1],
                        excess: curve.losses[count - 1] - value.center))
            }
        }
        guard found.count > 1, let last = found.last, found.allSatisfy({ $0.excess.sign == last.excess.sign }) else {
            return nil
        }
        return last
    }
}
