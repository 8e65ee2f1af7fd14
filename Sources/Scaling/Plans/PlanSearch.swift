// The search for the optimum: everywhere first, then near it for every draw.

import Fitting
import Formulas

/// An optimum: where it is, what it costs, how it moves with the budget.
struct PlanOptimum {
    var logarithms: [Double]
    var value: Double
    /// ln C.
    var budget: Double
    var exponents: [Double]
    var row: PlanRow?
}

/// What a search came to.
struct PlanFound {
    let row: PlanRow
    /// How many different optima there were.
    let optima: Int
    /// The input along which the law is lower still, outside of every optimum.
    let runsAway: Int?
}

extension PlanModel {
    /// What is asked, as a question to the solver.
    var question: ClosedForm.Question? {
        if let anchor = space.anchor { return .held(anchor.position, anchor.logarithm) }
        switch space.options.goal {
        case .budget(let budget): return .budget(Elementary.ln(budget))
        case .response(let target): return .target(target)
        case .none: return nil
        }
    }

    /// The best row of a search from many starts, with how many different optima there were.
    func search(budget: Double, parameters: [Double], holding held: [Int: Double] = [:]) -> PlanFound? {
        let solver = forBudget
        let isFree = space.cost == nil
        let spread = starts(64 * max(1, space.free.count))
        let points = isFree ? spread : onto(budget: budget, spread, parameters: parameters, holding: held)
        let values = functions.run(points, parameters: points.map { _ in parameters })
        let defined = points.indices
            .map { row in (row, space.sign * values.value(Self.law, row), values.value(Self.cost, row)) }
            .filter { $0.1.isFinite }
        var ranked = defined.filter { isFree || Elementary.ln(max($0.2, 1e-300)) <= budget + 1 }
            .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        // Nothing is cheap enough: the cheapest shows what stands against the budget.
        if ranked.isEmpty { ranked = defined.sorted { ($0.2, $0.0) < ($1.2, $1.0) } }
        // The best, and some of the others: a narrow valley may have a high rim.
        var chosen = ranked.prefix(8).map(\.0)
        chosen += stride(from: 8, to: ranked.count, by: max(1, ranked.count / 8)).map { ranked[$0].0 }
        var rows = chosen.map { row in
            self.row(
                at: points[row], parameters: parameters, ceiling: isFree ? 1 : budget, holding: held,
                isActive: !isFree)
        }
        // Limits may keep the budget from being spent: some starts lie within all of them.
        if !isFree, !space.options.limits.isEmpty {
            let own = functions.run(spread, parameters: spread.map { _ in parameters })
            let inside = spread.indices.filter { k in
                own.value(Self.law, k).isFinite && Elementary.ln(max(own.value(Self.cost, k), 1e-300)) <= budget
                    && space.options.limits.indices.allSatisfy { own.value(firstLimit + $0, k) <= 1 }
            }.sorted { (space.sign * own.value(Self.law, $0), $0) < (space.sign * own.value(Self.law, $1), $1) }
            rows += inside.prefix(8).map {
                row(at: spread[$0], parameters: parameters, ceiling: budget, holding: held, isActive: false)
            }
        }
        solver.solve(&rows)
        return best(rows)
    }

    /// The cheapest row that reaches a value of the law.
    func search(target: Double, parameters: [Double]) -> PlanFound? {
        let solver = forTarget
        // Sizes far beyond the data reach whatever the law reaches.
        var points: [[Double]] = []
        for (number, start) in starts(64 * max(1, space.free.count)).enumerated() {
            let lift = Double(number % 5) * 6
            points.append(
                start.indices.map { min(start[$0] + (space.ends[$0].upper == .open ? lift : 0), space.upper[$0]) })
        }
        let values = functions.run(points, parameters: points.map { _ in parameters })
        let reached = points.indices
            .filter { space.sign * values.value(Self.law, $0) <= space.sign * target }
            .sorted { (values.value(Self.cost, $0), $0) < (values.value(Self.cost, $1), $1) }
        var rows = reached.prefix(16).map {
            row(at: points[$0], parameters: parameters, ceiling: space.sign * target)
        }
        solver.solve(&rows)
        return best(rows)
    }

    /// The best value that the law has anywhere in the room.
    func bestAnywhere(parameters: [Double]) -> Double {
        var points = starts(64 * max(1, space.free.count))
        points.append(
            space.free.indices.map { space.isInCost(space.free[$0].name) ? space.upper[$0] : points[0][$0] })
        let values = functions.run(points, parameters: points.map { _ in parameters })
        let found = points.indices.map { space.sign * values.value(Self.law, $0) }.filter(\.isFinite)
        return space.sign * (found.min() ?? .nan)
    }

    // The lowest optimum between the ends; without one, what shows why. Optima that differ by more than rounding are
    // counted. A law that is lower still where it runs away, far from its data, has its inner optimum all the same.
    private func best(_ rows: [PlanRow]) -> PlanFound? {
        let settled = rows.filter(\.isSettled)
        let inner = settled.filter { $0.isConvex && openEnd(of: $0) == nil }
        guard let best = (inner.isEmpty ? settled : inner).min(by: { $0.objective < $1.objective }) else {
            let order: [PlanRow.End] = [.unsettled, .infeasible, .undefined, .none]
            return order.lazy.compactMap { end in rows.first { $0.end == end } }.first.map {
                PlanFound(row: $0, optima: 0, runsAway: nil)
            }
        }
        var runsAway: Int?
        if !inner.isEmpty,
            let lowest = rows.filter({ $0.end == .optimum || $0.end == .unsettled })
                .filter({ $0.objective.isFinite }).min(by: { $0.objective < $1.objective }),
            lowest.objective < best.objective - 1e-6 * max(1e-3, best.objective.magnitude)
        {
            let away = lowest.logarithms.indices.map { (lowest.logarithms[$0] - best.logarithms[$0]).magnitude }
            runsAway = away.indices.max { away[$0] < away[$1] }
        }
        var different: [[Double]] = []
        for row in inner {
            let isNew = different.allSatisfy { known in
                zip(known, row.logarithms).contains { ($0 - $1).magnitude > 1e-4 }
            }
            if isNew { different.append(row.logarithms) }
        }
        return PlanFound(row: best, optima: different.count, runsAway: runsAway)
    }

    // MARK: - Near an optimum

    /// The budgets for which one input is best at a given value, by Newton's method on the logarithm of the budget.
    ///
    /// - Parameter rows: near their optima for budgets of `budgets`, which are replaced.
    func anchor(_ rows: inout [PlanRow], budgets: inout [Double], at anchor: (position: Int, logarithm: Double)) {
        let solver = forBudget
        for _ in 0..<40 {
            for k in rows.indices {
                rows[k] = row(at: rows[k].logarithms, parameters: rows[k].parameters, ceiling: budgets[k])
            }
            solver.solve(&rows)
            let exponents = exponents(rows)
            var isDone = true
            for k in rows.indices where rows[k].isSettled {
                let gap = anchor.logarithm - rows[k].logarithms[anchor.position]
                guard let exponent = exponents[k]?[anchor.position], exponent > 1e-6 else {
                    rows[k].end = .unsettled
                    continue
                }
                if gap.magnitude > 1e-11 { isDone = false }
                let step = gap / exponent
                budgets[k] += min(max(step, -8), 8)
            }
            if isDone { return }
        }
    }

    /// d ln x / d ln C at rows that were solved for a budget; nil where it is not defined.
    func exponents(_ rows: [PlanRow]) -> [[Double]?] {
        let solver = forBudget
        let values = functions.run(rows.map(\.logarithms), parameters: rows.map(\.parameters))
        return rows.indices.map { k in
            guard rows[k].isSettled else { return nil }
            return PlanSensitivity(rows[k], solver, values, at: k)?.byBudget
        }
    }

    /// Optima near a known one for many parameters at once; nil where there is none.
    func optima(near known: PlanOptimum, draws: [[Double]], holding held: [Int: Double]) -> [PlanOptimum?] {
        if let closed = ClosedForm(self), let question {
            return draws.map { draw in
                closed.answer(question, draw).map {
                    PlanOptimum(
                        logarithms: $0.logarithms, value: $0.value, budget: $0.budget, exponents: $0.exponents)
                }
            }
        }
        var rows: [PlanRow]
        var budgets = draws.map { _ in known.budget }
        if case .response(let target) = space.options.goal {
            rows = draws.map {
                row(at: known.logarithms, parameters: $0, ceiling: space.sign * target, holding: held)
            }
            forTarget.solve(&rows)
            let values = functions.run(rows.map(\.logarithms), parameters: rows.map(\.parameters))
            budgets = rows.indices.map { Elementary.ln(max(values.value(Self.cost, $0), 1e-300)) }
            // The same point as the best of its own budget, for the exponents.
            let ends = rows.map(\.end)
            for k in rows.indices {
                let lambda = rows[k].multipliers.first ?? 0
                var same = row(
                    at: rows[k].logarithms, parameters: draws[k], ceiling: budgets[k], holding: held)
                (same.held, same.active, same.end) = (rows[k].held, rows[k].active, ends[k])
                same.multipliers = rows[k].multipliers
                if lambda != 0 {
                    same.multipliers[0] = 1 / lambda
                    for j in same.multipliers.indices.dropFirst() { same.multipliers[j] /= lambda }
                }
                rows[k] = same
            }
        } else {
            let active = space.cost != nil
            rows = draws.map {
                row(
                    at: known.logarithms, parameters: $0, ceiling: active ? known.budget : 1, holding: held,
                    isActive: active)
            }
            forBudget.solve(&rows)
            if let anchor = space.anchor {
                self.anchor(&rows, budgets: &budgets, at: anchor)
                for k in rows.indices where rows[k].isSettled {
                    let miss = (rows[k].logarithms[anchor.position] - anchor.logarithm).magnitude
                    if miss > 1e-6 { rows[k].end = .unsettled }
                }
            }
        }
        let exponents = exponents(rows)
        let values = functions.run(rows.map(\.logarithms), parameters: rows.map(\.parameters))
        return rows.indices.map { k in
            // Nothing but an inner minimum, or one at a limit that was given, is an optimum of the draw.
            guard rows[k].isSettled, rows[k].isConvex, openEnd(of: rows[k]) == nil else { return nil }
            return PlanOptimum(
                logarithms: rows[k].logarithms, value: values.value(Self.law, k), budget: budgets[k],
                exponents: exponents[k] ?? Array(repeating: .nan, count: space.free.count), row: rows[k])
        }
    }

    /// The input that runs to an end that nobody gave, if any.
    func openEnd(of row: PlanRow) -> (position: Int, isUpward: Bool)? {
        for k in row.held.indices {
            if row.held[k] == 1, space.ends[k].upper != .given { return (k, true) }
            if row.held[k] == -1, space.ends[k].lower != .given { return (k, false) }
        }
        return nil
    }
}
