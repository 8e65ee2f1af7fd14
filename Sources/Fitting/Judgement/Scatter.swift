// How the noise of a least-squares fit changes with the size of what is predicted.

import Formulas

/// Noise whose standard deviation is a power of the prediction, sd(y) ∝ f^γ, with γ read from the residuals.
///
/// Least squares on raw residuals is a good estimate whether or not the noise is equal; its usual error s² (JᵀWJ)⁻¹ is
/// not. Losses scatter by a share of their size (γ = 1), and for 200 runs intervals that take the noise for equal miss
/// the truth a third more often than they say. Errors from single squared residuals (White 1980; HC1 to HC3) cure that
/// for many runs and cover 84 to 97 % for a dozen; a power, one number, serves both (Carroll & Ruppert 1988, section
/// 2.2; figures in docs/coverage.md). γ is the slope of ln r² by 2 ln f (Harvey 1976), r² freed of leverage by 1 − h.
struct Scatter {
    /// γ.
    let exponent: Double
    /// The variance of each residual times its weight, one a row; with equal noise s² everywhere.
    let variances: [Double]
    private let objective: Objective

    /// Beyond this power it is chance that speaks: few residuals, over a narrow range of predictions.
    private static let steepest = 3.0
    /// Below this share of s² a squared residual is taken for it: how near to zero one falls says nothing.
    private static let smallest = 1e-3
    /// With more rows than this no row pulls enough to matter.
    private static let mostLeveraged = 2_000

    /// Nil unless the fit is of least squares on raw residuals, without priors, and every prediction is above zero.
    init?(_ fit: Fit) {
        let problem = fit.problem
        guard problem.loss == .squared, problem.residual == .raw, fit.penalties.isEmpty, fit.degreesOfFreedom > 0,
            fit.noise > 0
        else { return nil }
        objective = Objective(problem)
        let predictions = objective.predictions(fit.coefficients)
        guard predictions.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
        let residuals = objective.residuals(fit.coefficients)
        let isFrequency = problem.weightMeaning == .frequency
        func weight(_ row: Int) -> Double { problem.weights?[row] ?? 1 }
        /// How many rows this one counts for, and its squared residual on the scale of s².
        func count(_ row: Int) -> Double { isFrequency ? weight(row) : weight(row) > 0 ? 1 : 0 }
        func square(_ row: Int) -> Double { (isFrequency ? 1 : weight(row)) * residuals[row] * residuals[row] }
        let kept = Self.keptShares(fit, objective, isFrequency)

        let floor = Self.smallest * fit.noise * fit.noise
        let rows = residuals.indices
        let sizes = predictions.map(Elementary.ln)
        let heights = rows.map { Elementary.ln(max(square($0) / (kept?[$0] ?? 1), floor)) }
        let total = rows.reduce(0) { $0 + count($1) }
        let center = rows.reduce(0) { $0 + count($1) * sizes[$1] } / total
        var (spread, covariation) = (0.0, 0.0)
        for row in rows {
            spread += count(row) * (sizes[row] - center) * (sizes[row] - center)
            covariation += count(row) * (sizes[row] - center) * heights[row]
        }
        let slope = spread > 0 ? covariation / (2 * spread) : 0
        let exponent = min(max(slope, -Self.steepest), Self.steepest)
        let shape = sizes.map { Elementary.exp(2 * exponent * ($0 - center)) }
        let level = rows.reduce(0) { $0 + count($1) * square($1) / shape[$1] } / fit.degreesOfFreedom
        self.exponent = exponent
        variances = shape.map { level * $0 }
    }

    // 1 − h, the share of its own noise that a residual keeps; nil where that is as good as one.
    private static func keptShares(_ fit: Fit, _ objective: Objective, _ isFrequency: Bool) -> [Double]? {
        let rows = fit.problem.response.count
        guard rows <= mostLeveraged else { return nil }
        let free = fit.freeParameters
        guard let factor = objective.information(fit.coefficients).selecting(free).factored() else { return nil }
        return (0..<rows).map { row in
            let gradient = objective.residualGradient(fit.coefficients, row: row)
            let slope = free.map { gradient[$0] }
            let leverage = zip(slope, factor.solve(slope)).reduce(0) { $0 + $1.0 * $1.1 }
            return max(1 - leverage * (isFrequency ? 1 : objective.weight(row)), 1e-6)
        }
    }

    /// (JᵀWJ)⁻¹ (Σ w v J Jᵀ) (JᵀWJ)⁻¹ over all parameters, row by row, zero for those at a bound; nil where singular.
    func covariance(_ fit: Fit) -> [Double]? {
        let free = fit.freeParameters
        let bread = objective.information(fit.coefficients).selecting(free)
        let filling = objective.information(
            fit.coefficients, weights: variances.indices.map { objective.weight($0) * variances[$0] }
        ).selecting(free)
        guard let factor = bread.factored() else { return nil }
        var full = factor.sandwich(around: filling).placed(at: free, of: fit.problem.parameters.count)
        full.mirror()
        return full.elements
    }
}
