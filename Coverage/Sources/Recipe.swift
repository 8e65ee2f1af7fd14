// How a world is fitted: loss, scale of the residual, bounds.

import Fitting
import Formulas

/// A way of fitting that people use, under a name.
public struct Recipe: Hashable, Sendable {
    public let name: String
    public let loss: Loss
    public let residual: Residual
    /// Whether E, A, B and the exponents are kept from falling below zero.
    public let isBounded: Bool

    /// What a typed formula gets.
    public static let squared = Recipe(name: "squared", loss: .squared, residual: .raw, isBounded: false)
    /// The field's: the law hoffmann-2022 of the atlas.
    public static let huber = Recipe(name: "huber", loss: .huber(1e-3), residual: .log, isBounded: true)
    public static let squaredLog = Recipe(name: "squared-log", loss: .squared, residual: .log, isBounded: false)

    /// Squared loss on raw residuals with the bounds of the atlas.
    public static let squaredBounded = Recipe(
        name: "squared-bounded", loss: .squared, residual: .raw, isBounded: true)

    public static let all = [huber, squared, squaredBounded, squaredLog]

    /// - Throws: ``CoverageError/unknownName(_:kind:known:)``.
    public static func named(_ name: String) throws(CoverageError) -> Recipe {
        guard let recipe = all.first(where: { $0.name == name }) else {
            throw .unknownName(name, kind: "recipe", known: all.map(\.name))
        }
        return recipe
    }

    /// The problem of a world. Starts are found from its table: the truth is not among them.
    public func problem(_ world: World) throws -> Problem {
        var specification = Specification(formula: try Formula(Law.formula))
        specification.loss = loss
        specification.residual = residual
        if isBounded { for name in Law.names { specification.bounds[name] = Bound(lower: 0) } }
        return try Problem(specification, table: world.table)
    }
}
