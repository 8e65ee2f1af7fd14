// The scale on which a residual is taken. It is stated once, in the problem; every report prints it.

import Formulas

/// The scale g of a residual r = g(observed) − g(predicted).
public enum Residual: String, Hashable, Sendable, CaseIterable {
    /// g(y) = y.
    case raw
    /// g(y) = ln y; both sides must be above zero.
    case log
    /// g(y) = ln(y / (1 − y)); both sides must lie between 0 and 1.
    case logit

    /// g(y), NaN outside of its domain.
    public func transformed(_ y: Double) -> Double {
        switch self {
        case .raw: y
        case .log: y > 0 ? Elementary.ln(y) : .nan
        case .logit: y > 0 && y < 1 ? Elementary.ln(y) - Elementary.log1p(-y) : .nan
        }
    }

    /// g⁻¹(z).
    public func restored(_ z: Double) -> Double {
        switch self {
        case .raw: z
        case .log: Elementary.exp(z)
        case .logit: 1 / (1 + Elementary.exp(-z))
        }
    }
}
