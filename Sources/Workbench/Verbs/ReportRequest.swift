// What a report is asked for.

/// A request for everything that is known of a law: its answer, its runs, what speaks for it and against it.
public struct ReportRequest: Codable, Hashable, Sendable {
    /// A law file, or the id of a law of the atlas. This, or `fit`.
    public var law: String?
    /// What is fitted first, where there is no law yet.
    public var fit: FitRequest?
    /// Folders with laws of one's own.
    public var atlas: [String]?
    /// The runs of `law`; the table that it was fitted to unless given, if it is still where it was.
    public var table: TableSource?
    /// What a name of `law`, or an input of the laws in `through`, stands for in that table: a column, or an expression of
    /// columns.
    public var columns: [String: String]?
    /// The schedules of the runs of a law of whole curves, as for a fit.
    public var schedules: [String]?
    /// Points at which the law is asked: `N=70B, D=1.4T`; ten times the largest run unless given.
    public var at: [String]?
    /// `mean` (the law's value) or `new-run` (a new measurement, with its noise); `mean` unless given.
    public var interval: String?
    /// The probability of the intervals of predictions and plan; 0.95 unless given.
    public var level: Double?
    /// A budget to plan, as that of a plan; for a law of N and D that of the farthest point unless given.
    public var budget: Double?
    /// A value of the law to reach at the least cost.
    public var target: Double?
    /// A law that is shown beside: its coefficients, its lines, and what it says where this one is asked.
    public var published: String?
    /// Laws that predict inputs of this one, as of a prediction: then points are those of the first step.
    public var through: [String]?
    /// Which published coefficients, where laws have several.
    public var set: String?
    /// One line above the report; the law's title unless given.
    public var title: String?
    /// What was asked, in words; told from the points and the budget unless given.
    public var question: String?
    /// Parts to leave out: `backtest`, `figures`, `next`, `plan`, `predictions`, `sensitivity`.
    public var without: [String]?
    /// The words that were typed, for the methods.
    public var arguments: [String]?
    public var arithmetic: String?

    public init(law: String) { self.law = law }

    public init(fit: FitRequest) { self.fit = fit }
}
