// One run that was predicted from smaller ones, and the cutoff that it was predicted across.

import Fitting

/// A run above a cutoff, and what the fit below the cutoff said of it.
public struct BacktestTest: Hashable, Sendable {
    /// The row of the table.
    public let row: Int
    /// Its value of what is cut by, divided by the largest fitted one; above 1.
    public let distance: Double
    /// Observed and predicted response, as they are.
    public let observed: Double
    public let predicted: Double
    /// g(observed) − g(predicted) on the scale g of the fit's residual: above zero where the run came out higher.
    public let residual: Double
    /// The standard error of the law's value there, on the same scale, by the delta method; nil where there is none.
    public let standardError: Double?
}

/// A cutoff: the fit of all runs up to it, and every run above it.
public struct BacktestCutoff: Sendable {
    /// The largest value of all runs divided by each of these lies between the largest fitted run and the next.
    public internal(set) var factors: [Double]
    /// The largest fitted value of what is cut by.
    public let limit: Double
    /// How many runs were fitted, and with how many parameters that no bound held.
    public let runs: Int
    public let parameters: Int
    /// The noise of one run on the scale of the residual, and the degrees of freedom behind it.
    public let noise: Double
    public let degreesOfFreedom: Double
    /// τ of ``Widening``, the price of few degrees of freedom.
    package let price: Double
    /// How steeply the fitted responses fall a factor e of what is cut by, on the scale of the residual.
    public let slope: Double
    /// Whether the fit met its test of convergence.
    public let converged: Bool
    /// In the order of the rows.
    public let tests: [BacktestTest]
    /// The cutoffs below this one, where the plan calibrates.
    public let own: [BacktestCutoff]

    /// k of ``Widening/factor(_:runs:)`` from the runs below this cutoff alone.
    public func factor(_ widening: Widening) -> Double { widening.factor(own, runs: runs) }

    /// s(d) of ``Widening`` for a new run; NaN where there is no standard error.
    package func spread(_ test: BacktestTest, _ widening: Widening) -> Double {
        guard let error = test.standardError else { return .nan }
        return widening.spread(
            standardError: error, noise: noise, slope: slope, distance: test.distance, price: price)
    }

    /// Half the width of the interval that the law alone gives a new run, by the delta method.
    public func plainHalfWidth(_ test: BacktestTest, level: Double) -> Double { plainHalfWidths(level: level)(test) }

    /// The same for many tests: Student's quantile, which costs more than all else, is found once.
    package func plainHalfWidths(level: Double) -> (BacktestTest) -> Double {
        guard degreesOfFreedom > 0 else { return { _ in .nan } }
        let quantile = StudentT(degreesOfFreedom: degreesOfFreedom).quantile(0.5 + level / 2)
        return { test in
            guard let error = test.standardError else { return .nan }
            return quantile * (error * error + noise * noise).squareRoot()
        }
    }
}
