// Other ways to count what a law reads: parameters with and without embeddings, operations one by one or as 6 N D.

import Fitting
import Formulas
import Tables

extension Scenario {
    /// For every column that the law reads and that counts parameters or operations in one way, the columns of the table
    /// that count them in another way, put in its place wherever it stands.
    static func countings(_ base: Base) -> [Scenario] {
        let names = base.table.columns.map(\.name)
        let problem = base.fit.problem
        var used: [String] = []
        for role in problem.roles {
            guard case .column = role.kind else { continue }
            let read = base.specification.columns[role.name]?.prediction.symbols.map(\.name) ?? [role.name]
            for name in read where !used.contains(name) && names.contains(name) { used.append(name) }
        }
        var scenarios: [Scenario] = []
        for name in used {
            guard let own = Conventions.meaning(ofColumn: name, among: names, [:]), let counting = own.counting else {
                continue
            }
            for other in names where other != name {
                guard let meaning = Conventions.meaning(ofColumn: other, among: names, [:]),
                    meaning.kind == own.kind, let counted = meaning.counting, !counted.agrees(with: counting),
                    (meaning.unit ?? 1) == (own.unit ?? 1),
                    let values = try? base.table.numbers(other), values.allSatisfy({ $0.isFinite && $0 > 0 })
                else { continue }
                scenarios.append(
                    base.scenario(.counting, "\(other) for \(name)") { scenario in
                        scenario.specification.columns = replaced(base, name, by: other)
                    })
            }
        }
        return scenarios
    }

    private static func replaced(_ base: Base, _ name: String, by other: String) -> [String: Formula] {
        var columns = base.specification.columns.mapValues { source in
            source.mappingSymbols { $0.name == name ? Symbol(other, indices: $0.indices) : $0 }
        }
        // A formula that reads the column by its own name.
        let isRead = base.fit.problem.roles.contains { role in
            if case .column = role.kind { role.name == name && columns[name] == nil } else { false }
        }
        if isRead { columns[name] = Formula(definitions: [], response: nil, prediction: .name(other)) }
        return columns
    }
}
