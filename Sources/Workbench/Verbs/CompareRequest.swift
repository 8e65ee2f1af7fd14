// What a comparison is asked for.

/// A request to compare recipes by one law.
public struct CompareRequest: Codable, Hashable, Sendable {
    /// The law, the table and how it is fitted, as of a fit. `priors`, `profiles`, `bootstrap`, `intervals` and `save`
    /// have no meaning here; priors are refused.
    public var fit: FitRequest
    /// The column that tells recipes apart.
    public var by: String
    /// Points and grids at which recipes are compared: `N=1B, D=20B`. The largest budget that all recipes have runs at,
    /// and ten times that, unless given.
    public var at: [String]?
    /// `auto` (the exponents, unless a test rejects it), `none`, or names: `alpha, beta`.
    public var share: String?
    /// `auto` (runs of equal inputs are drawn together), `none`, or a column whose rows are.
    public var cells: String?
    /// `optimal`, or a point through which inputs rise together; the middle of the runs unless given.
    public var path: String?
    /// The recipe that others are measured against; the best at the first target unless given.
    public var baseline: String?
    /// `lower` or `higher`: what is better. As the law says, else lower.
    public var better: String?
    /// How many draws; 2,000 unless given.
    public var draws: Int?

    public init(fit: FitRequest, by: String) {
        self.fit = fit
        self.by = by
    }
}
