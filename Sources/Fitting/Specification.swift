// What to fit, before any table is seen: everything that the options of a fit can say.

import Formulas

/// A formula with everything that says how to fit it. Bound to a table it becomes a ``Problem``.
public struct Specification: Sendable {
    public var formula: Formula
    /// What a name of the formula stands for: a column, or an expression of columns (`D` = `flops/(6*params)`).
    public var columns: [String: Formula] = [:]
    /// Names that are columns by declaration of a law, with the unit that a message quotes; none of them may turn
    /// into a parameter because the table lacks it.
    public var declaredInputs: [String: String] = [:]
    /// Only rows where this holds are fitted.
    public var condition: Formula?
    public var loss: Loss = .squared
    public var residual: Residual = .raw
    /// An expression of columns, one weight a row.
    public var weights: Formula?
    public var weightMeaning: WeightMeaning = .precision
    /// By parameter (`A`), or by one value of an indexed parameter (`E[C4]`).
    public var bounds: [String: Bound] = [:]
    public var fixed: [String: Double] = [:]
    /// A parameter that is an expression of others: `alpha` = `beta`.
    public var ties: [String: Formula] = [:]
    /// Start values; where any is given, the fit starts there and nowhere else.
    public var starts: [String: Double] = [:]
    /// What is known of parameters beforehand.
    public var priors: [Prior] = []
    /// The learning rate of every step, counted from 0, of each schedule that a label names.
    public var schedules: [String: [Double]] = [:]
    /// How wide the arithmetic runs; the result does not depend on it.
    public var level: VectorLevel = .best

    public init(formula: Formula) { self.formula = formula }
}

/// What a weight says.
public enum WeightMeaning: String, Hashable, Sendable, CaseIterable {
    /// The inverse variance of the row's noise, up to a common factor. The number of observations is that of the rows.
    case precision
    /// How many equal rows this one stands for. The number of observations is the sum of the weights.
    case frequency
}
