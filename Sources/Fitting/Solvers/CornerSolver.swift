// Losses with a corner (absolute, quantile): the optimum passes through some points exactly.
//
// A rounded loss is minimised with a shrinking threshold; then the points passed through become equations and Newton
// runs on the Lagrangian: Σ ψᵢ ∇rᵢ over the others + Σ λᵢ ∇rᵢ = 0, rᵢ = 0. The point is optimal when every multiplier
// lies within the slopes of the loss, −down·w ≤ λ ≤ up·w (Koenker & Bassett 1978; for curves, Womersley 1986).

import Formulas

struct CornerSolver {
    let objective: Objective
    let scales: [Scale]
    let bounds: [Bound]
    let eliminated: [Int]

    /// Minimises from `start`, or nil where the objective is not finite there.
    func minimize(from start: [Double], frozen: Set<Int> = []) -> LocalMinimum? {
        let first = objective.value(start)
        guard first.isFinite else { return nil }
        var best: LocalMinimum?
        var point = start
        let typical = max(first / max(1, objective.problem.observations), .leastNormalMagnitude)
        var threshold = typical
        // Each tenfold smaller threshold starts from the optimum of the last.
        for _ in 0..<11 {
            objective.smoothing = threshold
            let solver = NewtonSolver(
                objective: objective, scales: scales, bounds: bounds, eliminated: eliminated, frozen: frozen)
            if let minimum = solver.minimize(from: point) { point = minimum.parameters }
            objective.smoothing = nil
            if let corner = finish(point, threshold: threshold, frozen: frozen) {
                if best.map({ corner.value < $0.value }) ?? true { best = corner }
                if corner.termination.isConverged { return corner }
            }
            threshold /= 10
        }
        return best
    }

    // MARK: - The active set

    private func finish(_ start: [Double], threshold: Double, frozen: Set<Int>) -> LocalMinimum? {
        let free = start.indices.filter { k in
            !frozen.contains(k) && bounds[k].lower < start[k] && start[k] < bounds[k].upper
        }
        let residuals = objective.residuals(start)
        var active = residuals.indices.filter { residuals[$0].magnitude <= 2 * threshold }
        active.sort { residuals[$0].magnitude < residuals[$1].magnitude }
        if active.count > free.count { active = Array(active.prefix(free.count)) }
        var point = start
        for round in 0..<(4 * free.count + 10) {
            guard let (solution, multipliers) = newton(point, active, free) else { break }
            point = solution
            let excesses = zip(active, multipliers).map { row, multiplier in excess(multiplier, row) }
            guard let worst = excesses.indices.max(by: { excesses[$0] < excesses[$1] }), excesses[worst] > 1e-9 else {
                return certified(point, active, multipliers, free, iterations: round)
            }
            active.remove(at: worst)
        }
        let value = objective.value(point)
        let better = value < objective.value(start) ? point : start
        return LocalMinimum(
            parameters: better, value: min(value, objective.value(start)),
            termination: Termination(reason: .stalled, value: .infinity, limit: 1, iterations: 0))
    }

    // How far a multiplier lies outside of its limits, in units of the row's weight.
    private func excess(_ multiplier: Double, _ row: Int) -> Double {
        let weight = objective.weight(row)
        let (up, down) = objective.problem.loss.slopes
        return max(multiplier / weight - up, -multiplier / weight - down)
    }

    private func certified(
        _ point: [Double], _ active: [Int], _ multipliers: [Double], _ free: [Int], iterations: Int
    ) -> LocalMinimum? {
        let largest = zip(active, multipliers).map { row, multiplier in
            (multiplier / objective.weight(row)).magnitude
        }.max() ?? 0
        let (up, down) = objective.problem.loss.slopes
        return LocalMinimum(
            parameters: point, value: objective.value(point),
            termination: Termination(reason: .corner, value: largest, limit: max(up, down), iterations: iterations))
    }

    // Newton on the Lagrangian for fixed active rows; nil where it does not converge.
    private func newton(_ start: [Double], _ active: [Int], _ free: [Int]) -> ([Double], [Double])? {
        var point = start
        var multipliers = [Double](repeating: 0, count: active.count)
        var last = Double.infinity
        for _ in 0..<40 {
            // With ψ of the active rows set to their multipliers, the Hessian is that of the Lagrangian.
            objective.pinned = Array(zip(active, multipliers))
            let evaluation = objective.evaluate(point)
            objective.pinned = []
            let curvature = evaluation.hessian
            let gradients = active.map { objective.residualGradient(point, row: $0) }
            let size = free.count + active.count
            var matrix = [Double](repeating: 0, count: size * size)
            var right = [Double](repeating: 0, count: size)
            let residuals = active.map { objective.residual(point, row: $0) }
            // Variables are scaled by the parameters' size, so that pivots compare like with like.
            let units = free.map { max(point[$0].magnitude, 1e-8) }
            for (i, row) in free.enumerated() {
                let pinned = active.indices.reduce(0.0) { $0 + multipliers[$1] * gradients[$1][row] }
                right[i] = (pinned - evaluation.gradient[row]) * units[i]
                for (j, column) in free.enumerated() {
                    matrix[i * size + j] = curvature[row, column] * units[i] * units[j]
                }
                for j in active.indices {
                    matrix[i * size + free.count + j] = gradients[j][row] * units[i]
                    matrix[(free.count + j) * size + i] = gradients[j][row] * units[i]
                }
            }
            for j in active.indices { right[free.count + j] = -residuals[j] }
            guard let solution = LinearSystem.solve(matrix, right) else { return nil }
            var step = 0.0
            for (i, k) in free.enumerated() {
                point[k] += solution[i] * units[i]
                step = max(step, solution[i].magnitude)
                if !bounds[k].contains(point[k]) || !point[k].isFinite { return nil }
            }
            multipliers = Array(solution[free.count...])
            if step < 1e-13 || (step < 1e-9 && step >= last) { return (point, multipliers) }
            if step > 10 { return nil }
            last = step
        }
        return nil
    }
}
