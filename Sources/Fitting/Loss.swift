// What is minimised: the loss of a residual.

import Formulas

/// The loss ρ of a residual r = observed − predicted; the objective is its weighted sum over rows.
///
/// `squared` and `absolute` are sums of r² and |r| without a factor ½; `huber` is r²/2 inside δ (Huber 1964), as the
/// field writes it.
public enum Loss: Hashable, Sendable {
    /// r².
    case squared
    /// r²/2 where |r| ≤ δ, else δ(|r| − δ/2).
    case huber(Double)
    /// |r|.
    case absolute
    /// q·r for r ≥ 0 and (q − 1)·r below.
    case quantile(Double)

    /// The loss written as on the command line: `squared`, `huber:1e-3`, `absolute`, `quantile:0.9`.
    ///
    /// - Throws: ``FitError/unusableOption(_:value:reason:)``.
    public init(_ text: String) throws(FitError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let value = parts.count == 2 ? Quantity.parse(parts[1]) : nil
        switch parts[0] {
        case "squared" where parts.count == 1: self = .squared
        case "absolute" where parts.count == 1: self = .absolute
        case "huber":
            guard let value, value > 0, value.isFinite else {
                throw .unusableOption("--loss", value: text, reason: "huber needs a threshold above zero: huber:1e-3")
            }
            self = .huber(value)
        case "quantile":
            guard let value, value > 0, value < 1 else {
                throw .unusableOption(
                    "--loss", value: text, reason: "quantile needs a number between 0 and 1: quantile:0.9")
            }
            self = .quantile(value)
        default:
            throw .unusableOption(
                "--loss", value: text, reason: "a loss is squared, huber:δ, absolute or quantile:q")
        }
    }

    /// Whether the loss has a corner at zero, so that an optimum passes through some points exactly.
    var hasCorner: Bool {
        switch self {
        case .squared, .huber: false
        case .absolute, .quantile: true
        }
    }

    /// The slopes of a loss with a corner, above and below zero.
    var slopes: (up: Double, down: Double) {
        if case .quantile(let q) = self { return (q, 1 - q) }
        return (1, 1)
    }
}

extension Loss: CustomStringConvertible {
    public var description: String {
        switch self {
        case .squared: "squared"
        case .huber(let delta): "huber:\(Expression.decimal(delta))"
        case .absolute: "absolute"
        case .quantile(let q): "quantile:\(Expression.decimal(q))"
        }
    }
}
