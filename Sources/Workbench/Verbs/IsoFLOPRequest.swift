// What valleys are asked for.

/// A request to find the best size for each budget of an isoFLOP table, and the power law through them.
public struct IsoFLOPRequest: Codable, Hashable, Sendable {
    public var table: TableSource
    /// The budget: a column, or an expression of columns.
    public var by: String
    /// What `N`, `D` and `loss` stand for in the table; guessed from the names of the columns unless given.
    public var columns: [String: String]?
    /// Only rows where this holds.
    public var condition: String?
    /// `akima`, `cubic`, `law` or `parabola`; `akima` unless given.
    public var method: String?
    /// The standard deviation of a loss, an expression of columns; measured from the scatter unless given.
    public var noise: String?
    /// Copies with noise; 1,000 unless given.
    public var draws: Int?
    public var seed: UInt64?
    /// Budgets whose relative difference is at most this are one valley; 0.01 unless given.
    public var within: Double?
    /// The column that tells training curves apart, for the envelope; every row is a finished run unless given.
    public var run: String?
    /// The probability of intervals; 0.95 unless given.
    public var level: Double?

    public init(table: TableSource, by: String) {
        self.table = table
        self.by = by
    }
}
