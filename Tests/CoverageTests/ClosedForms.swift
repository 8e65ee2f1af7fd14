// The derivatives of the law and of its optimum by hand: a second opinion on those of the engine.

import Coverage
import Formulas

extension Law {
    /// ∂loss/∂θ in the order of ``names``.
    public func lossGradient(N: Double, D: Double) -> [Double] {
        let (first, second) = (Elementary.power(N, -alpha), Elementary.power(D, -beta))
        return [1, first, -A * first * Elementary.ln(N), second, -B * second * Elementary.ln(D)]
    }

    /// ∂ ln N*/∂θ in the order of ``names``.
    public func logOptimalSizeGradient(compute: Double) -> [Double] {
        let sum = alpha + beta
        let size = logOptimalSize(compute: compute)
        return [
            0, 1 / (A * sum), (1 / alpha - size) / sum, -1 / (B * sum),
            (Elementary.ln(compute / 6) - 1 / beta - size) / sum,
        ]
    }
}
