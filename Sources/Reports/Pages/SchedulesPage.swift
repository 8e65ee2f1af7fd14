// The page of the best schedules: each as it is typed, its loss, and how sharp the choice is.

import Fitting
import Formulas
import Scaling

extension Report {
    /// The page of the best schedule of each family.
    public static func schedules(_ found: [BestSchedule], law: Law, set: String?) -> Report {
        let page = SchedulesPage(found: found, law: law, set: set)
        var blocks: [Block] = [
            .sentence(page.opening), .facts(page.facts), .table(page.losses), .table(page.choices),
        ]
        let percent = Numbers.short(BestSchedule.tolerance * 100, digits: 2)
        blocks.append(
            .sentence(.faint("near: where \(page.response) stays within \(percent) % of the best, the rest held.")))
        if !page.notices.isEmpty { blocks.append(.notices(page.notices)) }
        return Report(blocks)
    }
}

private struct SchedulesPage {
    let found: [BestSchedule]
    let law: Law
    let set: String?

    var response: String { law.response?.name ?? "value" }

    var opening: Words {
        let unit = law.response?.unit.map { " [\($0)]" } ?? ""
        let coefficients = set.map { ", coefficients of set \($0)" } ?? ""
        return .strong(law.id)
            + Words(
                ": the lowest \(response)\(unit) at the last step\(coefficients).".replacing("lowest", with: best))
    }

    private var best: String { law.response?.direction == .increase ? "highest" : "lowest" }

    var facts: [Report.Fact] {
        found.enumerated().map { Report.Fact("\($0 + 1)", .code("\($1.schedule)")) }
    }

    var losses: Report.Grid {
        let hasInterval = found.contains { $0.prediction.interval != nil }
        let compares = found.count > 1
        var columns = [Report.Grid.Column("schedule"), .init(response)]
        if hasInterval { columns += [.init("from"), .init("to")] }
        if compares { columns.append(.init("less 1")) }
        columns.append(.init("tried"))
        let first = found[0].prediction.value
        return Report.Grid(
            columns,
            rows: found.enumerated().map { position, best in
                var row = ["\(position + 1)"]
                if let interval = best.prediction.interval {
                    let (value, from, to) = Numbers.interval(best.prediction.value, interval.lower, interval.upper)
                    row += [value, from, to]
                } else {
                    row += [Numbers.value(best.prediction.value)] + (hasInterval ? ["-", "-"] : [])
                }
                if compares { row.append(position == 0 ? "" : Numbers.short(best.prediction.value - first)) }
                return row + ["\(best.evaluations)"]
            })
    }

    var choices: Report.Grid {
        func text(_ value: Double, _ choice: BestSchedule.Choice) -> String {
            Numbers.short(value, digits: 4) + (choice.isShare ? "%" : "")
        }
        let rows = found.enumerated().flatMap { position, best in
            best.choices.map { choice in
                [
                    "\(position + 1)", choice.key, text(choice.value, choice),
                    "\(text(choice.near.lowerBound, choice))..\(text(choice.near.upperBound, choice))",
                    "\(text(choice.lower, choice))..\(text(choice.upper, choice))",
                ]
            }
        }
        return Report.Grid(
            [.init("schedule"), .init("choice", .left), .init("best"), .init("near"), .init("range")], rows: rows)
    }

    /// Each doubt once, with the schedules that it concerns.
    var notices: [Report.Notice] {
        var all: [(warning: Warning, of: [Int])] = []
        for (position, best) in found.enumerated() {
            for warning in best.warnings {
                if let known = all.firstIndex(where: { $0.warning == warning }) {
                    all[known].of.append(position + 1)
                } else {
                    all.append((warning, [position + 1]))
                }
            }
        }
        return all.map { warning, positions in
            let notice = Report.Notice(warning)
            if found.count == 1 || positions.count == found.count { return notice }
            let list = positions.map(String.init).joined(separator: ", ")
            return Report.Notice(code: "\(notice.code), schedule \(list)", message: notice.message, hint: notice.hint)
        }
    }
}
