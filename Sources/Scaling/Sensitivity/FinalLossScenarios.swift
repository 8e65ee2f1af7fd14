// Other ways to take the final loss of a run, where the table has them beside the one that is fitted.

import Fitting
import Formulas
import Tables

extension Scenario {
    /// Endings of columns that hold the same final loss taken otherwise: `loss_lowess` beside `loss`, as
    /// `allometry read --final-loss all` writes them; `loss_stated` is what a table of results said.
    static let finalLosses = ["last", "mean", "smoothed", "lowess", "minimum", "schedule_end", "stated"]

    /// For the column that the response reads, each column of its name with one of the endings, put in its place. A column
    /// with missing or the very same values is passed over.
    static func finalLosses(_ base: Base) -> [Scenario] {
        guard let response = base.fit.problem.formula.response else { return [] }
        let names = response.symbols.map { symbol in
            base.specification.columns[symbol.name]?.prediction.symbols.map(\.name) ?? [symbol.name]
        }.flatMap(\.self)
        guard let name = names.first, names.count == 1, let own = try? base.table.numbers(name) else { return [] }
        return finalLosses.compactMap { ending in
            let other = "\(name)_\(ending)"
            guard base.table[other] != nil, let values = try? base.table.numbers(other), values != own,
                values.allSatisfy(\.isFinite)
            else { return nil }
            return base.scenario(.finalLoss, "\(other) for \(name)") { scenario in
                scenario.table = base.table.adding(column: Column(name: name, numbers: values))
            }
        }
    }
}
