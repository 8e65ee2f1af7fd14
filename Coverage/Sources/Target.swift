// What is asked of a world: a number that the truth has, as a function of the parameters.

import Fitting
import Formulas

/// A number that an interval should hold.
public struct Target: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// The parameter at this place of ``Law/names``.
        case parameter(Int)
        /// The expected loss of a run that is not in the table.
        case loss(N: Double, D: Double)
        /// N* for this compute.
        case optimalSize(compute: Double)
    }

    public let kind: Kind
    public let truth: Double

    /// The column of a report: `E`, `alpha`, `loss`, `N*`.
    public var name: String {
        switch kind {
        case .parameter(let index): Law.names[index]
        case .loss: "loss"
        case .optimalSize: "N*"
        }
    }

    /// The names of all targets in the order of ``World/targets``.
    public static let names = ["E", "A", "alpha", "B", "beta", "loss", "N*"]

    /// The five parameters, the loss and the optimal size for `compute`. The loss is that at the true optimum, a fixed
    /// point of the world; in the collinear design at D = ratio·N, on the ray that the runs stand on.
    static func all(_ law: Law, _ design: Design, compute: Double, ratio: Double) -> [Target] {
        let size = law.optimalSize(compute: compute)
        let N = design == .collinear ? (compute / (6 * ratio)).squareRoot() : size
        let D = compute / (6 * N)
        return law.values.indices.map { Target(kind: .parameter($0), truth: law.values[$0]) } + [
            Target(kind: .loss(N: N, D: D), truth: law.loss(N: N, D: D)),
            Target(kind: .optimalSize(compute: compute), truth: size),
        ]
    }

    /// Whether it is above zero by its nature, so that an interval may be taken of its logarithm.
    public var isPositive: Bool {
        switch kind {
        case .parameter(let index): ["A", "B"].contains(Law.names[index])
        case .loss, .optimalSize: true
        }
    }

    /// The same number for the engine.
    public func estimand(_ problem: Problem) throws -> Estimand {
        switch kind {
        case .parameter(let index): try Estimand(parameter: Law.names[index], of: problem)
        case .loss(let N, let D): try Estimand(predictionAt: ["N": N, "D": D], of: problem)
        case .optimalSize(let compute): try Estimand(Formula(Law.optimalSizeFormula(compute: compute)), of: problem)
        }
    }
}
