// The end of a run in progress: a law of whole curves fitted to the rows so far, and how far off that was before.

import Fitting
import Formulas
import Tables

/// What a forecast may be told.
public struct ForecastOptions: Hashable, Sendable {
    /// Which published coefficients the law brings; nil for the saved fit, else the default set.
    public var set: String?
    /// The probability of the interval.
    public var level = 0.95
    /// The relative standard deviation of a coefficient between the runs of the law and this one. 0.2 because those of
    /// the laws of curves in the atlas differ by 5 to 30 % between models of 25M, 100M and 400M.
    public var spread = 0.2
    /// Rows of later steps are not read.
    public var until: Double?
    /// How many steps of the rest of the run are forecast, the last among them.
    public var points = 5

    public init() {}
}

/// The forecast of a run in progress.
///
/// The law is fitted to the rows after the warm-up, its coefficients being known beforehand to a `spread`
/// (``Prior`` on their logarithms). Residuals of neighbouring rows are alike, so n rows count as n (1 − ρ)/(1 + ρ), with
/// ρ the autocorrelation of the residuals: in the covariance, against the priors, and in the degrees of freedom.
///
/// That alone would trust the law. What the law itself is off by is measured on the curve: D² is the larger of
///
/// - the mean of e² − s², e the errors of forecasts made from earlier rows of a row already seen, as far ahead in
///   proportion (from f·u to u, where the end is forecast from f of the run), s what these forecasts said of their error;
/// - the mean square by which forecasts of the end from 60 to 95 % of the rows differ from the one from all rows, beyond
///   what their wider errors explain.
///
/// The interval is ± t √(s² + σ² + D²), with σ the noise of a row and Student's t on as many degrees of freedom as there
/// were trials.
public struct Forecast: Sendable {
    /// A loss at a step, with its interval.
    public struct Value: Hashable, Sendable {
        public let step: Double
        public let value: Double
        /// Nil where nothing is known of errors.
        public let lower: Double?
        public let upper: Double?
    }

    /// A forecast made from earlier rows.
    public struct Trial: Hashable, Sendable {
        /// The last step that it knew.
        public let origin: Double
        /// The step that it is about.
        public let target: Double
        /// On the scale of the residual: what it said, with its standard error, and what came out (for the end, what is
        /// forecast now).
        public let said: Double
        public let error: Double
        public let outcome: Double
    }

    /// Where a run left the band that its earlier rows gave it.
    public struct Departure: Hashable, Sendable {
        /// The first step of the rows outside.
        public let step: Double
        /// The last step of the rows that the band came from.
        public let origin: Double
        /// How far the last row is off the middle of the band, on the scale of the residual.
        public let excess: Double
    }

    /// A row that was read, and what the law makes of it.
    public struct Seen: Hashable, Sendable {
        public let step: Double
        public let loss: Double
        public let fitted: Double
    }

    /// What became of a forecast.
    public struct Outcome: Hashable, Sendable {
        public let loss: Double
        public let forecast: Value
    }

    public let law: String
    public let schedule: ScheduledRun
    /// The last step with a row that was read, how many rows there were, and what was left out.
    public let now: Double
    public let rows: Int
    public let omissions: [Omission]
    /// The loss of that row.
    public let loss: Double
    /// The rows that were read, in the order of their steps.
    public let seen: [Seen]
    /// From the next step on, the last of the schedule at the end.
    public let values: [Value]
    public let level: Double
    public let residual: Residual
    public let fit: Fit
    /// What was known of coefficients beforehand, and what was held.
    public let priors: [Prior]
    public let held: [String: Double]
    public let autocorrelation: Autocorrelation
    /// D, on the scale of the residual.
    public let lawError: Double
    /// Forecasts of rows already seen, and earlier forecasts of the end.
    public let backtests: [Trial]
    public let earlier: [Trial]
    public let departure: Departure?
    /// The last row of the table, where it was not to be read, and what is forecast of it.
    public let outcome: Outcome?
    public let warnings: [Warning]

    /// The forecast of the last step.
    public var end: Value { values[values.count - 1] }

    /// - Parameters:
    ///   - specification: of the law, with what the request holds, bounds and knows beforehand, and the schedules.
    ///   - table: the rows of one run.
    /// - Throws: ``ScalingError``, `FitError`, `TableError`.
    public init(
        _ law: Law, _ specification: Specification, table: Table, options: ForecastOptions = ForecastOptions()
    )
        throws
    {
        guard options.level > 0, options.level < 1 else { throw ScalingError.badLevel(options.level) }
        guard options.spread > 0, options.spread.isFinite else {
            throw ScalingError.forecast(.badSpread(options.spread))
        }
        var specification = specification
        let known = Set(specification.fixed.keys).union(specification.ties.keys)
            .union(specification.priors.flatMap { $0.subject.symbols.map(\.name) })
        let hasCoefficients = law.fit != nil || !law.sets.isEmpty
        let borrowed = BorrowedCoefficients(
            law, hasCoefficients ? try law.estimates(set: options.set) : Estimates(names: [], values: []),
            spread: options.spread, besides: known)
        specification.priors += borrowed.priors
        specification.fixed.merge(borrowed.held) { given, _ in given }
        for name in borrowed.held.keys {
            (specification.bounds[name], specification.starts[name]) = (nil, nil)
        }
        specification.starts.merge(borrowed.starts) { given, _ in given }
        let curve = try RunningCurve(law, specification, table, until: options.until)

        let first = try CurveFit(curve, rows: curve.steps.count, share: 1)
        autocorrelation = Autocorrelation(first.fit.residuals())
        let trials = CurveTrials(curve, share: max(1 / autocorrelation.time, 6 / Double(curve.steps.count)))
        let main = autocorrelation.coefficient > 0 ? try trials.fit(curve.steps.count) : first
        backtests = try trials.backtests(reach: (curve.steps.last ?? 1) / curve.end)
        let ahead = Self.steps(curve, options.points)
        let made = try main.values(ahead)
        let last = made[made.count - 1]
        earlier = try trials.earlier(than: last.center)
        let lawError = max(Self.excess(backtests), Self.drift(earlier, last.error))
        self.lawError = lawError

        let scale = specification.residual
        let freedom = backtests.isEmpty ? main.fit.degreesOfFreedom : Double(backtests.count)
        let t = StudentT(degreesOfFreedom: max(1, min(freedom, main.fit.degreesOfFreedom)))
            .quantile(0.5 + options.level / 2)
        let now = curve.steps[curve.steps.count - 1]
        func value(_ step: Double, _ value: CurveFit.Value) -> Value {
            let share = (step - now) / (curve.end - now)
            let noise = main.fit.noise
            let half = t * (value.error * value.error + noise * noise + lawError * lawError * share).squareRoot()
            return Value(
                step: step, value: scale.restored(value.center),
                lower: half.isFinite ? scale.restored(value.center - half) : nil,
                upper: half.isFinite ? scale.restored(value.center + half) : nil)
        }
        values = zip(ahead, made).map { value($0, $1) }
        outcome = try curve.outcome.map { step, loss in
            Outcome(loss: loss, forecast: value(step, try main.values([step])[0]))
        }
        departure = try trials.departure()
        self.law = law.id
        self.now = now
        schedule = curve.schedule
        rows = curve.steps.count
        omissions = curve.omissions
        loss = scale.restored(curve.losses[curve.losses.count - 1])
        seen = zip(zip(curve.steps, curve.losses), try main.values(curve.steps)).map { row, fitted in
            Seen(step: row.0, loss: scale.restored(row.1), fitted: scale.restored(fitted.center))
        }
        level = options.level
        residual = scale
        fit = main.fit
        priors = specification.priors
        held = specification.fixed
        // Of what the rows do not show, and of priors that close a valley, there are warnings of their own.
        let covered = ["collinear-design", "near-equal-minima", "term-vanished", "weakly-identified"]
        var warnings = main.fit.warnings.filter { !covered.contains($0.code) }
        let shares = try main.shares()
        if let share = shares.filter({ $0.narrowed > 0.8 }).max(by: { $0.ofVariance < $1.ofVariance }) {
            let variance = last.error * last.error
            let ofAll = share.ofVariance * variance / (variance + lawError * lawError)
            if ofAll > 0.5 {
                warnings.append(
                    .restsOnLaw(share.name, law: law.id, share: min(1, ofAll), spread: options.spread))
            }
        }
        for share in shares where share.distance.magnitude > 3 {
            warnings.append(.unlikeLaw(share.name, share.value, law: law.id, distance: share.distance))
        }
        if backtests.isEmpty { warnings.append(.uncheckedForecast) }
        if let departure {
            warnings.append(.leftBand(departure, unit: scale == .log ? " (in the logarithm)" : ""))
        }
        self.warnings = warnings
    }

    // So many steps in equal distances from the last row to the end.
    private static func steps(_ curve: RunningCurve, _ count: Int) -> [Double] {
        let now = curve.steps[curve.steps.count - 1]
        var steps: [Double] = []
        for k in 1...max(1, count) {
            let step = (now + (curve.end - now) * Double(k) / Double(max(1, count))).rounded()
            if step > now, steps.last != step { steps.append(step) }
        }
        return steps
    }

    // What errors are beyond what was said of them.
    private static func excess(_ trials: [Trial]) -> Double {
        if trials.isEmpty { return 0 }
        let sum = trials.reduce(0) { total, trial in
            let miss = trial.outcome - trial.said
            return total + miss * miss - trial.error * trial.error
        }
        return max(0, sum / Double(trials.count)).squareRoot()
    }

    private static func drift(_ trials: [Trial], _ error: Double) -> Double {
        if trials.isEmpty { return 0 }
        let sum = trials.reduce(0) { total, trial in
            let miss = trial.outcome - trial.said
            return total + miss * miss - max(0, trial.error * trial.error - error * error)
        }
        return max(0, sum / Double(trials.count)).squareRoot()
    }
}
