// The F distribution, for tests of nested models.

/// Fisher's F with `numerator` and `denominator` degrees of freedom, both above zero.
public struct FDistribution: Sendable {
    public let numerator: Double
    public let denominator: Double

    public init(numerator: Double, denominator: Double) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// P(F > f); 1 for f ≤ 0.
    public func probability(above f: Double) -> Double {
        guard f > 0 else { return 1 }
        guard f.isFinite else { return 0 }
        let total = denominator + numerator * f
        return StudentT.incompleteBeta(
            denominator / total, numerator * f / total, denominator / 2, numerator / 2)
    }
}
