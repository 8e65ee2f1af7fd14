// A power law through the bottoms of valleys: a straight line of logarithms, weighted by how sure each is.

import Fitting
import Formulas

/// ln y = ln k + a ln C by weighted least squares.
public struct FrontierLine: Hashable, Sendable {
    public let exponent: Double
    /// The standard error of the exponent, with the scatter about the line where that is larger than the noise.
    public let standardError: Double
    public let lower: Double
    public let upper: Double
    /// ln k.
    public let logCoefficient: Double
    /// Budgets on the line.
    public let count: Int
    /// χ² over its degrees of freedom: above 1 the bottoms scatter more than their noise explains.
    public let scatter: Double

    /// - Parameters:
    ///   - errors: the standard deviation of each ln y; all equal weigh the same.
    ///   - Returns: nil for fewer than three points, or all at one budget.
    init?(_ budgets: [Double], _ values: [Double], errors: [Double], level: Double) {
        let n = budgets.count
        guard n >= 3 else { return nil }
        let weights = errors.map { 1 / ($0 * $0) }
        let total = weights.reduce(0, +)
        func mean(_ numbers: [Double]) -> Double { weights.dot(numbers) / total }
        let (x, y) = (budgets.map(Elementary.ln), values.map(Elementary.ln))
        let (mx, my) = (mean(x), mean(y))
        var (xx, xy) = (0.0, 0.0)
        for k in 0..<n {
            xx += weights[k] * (x[k] - mx) * (x[k] - mx)
            xy += weights[k] * (x[k] - mx) * (y[k] - my)
        }
        guard xx > 0, total.isFinite else { return nil }
        exponent = xy / xx
        logCoefficient = my - exponent * mx
        var squares = 0.0
        for k in 0..<n {
            let residual = y[k] - my - exponent * (x[k] - mx)
            squares += weights[k] * residual * residual
        }
        count = n
        scatter = squares / Double(n - 2)
        standardError = (max(1, scatter) / xx).squareRoot()
        let t = StudentT(degreesOfFreedom: Double(n - 2)).quantile(0.5 + level / 2)
        (lower, upper) = (exponent - t * standardError, exponent + t * standardError)
    }

    /// The line's value at a budget.
    public func value(_ budget: Double) -> Double {
        Elementary.exp(logCoefficient + exponent * Elementary.ln(budget))
    }
}
