// What the symbols of a law mean: inputs, response, parameters, and how the law is fitted.

import Fitting
import Formulas

/// A column that the formula of a law reads.
public struct LawInput: Hashable, Sendable {
    public var name: String
    public var meaning: String?
    /// The unit; `label` for text.
    public var unit: String?
    /// Which parameters are counted (`all`, `non-embedding`, `active`), or which compute (`6ND`, `exact`).
    public var counting: String?
    /// Where the law was fitted; ``Bound/none`` where that is not known.
    public var range: Bound
    /// What the input stood for in the table of a saved fit, where that had another name.
    public var column: Formula?

    public init(
        _ name: String, meaning: String? = nil, unit: String? = nil, counting: String? = nil, range: Bound = .none,
        column: Formula? = nil
    ) {
        self.name = name
        self.meaning = meaning
        self.unit = unit
        self.counting = counting
        self.range = range
        self.column = column
    }

    /// Whether the input is text.
    public var isLabel: Bool { unit == "label" }
}

/// What a law predicts.
public struct LawResponse: Hashable, Sendable {
    public enum Direction: String, Hashable, Sendable, CaseIterable {
        /// Less is better: a loss.
        case decrease
        /// More is better: an accuracy.
        case increase
    }

    /// As it stands left of `~`.
    public var name: String
    public var meaning: String?
    public var unit: String?
    public var direction: Direction?
    /// What the response stood for in the table of a saved fit, where that had another name.
    public var column: Formula?

    public init(
        _ name: String, meaning: String? = nil, unit: String? = nil, direction: Direction? = nil,
        column: Formula? = nil
    ) {
        self.name = name
        self.meaning = meaning
        self.unit = unit
        self.direction = direction
        self.column = column
    }
}

/// What a law says of one of its parameters.
public struct LawParameter: Hashable, Sendable {
    /// `alpha`, or `E[C4]` for one value of an indexed parameter.
    public var name: String
    public var meaning: String?
    public var bound: Bound
    /// The value that the parameter is held at.
    public var fixed: Double?
    public var start: Double?
    /// The expression of other parameters that stands for this one.
    public var tie: Formula?

    public init(
        _ name: String, meaning: String? = nil, bound: Bound = .none, fixed: Double? = nil, start: Double? = nil,
        tie: Formula? = nil
    ) {
        self.name = name
        self.meaning = meaning
        self.bound = bound
        self.fixed = fixed
        self.start = start
        self.tie = tie
    }
}

/// How a law is fitted unless told otherwise, and how a saved fit was.
public struct LawFitting: Hashable, Sendable {
    /// Nil where the law does not say: squared.
    public var loss: Loss?
    /// Nil where the law does not say: raw.
    public var residual: Residual?
    /// An expression of columns, one weight a row.
    public var weights: Formula?
    public var weightMeaning: WeightMeaning?
    /// Only rows where this holds are fitted.
    public var condition: Formula?
    /// What was known of parameters before the data.
    public var priors: [Prior] = []
    /// The schedules of the runs of a saved fit, as they were typed: `column rate=lr`, `run-7=cosine peak=3e-4 steps=24k`.
    public var schedules: [String] = []
    /// In words, what the source did.
    public var recipe: String?

    public init() {}
}
