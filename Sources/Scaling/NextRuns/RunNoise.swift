// How much one run scatters.

import Fitting
import Formulas

/// The noise of one run, on the scale of the residual.
public struct RunNoise: Hashable, Sendable {
    public let value: Double
    /// Where it was taken from: `given`, `assumed`, `residuals`, `3 configurations run again`.
    public let source: String
    /// Whether it is known beside the residuals, whose scatter about a wrong law would count as noise.
    var isKnown: Bool { source != Self.fromResiduals }

    /// The share of the response that a run is taken to scatter by before any residual is seen, and how many residuals
    /// that counts for: of seven runs of five parameters the residuals say next to nothing.
    static let usual = 0.005
    static let weight = 4.0

    private static let fromResiduals = "residuals"

    init(given value: Double) { (self.value, source) = (value, "given") }

    init(assumed value: Double) { (self.value, source) = (value, "assumed") }

    /// That of repeated runs, which no wrong law can inflate; else that of the residuals, weighed against half a per cent.
    init(_ fit: Fit) {
        if let repeated = RepeatedRuns(fit.problem) {
            (value, source) = (repeated.noise, "\(repeated.groups) configurations run again")
            return
        }
        var size = 1.0
        if fit.problem.residual == .raw {
            let predictions = fit.predictions()
            size = predictions.reduce(0) { $0 + $1.magnitude } / Double(max(1, predictions.count))
        }
        let freedom = max(0, fit.degreesOfFreedom)
        let known = fit.noise.isFinite ? fit.noise : 0
        let prior = Self.usual * size
        value = ((Self.weight * prior * prior + freedom * known * known) / (Self.weight + freedom)).squareRoot()
        source = Self.fromResiduals
    }
}
