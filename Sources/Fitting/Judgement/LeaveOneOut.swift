// What the residual of each row would be had the row not been fitted.

extension Fit {
    /// Of each fitted row, its residual from the fit without it: exact refits up to `most` rows, and of more
    /// rᵢ / (1 − hᵢ), which is exact for linear least squares and to first order for other laws (Cook & Weisberg 1982,
    /// section 2.2.1).
    ///
    /// A row without a refit, because too few different runs are left, has the first order.
    ///
    /// - Parameter most: 300 by default, which take a second for a law of nine parameters.
    /// - Returns: nil unless the loss is squared and degrees of freedom remain.
    public func leaveOneOutResiduals(exactUpTo most: Int = 300) -> [Double]? {
        guard problem.loss == .squared, degreesOfFreedom > 0 else { return nil }
        let objective = Objective(problem)
        let leverage = Leverage(objective, self)
        var found = residuals().enumerated().map { row, residual in
            let height = leverage.direction(row).reduce(0) { $0 + $1 * $1 }
            return residual / max(1 - height, 1e-6)
        }
        if found.count > most { return found }
        for deletion in Influence(self).deletions {
            guard let parameters = deletion.parameters, let row = deletion.rows.first else { continue }
            let residual = objective.residuals(parameters)[row]
            if residual.isFinite { found[row] = residual }
        }
        return found
    }
}
