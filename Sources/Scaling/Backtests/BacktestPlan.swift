// Where a backtest cuts, and what must remain below a cut.

/// Which cutoffs a backtest tries.
public struct BacktestPlan: Hashable, Sendable {
    /// All runs up to the largest value divided by each of these are fitted; the larger ones are predicted.
    public var factors: [Double]
    /// At least so many runs are fitted…
    public var fewestRuns: Int
    /// …and so many more than the law has parameters…
    public var spareRuns: Int
    /// …of so many different sizes.
    public var fewestSizes: Int
    /// How many starts of each fit are polished; nil chooses by the law.
    public var starts: Int?
    public var seed: UInt64
    /// Whether every cutoff is backtested in its turn, on the runs below it, so that what is predicted above it can
    /// have calibrated intervals.
    public var calibrates: Bool

    /// - Parameters:
    ///   - factors: above 1; half a decade apart by default, because compute spans decades.
    ///   - fewestRuns: 12 by default: with fewer a five-parameter law is hardly held by its runs.
    ///   - spareRuns: 4 by default, so that the noise is known to a third of itself.
    ///   - fewestSizes: 3 by default: no exponent is seen at two sizes.
    public init(
        factors: [Double] = [3, 10, 30, 100], fewestRuns: Int = 12, spareRuns: Int = 4, fewestSizes: Int = 3,
        starts: Int? = nil, seed: UInt64 = 1, calibrates: Bool = false
    ) {
        self.factors = factors
        self.fewestRuns = fewestRuns
        self.spareRuns = spareRuns
        self.fewestSizes = fewestSizes
        self.starts = starts
        self.seed = seed
        self.calibrates = calibrates
    }

    /// The cutoffs that a calibration looks at: closer together and with fewer runs than a report would show, since
    /// each counts for little.
    public func calibrating() -> BacktestPlan {
        BacktestPlan(
            factors: [1.3, 1.7, 2.2, 3, 5, 10, 30, 100], fewestRuns: 6, spareRuns: 3, fewestSizes: 2, starts: starts,
            seed: seed)
    }
}
