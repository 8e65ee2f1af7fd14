// What a method says of a target.

import Fitting

/// An interval, or the reason for which there is none.
public enum Answer: Hashable, Sendable {
    /// Ends are infinite where the data set no limit. `limited`: an end is a bound of the parameters, not of the data.
    case interval(lower: Double, upper: Double, limited: Bool)
    /// The method says that the data do not determine the number.
    case notIdentified
    /// An interval with an end that the method could not find and left open: it may be too wide.
    case unfinished(lower: Double, upper: Double)
    /// The method has no answer, and does not say why.
    case failed

    /// The engine's interval.
    public init(_ interval: ConfidenceInterval) {
        func isBound(_ end: ConfidenceInterval.End) -> Bool {
            if case .bound = end { return true }
            return false
        }
        self = .interval(
            lower: interval.lower.value ?? -.infinity, upper: interval.upper.value ?? .infinity,
            limited: isBound(interval.lower) || isBound(interval.upper))
        // A parameter that a bound holds has no variance: its interval is a point.
        if case .interval(let lower, let upper, _) = self {
            if !(lower <= upper) {
                self = .failed
            } else if lower == upper {
                self = .interval(lower: lower, upper: upper, limited: true)
            }
        }
    }

    /// Whether the truth is in it. "Not identified" is the whole line and holds everything; a failure holds nothing.
    public func holds(_ truth: Double) -> Bool {
        switch self {
        case .interval(let lower, let upper, _): lower <= truth && truth <= upper
        case .unfinished(let lower, let upper): lower <= truth && truth <= upper
        case .notIdentified: true
        case .failed: false
        }
    }

    /// Whether it says that the data leave the number open: not identified, without an end, or ended by a bound.
    public var isOpen: Bool {
        switch self {
        case .interval(let lower, let upper, let limited): limited || lower.isInfinite || upper.isInfinite
        case .unfinished(let lower, let upper): lower.isInfinite || upper.isInfinite
        case .notIdentified: true
        case .failed: false
        }
    }

    /// Infinite where open, NaN for a failure.
    public var width: Double {
        switch self {
        case .interval(let lower, let upper, _): upper - lower
        case .unfinished(let lower, let upper): upper - lower
        case .notIdentified: .infinity
        case .failed: .nan
        }
    }
}
