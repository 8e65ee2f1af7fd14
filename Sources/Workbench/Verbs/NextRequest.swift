// What is asked about the next runs.

/// A request for the runs that would make a number surer for the least compute.
public struct NextRequest: Codable, Hashable, Sendable {
    /// The law, the table and how it is fitted, as of a fit. `bootstrap` stands for the doubt about the parameters where it
    /// is given; `profiles`, `intervals` and `save` have no meaning here.
    public var fit: FitRequest
    /// `loss at N=70B, D=1.4T`, `optimal N at 1e24`, or a formula of parameters: `beta/(alpha+beta)`.
    public var target: String?
    /// Points and grids: `N=1M..1B@8, D=100M..20B@8`. Without these and `candidateTable`, a grid from what was run to ten
    /// times as much, within `least` and `most`.
    public var candidates: [String]?
    /// A table whose rows are the candidates; columns are found as those of the runs are.
    public var candidateTable: TableSource?
    /// Bounds of inputs where candidates are not given.
    public var least: [String: Double]?
    public var most: [String: Double]?
    /// Points of runs that were bought and have not ended.
    public var underWay: [String]?
    /// A formula of inputs: `6*N*D` unless given.
    public var cost: String?
    /// The most that all runs together may cost: a batch. Without it runs are named one after another.
    public var spend: Double?
    /// The most that one run may cost.
    public var largest: Double?
    /// How many runs to name; 5 unless given, with `spend` as many as it buys.
    public var runs: Int?
    /// The standard deviation of one run on the scale of the residual.
    public var noise: Double?
    /// How wrong the law may be, as a share of the response: 0 takes it for right.
    public var doubt: Double?
    /// What each run costs besides: `1e18` in the unit of the cost, or `1%` of the most costly run so far, which is taken
    /// where neither this nor `spend` is given.
    public var overhead: String?

    public init(fit: FitRequest) { self.fit = fit }
}
