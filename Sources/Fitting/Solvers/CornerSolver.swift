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
    func minimize(from start: [Double]) -> LocalMinimum? {
        let first = objective.value(start)
        guard first.isFinite else { return nil }
        var best: LocalMinimum?
        var point = start
        var threshold = max(first / max(1, objective.problem.observations), .leastNormalMagnitude)
        var certified = 0
        // Each tenfold smaller threshold starts from the optimum of the last. Corners beside each other can all be local
        // minima, so the first one certified is not the last one looked at.
        for _ in 0..<11 {
            objective.smoothing = threshold
            let solver = NewtonSolver(objective: objective, scales: scales, bounds: bounds, eliminated: eliminated)
            if let minimum = solver.minimize(from: point) { point = minimum.parameters }
            objective.smoothing = nil
            let corner = finish(point, threshold: threshold)
            if let known = best {
                best = LocalSearch.better(known, corner)
            } else {
                best = corner
            }
            if corner.termination.isConverged { certified += 1 }
            if certified == 3 || corner.termination.reason == .exact { break }
            threshold /= 10
        }
        return best
    }

    // MARK: - The active set

    private func finish(_ start: [Double], threshold: Double) -> LocalMinimum {
        let before = objective.value(start)
        if before <= objective.roundingFloor {
            let termination = Termination(
                reason: .exact, value: before, limit: objective.roundingFloor, iterations: 0)
            return LocalMinimum(parameters: start, value: before, termination: termination)
        }
        let certificate = CornerCertificate(objective: objective, bounds: bounds)
        var free = start.indices.filter { bounds[$0].lower < start[$0] && start[$0] < bounds[$0].upper }
        var point = start
        let residuals = objective.residuals(start)
        let near = residuals.indices.filter { residuals[$0].magnitude <= 2 * threshold }
            .sorted { (residuals[$0].magnitude, $0) < (residuals[$1].magnitude, $1) }
        var active = certificate.independent(near, at: point, free)
        search: for round in 0..<(4 * start.count + 10) {
            switch newton(point, active, free, certificate) {
            case .failed: break search
            case .beyondBound(let k, let end):
                // The optimum of this active set lies beyond a bound, which then holds.
                point[k] = end
                free.removeAll { $0 == k }
                active = certificate.independent(active, at: point, free)
            case .solved(let solution, let multipliers):
                point = solution
                let value = objective.value(point)
                if value <= before * (1 + 1e-12),
                    let largest = certificate.largestMultiplier(at: point, active, multipliers, free)
                {
                    let (up, down) = objective.problem.loss.slopes
                    let termination = Termination(
                        reason: .corner, value: largest, limit: max(up, down), iterations: round)
                    return LocalMinimum(parameters: point, value: value, termination: termination)
                }
                let excesses = zip(active, multipliers).map { certificate.excess($1, $0) }
                guard let worst = excesses.indices.max(by: { excesses[$0] < excesses[$1] }), excesses[worst] > 0
                else {
                    break search
                }
                active.remove(at: worst)
            }
        }
        let value = objective.value(point)
        let termination = Termination(reason: .stalled, value: .infinity, limit: 1, iterations: 0)
        return value < before
            ? LocalMinimum(parameters: point, value: value, termination: termination)
            : LocalMinimum(parameters: start, value: before, termination: termination)
    }

    private enum Outcome {
        case solved([Double], multipliers: [Double])
        case beyondBound(Int, Double)
        case failed
    }

    // Newton on the Lagrangian for fixed active rows.
    private func newton(
        _ start: [Double], _ active: [Int], _ free: [Int], _ certificate: CornerCertificate
    ) -> Outcome {
        var point = start
        var multipliers = [Double](repeating: 0, count: active.count)
        var last = Double.infinity
        for _ in 0..<40 {
            // With ψ of the active rows set to their multipliers, the Hessian is that of the Lagrangian. Other rows that
            // happen to be passed through count for nothing here; the certificate deals them their share.
            let passed = certificate.passedThrough(point).filter { !active.contains($0) }
            objective.pinned = Array(zip(active, multipliers)) + passed.map { ($0, 0) }
            let evaluation = objective.evaluate(point)
            objective.pinned = []
            guard let solution = step(point, active, multipliers, free, evaluation) else { return .failed }
            var size = 0.0
            for (i, k) in free.enumerated() {
                point[k] += solution[i]
                size = max(size, solution[i].magnitude / Self.unit(point[k] - solution[i]))
                if !point[k].isFinite { return .failed }
            }
            if let k = free.first(where: { !bounds[$0].contains(point[$0]) }) {
                return size > 10 ? .failed : .beyondBound(k, bounds[k].clamped(point[k]))
            }
            multipliers = Array(solution[free.count...])
            if size < 1e-13 || (size < 1e-9 && size >= last) { return .solved(point, multipliers: multipliers) }
            if size > 10 { return .failed }
            last = size
        }
        return .failed
    }

    // The size of a parameter, so that pivots compare like with like.
    private static func unit(_ value: Double) -> Double { max(value.magnitude, 1e-8) }

    // One step of the free parameters, with the next multipliers behind it.
    private func step(
        _ point: [Double], _ active: [Int], _ multipliers: [Double], _ free: [Int], _ evaluation: Evaluation
    ) -> [Double]? {
        let gradients = active.map { objective.residualGradient(point, row: $0) }
        let size = free.count + active.count
        var matrix = [Double](repeating: 0, count: size * size)
        var right = [Double](repeating: 0, count: size)
        let units = free.map { Self.unit(point[$0]) }
        for (i, row) in free.enumerated() {
            let pinned = active.indices.reduce(0.0) { $0 + multipliers[$1] * gradients[$1][row] }
            right[i] = (pinned - evaluation.gradient[row]) * units[i]
            for (j, column) in free.enumerated() {
                matrix[i * size + j] = evaluation.hessian[row, column] * units[i] * units[j]
            }
            for j in active.indices {
                matrix[i * size + free.count + j] = gradients[j][row] * units[i]
                matrix[(free.count + j) * size + i] = gradients[j][row] * units[i]
            }
        }
        for (j, row) in active.enumerated() { right[free.count + j] = -objective.residual(point, row: row) }
        var solution = LinearSystem.solve(matrix, right)
        if solution == nil {
            // Flat along some direction, as between two medians: any place on it is as good, so stay.
            let scale = matrix.reduce(0.0) { max($0, $1.magnitude) }
            for i in free.indices { matrix[i * size + i] += 1e-9 * scale }
            solution = LinearSystem.solve(matrix, right)
        }
        guard var solution else { return nil }
        for i in free.indices { solution[i] *= units[i] }
        return solution
    }
}
