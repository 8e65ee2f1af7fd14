// How much wider an interval must be beyond the runs: a form, and the numbers in it learned on public tables.

import Fitting
import Formulas

/// The widening of an interval with distance, as it was learned on tables whose large runs are known.
///
/// A law that is not quite right errs in its slope. At d times the largest fitted scale the error of a prediction on
/// the scale of the residual is taken to have the spread
///
///     s(d)² = τ² (se² + σ² + (rate · b · (ln d + offset))²),
///
/// se being the standard error of the law's value, σ the noise of one run, b how steeply the fitted responses fall a
/// factor e of scale, and τ = t₀.₉₅(n − p)/z₀.₉₅ the price of few degrees of freedom. The interval at 90 % is
/// ± multiple · k · s(d), where k is what the table's own backtest makes of it, see ``Calibration``. Beyond any tested
/// distance it grows on with ln d. At other levels the multiple follows Student's t with `tail` degrees of freedom.
public struct Widening: Hashable, Sendable {
    /// What it is called in law files and reports.
    public var name: String
    /// The share of the slope that is in doubt.
    public var rate: Double
    /// What the doubt is at the edge of the runs, in factors e of scale.
    public var offset: Double
    /// Half the width of a 90 % interval in units of k · s.
    public var multiple: Double
    /// How many own cutoffs the public tables weigh as much as.
    public var priorWeight: Double
    /// The power of the share of runs below a cutoff with which it weighs.
    public var nearness: Double
    /// Degrees of freedom of the tail.
    public var tail: Double

    public init(
        name: String, rate: Double, offset: Double, multiple: Double, priorWeight: Double, nearness: Double,
        tail: Double
    ) {
        self.name = name
        self.rate = rate
        self.offset = offset
        self.multiple = multiple
        self.priorWeight = priorWeight
        self.nearness = nearness
        self.tail = tail
    }

    /// s(d), the spread of an error before the table's own factor; `price` is τ.
    package func spread(
        standardError: Double, noise: Double, slope: Double, distance: Double, price: Double
    ) -> Double {
        let beyond = Elementary.ln(max(distance, 1)) + offset
        let doubt = rate * slope * beyond
        let sum = standardError * standardError + noise * noise + doubt * doubt
        return price * sum.squareRoot()
    }

    /// How much of the widening an interval has: none up to e^−offset times the largest fitted run, all beyond that run.
    ///
    /// Between them it rises as ln d does, so that nothing jumps where the runs end.
    package func ramp(_ distance: Double) -> Double {
        if distance >= 1 || offset <= 0 { return distance > 1 ? 1 : 0 }
        return distance > 0 ? max(0, 1 + Elementary.ln(distance) / offset) : 0
    }

    /// The half width in units of k · s at a level.
    package func multiple(at level: Double) -> Double {
        let tail = StudentT(degreesOfFreedom: tail)
        return multiple * tail.quantile(0.5 + level / 2) / tail.quantile(0.95)
    }

    // τ; without degrees of freedom there is no interval at all.
    package static func price(_ degreesOfFreedom: Double) -> Double {
        guard degreesOfFreedom > 0 else { return .nan }
        return StudentT(degreesOfFreedom: degreesOfFreedom).quantile(0.95) / 1.6448536269514722
    }

    /// k: what own cutoffs say of the spread, weighed against the public tables.
    ///
    /// Of each cutoff the 80th percentile of │residual│/s, in units of that of a normal, gives one factor; ln k is
    /// their weighted mean with 0 at the weight `priorWeight`. k is never below 1: cutoffs that went well among small
    /// runs say little of large ones.
    package func factor(_ own: [BacktestCutoff], runs: Int) -> Double {
        var (sum, weights) = (0.0, priorWeight)
        for cutoff in own {
            let scores = cutoff.tests.map { test in
                test.residual.magnitude / cutoff.spread(test, self)
            }.filter(\.isFinite)
            guard !scores.isEmpty else { continue }
            let size = min(max(Self.percentile80(scores) / 1.2815515655446004, 0.05), 20)
            let weight = Elementary.power(Double(cutoff.runs) / Double(runs), nearness)
            sum += weight * Elementary.ln(size)
            weights += weight
        }
        return max(1, Elementary.exp(sum / weights))
    }

    // Linear between order statistics.
    private static func percentile80(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let place = 0.8 * Double(sorted.count - 1)
        let low = Int(place)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
    }
}
