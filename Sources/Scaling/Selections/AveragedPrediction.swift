// What several laws say together, and how far they are apart.

import Fitting
import Formulas

/// The average of several laws at one point.
public struct AveragedPrediction: Hashable, Sendable {
    /// Of the union of the laws' inputs.
    public let point: Point
    /// g⁻¹(Σ w g(f)): the weighted mean on the scale of the residual.
    public let value: Double
    /// √(Σ w (g(f) − mean)²), on the scale of the residual.
    public let spread: Double
    /// Nil where a law has none.
    public let interval: Interval?
    /// What each law says, in the order of the ranks.
    public let values: [Double]
    /// Whether every law's interval holds the doubt of extrapolation.
    public let isCalibrated: Bool
}

extension Selection {
    /// The average at points.
    ///
    /// Each law's interval is made as it makes it alone, half width h on the scale of the residual; the average's is
    /// √(Σ w h² + z² · spread²), z being the normal quantile of the level: the variance of a mixture.
    ///
    /// - Parameters:
    ///   - text: points and grids over all inputs of all laws: `N=70B, D=1.4T`.
    ///   - level: the probability of the interval.
    /// - Throws: ``ScalingError`` for points that lack an input of a law.
    public func predict(at text: String, level: Double, interval kind: IntervalKind) throws(ScalingError)
        -> [AveragedPrediction]
    {
        var union = Law(id: "the average", title: "")
        for input in ranks.flatMap(\.candidate.law.inputs) where union.input(input.name) == nil {
            union.inputs.append(input)
        }
        let points = try Points(text, for: union)
        var all: [Predictions] = []
        for rank in ranks {
            let law = rank.candidate.law
            let own = Points(
                count: points.count, names: law.inputs.map(\.name),
                numbers: points.numbers.filter { law.input($0.key) != nil },
                labels: points.labels.filter { law.input($0.key) != nil })
            all.append(try law.predict(own, level: level, interval: kind))
        }
        let scale = ranks[0].candidate.specification.residual
        let z = StudentT(degreesOfFreedom: .infinity).quantile(0.5 + level / 2)
        return points.indices.map { row in
            let values = all.map { $0.values[row] }
            let transformed = values.map(scale.transformed)
            let mean = zip(ranks, transformed).reduce(0) { $0 + $1.0.weight * $1.1 }
            var (between, within) = (0.0, 0.0)
            for (place, rank) in ranks.enumerated() {
                between += rank.weight * (transformed[place] - mean) * (transformed[place] - mean)
                let upper = all[place][row].interval.map { scale.transformed($0.upper) } ?? .nan
                within += rank.weight * (upper - transformed[place]) * (upper - transformed[place])
            }
            let half = (within + z * z * between).squareRoot()
            let interval =
                half.isFinite
                ? Interval(
                    lower: scale.restored(mean - half), upper: scale.restored(mean + half), level: level, kind: kind)
                : nil
            return AveragedPrediction(
                point: points[row], value: scale.restored(mean), spread: between.squareRoot(), interval: interval,
                values: values, isCalibrated: all.allSatisfy { $0.calibration != nil })
        }
    }
}
