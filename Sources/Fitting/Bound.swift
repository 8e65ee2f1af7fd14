// The range that a parameter may take.

import Formulas

/// A closed range of a parameter, open to either side: `0..`, `..2`, `0.1..0.9`.
public struct Bound: Hashable, Sendable {
    public let lower: Double
    public let upper: Double

    /// No bound at all.
    public static let none = Bound(lower: -.infinity, upper: .infinity)

    /// - Precondition: `lower` ≤ `upper`.
    public init(lower: Double = -.infinity, upper: Double = .infinity) {
        precondition(lower <= upper, "a bound runs from its lower to its upper end")
        self.lower = lower
        self.upper = upper
    }

    /// A bound written `0..`, `..2` or `0.1..0.9`, or nil.
    public init?(_ text: String) {
        guard let dots = text.firstRange(of: "..") else { return nil }
        let (low, high) = (text[..<dots.lowerBound], text[dots.upperBound...])
        let lower = low.isEmpty ? -Double.infinity : Quantity.parse(low)
        let upper = high.isEmpty ? Double.infinity : Quantity.parse(high)
        guard let lower, let upper, lower <= upper, !(low.isEmpty && high.isEmpty) else { return nil }
        self.init(lower: lower, upper: upper)
    }

    public func contains(_ value: Double) -> Bool { value >= lower && value <= upper }

    func clamped(_ value: Double) -> Double { min(max(value, lower), upper) }
}

extension Bound: CustomStringConvertible {
    public var description: String {
        let low = lower == -.infinity ? "" : Expression.decimal(lower)
        return low + ".." + (upper == .infinity ? "" : Expression.decimal(upper))
    }
}
