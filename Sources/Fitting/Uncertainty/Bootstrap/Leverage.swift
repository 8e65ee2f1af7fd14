// How hard rows pull on the fit: their part of the information, as blocks of the hat matrix.

import Formulas

/// The hat matrix H = √W J (JᵀWJ)⁻¹ Jᵀ √W of a fit, by rows; parameters at a bound do not count.
struct Leverage {
    private let objective: Objective
    private let problem: Problem
    private let parameters: [Double]
    private let free: [Int]
    /// (JᵀWJ)^(−1/2) but for a rotation: its columns turn a row of √W J into one of an orthonormal basis.
    private let whitening: [[Double]]

    init(_ objective: Objective, _ fit: Fit) {
        self.objective = objective
        problem = fit.problem
        parameters = fit.coefficients
        let free = fit.freeParameters
        self.free = free
        let information = objective.information(parameters).selecting(free)
        let sizes = free.indices.map { information[$0, $0].squareRoot() }
        whitening = information.unitDiagonal().eigenpairs().compactMap { value, vector in
            // A direction that the data do not see pulls nowhere.
            guard value > 1e-12 else { return nil }
            return zip(vector, sizes).map { $1 > 0 ? $0 / ($1 * value.squareRoot()) : 0 }
        }
    }

    /// The row of √W J in the orthonormal basis; its squared length is the leverage h.
    func direction(_ row: Int) -> [Double] {
        let gradient = objective.residualGradient(parameters, row: row)
        let root = objective.weight(row).squareRoot()
        return whitening.map { column in
            free.indices.reduce(0) { $0 + column[$1] * gradient[free[$1]] } * root
        }
    }

    /// The residuals of some rows at other parameters.
    func residuals(_ parameters: [Double], _ rows: [Int]) -> [Double] {
        rows.map { objective.residual(parameters, row: $0) }
    }

    /// (1 + κH(1 − H)⁻¹)^(−1/2) d over the rows of one group, H their block of the hat matrix, residuals weighted by √w.
    func shrunk(_ residuals: [Double], _ rows: [Int], factor: Double) -> [Double] {
        let directions = rows.map(direction)
        let count = whitening.count
        var block = SymmetricMatrix(count: count)  // ZᵀZ, with the eigenvalues of H = ZZᵀ
        for z in directions { for i in 0..<count { for j in 0..<count { block[i, j] += z[i] * z[j] } } }
        let roots = rows.map { objective.weight($0).squareRoot() }
        var result = residuals
        for (value, vector) in block.eigenpairs() where value > 1e-12 {
            let h = min(value, 1 - 1e-9)
            let shrink = 1 / (1 + factor * h / (1 - h)).squareRoot()
            // u = Zv/√value is the unit eigenvector of H.
            let along = directions.map { z in zip(z, vector).reduce(0) { $0 + $1.0 * $1.1 } }
            let part = zip(zip(along, roots), residuals).reduce(0) { $0 + $1.0.0 * $1.0.1 * $1.1 } / value
            for k in rows.indices where roots[k] > 0 { result[k] += (shrink - 1) * part * along[k] / roots[k] }
        }
        return result
    }
}
