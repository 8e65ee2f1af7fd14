// What a prediction is asked for.

/// A request to evaluate a law at points.
public struct PredictRequest: Codable, Hashable, Sendable {
    /// A law file, or the id of a law of the atlas.
    public var law: String
    /// Folders with laws of one's own.
    public var atlas: [String]?
    /// Points and grids: `N=70B, D=1.4T`, `N=1B..100B@20, D=1T`. This or `table`.
    public var at: [String]?
    /// Schedules of runs, for a law of whole curves: `wsd peak=3e-4 warmup=2160 decay=4000 steps=24000`, or
    /// `column file=rates.csv`; a label and `=` may stand before it. Each is predicted at its last step unless `at` or
    /// `curve` says otherwise; with a table, one that is the schedule of its rows.
    public var schedules: [String]?
    /// So many steps of each schedule, from the end of its warm-up to its last step.
    public var curve: Int?
    /// A table whose rows are the points.
    public var table: TableSource?
    /// What an input stands for in the table: a column, or an expression of columns.
    public var columns: [String: String]?
    /// Laws that predict inputs of this one: law files or ids, with the input and `=` before where the names differ.
    public var through: [String]?
    /// The set of coefficients; the saved fit or the default set unless given.
    public var set: String?
    /// The probability of the interval; 0.95 unless given.
    public var level: Double?
    /// `mean` (the law's value) or `new-run` (a new measurement, with its noise); `mean` unless given.
    public var interval: String?

    /// `calibrated`, `draws` or `delta`: where the interval comes from; the first that the law has unless given.
    public var intervalFrom: String?

    /// How wide the arithmetic runs: `portable`, `avx2` or `avx512`; the widest of the processor unless given. Last
    /// digits may depend on it; those of `portable` are the same on every machine.
    public var arithmetic: String?

    public init(law: String, at: [String]? = nil) {
        self.law = law
        self.at = at
    }
}
