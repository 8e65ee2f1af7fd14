// Implicit laws: a value that an equation defines.

/// `solve(x, from, to, left == right)`: the x between the two ends at which both sides are equal.
///
/// left − right must have opposite signs at the ends, and one root between them. Without a change of sign the value is
/// not a number. Derivatives are those of the implicit function theorem, ∂x/∂θ = −(∂g/∂θ)/(∂g/∂x) with
/// g = left − right, for any order; a root does not depend on the ends.
public struct Equation: Hashable, Sendable {
    public let unknown: String
    public let from: Expression
    public let to: Expression
    public let left: Expression
    public let right: Expression

    /// `solve` may stand inside the equation of another one, no deeper.
    static let deepest = 2
}
