// The residual bootstrap: the residuals are a sample of the noise; each row gets one of them by chance.

import Formulas

struct DealtResiduals: Resampling {
    private let problem: Problem
    private let residuals: FreedResiduals
    /// Residuals as for precision 1, about the middle that the loss sees.
    private let pool: [Double]

    init(_ fit: Fit) throws(FitError) {
        problem = fit.problem
        let residuals = try FreedResiduals(fit, nil, kind: "residual", shrinks: true)
        self.residuals = residuals
        let alike = residuals.values.indices.map { residuals.values[$0] * residuals.root($0) }
        let middle = FreedResiduals.middle(alike, fit.problem.loss)
        pool = alike.map { $0 - middle }
    }

    func resample(_ random: inout RandomSource) -> Resample {
        residuals.resample(problem) { pool[random.index(below: pool.count)] / residuals.root($0) }
    }
}

/// The parametric bootstrap: normal noise of the estimated scale; for a quantile loss, with that quantile at zero.
struct NormalNoise: Resampling {
    private let problem: Problem
    private let residuals: FreedResiduals
    private let scale: Double
    private let middle: Double

    init(_ fit: Fit) throws(FitError) {
        problem = fit.problem
        let residuals = try FreedResiduals(fit, nil, kind: "parametric", shrinks: true)
        self.residuals = residuals
        let alike = residuals.values.indices.map { residuals.values[$0] * residuals.root($0) }
        switch problem.loss {
        case .squared: scale = residuals.spread.noise
        // The median absolute residual is that of the noise once no residual is zero by the fit's own doing.
        case .huber, .absolute, .quantile:
            let middle = FreedResiduals.middle(alike, .absolute)
            scale = 1.4826 * FreedResiduals.middle(alike.map { ($0 - middle).magnitude }, .absolute)
        }
        let normal = StudentT(degreesOfFreedom: .infinity)
        middle = if case .quantile(let q) = problem.loss { normal.quantile(q) } else { 0 }
    }

    func resample(_ random: inout RandomSource) -> Resample {
        residuals.resample(problem) { scale * (random.normal() - middle) / residuals.root($0) }
    }
}

extension FreedResiduals {
    /// The root of a listed row's precision.
    func root(_ row: Int) -> Double { weights.map { $0[row].squareRoot() } ?? 1 }
}
