// The page of a plan: what to choose, how sure that is, what being off costs, and what to distrust.

import Fitting
import Formulas
import Scaling

extension Report {
    /// The page of a plan, with the time it takes where hardware is known.
    public static func plan(_ plan: Plan, time: PlanTime? = nil) -> Report {
        let page = PlanPage(plan: plan, time: time)
        var blocks: [Block] = [.sentence(page.opening)]
        if let formula = plan.law.formula { blocks.append(.formula(formula)) }
        blocks.append(.table(page.choices))
        blocks.append(.facts(page.facts))
        if !plan.detours.isEmpty { blocks.append(.section(page.detourTitle, [.table(page.detours)])) }
        if !plan.warnings.isEmpty { blocks.append(.notices(plan.warnings.map(Report.Notice.init))) }
        return Report(blocks)
    }
}

private struct PlanPage {
    let plan: Plan
    let time: PlanTime?

    private var response: String {
        plan.law.response?.name ?? plan.law.formula?.response.map { "\($0)" } ?? "value"
    }

    private var isLoss: Bool { plan.law.response?.direction != .increase }

    var opening: Words {
        let coefficients = plan.set.map { ", coefficients of set \($0)" } ?? ""
        let best = isLoss ? "lowest" : "highest"
        let what: String
        switch plan.goal {
        case .budget(let budget):
            what = "the \(best) \(response) for a budget of \(Numbers.quantity(budget))\(unitOfCost)"
        case .response(let target): what = "the least cost of \(response) = \(Numbers.short(target, digits: 6))"
        case .none:
            if let anchor = plan.choices.first(where: { $0.role == .anchor }) {
                what = "the budget for which \(anchor.input.name) = \(Numbers.quantity(anchor.value.value)) is best"
            } else if plan.choices.contains(where: { $0.role == .free }) {
                what = "the \(best) \(response)"
            } else {
                what = "what these inputs come to"
            }
        }
        return .strong(plan.law.id) + Words("\(coefficients): \(what).")
    }

    private var unitOfCost: String { plan.conventions.contains { $0.hasSuffix(" FLOP") } ? " FLOP" : "" }

    // MARK: - What to choose

    var choices: Report.Grid {
        let hasInterval = plan.choices.contains { $0.value.lower != nil }
        let hasExponent = plan.choices.contains { $0.exponent != nil }
        let hasDistance = plan.choices.contains { $0.distance != nil }
        let percent = Numbers.short(plan.level * 100, digits: 6)
        var columns: [Report.Grid.Column] = [.init("input", .left), .init("best")]
        if hasInterval { columns.append(.init("\(percent) %")) }
        columns.append(.init("unit", .left))
        if hasExponent { columns += [.init("grows as"), .init("")] }
        if hasDistance { columns.append(.init("data")) }
        var rows: [[String]] = []
        for choice in plan.choices {
            var row = [choice.input.name, Numbers.quantity(choice.value.value)]
            if hasInterval { row.append(span(choice.value)) }
            row.append(choice.role == .free || choice.role == .tied ? choice.input.unit ?? "" : "fixed")
            if hasExponent {
                row.append(choice.exponent.map { "C^" + Numbers.short($0.value, digits: 3) } ?? "")
                row.append(
                    choice.exponent.map { exponent in
                        guard let low = exponent.lower, let high = exponent.upper else { return "" }
                        return "\(Numbers.short(low, digits: 3))..\(Numbers.short(high, digits: 3))"
                    } ?? "")
            }
            if hasDistance { row.append(choice.distance.map(Numbers.distance) ?? "") }
            rows.append(row)
        }
        for (name, label) in plan.labels.sorted(by: { $0.key < $1.key }) {
            rows.append([name, label] + Array(repeating: "", count: columns.count - 2))
        }
        return Report.Grid(columns, rows: rows)
    }

    private func span(_ value: Plan.Value) -> String {
        guard let low = value.lower, let high = value.upper else { return "" }
        return "\(Numbers.quantity(low, digits: 3))..\(Numbers.quantity(high, digits: 3))"
    }

    // MARK: - What follows

    var facts: [Report.Fact] {
        var facts: [Report.Fact] = []
        let unit = plan.law.response?.unit.map { " \($0)" } ?? ""
        if let low = plan.response.lower, let high = plan.response.upper {
            let (value, lower, upper) = Numbers.interval(plan.response.value, low, high)
            facts.append(.init(response, .strong(value) + Words(" (\(lower)..\(upper))\(unit)")))
        } else {
            facts.append(.init(response, .strong(Numbers.short(plan.response.value, digits: 5)) + Words(unit)))
        }
        if let ratio = plan.ratio { facts.append(.init("tokens/param", Words(factor(ratio)))) }
        if let epochs = plan.epochs { facts.append(.init("epochs", Words(factor(epochs)))) }
        if let cost = plan.cost {
            let what = plan.shape == nil ? "\(cost) = " : "every matrix product of the shape, "
            facts.append(.init("cost", Words("\(what)\(written(plan.spent))\(unitOfCost)")))
        }
        if let shape = plan.shape {
            func short(_ value: Double) -> String { Numbers.short(value, digits: 3) }
            facts.append(
                .init(
                    "shape",
                    Words(
                        "\(short(shape.layers)) layers, width \(Numbers.count(shape.width.rounded())), "
                            + "\(short(shape.heads)) heads of \(short(shape.headWidth))")))
        }
        if let time { facts += [.init("time", Words(timeWords(time)))] }
        if let sizes = plan.conventions.first(where: { $0.contains(" counts ") }) {
            facts.append(.init("counting", Words(sizes)))
        }
        facts.append(.init("intervals", Words(intervalWords)))
        if plan.calibration != nil {
            facts.append(.init("", Words("that of \(response) is widened for extrapolation by the law's backtest")))
        }
        return facts
    }

    private func written(_ value: Plan.Value) -> String {
        let text = Numbers.quantity(value.value)
        return value.lower == nil ? text : "\(text) (\(span(value)))"
    }

    private func factor(_ value: Plan.Value) -> String {
        func short(_ x: Double) -> String { x >= 1e5 ? Numbers.quantity(x, digits: 3) : Numbers.short(x, digits: 3) }
        guard let low = value.lower, let high = value.upper else { return short(value.value) }
        return "\(short(value.value)) (\(short(low))..\(short(high)))"
    }

    private func timeWords(_ time: PlanTime) -> String {
        let fleet = time.fleet
        var words =
            "\(factor(time.hours)) hours of one \(fleet.accelerator.name) at \(Numbers.short(fleet.utilisation)) of "
            + "\(Numbers.short(fleet.accelerator.flops / 1e12)) TFLOP/s"
            + (fleet.accelerator.isFromMemory ? " (from memory: check it)" : "")
        if let days = time.days, let count = fleet.count {
            words += "; \(factor(days)) days on \(Numbers.count(count))"
        }
        if let dollars = time.dollars { words += "; \(factor(dollars)) dollars" }
        return words
    }

    private var intervalWords: String {
        let way = plan.isClosedForm ? "; optimum in closed form" : ""
        switch plan.source {
        case .draws?:
            let used = (plan.draws?.used ?? 0) - (plan.draws?.without ?? 0)
            return "percentiles of the optima of \(used) draws" + way
        case .delta?, .calibrated?:
            return "delta method on the conditions of the optimum, from the estimates' covariance" + way
        case nil: return "none: no covariance is known" + way
        }
    }

    // MARK: - Being off

    var detourTitle: String { "another \(plan.detourInput ?? "size")" }

    var detours: Report.Grid {
        let rows = plan.detours.map { detour -> [String] in
            let factor = detour.factor < 1 ? "half" : "twice"
            let lost = plan.lost(detour).map { Numbers.short($0, digits: 2) } ?? "-"
            let extra = detour.costFactor.map { Self.percent($0 - 1) } ?? "never enough"
            return [
                factor, Numbers.quantity(detour.size), detour.response.map { Numbers.short($0, digits: 5) } ?? "-",
                lost, extra,
            ]
        }
        let titles = [
            "", plan.detourInput ?? "", response, isLoss ? "lost" : "given away",
            "extra cost to the same \(response)",
        ]
        return Report.Grid(titles.enumerated().map { .init($1, $0 == 0 ? .left : .right) }, rows: rows)
    }

    private static func percent(_ share: Double) -> String {
        share >= 2 ? "×" + Numbers.short(1 + share, digits: 2) : "\(Numbers.short(share * 100, digits: 2)) %"
    }
}
