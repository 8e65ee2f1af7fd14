// The verb of a law: plan.

import Fitting
import Formulas

extension Law {
    /// The best choice of the law's free inputs for a budget, a target, or a size that is held.
    ///
    /// Minimises f(x) subject to c(x) ≤ C, or c(x) subject to f(x) ≤ L, over ln x within bounds, by sequential quadratic
    /// programming with exact derivatives from many starts; E + A/N^α + B/D^β under k·N·D has a closed form. Without a
    /// budget, a fixed size asks for the budget that it is best for.
    ///
    /// Intervals: each draw of the law has an optimum of its own, and an interval runs between percentiles of what those
    /// come to. A law without draws has the delta method on the conditions of the optimum: du*/dθ by the implicit
    /// function theorem, on the logarithm of every input, with Student's t. Published sets have no covariance and give
    /// no intervals.
    ///
    /// - Returns: a plan with its warnings: extrapolation, limits that bind, draws without an optimum.
    /// - Throws: ``ScalingError/plan(_:)`` where there is no optimum between the ends, the conditions exclude each other,
    ///   or the request cannot be read; as ``predict(_:set:estimates:level:interval:source:vectorLevel:)`` otherwise.
    public func plan(_ options: PlanOptions) throws(ScalingError) -> Plan {
        let space = try PlanSpace(self, options)
        let used = options.set != nil || fit == nil ? try coefficientSet(options.set) : nil
        let draws = used != nil || options.source == .delta ? nil : fit?.draws
        if options.source == .draws, draws == nil { throw .noDraws(law: id) }
        let drawn = draws.map { draws in (0..<draws.count).map { Array(draws.draw($0)) } } ?? []
        let model = try PlanModel(space, parameters: [space.estimates.values] + drawn)
        let planner = Planner(model: model, draws: draws == nil ? nil : drawn, setName: used?.name)
        var plan = try planner.plan()
        plan.warnings = (used.flatMap { .uncertain($0) }.map { [$0] } ?? []) + plan.warnings
        return plan
    }
}

/// One plan in the making.
struct Planner {
    let model: PlanModel
    let draws: [[Double]]?
    let setName: String?

    var space: PlanSpace { model.space }
    private var estimates: [Double] { space.estimates.values }

    func plan() throws(ScalingError) -> Plan {
        try checkCost()
        var (optimum, held, found) = try optimum()
        if !space.options.whole.isEmpty { (optimum, held) = try rounded(optimum) }
        let closed = ClosedForm(model)
        let readings = PlanReadings(model)
        var plan = Plan(
            law: space.law, set: setName, goal: space.options.goal, cost: space.cost, choices: [],
            labels: space.labels, response: .init(optimum.value), spent: .init(Elementary.exp(optimum.budget)),
            level: space.options.level, isClosedForm: closed != nil)
        plan.optima = found?.optima ?? 1
        plan.runsAway = found?.runsAway.map { space.free[$0].name }
        let intervals = try PlanIntervals(self.model, optimum, draws: draws, holding: held)
        plan.source = intervals.source
        plan.draws = intervals.drawCounts
        plan.response = intervals.response
        plan.spent = intervals.spent
        // What was to be spent, not its rounding.
        if case .budget(let budget) = space.options.goal, (plan.spent.value / budget - 1).magnitude < 1e-9 {
            plan.spent.value = budget
        }
        for input in space.law.inputs where !input.isLabel {
            plan.choices.append(choice(of: input, optimum, readings, intervals, held))
        }
        plan.ratio = readings.ratio(optimum).map { intervals.value($0) }
        if space.options.cost == nil, space.options.shapes == nil {
            plan.training = readings.training(optimum).map { intervals.value($0) }
        }
        plan.epochs = epochs(plan)
        plan.shape = shape(plan)
        plan.conventions = PlanConventions.sentences(space)
        addDetours(to: &plan, optimum, held)
        plan.warnings += PlanWarnings.warnings(plan, space, optimum)
        try widen(&plan)
        return plan
    }

    private func shape(_ plan: Plan) -> ModelShape? {
        guard let shapes = space.options.shapes, let size = space.size, let choice = plan[size.name] else {
            return nil
        }
        return shapes.member(
            parameters: choice.value.value * PlanSpace.unit(size), counting: space.counting)
    }

    // The doubt of extrapolation in the law's value, as a prediction there has it. Where the optimum is, is not widened:
    // a backtest says how far off losses were, not sizes.
    private func widen(_ plan: inout Plan) throws(ScalingError) {
        guard setName == nil, space.options.source == nil, let calibration = space.law.fit?.calibration,
            let lower = plan.response.lower, let upper = plan.response.upper
        else { return }
        var point = Point(plan.labels.mapValues { .label($0) })
        for choice in plan.choices { point[choice.input.name] = .number(choice.value.value) }
        let found = try space.law.predict(
            try Points([point], for: space.law), level: space.options.level, vectorLevel: space.options.vectorLevel)
        guard found.source == .calibrated, let low = found.lower?[0], let high = found.upper?[0] else { return }
        // Of repeated data the plan's value is not the law's; the widths are taken over.
        let scale = found.residual
        let (z, there) = (scale.transformed(plan.response.value), scale.transformed(found.values[0]))
        plan.response.lower = min(lower, scale.restored(z + scale.transformed(low) - there))
        plan.response.upper = max(upper, scale.restored(z + scale.transformed(high) - there))
        plan.calibration = calibration
        plan.warnings += found[0].warnings.filter { $0.code == "beyond-calibration" }
    }

    // A price that is nothing or less than nothing is a mistake of the formula.
    private func checkCost() throws(ScalingError) {
        guard let cost = space.cost else { return }
        let points = model.starts(32)
        let values = model.functions.run(points, parameters: points.map { _ in estimates })
        let prices = points.indices.map { values.value(PlanModel.cost, $0) }
        if prices.contains(where: { !($0 > 0) }) { throw .plan(.costNotPositive("\(cost)")) }
        let names = Set(cost.symbols.map(\.name))
        guard case .budget = space.options.goal else { return }
        let chosen = space.free.contains { space.isInCost($0.name) }
        if !chosen, space.free.isEmpty || names.allSatisfy({ space.constants[$0] != nil }) {
            throw .plan(.nothingFree(law: space.law.id, cost: "\(cost)"))
        }
    }

    // MARK: - The optimum

    private func optimum() throws(ScalingError) -> (PlanOptimum, [Int: Double], PlanFound?) {
        if space.free.isEmpty { return (valued([]), [:], nil) }
        if let closed = ClosedForm(model), let question = model.question,
            let answer = closed.answer(question, estimates)
        {
            let optimum = PlanOptimum(
                logarithms: answer.logarithms, value: answer.value, budget: answer.budget, exponents: answer.exponents
            )
            return (optimum, [:], nil)
        }
        switch space.options.goal {
        case .budget(let budget):
            let found = model.search(budget: Elementary.ln(budget), parameters: estimates)
            let row = try settled(found?.row, budget: budget)
            return (optimum(of: row), [:], found)
        case .response(let target):
            guard let found = model.search(target: target, parameters: estimates) else {
                throw .plan(unreachable(target))
            }
            var row = try settled(found.row, budget: nil)
            // As the best of its own budget, for all that follows.
            let values = model.functions.run([row.logarithms], parameters: [estimates])
            let budget = Elementary.ln(values.value(PlanModel.cost, 0))
            row = try settled(solved(row.logarithms, budget: budget), budget: nil)
            return (optimum(of: row), [:], found)
        case .none:
            guard let anchor = space.anchor else {
                let found = model.search(budget: 1, parameters: estimates)
                return (optimum(of: try settled(found?.row, budget: nil)), [:], found)
            }
            return (try anchored(anchor), [:], nil)
        }
    }

    private func unreachable(_ target: Double) -> PlanFault {
        .unreachable(
            target: target, response: space.law.response?.name ?? "the response",
            best: model.bestAnywhere(parameters: estimates), isLoss: space.sign > 0)
    }

    private func solved(_ logarithms: [Double], budget: Double, holding held: [Int: Double] = [:]) -> PlanRow {
        var rows = [
            model.row(
                at: logarithms, parameters: estimates, ceiling: budget, holding: held, isActive: space.cost != nil)
        ]
        model.forBudget.solve(&rows)
        return rows[0]
    }

    private func anchored(_ anchor: (position: Int, logarithm: Double)) throws(ScalingError) -> PlanOptimum {
        // A first budget: the held size with all else in the middle of what is known.
        var start = model.starts(1)[0]
        start[anchor.position] = anchor.logarithm
        let values = model.functions.run([start], parameters: [estimates])
        var budgets = [Elementary.ln(values.value(PlanModel.cost, 0))]
        let first = try settled(model.search(budget: budgets[0], parameters: estimates)?.row, budget: nil)
        var rows = [first]
        model.anchor(&rows, budgets: &budgets, at: anchor)
        guard rows[0].isSettled, (rows[0].logarithms[anchor.position] - anchor.logarithm).magnitude < 1e-6 else {
            throw .plan(
                .noOptimum(
                    law: space.law.id, input: space.free[anchor.position].name, isUpward: true,
                    at: Elementary.exp(anchor.logarithm), isOpen: true, inCost: true))
        }
        return optimum(of: try settled(rows[0], budget: nil))
    }

    /// The row, or why it is no optimum.
    private func settled(_ row: PlanRow?, budget: Double?) throws(ScalingError) -> PlanRow {
        guard let row else { throw .plan(.undefined(law: space.law.id)) }
        switch row.end {
        case .undefined, .none: throw .plan(.undefined(law: space.law.id))
        case .infeasible: throw .plan(infeasible(row, budget))
        case .unsettled where !space.options.limits.isEmpty: throw .plan(infeasible(row, budget))
        case .unsettled: throw .plan(runaway(row))
        case .optimum:
            if let end = model.openEnd(of: row) { throw .plan(noOptimum(row, end.position, end.isUpward)) }
            if !row.isConvex { throw .plan(runaway(row)) }
            return row
        }
    }

    private func noOptimum(_ row: PlanRow, _ k: Int, _ isUpward: Bool) -> PlanFault {
        let input = space.free[k]
        let end = isUpward ? space.ends[k].upper : space.ends[k].lower
        return .noOptimum(
            law: space.law.id, input: input.name, isUpward: isUpward, at: Elementary.exp(row.logarithms[k]),
            isOpen: end == .open, inCost: space.isInCost(input.name))
    }

    // Steps that never end: the input that went farthest from where the law was fitted is named.
    private func runaway(_ row: PlanRow) -> PlanFault {
        let start = model.starts(1)[0]
        let moved = row.logarithms.indices.map { row.logarithms[$0] - start[$0] }
        let k = moved.indices.max { moved[$0].magnitude < moved[$1].magnitude } ?? 0
        return .noOptimum(
            law: space.law.id, input: space.free[k].name, isUpward: moved[k] > 0,
            at: Elementary.exp(row.logarithms[k]), isOpen: true, inCost: space.isInCost(space.free[k].name))
    }

    private func infeasible(_ row: PlanRow, _ budget: Double?) -> PlanFault {
        let values = model.functions.run([row.logarithms], parameters: [estimates])
        let spent = values.value(PlanModel.cost, 0)
        var binding: [String] = []
        if let budget, spent > budget * (1 + 1e-6) { binding.append("the budget") }
        for (place, limit) in space.options.limits.enumerated()
        where values.value(model.firstLimit + place, 0) > 1 - 1e-6 {
            binding.append("--limit '\(limit.text)'")
        }
        for k in row.held.indices where row.held[k] == 1 || row.held[k] == -1 {
            let text = Numeral.quantity(Elementary.exp(row.logarithms[k]), digits: 4)
            let bound = row.held[k] == 1 ? "at most" : "at least"
            binding.append("\(space.free[k].name) \(bound) \(text)")
        }
        return .infeasible(budget: budget, cost: space.cost.map { "\($0)" } ?? "", binding: binding, least: spent)
    }

    private func optimum(of row: PlanRow) -> PlanOptimum {
        var optimum = valued(row.logarithms)
        optimum.row = row
        optimum.exponents =
            model.exponents([row])[0] ?? Array(repeating: .nan, count: space.free.count)
        return optimum
    }

    private func valued(_ logarithms: [Double]) -> PlanOptimum {
        let values = model.functions.run([logarithms], parameters: [estimates])
        return PlanOptimum(
            logarithms: logarithms, value: values.value(PlanModel.law, 0),
            budget: Elementary.ln(values.value(PlanModel.cost, 0)), exponents: logarithms.map { _ in .nan })
    }

    // MARK: - Whole numbers

    // Every whole neighbour of the optimum, up to two away on either side, with all else chosen anew.
    private func rounded(_ optimum: PlanOptimum) throws(ScalingError) -> (PlanOptimum, [Int: Double]) {
        let places = space.free.indices.filter { space.options.whole.contains(space.free[$0].name) }
        var choices: [[Int: Double]] = [[:]]
        for k in places {
            let x = Elementary.exp(optimum.logarithms[k])
            let least = max(1, x.rounded(.down) - 1)
            let candidates = stride(from: least, through: x.rounded(.up) + 1, by: 1)
                .filter { Elementary.ln($0) >= space.lower[k] - 1e-9 && Elementary.ln($0) <= space.upper[k] + 1e-9 }
            choices = choices.flatMap { choice in
                candidates.map { choice.merging([k: Elementary.ln($0)]) { $1 } }
            }
        }
        var best: (PlanOptimum, [Int: Double])?
        for held in choices {
            let row: PlanRow
            if case .response(let target) = space.options.goal {
                var rows = [
                    model.row(
                        at: optimum.logarithms, parameters: estimates, ceiling: space.sign * target, holding: held)
                ]
                model.forTarget.solve(&rows)
                if rows[0].isSettled {
                    // As the best of its own budget, for its exponents.
                    let values = model.functions.run([rows[0].logarithms], parameters: [estimates])
                    rows[0] = solved(
                        rows[0].logarithms, budget: Elementary.ln(values.value(PlanModel.cost, 0)), holding: held)
                }
                row = rows[0]
            } else {
                row = solved(optimum.logarithms, budget: space.cost == nil ? 1 : optimum.budget, holding: held)
            }
            guard row.isSettled else { continue }
            let found = self.optimum(of: row)
            let isBetter: Bool
            if case .response = space.options.goal {
                isBetter = best.map { found.budget < $0.0.budget } ?? true
            } else {
                isBetter = best.map { space.sign * found.value < space.sign * $0.0.value } ?? true
            }
            if isBetter { best = (found, held) }
        }
        guard let best else {
            throw .plan(
                .infeasible(
                    budget: nil, cost: space.cost.map { "\($0)" } ?? "",
                    binding: places.map { "whole \(space.free[$0].name)" }, least: nil))
        }
        return best
    }

    // MARK: - What the plan says of an input

    private func choice(
        of input: LawInput, _ optimum: PlanOptimum, _ readings: PlanReadings, _ intervals: PlanIntervals,
        _ held: [Int: Double]
    ) -> Plan.Choice {
        if let value = space.constants[input.name] {
            return Plan.Choice(input: input, role: .fixed, value: .init(value), exponent: nil, limit: nil)
        }
        let reading = readings[input.name, optimum]
        if let k = space.free.firstIndex(of: input) {
            let isAnchor = space.anchor?.position == k
            var limit: String?
            if let row = optimum.row {
                if row.held[k] == 1 { limit = "max" }
                if row.held[k] == -1 { limit = "min" }
            }
            let isHeld = held[k] != nil
            return Plan.Choice(
                input: input, role: isAnchor ? .anchor : .free,
                value: isHeld ? .init(Elementary.exp(optimum.logarithms[k]).rounded()) : intervals.value(reading),
                exponent: isHeld ? nil : intervals.exponent(k), limit: limit)
        }
        return Plan.Choice(input: input, role: .tied, value: intervals.value(reading), exponent: nil, limit: nil)
    }

    private func epochs(_ plan: Plan) -> Plan.Value? {
        guard let unique = space.options.uniqueTokens, let data = space.data, let choice = plan[data.name] else {
            return nil
        }
        let factor = PlanSpace.unit(data) / unique
        return Plan.Value(
            choice.value.value * factor, lower: choice.value.lower.map { $0 * factor },
            upper: choice.value.upper.map { $0 * factor })
    }

    // MARK: - Models of another size

    private func addDetours(to plan: inout Plan, _ optimum: PlanOptimum, _ held: [Int: Double]) {
        let places = space.free.indices.filter { held[$0] == nil && space.isInCost(space.free[$0].name) }
        let size = places.first { space.free[$0].name == space.size?.name } ?? places.first
        guard let size, places.count > 1, space.cost != nil else { return }
        plan.detourInput = space.free[size].name
        for factor in [0.5, 2] {
            let logarithm = optimum.logarithms[size] + Elementary.ln(factor)
            guard logarithm >= space.lower[size], logarithm <= space.upper[size] else { continue }
            let holding = held.merging([size: logarithm]) { $1 }
            var start = optimum.logarithms
            start[size] = logarithm
            let onto = model.onto(budget: optimum.budget, [start], parameters: estimates, holding: holding)[0]
            let row = solved(onto, budget: optimum.budget, holding: holding)
            var response: Double?
            if row.isSettled { response = space.sign * row.objective }
            plan.detours.append(
                Plan.Detour(
                    factor: factor, size: Elementary.exp(logarithm), response: response,
                    costFactor: costFactor(from: start, optimum, holding, size)))
        }
    }

    // The cheapest way to the best value with a size that is held: from points with ever more of everything else.
    private func costFactor(
        from start: [Double], _ optimum: PlanOptimum, _ held: [Int: Double], _ size: Int
    ) -> Double? {
        var rows = (0..<12).map { number in
            let lifted = start.indices.map { k in
                k == size || held[k] != nil ? start[k] : min(start[k] + Double(number) * 1.5, space.upper[k])
            }
            return model.row(
                at: lifted, parameters: estimates, ceiling: space.sign * optimum.value, holding: held)
        }
        model.forTarget.solve(&rows)
        let best = rows.filter { $0.isSettled && model.openEnd(of: $0) == nil }.map(\.objective).min()
        return best.map { Elementary.exp($0 - optimum.budget) }
    }
}
