// The ends of every range left out: the largest and the smallest runs, the highest and the lowest responses.

import Fitting
import Formulas
import Tables

extension Scenario {
    /// Without the tenth of the runs with the smallest and the largest value of every input, of compute where the inputs
    /// say what it is, and of the response; and without the five highest and lowest responses, which is how a handful of
    /// bad runs is usually cut off. Runs of equal value stay together; where they would be 40 per cent or more of all, or
    /// too few runs would be left, nothing is left out.
    static func exclusions(_ base: Base, law: Law) -> [Scenario] {
        let problem = base.fit.problem
        let count = base.table.rowCount
        let free = problem.parameters.count { $0.bound.lower < $0.bound.upper }
        var columns: [(name: String, values: [Double])] = []
        if let response = problem.formula.response, let values = try? base.table.values(of: response) {
            columns.append(("\(response)", values))
        }
        let points = try? Points(base.table, for: law, columns: base.specification.columns)
        for input in law.inputs {
            if let values = points?.numbers[input.name] { columns.append((input.name, values)) }
        }
        if let cost = ComputeCost(law), cost.inputs.count > 1, let points {
            columns.append(("compute", (0..<count).map { row in cost.value { points.numbers[$0]?[row] } }))
        }
        var scenarios: [Scenario] = []
        let tenth = max(1, Int((Double(count) / 10).rounded()))
        for (place, column) in columns.enumerated() {
            let isResponse = place == 0
            for size in tenth == 5 ? [5] : [5, tenth] {
                if size == 5, size != tenth, !isResponse || count < 20 { continue }
                for highest in [true, false] {
                    let removed = ends(column.values, size, highest: highest)
                    let left = count - removed.count
                    guard !removed.isEmpty, Double(removed.count) < 0.4 * Double(count), left > free + 1 else {
                        continue
                    }
                    let side = isResponse ? (highest ? "highest" : "lowest") : (highest ? "largest" : "smallest")
                    let name = "without the \(removed.count) of \(side) \(column.name)"
                    // A tenth and five are the same runs where there are ties.
                    if scenarios.contains(where: { $0.name == name }) { continue }
                    scenarios.append(
                        base.scenario(.exclusion, name) { scenario in
                            scenario.table = base.table.rows(at: (0..<count).filter { !removed.contains($0) })
                        })
                }
            }
        }
        return scenarios
    }

    // The rows with the `size` highest or lowest values, and those equal to the last of them.
    private static func ends(_ values: [Double], _ size: Int, highest: Bool) -> Set<Int> {
        let sorted = values.sorted { highest ? $0 > $1 : $0 < $1 }
        guard size <= sorted.count else { return [] }
        let limit = sorted[size - 1]
        return Set(values.indices.filter { highest ? values[$0] >= limit : values[$0] <= limit })
    }
}
