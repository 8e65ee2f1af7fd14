// What is asked about the firmness of an answer.

/// A request for what becomes of an answer when the fit is made otherwise, and when runs are left out.
public struct SensitivityRequest: Codable, Hashable, Sendable {
    /// The law, the table and how it is fitted, as of a fit. `profiles`, `bootstrap`, `intervals` and `save` have no
    /// meaning here.
    public var fit: FitRequest
    /// Formulas of parameters: `beta/(alpha+beta)`. With neither answers nor points the exponents are asked for.
    public var answers: [String]?
    /// Points and grids at which the law's value is asked for.
    public var at: [String]?
    /// A column whose rows are left out together: the checkpoints of a run.
    public var group: String?
    /// How many runs are shown, and how many an influential set may have; 5 unless given.
    public var runs: Int?

    public init(fit: FitRequest) { self.fit = fit }
}
