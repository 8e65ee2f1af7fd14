// An interval with its probability, whose ends may be open.

/// A confidence interval of a number that follows from the parameters.
public struct ConfidenceInterval: Hashable, Sendable {
    /// Where an interval ends.
    public enum End: Hashable, Sendable {
        case at(Double)
        /// The data set no end here; a bound of the parameters, or of the quantity itself, does.
        case bound(Double)
        /// The data set no end here, and nothing else does.
        case unbounded

        /// The number where it ends, if it ends.
        public var value: Double? {
            switch self {
            case .at(let value), .bound(let value): value
            case .unbounded: nil
            }
        }
    }

    public let lower: End
    public let upper: End
    /// The probability, between 0 and 1.
    public let level: Double

    public init(lower: End, upper: End, level: Double) {
        self.lower = lower
        self.upper = upper
        self.level = level
    }

    /// Whether the data set both ends.
    public var isSetByData: Bool {
        if case .at = lower, case .at = upper { return true }
        return false
    }

    public func contains(_ value: Double) -> Bool {
        (lower.value.map { $0 <= value } ?? true) && (upper.value.map { value <= $0 } ?? true)
    }
}
