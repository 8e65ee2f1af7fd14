// What is asked of a world: a number that the truth has, as a function of the parameters.

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

    /// Its value and gradient under other parameters; NaN where it has none.
    public func derivatives(_ law: Law) -> (value: Double, gradient: [Double]) {
        switch kind {
        case .parameter(let index):
            var gradient = [Double](repeating: 0, count: Law.names.count)
            gradient[index] = 1
            return (law.values[index], gradient)
        case .loss(let N, let D): return (law.loss(N: N, D: D), law.lossGradient(N: N, D: D))
        case .optimalSize(let compute):
            let size = law.optimalSize(compute: compute)
            return (size, law.logOptimalSizeGradient(compute: compute).map { $0 * size })
        }
    }
}
