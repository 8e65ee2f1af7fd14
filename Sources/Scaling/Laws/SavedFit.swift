// What a law keeps of the fit that gave its estimates.

import Fitting
import Formulas

/// The outcome of a fit, as it is saved with a law.
///
/// How it was fitted stands in ``Law/fitting``, bounds, fixed values and ties in ``Law/parameters``, columns and the
/// domain in ``Law/inputs``: one place a fact.
public struct SavedFit: Hashable, Sendable {
    public var estimates: Estimates
    /// The objective at the estimates, a sum over rows.
    public var objective: Double
    /// The rows that were fitted; with frequency weights the sum of their weights.
    public var observations: Double
    /// The rows that were not fitted, with their reasons.
    public var omissions: [Omission]
    /// The name of the table.
    public var table: String
    /// The standard deviation of a residual on the residual's scale; nil where it is not known.
    public var noise: Double?
    /// What `noise` was measured from: `residuals`, or `12 repeated runs`.
    public var noiseSource: String?
    /// The part of the noise that evaluating one run twice shows, on the residual's scale; nil where it is not known.
    public var evaluationNoise: Double?
    /// Profiles of the parameters and of what else was asked for.
    public var profiles: [SavedProfile] = []
    /// The draws of a bootstrap, through which every later interval is pushed.
    public var draws: Draws?
    /// The direction in which the fitted runs vary least.
    public var weakDirection: WeakDirection?
    /// What a backtest taught the intervals of predictions.
    public var calibration: Calibration?
    /// How the search ended, as an inequality in words.
    public var termination: String
    public var warnings: [Warning]
    public var seed: UInt64
    /// The version of the program that fitted.
    public var version: String

    public init(
        estimates: Estimates, objective: Double, observations: Double, omissions: [Omission] = [], table: String,
        noise: Double? = nil, termination: String, warnings: [Warning] = [], seed: UInt64, version: String
    ) {
        self.estimates = estimates
        self.objective = objective
        self.observations = observations
        self.omissions = omissions
        self.table = table
        self.noise = noise
        self.termination = termination
        self.warnings = warnings
        self.seed = seed
        self.version = version
    }

    /// √covariance[k, k], in the order of the estimates.
    public var standardErrors: [Double]? { estimates.standardErrors }
}
