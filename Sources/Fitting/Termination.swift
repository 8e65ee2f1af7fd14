// How a fit ended: every stop is an inequality with both of its numbers.

import Formulas

/// The reason for which a solver stopped.
public struct Termination: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable, Codable {
        /// The decrease that a further Newton step promises is negligible.
        case converged
        /// The objective is zero to rounding: the formula passes through every point.
        case exact
        /// At a corner of the loss: every multiplier of a point passed through lies within its limits.
        case corner
        /// No step decreases the objective although the gradient promises it.
        case stalled
        case iterationLimit = "iteration-limit"
    }

    public let reason: Reason
    /// The left side of the inequality.
    public let value: Double
    /// The right side; for a Newton step 1e-12 of the objective, or its rounding where that is more.
    public let limit: Double
    public internal(set) var iterations: Int

    package init(reason: Reason, value: Double, limit: Double, iterations: Int) {
        self.reason = reason
        self.value = value
        self.limit = limit
        self.iterations = iterations
    }

    /// Whether the stop certifies a local minimum.
    public var isConverged: Bool { reason == .converged || reason == .exact || reason == .corner }

    /// The inequality in words.
    public var statement: String {
        let (left, right) = (Self.short(value), Self.short(limit))
        return switch reason {
        case .converged: "a Newton step promises to lower the objective by \(left) ≤ \(right)"
        case .exact: "objective \(left) ≤ \(right): the formula passes through every point"
        case .corner: "largest multiplier of a point passed through \(left) ≤ \(right)"
        case .stalled where value.isInfinite: "no step decreases the objective, and nothing certifies a minimum"
        case .stalled: "no step decreases the objective; a Newton step promises to lower it by \(left) > \(right)"
        case .iterationLimit where value.isInfinite: "\(iterations) iterations, and no minimum in sight"
        case .iterationLimit: "\(iterations) iterations; a Newton step promises to lower it by \(left) > \(right)"
        }
    }

    private static func short(_ value: Double) -> String { Numeral.scientific(value, digits: 3) }
}
