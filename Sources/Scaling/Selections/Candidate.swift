// One of the laws among which a selection chooses.

import Fitting
import Formulas
import Tables

/// A law that was fitted to the runs, with what speaks for it.
public struct Candidate: Sendable {
    /// The id in the atlas, or the formula as it was typed.
    public let name: String
    public let specification: Specification
    public let fit: Fit
    /// What the fit gave, with its calibration: what predicts.
    public let law: Law
    public let cutoffs: [BacktestCutoff]

    /// Fits a law and backtests it.
    ///
    /// - Parameters:
    ///   - plan: of the cutoffs by which laws are ranked.
    ///   - widening: of its intervals beyond the runs.
    /// - Throws: ``FitError`` where the law cannot be bound or fitted.
    public init(
        name: String, _ specification: Specification, of law: Law?, table: Table, scale: BacktestScale,
        plan: BacktestPlan, widening: Widening = .publicTables
    ) throws(FitError) {
        self.name = name
        self.specification = specification
        let problem = try Problem(specification, table: table)
        fit = try Fit(problem, starts: plan.starts, seed: plan.seed)
        cutoffs = try Backtest(
            specification, table: table, scale: scale.values, sizes: scale.sizes, plan: plan
        ).cutoffs
        var kept = Law(fit, specification: specification, of: law, id: name, title: name, version: "", table: table)
        kept.take(try Uncertainty(fit, method: .delta))
        kept.fit?.calibration = try Calibration(
            specification, problem: problem, table: table, scale: scale, plan: plan, widening: widening)
        self.law = kept
    }

    /// n ln(S/n), S the sum of squares: −2 ln of the greatest likelihood, but for a constant.
    private var deviance: Double {
        let runs = Double(fit.problem.response.count)
        return runs * Elementary.ln(max(fit.objective, 1e-300) / runs)
    }

    // The noise is estimated too.
    private var count: Double { Double(fit.problem.parameters.count) + 1 }

    /// Akaike's criterion, corrected for few runs (Hurvich & Tsai 1989); infinite where they are too few.
    public var correctedAkaike: Double {
        let runs = Double(fit.problem.response.count)
        guard runs > count + 1 else { return .infinity }
        return deviance + 2 * count + 2 * count * (count + 1) / (runs - count - 1)
    }

    /// The Bayesian criterion (Schwarz 1978).
    public var bayesian: Double { deviance + count * Elementary.ln(Double(fit.problem.response.count)) }

    /// The root mean square of what each run would be off by, had it not been fitted; nil without degrees of freedom.
    public var leaveOneOutError: Double? {
        guard let residuals = fit.leaveOneOutResiduals() else { return nil }
        return (residuals.reduce(0) { $0 + $1 * $1 } / Double(residuals.count)).squareRoot()
    }
}
