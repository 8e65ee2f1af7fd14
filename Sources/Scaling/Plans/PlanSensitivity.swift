// How an optimum moves: with the budget, and with the parameters (the implicit function theorem at the conditions of
// Karush, Kuhn and Tucker).
//
//     | H  Aᵀ | | du |     | ∂²ℒ/∂u∂θ |
//     | A  0  | | dλ | = − | ∂h/∂θ    |

import Fitting
import Formulas

struct PlanSensitivity {
    /// ∂ ln x / ∂ ln budget (or by the target), one an input.
    let byBudget: [Double]
    /// ∂ ln x / ∂θ: inputs × parameters; empty unless asked for.
    let byParameter: [[Double]]
    /// ∂f/∂θ of the law's value at the optimum, its own change and that of the inputs.
    let response: [Double]
    /// d f / d ln budget.
    let responseByBudget: Double

    /// - Parameters:
    ///   - row: at its optimum.
    ///   - values: the functions there, at `place`, with derivatives by parameters where these are asked for.
    ///   - budget: the limit that is the budget, or the target.
    init?(
        _ row: PlanRow, _ solver: PlanSolver, _ values: PlanValues, at place: Int, budget: Int = 0,
        parameters: Int = 0
    ) {
        let goal = solver.objective.values(values.values(solver.objective.function, place))
        let conditions = solver.limits.map { $0.values(values.values($0.function, place)) }
        let free = row.held.indices.filter { row.held[$0] == 0 }
        // Where nothing is left free, conditions have nothing to say.
        let binding = free.isEmpty ? [] : conditions.indices.filter { row.active[$0] }
        let width = row.held.count
        var hessian = goal.hessian
        for k in binding {
            for e in hessian.indices { hessian[e] += row.multipliers[k] * conditions[k].hessian[e] }
        }
        let size = free.count + binding.count
        var matrix = [Double](repeating: 0, count: size * size)
        for (a, i) in free.enumerated() {
            for (b, j) in free.enumerated() { matrix[a * size + b] = hessian[i * width + j] }
            for (b, k) in binding.enumerated() {
                matrix[a * size + free.count + b] = conditions[k].gradient[i]
                matrix[(free.count + b) * size + a] = conditions[k].gradient[i]
            }
        }
        func solved(_ right: [Double]) -> [Double]? {
            if size == 0 { return Array(repeating: 0, count: width) }
            guard let x = LinearSystem.solve(matrix, right) else { return nil }
            var all = [Double](repeating: 0, count: width)
            for (a, i) in free.enumerated() { all[i] = x[a] }
            return all
        }
        var right = [Double](repeating: 0, count: size)
        if let place = binding.firstIndex(of: budget) { right[free.count + place] = 1 }
        guard let byBudget = solved(right) else { return nil }
        self.byBudget = byBudget
        let law = values.values(0, place)
        responseByBudget = law.gradient.dot(byBudget)
        var (moves, changes): ([[Double]], [Double]) = ([], [])
        for k in 0..<parameters {
            let own = values.byParameter(k, place)
            var right = [Double](repeating: 0, count: size)
            // The law stands in the objective, in limits, or in both.
            for (term, weight) in [(solver.objective, 1.0)]
                + binding.map({ (solver.limits[$0], row.multipliers[$0]) })
            where term.function == 0 {
                guard case .factor(let factor) = term.scale else { continue }
                for (a, i) in free.enumerated() { right[a] -= weight * factor * own.gradient[i] }
            }
            for (place, limit) in binding.enumerated() where solver.limits[limit].function == 0 {
                guard case .factor(let factor) = solver.limits[limit].scale else { continue }
                right[free.count + place] = -factor * own.value
            }
            guard let move = solved(right) else { return nil }
            moves.append(move)
            changes.append(own.value + law.gradient.dot(move))
        }
        byParameter = (0..<width).map { i in moves.map { $0[i] } }
        response = changes
    }
}
