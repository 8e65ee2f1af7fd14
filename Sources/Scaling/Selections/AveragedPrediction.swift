// What several laws say together, and how far they are apart.

import Fitting
import Formulas

/// The average of several laws at one point.
public struct AveragedPrediction: Hashable, Sendable {
    /// Of the union of the laws' inputs.
    public let point: Point
    /// g⁻¹(Σ w g(f)): the weighted mean on the scale of the residual.
    public let value: Double
    /// √(Σ w (g(f) − mean)²), on the scale g of the residual.
    public let spread: Double
    /// Nil where a law has none.
    public let interval: Interval?
    /// What each law says, in the order of the ranks.
    public let values: [Double]
    /// Whether every law's interval holds the doubt of extrapolation.
    public let isCalibrated: Bool
}

extension Selection {
    /// The average as a law, with every law that weighs anything.
    public func average(id: String = "the average", title: String = "") -> Law {
        Law(
            average: ranks.filter { $0.weight > 0 }.map { LawMember($0.candidate.law, weight: $0.weight) },
            residual: ranks[0].candidate.specification.residual, id: id, title: title)
    }

    /// The average at points, and every law beside.
    ///
    /// - Parameters:
    ///   - text: points and grids over all inputs of all laws: `N=70B, D=1.4T`.
    ///   - level: the probability of the interval.
    /// - Throws: ``ScalingError`` for points that lack an input of a law.
    public func predict(at text: String, level: Double, interval kind: IntervalKind) throws(ScalingError)
        -> [AveragedPrediction]
    {
        var union = average()
        for input in ranks.flatMap(\.candidate.law.inputs) where union.input(input.name) == nil {
            union.inputs.append(input)
        }
        let points = try Points(text, for: union)
        let found = try union.predict(points, level: level, interval: kind)
        var all: [[Double]] = []
        for rank in ranks {
            all.append(try rank.candidate.law.predict(points.chosen(for: rank.candidate.law), level: level).values)
        }
        return points.indices.map { row in
            AveragedPrediction(
                point: points[row], value: found.values[row], spread: found.averaged?.spreads[row] ?? .nan,
                interval: found[row].interval, values: all.map { $0[row] }, isCalibrated: found.isCalibrated)
        }
    }
}
