// A plan: the best allocation of a budget, how sure it is, and what it costs to be off.

import Fitting
import Formulas

/// The best choice of inputs, with what follows from it.
public struct Plan: Sendable {
    /// A number with its interval, where one is known.
    public struct Value: Hashable, Sendable {
        public var value: Double
        public var lower: Double?
        public var upper: Double?

        public init(_ value: Double, lower: Double? = nil, upper: Double? = nil) {
            (self.value, self.lower, self.upper) = (value, lower, upper)
        }
    }

    /// What the plan says of one input.
    public struct Choice: Hashable, Sendable {
        public enum Role: String, Hashable, Sendable {
            case free, fixed, tied
            /// The fixed input that stands in place of a budget.
            case anchor
        }

        public let input: LawInput
        public var role: Role
        public var value: Value
        /// d ln x / d ln C along the frontier; nil for a fixed input.
        public var exponent: Value?
        /// `max` or `min` where the input stands at a limit that was given.
        public var limit: String?

        /// How many times outside of the fitted range it lies; 1 inside, nil where no range is known.
        public var distance: Double? {
            input.range == .none ? nil : Extrapolation.factor(of: value.value, outside: input.range)
        }
    }

    /// A model of another size than the best.
    public struct Detour: Hashable, Sendable {
        /// By what the size is multiplied.
        public let factor: Double
        public let size: Double
        /// The law's value at the same cost, all else chosen anew; nil where there is no such choice.
        public let response: Double?
        /// By what the cost must be multiplied to reach the best value with this size; nil where no cost does.
        public let costFactor: Double?
    }

    public let law: Law
    public let set: String?
    public let goal: PlanOptions.Goal
    /// The formula of the cost; nil where nothing costs anything.
    public let cost: Formula?
    /// Every numeric input, in the order of the law.
    public var choices: [Choice]
    public let labels: [String: String]
    public var response: Value
    /// What the choice costs, in the unit of the cost.
    public var spent: Value
    /// The operations of training alone, 6·N·D, where that is what the cost is made of.
    public var training: Value?
    /// Tokens per parameter, where the law has both.
    public var ratio: Value?
    /// How often the data are seen, where their number is limited.
    public var epochs: Value?
    /// Which input the detours change.
    public var detourInput: String?
    public var detours: [Detour] = []
    public let level: Double
    /// Where intervals come from; nil without.
    public var source: IntervalSource?
    /// Draws that intervals come from, and those of them without an optimum.
    public var draws: (used: Int, without: Int)?
    public let isClosedForm: Bool
    /// How many different optima the search met: more than one means a law with several valleys.
    public var optima = 1
    /// The input along which the law is better still, at an end or without end; nil for most.
    public var runsAway: String?
    /// Of the best size, where shapes say what it costs; layers and heads need not be whole.
    public var shape: ModelShape?
    /// What widened the interval of the law's value; nil where nothing did.
    public var calibration: Calibration?
    /// What names and counts mean: `6*N*D`, parameters with embeddings.
    public var conventions: [String] = []
    public var warnings: [Warning] = []

    /// What a detour gives away of the law's value at the same cost; nil where it has none.
    public func lost(_ detour: Detour) -> Double? {
        detour.response.map { (law.response?.direction == .increase ? -1 : 1) * ($0 - response.value) }
    }

    /// The choice of an input, or nil.
    public subscript(name: String) -> Choice? { choices.first { $0.input.name == name } }
}
