// Draws pushed through a law: what a bootstrap says of predictions.

import Fitting
import Formulas

extension Predictor {
    /// What draws say of the law's value at every point.
    struct Spread {
        /// The standard deviation of the draws on the scale of the residual.
        var errors: [Double]
        /// Nil where an observation was asked for and its noise is not known.
        var lower: [Double]?
        var upper: [Double]?
    }

    /// Percentiles of the law's value over draws of its coefficients, block by block of points.
    ///
    /// - Parameters:
    ///   - noise: the standard deviation of what is added to every draw, on the scale of the residual; nil where it is
    ///     not known.
    ///   - seed: of that noise. One normal number a draw, the same at every point.
    func spread(of draws: Draws, level: Double, noise: Double?, scale: Residual, seed: UInt64) -> Spread {
        var random = RandomSource(seed: seed)
        let added = (0..<draws.count).map { _ in (noise ?? 0) == 0 ? 0 : (noise ?? 0) * random.normal() }
        var spread = Spread(errors: [], lower: noise == nil ? nil : [], upper: noise == nil ? nil : [])
        values(ofDraws: draws) { block in
            for values in block {
                let plain = DrawnDistribution(values.map(scale.transformed), estimate: .nan)
                spread.errors.append(plain.standardError)
                guard noise != nil else { continue }
                let whole =
                    noise == 0
                    ? plain
                    : DrawnDistribution(zip(values, added).map { scale.transformed($0) + $1 }, estimate: .nan)
                spread.lower?.append(scale.restored(whole.quantile((1 - level) / 2)))
                spread.upper?.append(scale.restored(whole.quantile((1 + level) / 2)))
            }
        }
        return spread
    }
}
