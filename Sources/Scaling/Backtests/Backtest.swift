// A backtest: fit all runs up to a cutoff, predict every run above it, and see.
//
// Rolling origin (Tashman 2000) over compute, or over whatever says how large a run is.

import Fitting
import Formulas
import Tables

/// How well a law that was fitted to the smaller runs of a table predicted the larger ones.
public struct Backtest: Sendable {
    /// From the lowest cutoff to the highest.
    public let cutoffs: [BacktestCutoff]
    /// Cutoffs that left too little to fit, or nothing to predict.
    public let skipped: [Skip]

    /// A cutoff that was not tried.
    public struct Skip: Hashable, Sendable {
        public let factor: Double
        public let reason: SkipReason
    }

    /// Why a cutoff was not tried.
    public enum SkipReason: Hashable, Sendable {
        case fewRuns(Int, needed: Int)
        case fewSizes(Int, needed: Int)
        case nothingAbove
        /// No start gave a finite value.
        case unfittable
    }

    /// All tests, from the lowest cutoff to the highest.
    public var tests: [BacktestTest] { cutoffs.flatMap(\.tests) }

    /// Backtests a law on the rows of a table.
    ///
    /// - Parameters:
    ///   - specification: what is fitted, as for a fit of the whole table.
    ///   - table: the runs; rows that the fit would leave out are left out here.
    ///   - scale: what is cut by, one value above zero a row of the table; rows without one are left out.
    ///   - sizes: what counts as a size; `scale` unless given.
    /// - Throws: ``FitError`` where the whole table could not be bound. A cutoff that cannot be fitted is skipped.
    public init(
        _ specification: Specification, table: Table, scale: [Double], sizes: [Double]? = nil,
        plan: BacktestPlan = BacktestPlan()
    ) throws(FitError) {
        precondition(scale.count == table.rowCount, "one value of the scale a row")
        let runs = Runs(try Problem(specification, table: table), scale: scale, sizes: sizes ?? scale)
        let needed = max(plan.fewestRuns, runs.parameterCount + plan.spareRuns)
        var cutoffs: [BacktestCutoff] = []
        var skipped: [Skip] = []
        var known: [Int: Int] = [:]
        for factor in plan.factors.sorted(by: >) {
            // Rounding of a quotient must not move a run across its cutoff.
            let limit = runs.largest / factor * (1 + 1e-9)
            let fitted = runs.places.filter { runs.scale[$0] <= limit }
            if let position = known[fitted.count] {
                cutoffs[position].factors.append(factor)
            } else if let reason = runs.reason(toSkip: fitted, needed: needed, sizes: plan.fewestSizes) {
                skipped.append(Skip(factor: factor, reason: reason))
            } else if var cutoff = runs.cutoff(fitted, specification, table, plan) {
                cutoff.factors = [factor]
                known[fitted.count] = cutoffs.count
                cutoffs.append(cutoff)
            } else {
                skipped.append(Skip(factor: factor, reason: .unfittable))
            }
        }
        self.cutoffs = cutoffs
        self.skipped = skipped
    }
}

/// The rows that take part, each with its response, scale and size.
private struct Runs {
    let rows: [Int]
    let responses: [Double]
    let scale: [Double]
    let sizes: [Double]
    let parameterCount: Int

    init(_ whole: Problem, scale: [Double], sizes: [Double]) {
        let kept = whole.rows.indices.filter { scale[whole.rows[$0]] > 0 && scale[whole.rows[$0]].isFinite }
        rows = kept.map { whole.rows[$0] }
        responses = kept.map { whole.response[$0] }
        self.scale = kept.map { scale[whole.rows[$0]] }
        self.sizes = kept.map { sizes[whole.rows[$0]] }
        parameterCount = whole.parameters.count
    }

    var places: Range<Int> { rows.indices }
    var largest: Double { scale.max() ?? 0 }

    func reason(toSkip fitted: [Int], needed: Int, sizes: Int) -> Backtest.SkipReason? {
        if fitted.count < needed { return .fewRuns(fitted.count, needed: needed) }
        let different = Set(fitted.map { self.sizes[$0] }).count
        if different < sizes { return .fewSizes(different, needed: sizes) }
        return fitted.count == rows.count ? .nothingAbove : nil
    }

    func cutoff(_ fitted: [Int], _ specification: Specification, _ table: Table, _ plan: BacktestPlan)
        -> BacktestCutoff?
    {
        let below = table.rows(at: fitted.map { rows[$0] })
        guard let step = BacktestStep(specification, below, plan) else { return nil }
        let reach = fitted.map { scale[$0] }.max() ?? 0
        let tested = places.filter { scale[$0] > reach }
        let tests = step.tests(
            table, rows: tested.map { rows[$0] }, responses: tested.map { responses[$0] },
            distances: tested.map { scale[$0] / reach })
        var own: [BacktestCutoff] = []
        if plan.calibrates {
            let inner = try? Backtest(
                specification, table: below, scale: fitted.map { scale[$0] }, sizes: fitted.map { sizes[$0] },
                plan: plan.calibrating())
            own = inner?.cutoffs ?? []
        }
        return step.cutoff(
            limit: reach, slope: Slope.of(fitted.map { responses[$0] }, against: fitted.map { scale[$0] }), tests,
            own: own)
    }
}

/// How steeply responses change with scale.
enum Slope {
    /// │b│ of the least squares line z = a + b ln C; zero where all C are alike.
    static func of(_ responses: [Double], against scale: [Double]) -> Double {
        let logarithms = scale.map(Elementary.ln)
        let count = Double(responses.count)
        let (x, z) = (logarithms.reduce(0, +) / count, responses.reduce(0, +) / count)
        var (spread, covariation) = (0.0, 0.0)
        for (position, logarithm) in logarithms.enumerated() {
            spread += (logarithm - x) * (logarithm - x)
            covariation += (logarithm - x) * (responses[position] - z)
        }
        return spread > 0 ? (covariation / spread).magnitude : 0
    }
}
