// How many independent rows the rows of one curve are worth.

import Fitting

/// The first-order autocorrelation of residuals in the order of a run.
public struct Autocorrelation: Hashable, Sendable {
    /// ρ, between 0 and 0.98: Σ rᵢ rᵢ₋₁ / Σ rᵢ², plus (1 + 3ρ)/n for its bias in short series (Kendall 1954).
    public let coefficient: Double

    /// How many rows in a row count as one: (1 + ρ)/(1 − ρ), as for the mean of a first-order autoregression.
    public var time: Double { (1 + coefficient) / (1 - coefficient) }

    public init(_ residuals: [Double]) {
        let count = Double(residuals.count)
        let squares = residuals.reduce(0) { $0 + $1 * $1 }
        let products = zip(residuals.dropFirst(), residuals).reduce(0) { $0 + $1.0 * $1.1 }
        guard squares > 0, count > 2 else {
            coefficient = 0
            return
        }
        let plain = products / squares
        coefficient = min(max(plain + (1 + 3 * plain) / count, 0), 0.98)
    }
}
