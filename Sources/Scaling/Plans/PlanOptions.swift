// What a plan is asked for.

import Fitting
import Formulas

/// What may be spent, what is held, and what limits the choice.
public struct PlanOptions: Sendable {
    /// What decides how large the plan is.
    public enum Goal: Hashable, Sendable {
        /// The least loss for so much, in the unit of the cost: FLOP by default.
        case budget(Double)
        /// The least cost for this value of the law.
        case response(Double)
        /// Neither: an input that is fixed says how large, or the law has an optimum of its own.
        case none
    }

    public var goal: Goal
    /// Inputs that are held: numbers and labels.
    public var fixed: [String: Point.Value] = [:]
    /// Inputs that are an expression of others: `D = 20*N`.
    public var ties: [String: Formula] = [:]
    /// Tokens per parameter, where they are held.
    public var ratio: Double?
    /// The least and the most of an input.
    public var bounds: [String: Bound] = [:]
    /// The most parameters.
    public var mostParameters: Double?
    /// What a choice of inputs costs; nil for 6·N·D, or the law's own compute.
    public var cost: Formula?
    /// Shapes whose exact operations are the cost, in place of 6·N·D; not with ``cost``.
    public var shapes: ShapeFamily?
    /// Comparisons that must hold: `2*N <= 80e9`.
    public var limits: [Formula] = []
    /// Tokens that the trained model will read and write; each costs 2·N (Sardana et al. 2024).
    public var inferenceTokens: Double?
    /// Different tokens at hand; more training repeats them (Muennighoff et al. 2023).
    public var uniqueTokens: Double?
    /// Inputs that are whole numbers.
    public var whole: [String] = []
    /// The coefficients' set; nil takes the saved fit, else the default set.
    public var set: String?
    public var level = 0.95
    /// Nil takes draws where the law has them, and widens the law's value by its calibration where it has one.
    public var source: IntervalSource?
    /// Whether closed forms are used where there are any; tests compare both.
    package var usesClosedForms = true
    public var vectorLevel = VectorLevel.best

    public init(_ goal: Goal) { self.goal = goal }
}
