// What the residual of each row would be had the row not been fitted.

extension Fit {
    /// rᵢ / (1 − hᵢ), one a fitted row: exact for linear least squares, and to first order for laws (Cook & Weisberg
    /// 1982, section 2.2.1); nil unless the loss is squared and degrees of freedom remain.
    public func leaveOneOutResiduals() -> [Double]? {
        guard problem.loss == .squared, degreesOfFreedom > 0 else { return nil }
        let leverage = Leverage(Objective(problem), self)
        return residuals().enumerated().map { row, residual in
            let height = leverage.direction(row).reduce(0) { $0 + $1 * $1 }
            return residual / max(1 - height, 1e-6)
        }
    }
}
