// From the variance that runs leave to the interval that is expected then.

import Fitting
import Formulas

/// How sure a target will be once some runs are in.
struct RunOutlook {
    let wanted: RunWanted
    /// Nil where a fit says nothing of errors, and where there is none.
    let anchor: RunAnchor?
    let level: Double
    /// Runs less parameters; below zero before there are enough.
    let degreesOfFreedom: Double
    /// The variance without any more runs, in the units in which later ones are given.
    let first: Double
    /// What the variance of one run is where nothing is anchored, with what the loss makes of it.
    let noise: Double

    /// - Parameters:
    ///   - variance: see ``RunPrecision/variance``.
    ///   - believed: the variance by belief, in place of the former where runs are too few to have any.
    ///   - doubt: the variance that the doubt about the law adds.
    ///   - runs: how many more there are.
    ///   - farthest: the largest of these runs on the scale of a calibration.
    func sureness(_ variance: Double, believed: Double, doubt: Double, runs: Int, farthest: Double = 0)
        -> NextRuns.Sureness
    {
        let added = Double(runs)
        guard let anchor else {
            let freedom = degreesOfFreedom + added
            let own = variance.isFinite && freedom > 0 ? noise * variance : believed
            let error = own.squareRoot()
            let hedged = (own + doubt).squareRoot()
            guard freedom > 0 else {
                return NextRuns.Sureness(standardError: error, doubt: hedged, interval: nil, hedgedInterval: nil)
            }
            let t = StudentT(degreesOfFreedom: freedom).quantile(0.5 + level / 2)
            return NextRuns.Sureness(
                standardError: error, doubt: hedged, interval: interval(t * error, t * error),
                hedgedInterval: interval(t * hedged, t * hedged))
        }
        let left = first > 0 && first.isFinite && variance.isFinite ? (variance / first).squareRoot() : 1
        let error = anchor.standardError * left
        let freedom = anchor.degreesOfFreedom + added
        let t = Self.quantile(anchor.isDrawn ? .infinity : freedom, level)
        let before = Self.quantile(anchor.isDrawn ? .infinity : anchor.degreesOfFreedom, level)
        let shrunk = left * t / before
        let (low, high) = (anchor.below * shrunk, anchor.above * shrunk)
        func doubted(_ end: Double) -> Double { (end * end + t * t * doubt).squareRoot() }
        var widened = 0.0
        var ramp = 0.0
        if let (calibration, distance) = anchor.widening {
            let now = distance * min(1, calibration.limit / max(farthest, calibration.limit))
            ramp = calibration.widening.ramp(now)
            widened = calibration.halfWidth(
                level: level, standardError: error, noise: 0, distance: now, degreesOfFreedom: freedom)
        }
        // As a prediction is widened: never narrower than the plain interval.
        func wide(_ end: Double) -> Double { end + ramp * max(0, widened - end) }
        return NextRuns.Sureness(
            standardError: error, doubt: (error * error + doubt).squareRoot(),
            interval: interval(wide(low), wide(high)),
            hedgedInterval: interval(max(doubted(low), wide(low)), max(doubted(high), wide(high))))
    }

    private static func quantile(_ freedom: Double, _ level: Double) -> Double {
        freedom > 0 ? StudentT(degreesOfFreedom: freedom).quantile(0.5 + level / 2) : .nan
    }

    private func interval(_ below: Double, _ above: Double) -> ConfidenceInterval {
        let z = wanted.scale.transformed(wanted.value)
        return ConfidenceInterval(
            lower: .at(wanted.scale.restored(z - below)), upper: .at(wanted.scale.restored(z + above)), level: level)
    }
}

extension Loss {
    /// By how much the variance of a parameter exceeds that of least squares where the noise is normal: E ψ²/(σ² (E ψ′)²)
    /// with ψ the derivative of the loss (Huber 1964). 1 for squared loss, π/2 for absolute loss.
    func varianceRatio(noise: Double) -> Double {
        let normal = StudentT(degreesOfFreedom: .infinity)
        func density(_ z: Double) -> Double { Elementary.exp(-0.5 * z * z) / (2 * Double.pi).squareRoot() }
        switch self {
        case .squared: return 1
        case .absolute: return Double.pi / 2
        case .quantile(let q):
            let height = density(normal.quantile(q))
            return q * (1 - q) / (height * height)
        case .huber(let delta):
            guard noise > 0, delta > 0 else { return 1 }
            let c = delta / noise
            let inside = 1 - 2 * normal.probability(below: -c)
            // Below this the threshold is a corner, and the quotient of two small numbers says nothing.
            if inside < 1e-6 { return Double.pi / 2 }
            let outside = 2 * normal.probability(below: -c)
            return (inside - 2 * c * density(c) + c * c * outside) / (inside * inside)
        }
    }
}
