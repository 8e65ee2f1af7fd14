// What a forecast is asked for.

/// A request to forecast the end of a run in progress by a law of whole curves.
public struct ForecastRequest: Codable, Hashable, Sendable {
    /// The rows of the run so far, perhaps among others.
    public var table: TableSource
    /// A law file, or the id of a law of the atlas.
    public var law: String
    /// Folders with laws of one's own.
    public var atlas: [String]?
    /// What a name of the law stands for: a column, or an expression of columns.
    public var columns: [String: String]?
    /// Only rows where this holds: those of one run.
    public var condition: String?
    /// The schedule of the run to its end, as for a fit.
    public var schedules: [String]?
    /// The set of coefficients that the law brings; the saved fit or the default set unless given.
    public var set: String?
    /// Rows of later steps are not read.
    public var until: Double?
    /// The probability of the interval; 0.95 unless given.
    public var level: Double?
    /// The relative standard deviation of a coefficient between the runs of the law and this one; 0.2 unless given.
    public var spread: Double?
    /// What is known of coefficients, in place of what the law brings.
    public var priors: [String]?
    /// Values that coefficients are held at.
    public var fixed: [String: Double]?
    /// How many steps of the rest of the run are forecast; 5 unless given.
    public var points: Int?
    /// How wide the arithmetic runs.
    public var arithmetic: String?

    public init(table: TableSource, law: String) {
        self.table = table
        self.law = law
    }
}
