// What is to be read, and the decisions on the way.

/// A request to make a table of what training software left.
public struct ReadRequest: Codable, Hashable, Sendable {
    /// Files, folders that are searched, or `-` for standard input.
    public var sources: [String]
    /// One row a step instead of one row a run.
    public var curves: Bool?
    /// The series that is the loss; several stand for one another. Unless given, the usual names are looked for.
    public var loss: [String]?
    /// `last` (unless given), `mean:100`, `smoothed:500`, `lowess:0.1`, `minimum`, `schedule-end`, or `all` for a column each.
    public var finalLoss: String?
    /// Runs that did not end and are kept: `interrupted`, `diverged`. Of curves, interrupted runs are always kept.
    public var include: [String]?
    /// The setting that a quantity is taken from: `{"params": "n_params_total"}`.
    public var take: [String: String]?
    /// Quantities that all runs have and no log says: `{"batch_tokens": "524288"}`.
    public var set: [String: String]?
    /// Settings that become columns; unless given, those in which runs differ.
    public var keep: [String]?
    /// Further series that become columns of curves.
    public var series: [String]?
    /// The columns that tell the runs of a table apart, instead of one called `run`.
    public var run: [String]?
    /// How a line of a text log looks, as a regular expression with named groups.
    public var pattern: String?
    /// Where the table is written as CSV.
    public var save: String?

    public init(sources: [String]) { self.sources = sources }
}
