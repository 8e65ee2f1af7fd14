// What a report gives, as data. Every key is documented in docs/json.md.

import Reports

/// A report as a tree of texts, and the replies that it was made of.
public struct ReportReply: Codable, Hashable, Sendable {
    public var schema: Int
    public var version: String
    public var law: String
    public var formula: String
    /// The name of the table; nil where the runs are not at hand.
    @Nullable public var table: String?
    /// Every block of the report, with its texts as every format shows them.
    public var page: ReportTree
    /// Where the report fitted the law itself.
    @Nullable public var fit: FitReply?
    @Nullable public var predictions: PredictReply?
    @Nullable public var plan: PlanReply?
    @Nullable public var next: NextReply?
    @Nullable public var backtest: BacktestReply?
    @Nullable public var sensitivity: SensitivityReply?
    /// The law that was shown beside.
    @Nullable public var published: Published?
    /// Parts that were not made: `part` and `reason`.
    public var absent: [Absence]

    public struct Published: Codable, Hashable, Sendable {
        public var law: String
        public var formula: String
        public var coefficients: [String: Double]
        /// At the points of `predictions`.
        @Nullable public var predictions: PredictReply?
        /// For the budget or the target of `plan`.
        @Nullable public var plan: PlanReply?
    }

    public struct Absence: Codable, Hashable, Sendable {
        public var part: String
        public var reason: String
    }
}
