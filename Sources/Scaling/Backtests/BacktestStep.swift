// The fit below one cutoff, and what it says of the runs above.

import Fitting
import Formulas
import Tables

struct BacktestStep {
    private let fit: Fit
    private let law: Law
    private let specification: Specification

    /// - Parameter below: the runs up to the cutoff.
    init?(_ specification: Specification, _ below: Table, _ plan: BacktestPlan) {
        guard let problem = try? Problem(specification, table: below),
            let fit = try? Fit(problem, starts: plan.starts, seed: plan.seed)
        else { return nil }
        self.fit = fit
        self.specification = specification
        law = Law(fit, specification: specification, id: "backtest", title: "", version: "")
    }

    // A run with a label that no fitted run has cannot be predicted, and is no test.
    func tests(_ table: Table, rows: [Int], responses: [Double], distances: [Double]) -> [BacktestTest] {
        guard let all = predictions(table.rows(at: rows)) else {
            if rows.count < 2 { return [] }
            return rows.indices.flatMap {
                tests(table, rows: [rows[$0]], responses: [responses[$0]], distances: [distances[$0]])
            }
        }
        let residual = specification.residual
        return rows.indices.compactMap { place in
            let z = residual.transformed(all.values[place])
            guard z.isFinite else { return nil }
            let error = all.standardErrors?[place]
            return BacktestTest(
                row: rows[place], distance: distances[place], observed: residual.restored(responses[place]),
                predicted: all.values[place], residual: responses[place] - z,
                standardError: error.flatMap { $0.isFinite ? $0 : nil })
        }
    }

    private func predictions(_ above: Table) -> Predictions? {
        let columns = specification.columns.filter { law.input($0.key) != nil }
        guard let points = try? Points(above, for: law, columns: columns) else { return nil }
        let estimates = Estimates(
            names: fit.estimates.names, values: fit.coefficients, covariance: DeltaMethod(fit).covariance,
            degreesOfFreedom: fit.degreesOfFreedom)
        return try? law.predict(points, estimates: estimates, vectorLevel: specification.level)
    }

    func cutoff(limit: Double, slope: Double, _ tests: [BacktestTest], own: [BacktestCutoff]) -> BacktestCutoff {
        BacktestCutoff(
            factors: [], limit: limit, runs: fit.problem.response.count, parameters: fit.freeParameters.count,
            noise: law.fit?.noise ?? .nan, degreesOfFreedom: fit.degreesOfFreedom,
            price: Widening.price(fit.degreesOfFreedom), slope: slope,
            converged: fit.termination.isConverged, tests: tests, own: own)
    }
}
