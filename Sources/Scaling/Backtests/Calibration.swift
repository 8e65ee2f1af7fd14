// What a backtest teaches the intervals of a law: kept with the fit, used by every prediction.

import Fitting
import Formulas
import Tables

/// The extrapolation part of a law's intervals, calibrated on the runs it was fitted to and on public tables.
public struct Calibration: Hashable, Sendable {
    /// What says how large a run is, in inputs of the law: `6 * N * D`.
    public var scale: Formula
    /// Its largest fitted value.
    public var limit: Double
    /// How steeply the fitted responses fall a factor e of it, on the scale of the residual.
    public var slope: Double
    /// k: what the table's own cutoffs widen by; 1 where the public tables alone speak.
    public var factor: Double
    /// Own cutoffs and the runs that they tested.
    public var cutoffs: Int
    public var tests: Int
    /// The largest distance that was tested; nil without own cutoffs.
    public var reach: Double?
    public var widening: Widening

    public init(
        scale: Formula, limit: Double, slope: Double, factor: Double, cutoffs: Int, tests: Int, reach: Double?,
        widening: Widening
    ) {
        self.scale = scale
        self.limit = limit
        self.slope = slope
        self.factor = factor
        self.cutoffs = cutoffs
        self.tests = tests
        self.reach = reach
        self.widening = widening
    }

    /// Half the width of an interval on the scale of the residual; NaN without degrees of freedom.
    ///
    /// - Parameter noise: of one run; zero for an interval of the law's value.
    package func halfWidth(
        level: Double, standardError: Double, noise: Double, distance: Double, degreesOfFreedom: Double
    ) -> Double {
        widening.multiple(at: level) * factor
            * widening.spread(
                standardError: standardError, noise: noise, slope: slope, distance: distance,
                price: Widening.price(degreesOfFreedom))
    }

    /// The names of the scale that these columns do not have.
    func missing(_ numbers: [String: [Double]]) -> [String] {
        Set(scale.prediction.symbols.map(\.name)).filter { numbers[$0] == nil }.sorted()
    }

    /// Each point's scale by that of the largest fitted run: below 1 inside, NaN where an input has no number.
    func distances(_ numbers: [String: [Double]]) throws(ScalingError) -> [Double] {
        let columns = numbers.sorted { $0.key < $1.key }.map { Column(name: $0.key, numbers: $0.value) }
        do {
            let values = try Table(name: "points", columns: columns).values(of: scale.prediction)
            return values.map { $0 / limit }
        } catch {
            throw .table(error)
        }
    }
}

extension Calibration {
    /// How far the interval was tried: the own reach, else that of the public tables.
    public var testedReach: Double { max(reach ?? 1, cutoffs == 0 ? Widening.publicReach : 1) }

    /// The calibration of a law fitted to a whole table, from a backtest of that table.
    ///
    /// - Parameters:
    ///   - backtest: with the plan of ``BacktestPlan/calibrating()``.
    ///   - responses: g(y), one a fitted run, and the scale of each.
    public init(
        _ backtest: Backtest, scale: Formula, values: [Double], responses: [Double], widening: Widening
    ) {
        self.init(
            scale: scale, limit: values.max() ?? 0, slope: Slope.of(responses, against: values),
            factor: widening.factor(backtest.cutoffs, runs: values.count), cutoffs: backtest.cutoffs.count,
            tests: backtest.tests.count, reach: backtest.tests.map(\.distance).max(), widening: widening)
    }

    /// The calibration of a law fitted to a whole table, by the runs of that table; nil where no fitted run has a scale.
    public init?(
        _ specification: Specification, problem: Problem, table: Table, scale: BacktestScale, plan: BacktestPlan,
        widening: Widening = .publicTables
    ) throws(FitError) {
        let rows = scale.usable(problem.rows)
        if rows.isEmpty { return nil }
        let below = try Backtest(
            specification, table: table, scale: scale.values, sizes: scale.sizes, plan: plan.calibrating())
        self.init(
            below, scale: scale.formula, values: rows.map { scale.values[problem.rows[$0]] },
            responses: rows.map { problem.response[$0] }, widening: widening)
    }
}
