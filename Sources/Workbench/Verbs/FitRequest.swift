// What a fit is asked for.

/// A request to fit a formula, or a law again, to a table.
///
/// Exactly one of `formula` and `law` is given. All that a law says (loss, residual, bounds, weights, …) holds unless
/// the request says otherwise. Texts are written as on the command line.
public struct FitRequest: Codable, Hashable, Sendable {
    public var table: TableSource
    /// `loss ~ E + A/N^alpha + B/D^beta`.
    public var formula: String?
    /// A law file, or the id of a law of the atlas.
    public var law: String?
    /// Folders with laws of one's own.
    public var atlas: [String]?
    /// What a name of the formula stands for: a column, or an expression of columns.
    public var columns: [String: String]?
    /// The schedules of the runs, for a law of whole curves: one for all rows, or `LABEL=cosine …` for those of a
    /// label; `column rate=lr` reads it from the table itself.
    public var schedules: [String]?
    /// Only rows where this holds are fitted.
    public var condition: String?
    /// `squared`, `huber:1e-3`, `absolute` or `quantile:0.9`.
    public var loss: String?
    /// `raw`, `log` or `logit`.
    public var residual: String?
    /// An expression of columns, one weight a row.
    public var weights: String?
    /// `precision` or `frequency`.
    public var weightsAre: String?
    /// `0..`, `..2` or `0.1..0.9`, by parameter.
    public var bounds: [String: String]?
    public var fixed: [String: Double]?
    /// An expression of other parameters, by parameter.
    public var ties: [String: String]?
    /// Where to start; the fit then starts there alone.
    public var start: [String: Double]?
    /// What is known beforehand: `alpha ~ normal(0.35, 0.1)`.
    public var priors: [String]?
    /// The probability of intervals; 0.95 unless given.
    public var level: Double?
    /// Where the intervals of parameters come from: `profile`, `delta` or `bootstrap`; see docs/uncertainty.md.
    public var intervals: String?
    /// What else to profile: a formula of parameters, or the law at a point, `at N=70B, D=1.4T`.
    public var profiles: [String]?
    /// `4000`, `wild:4000`, `cluster:RUN:4000`: draws that every later interval comes from.
    public var bootstrap: String?
    /// Whether every draw searches for its minimum everywhere.
    public var bootstrapGlobally: Bool?
    /// At most so many draws are kept with the law; all unless given.
    public var keepDraws: Int?
    /// The standard deviation of evaluating one run twice, on the scale of the residual, where it is known.
    public var evaluationNoise: Double?
    /// How many starts are polished; chosen by the formula unless given.
    public var starts: Int?
    /// Of the random numbers behind the starts; 1 unless given.
    public var seed: UInt64?
    /// Where to keep the fit as a law file.
    public var save: String?

    /// How wide the arithmetic runs: `portable`, `avx2` or `avx512`; the widest of the processor unless given. Last
    /// digits may depend on it; those of `portable` are the same on every machine.
    public var arithmetic: String?

    public init(table: TableSource, formula: String? = nil, law: String? = nil) {
        self.table = table
        self.formula = formula
        self.law = law
    }
}
