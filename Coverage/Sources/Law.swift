// The law of every world: loss = E + A/N^alpha + B/D^beta, and its optimum.

import Formulas

/// The two-term law with its five parameters, and the numbers that follow from it for training compute C = 6·N·D.
public struct Law: Hashable, Sendable {
    public static let formula = "loss ~ E + A / N^alpha + B / D^beta"
    /// The order of parameters in vectors and gradients: that of the formula.
    public static let names = ["E", "A", "alpha", "B", "beta"]

    public var (E, A, alpha, B, beta): (Double, Double, Double, Double, Double)

    public init(E: Double, A: Double, alpha: Double, B: Double, beta: Double) {
        (self.E, self.A, self.alpha, self.B, self.beta) = (E, A, alpha, B, beta)
    }

    /// - Parameter values: in the order of ``names``.
    public init(_ values: [Double]) {
        precondition(values.count == 5, "the law has five parameters")
        self.init(E: values[0], A: values[1], alpha: values[2], B: values[3], beta: values[4])
    }

    public var values: [Double] { [E, A, alpha, B, beta] }

    public func loss(N: Double, D: Double) -> Double {
        E + A * Elementary.power(N, -alpha) + B * Elementary.power(D, -beta)
    }

    /// ln N*, where N* = (αA/(βB))^(1/(α+β)) (C/6)^(β/(α+β)) has the least loss for compute C; NaN where the law has no
    /// such minimum.
    public func logOptimalSize(compute: Double) -> Double {
        let ratio = alpha * A / (beta * B)
        guard alpha > 0, beta > 0, ratio > 0 else { return .nan }
        return (Elementary.ln(ratio) + beta * Elementary.ln(compute / 6)) / (alpha + beta)
    }

    public func optimalSize(compute: Double) -> Double { Elementary.exp(logOptimalSize(compute: compute)) }

    /// N* as a formula of the parameters.
    public static func optimalSizeFormula(compute: Double) -> String {
        let budget = Expression.decimal(compute)
        return "(alpha*A/(beta*B))^(1/(alpha+beta)) * (\(budget)/6)^(beta/(alpha+beta))"
    }
}
