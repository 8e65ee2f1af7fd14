// Whether a point is a local minimum of a loss with a corner: multipliers within the slopes of the loss for the points
// passed through, bounds that press outwards, no way down along the curve where these points stay passed through.

struct CornerCertificate {
    let objective: Objective
    let bounds: [Bound]

    private static let tolerance = 1e-8

    /// The rows whose residual is zero to rounding.
    func passedThrough(_ point: [Double]) -> [Int] {
        let residuals = objective.residuals(point)
        let typical = residuals.reduce(0.0) { $0 + $1.magnitude } / Double(max(1, residuals.count))
        let largest = objective.problem.response.reduce(0.0) { max($0, $1.magnitude) }
        let limit = max(1e-10 * typical, 1e-14 * largest)
        return residuals.indices.filter { residuals[$0].magnitude <= limit }
    }

    /// The first of `rows` whose residuals' gradients are linearly independent, at most as many as free parameters.
    func independent(_ rows: [Int], at point: [Double], _ free: [Int]) -> [Int] {
        var chosen: [Int] = []
        var basis: [[Double]] = []
        for row in rows.prefix(20 * free.count + 20) where chosen.count < free.count {
            var direction = scaledGradient(point, row, free)
            let length = Self.length(direction)
            for other in basis { direction = Self.without(other, direction) }
            let rest = Self.length(direction)
            guard rest > 1e-7 * length, rest.isFinite else { continue }
            chosen.append(row)
            basis.append(direction.map { $0 / rest })
        }
        return chosen
    }

    /// How far a multiplier lies outside of its limits, in units of the row's weight.
    func excess(_ multiplier: Double, _ row: Int) -> Double {
        let (up, down) = objective.problem.loss.slopes
        let share = multiplier / objective.weight(row)
        return max(share - up, -share - down)
    }

    /// The largest multiplier, by its row's weight; nil where the point is not certified as a local minimum.
    func largestMultiplier(at point: [Double], _ active: [Int], _ multipliers: [Double], _ free: [Int]) -> Double? {
        let others = passedThrough(point).filter { !active.contains($0) }
        let rows = active + others
        let first = multipliers + others.map { _ in 0 }
        if let largest = certified(point, rows, first, active, free) { return largest }
        // More points than equations: others that are passed through may carry a part.
        guard !others.isEmpty, let shared = shared(point, rows, first, free) else { return nil }
        return certified(point, rows, shared, active, free)
    }

    private func certified(
        _ point: [Double], _ rows: [Int], _ multipliers: [Double], _ active: [Int], _ free: [Int]
    ) -> Double? {
        guard zip(rows, multipliers).allSatisfy({ excess($1, $0) <= Self.tolerance }) else { return nil }
        let evaluation = evaluation(point, rows, multipliers)
        guard boundsPress(point, evaluation, free), isCurvedUp(point, active, free, evaluation) else { return nil }
        return zip(rows, multipliers).map { ($1 / objective.weight($0)).magnitude }.max() ?? 0
    }

    private func evaluation(_ point: [Double], _ rows: [Int], _ multipliers: [Double]) -> Evaluation {
        objective.pinned = Array(zip(rows, multipliers))
        defer { objective.pinned = [] }
        return objective.evaluate(point)
    }

    // Multipliers within their limits that leave no slope but one that presses on a bound, by projections onto the limits
    // and onto the equations in turn.
    private func shared(_ point: [Double], _ rows: [Int], _ first: [Double], _ free: [Int]) -> [Double]? {
        let (up, down) = objective.problem.loss.slopes
        let held = point.indices.filter { !free.contains($0) && bounds[$0].lower < bounds[$0].upper }
        let moving = free + held
        let weights = rows.map(objective.weight)
        var columns = zip(rows, weights).map { row, weight in scaledGradient(point, row, moving).map { $0 * weight } }
        var shares = zip(first, weights).map { $0 / $1 }
        var limits = rows.map { _ in (low: -down, high: up) }
        let slope = evaluation(point, rows, rows.map { _ in 0 }).gradient
        let wanted = moving.map { -slope[$0] * unit(point[$0]) }
        let size = wanted.reduce(0) { max($0, $1.magnitude) }
        for (i, k) in held.enumerated() where size > 0 {
            let inwards = point[k] <= bounds[k].lower ? -size : size
            columns.append(moving.indices.map { $0 == free.count + i ? inwards : 0 })
            shares.append(0)
            limits.append((0, .infinity))
        }
        var normal = SymmetricMatrix(count: moving.count)
        for column in columns {
            for i in moving.indices { for j in 0...i { normal[i, j] += column[i] * column[j] } }
        }
        normal.mirror()
        guard let factor = normal.factored(damping: 1e-14) else { return nil }
        for _ in 0..<1_000 {
            for k in shares.indices { shares[k] = min(max(shares[k], limits[k].low), limits[k].high) }
            let rest = moving.indices.map { i in
                wanted[i] - zip(columns, shares).reduce(0.0) { $0 + $1.0[i] * $1.1 }
            }
            let push = factor.solve(rest)
            for k in shares.indices { for i in moving.indices { shares[k] += columns[k][i] * push[i] } }
            let within = zip(shares, limits).allSatisfy {
                $0 >= $1.low - Self.tolerance && $0 <= $1.high + Self.tolerance
            }
            if within { return zip(shares, weights).map { $0 * $1 } }
        }
        return nil
    }

    // At a lower bound the objective must not fall inwards, at an upper one likewise.
    private func boundsPress(_ point: [Double], _ evaluation: Evaluation, _ free: [Int]) -> Bool {
        point.indices.allSatisfy { k in
            if free.contains(k) || bounds[k].lower == bounds[k].upper { return true }
            let slope = evaluation.gradient[k]
            let negligible = 1e-9 * evaluation.value / max(point[k].magnitude, 1e-8)
            return point[k] <= bounds[k].lower ? slope >= -negligible : slope <= negligible
        }
    }

    // The Lagrangian's Hessian on the space in which the active rows stay passed through.
    private func isCurvedUp(_ point: [Double], _ active: [Int], _ free: [Int], _ evaluation: Evaluation) -> Bool {
        if active.count >= free.count { return true }
        var basis: [[Double]] = []
        for row in active {
            var direction = scaledGradient(point, row, free)
            for other in basis { direction = Self.without(other, direction) }
            let length = Self.length(direction)
            basis.append(direction.map { $0 / length })
        }
        var hessian = evaluation.hessian.selecting(free)
        for i in free.indices {
            for j in free.indices { hessian[i, j] *= unit(point[free[i]]) * unit(point[free[j]]) }
        }
        let size = max(hessian.elements.reduce(0) { max($0, $1.magnitude) }, evaluation.value)
        // P H P with P the projection onto the rest, once along the columns and once along the rows.
        for _ in 0..<2 {
            var projected = hessian
            for j in free.indices {
                var column = free.indices.map { hessian[$0, j] }
                for other in basis { column = Self.without(other, column) }
                for i in free.indices { projected[j, i] = column[i] }
            }
            hessian = projected
        }
        return (hessian.eigenpairs().first?.value ?? 0) >= -1e-7 * size
    }

    private func unit(_ value: Double) -> Double { max(value.magnitude, 1e-8) }

    private func scaledGradient(_ point: [Double], _ row: Int, _ free: [Int]) -> [Double] {
        let gradient = objective.residualGradient(point, row: row)
        return free.map { gradient[$0] * unit(point[$0]) }
    }

    private static func length(_ a: [Double]) -> Double { a.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    private static func without(_ unit: [Double], _ vector: [Double]) -> [Double] {
        let along = zip(unit, vector).reduce(0.0) { $0 + $1.0 * $1.1 }
        return zip(unit, vector).map { $1 - along * $0 }
    }
}
