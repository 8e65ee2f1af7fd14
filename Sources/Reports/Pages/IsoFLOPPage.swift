// The page of valleys: the best size for each budget, the line, and all approaches in one table.

import Fitting
import Formulas
import Scaling

extension Report {
    /// The page of an isoFLOP table.
    public static func isoFLOP(_ result: IsoFLOP) -> Report {
        let page = IsoFLOPPage(result: result)
        var blocks: [Block] = [.sentence(page.opening)]
        if result.valleys.contains(where: { $0.size != nil }) { blocks.append(.table(page.valleys)) }
        blocks.append(.facts(page.facts))
        blocks.append(.section("approaches: the exponents of N and D over the budget", [.table(page.approaches)]))
        let left = page.leftOut
        if !left.isEmpty { blocks.append(.section("left out", [.list(left)])) }
        if !result.warnings.isEmpty { blocks.append(.notices(result.warnings.map(Report.Notice.init))) }
        return Report(blocks)
    }
}

private struct IsoFLOPPage {
    let result: IsoFLOP

    private var percent: String { Numbers.short(result.options.level * 100, digits: 6) + " %" }

    var opening: Words {
        let used = result.valleys.count { $0.size != nil }
        return .strong(result.table)
            + Words(
                ": the best size at \(used) of \(Numbers.counted(result.valleys.count, "budget")) "
                    + "(\(result.options.method.meaning)), with \(percent) intervals.")
    }

    var valleys: Report.Grid {
        let rows = result.valleys.filter { $0.size != nil }.map { valley -> [String] in
            let ratio = (valley.data?.value ?? .nan) / (valley.size?.value ?? .nan)
            return [
                Numbers.quantity(valley.budget, digits: 3), "\(valley.sizes)", quantity(valley.size),
                span(valley.size),
                quantity(valley.data), span(valley.data), Numbers.short(ratio, digits: 3),
                valley.loss.map { Numbers.short($0.value, digits: 4) } ?? "",
            ]
        }
        let titles = ["budget", "sizes", "N", percent, "D", percent, "D/N", "loss"]
        return Report.Grid(titles.map { .init($0) }, rows: rows)
    }

    private func quantity(_ value: Plan.Value?) -> String {
        value.map { Numbers.quantity($0.value, digits: 3) } ?? ""
    }

    private func span(_ value: Plan.Value?) -> String {
        guard let low = value?.lower, let high = value?.upper else { return "" }
        return "\(Numbers.quantity(low, digits: 3))..\(Numbers.quantity(high, digits: 3))"
    }

    var facts: [Report.Fact] {
        let names = result.names
        var facts = [
            Report.Fact(
                "columns",
                Words("budget = \(names.budget), N = \(names.size), D = \(names.data), loss = \(names.loss)"))
        ]
        for (name, line) in [("N", result.size), ("D", result.data)] {
            guard let line else { continue }
            let (value, lower, upper) = Numbers.interval(line.exponent, line.lower, line.upper)
            facts.append(
                .init(
                    name,
                    .strong("C^\(value)")
                        + Words(
                            " (\(lower)..\(upper)) × \(Numbers.short(Elementary.exp(line.logCoefficient), digits: 4)), "
                                + "\(line.count) budgets weighted by variance")))
        }
        let noise =
            result.noise.map { "\(Numbers.short($0, digits: 2)) of a loss, the scatter about local cubics" }
            ?? "as given"
        facts.append(
            .init("noise", Words("\(noise); \(result.options.draws) copies (seed \(result.options.seed))")))
        if let agreement = result.agreement {
            let verdict = agreement.agrees ? "agree" : "disagree"
            facts.append(
                .init(
                    "surface",
                    Words(
                        "line and direct fit \(verdict): they differ by \(Numbers.short(agreement.difference, digits: 2)), "
                            + "\(Numbers.short(agreement.ratio, digits: 2)) standard errors")))
        }
        if !result.omitted.isEmpty {
            let list = result.omitted.map { "\($0.count) by \($0.reason)" }.joined(separator: ", ")
            facts.append(.init("left out", Words("rows: " + list)))
        }
        return facts
    }

    var approaches: Report.Grid {
        let rows = result.approaches.map { approach -> [String] in
            let chosen = approach.name == result.options.method.rawValue ? "*" : ""
            return [
                approach.name + chosen, approach.meaning, Numbers.short(approach.size.value, digits: 3),
                interval(approach.size), approach.data.map { Numbers.short($0.value, digits: 3) } ?? "",
                approach.bias.map { approach.name == "surface" ? "" : signed($0) } ?? "", "\(approach.count)",
            ]
        }
        let columns: [Report.Grid.Column] = [
            .init("", .left), .init("", .left), .init("N"), .init(percent), .init("D"), .init("bias"), .init("of"),
        ]
        return Report.Grid(columns, rows: rows)
    }

    private func signed(_ bias: Double) -> String {
        bias.magnitude < 5e-5 ? "0" : (bias > 0 ? "+" : "") + Numbers.short(bias, digits: 2)
    }

    private func interval(_ value: Plan.Value) -> String {
        guard let low = value.lower, let high = value.upper else { return "" }
        let (_, lower, upper) = Numbers.interval(value.value, low, high)
        return "\(lower)..\(upper)"
    }

    // Budgets of one reason stand together.
    var leftOut: [Words] {
        var reasons: [(reason: String, budgets: [String])] = []
        for valley in result.valleys where valley.size == nil {
            let (reason, budget) = (valley.reason ?? "no bottom", Numbers.quantity(valley.budget, digits: 3))
            if let k = reasons.firstIndex(where: { $0.reason == reason }) {
                reasons[k].budgets.append(budget)
            } else {
                reasons.append((reason, [budget]))
            }
        }
        return reasons.map { Words("\($0.budgets.joined(separator: ", ")): \($0.reason)") }
    }
}
