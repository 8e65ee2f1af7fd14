// Rows of a curve are no runs: what one of them is off by, its neighbour is off by as well.

import Fitting
import Formulas
import Tables

extension Warning {
    /// A cluster bootstrap of fewer curves knows little of how curves differ.
    private static let enoughCurves = 8

    /// `correlated-rows`, where the residuals along the curves of a fit are so alike that fewer than half of the rows count:
    /// intervals take every row for a run of its own.
    static func correlatedRows(_ fit: Fit, _ specification: Specification, _ table: Table) -> Warning? {
        // What is left of an exact law is rounding.
        guard let input = specification.formula.scheduleColumns.first, fit.termination.reason != .exact else {
            return nil
        }
        func source(_ name: String) -> Expression { specification.columns[name]?.prediction ?? .name(name) }
        guard case .symbol(let column) = source(input.schedule), let labels = table[column.name]?.labels(),
            let steps = try? table.values(of: source(input.step))
        else { return nil }
        let residuals = fit.residuals()
        var curves = [[(step: Double, residual: Double)]](repeating: [], count: labels.names.count)
        for (place, row) in fit.problem.rows.enumerated() where labels.codes[row] >= 0 {
            curves[Int(labels.codes[row])].append((steps[row], residuals[place]))
        }
        curves.removeAll { $0.isEmpty }
        let alike = Autocorrelation(runs: curves.map { $0.sorted { $0.step < $1.step }.map(\.residual) })
        guard alike.time > 2 else { return nil }
        let rows = Double(residuals.count)
        func short(_ value: Double) -> String { Numeral.short(value, digits: 2) }
        return Warning(
            code: "correlated-rows",
            message:
                "neighbouring rows of a curve are alike: their residuals correlate by \(short(alike.coefficient)), "
                + "\(Numeral.short(rows, digits: 12)) rows say as much as \(short(rows / alike.time)), and intervals "
                + "are about \(short(alike.time.squareRoot())) times too narrow",
            hint: curves.count < enoughCurves
                ? "add curves; of \(curves.count) no bootstrap tells how curves differ"
                : "take intervals from whole curves: --bootstrap cluster:\(Symbol(column.name)):1000")
    }
}
