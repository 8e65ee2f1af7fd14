// How many independent rows the rows of one curve are worth.

import Fitting

/// The first-order autocorrelation of residuals in the order of a run.
public struct Autocorrelation: Hashable, Sendable {
    /// ρ, between 0 and 0.98: Σ rᵢ rᵢ₋₁ / Σ rᵢ², plus (1 + 3ρ)/n for its bias in short series (Kendall 1954), n the rows
    /// of a run; of several runs both sums go over all of them, and n is their mean.
    public let coefficient: Double

    /// How many rows in a row count as one: (1 + ρ)/(1 − ρ), as for the mean of a first-order autoregression.
    public var time: Double { (1 + coefficient) / (1 - coefficient) }

    public init(_ residuals: [Double]) { self.init(runs: [residuals]) }

    /// - Parameter runs: the residuals of each, in the order of its steps.
    public init(runs: [[Double]]) {
        let count = Double(runs.reduce(0) { $0 + $1.count }) / Double(max(1, runs.count))
        let squares = runs.reduce(0) { $1.reduce($0) { $0 + $1 * $1 } }
        let products = runs.reduce(0) { sum, run in zip(run.dropFirst(), run).reduce(sum) { $0 + $1.0 * $1.1 } }
        guard squares > 0, count > 2 else {
            coefficient = 0
            return
        }
        let plain = products / squares
        coefficient = min(max(plain + (1 + 3 * plain) / count, 0), 0.98)
    }
}
