// What a backtest is asked for.

/// A request to fit the smaller runs of a table and predict the larger ones.
public struct BacktestRequest: Codable, Hashable, Sendable {
    /// What is fitted to what, as for a fit; `save` keeps the law of the whole table with its calibration.
    public var fit: FitRequest
    /// What says how large a run is: a column, or an expression of columns or of the law's inputs.
    public var by: String?
    /// A column of labels; each label's runs are backtested by themselves.
    public var group: String?
    /// The largest value is divided by each of these; 3, 10, 30, 100 unless given.
    public var cutoffs: [Double]?
    /// The probability of the intervals whose coverage is counted; 0.9 unless given.
    public var level: Double?

    public init(fit: FitRequest) { self.fit = fit }
}
