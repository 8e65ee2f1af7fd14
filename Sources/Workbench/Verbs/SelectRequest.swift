// What a selection is asked for.

/// A request to fit several laws to a table and rank them by how well they extrapolate.
public struct SelectRequest: Codable, Hashable, Sendable {
    public var table: TableSource
    /// Ids of the atlas or law files; `all` for every law of the atlas whose inputs the table has.
    public var laws: [String]?
    /// Formulas besides.
    public var formulas: [String]?
    /// Folders with laws of one's own.
    public var atlas: [String]?
    /// What a name of a law stands for: a column, or an expression of columns.
    public var columns: [String: String]?
    /// The column that every law is to predict, whatever it calls it.
    public var response: String?
    /// Only rows where this holds are fitted.
    public var condition: String?
    /// `raw` or `log`, the same for all laws; `log` unless given.
    public var residual: String?
    /// What says how large a run is.
    public var by: String?
    /// Points where the average is wanted, over the inputs of all laws.
    public var at: [String]?
    /// The probability of the average's interval; 0.95 unless given.
    public var level: Double?
    /// `mean` or `new-run`; `mean` unless given.
    public var interval: String?
    public var starts: Int?
    /// Keep the average as a law file, which `predict` takes.
    public var save: String?
    public var seed: UInt64?
    public var arithmetic: String?

    public init(table: TableSource, laws: [String]? = nil) {
        self.table = table
        self.laws = laws
    }
}
