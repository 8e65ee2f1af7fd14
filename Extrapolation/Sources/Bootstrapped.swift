// Intervals of new runs from a bootstrap of rows, for comparison.

import Fitting
import Formulas
import Scaling

extension Method {
    /// Percentiles of the refits to rows drawn anew, each with normal noise of one run.
    public static func bootstrap(_ cases: [Case], level: Double, replicates: Int) -> [Tally] {
        Tally.of(cases, level: level) { item, cutoff in
            intervals(item.source, cutoff, level: level, replicates: replicates)
                ?? cutoff.tests.map { _ in (.nan, .nan) }
        }
    }

    private static func intervals(_ group: Group, _ cutoff: BacktestCutoff, level: Double, replicates: Int)
        -> [(lower: Double, upper: Double)]?
    {
        let specification = group.specification
        let fitted = group.scale.indices.filter { group.scale[$0] <= cutoff.limit }
        guard let problem = try? Problem(specification, table: group.table.rows(at: fitted)),
            let fit = try? Fit(problem),
            let draws = try? Bootstrap(.pairs, replicates: replicates, threads: 2).draws(of: fit),
            let uncertainty = try? Uncertainty(fit, method: .bootstrap, draws: draws)
        else { return nil }
        var law = Law(fit, specification: specification, id: "bootstrap", title: "", version: "")
        law.take(uncertainty)
        let columns = specification.columns.filter { name, _ in law.inputs.contains { $0.name == name } }
        guard let points = try? Points(group.table.rows(at: cutoff.tests.map(\.row)), for: law, columns: columns),
            let made = try? law.predict(points, level: level, interval: .observation, source: .draws),
            let lower = made.lower, let upper = made.upper
        else { return nil }
        let residual = specification.residual
        return cutoff.tests.indices.map { row in
            let z = residual.transformed(cutoff.tests[row].predicted)
            return (residual.transformed(lower[row]) - z, residual.transformed(upper[row]) - z)
        }
    }
}
