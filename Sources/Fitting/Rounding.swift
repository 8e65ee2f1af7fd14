// What rounding leaves uncertain of an objective: below it no comparison can tell.

extension Objective {
    /// What rounding of the predictions leaves uncertain of an objective of this value: 8 ε √(value · Σ g(y)²), since a
    /// residual is only known to ε |g(y)|.
    func rounding(_ value: Double) -> Double { 8 * 0x1p-53 * (value * responseSquares).squareRoot() + 1e-15 * value }

    /// The objective of residuals that are rounding alone: 1e-28 of that of the response itself, for squares.
    var roundingFloor: Double {
        switch problem.loss {
        case .squared: 1e-28 * responseSquares
        case .huber: 0.5e-28 * responseSquares
        case .absolute, .quantile: 1e-14 * (responseSquares * Double(problem.response.count)).squareRoot()
        }
    }
}
