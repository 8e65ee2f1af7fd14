// The page of the next runs: how sure the target is, which runs to make, what each of them adds, and the hedge in words.

import Fitting
import Formulas
import Scaling

extension Report {
    /// The page of the runs that are worth making.
    public static func next(_ findings: NextFindings) -> Report {
        let page = NextPage(findings: findings)
        var blocks: [Block] = [
            .sentence(page.opening), .verbatim("\(findings.specification.formula)"), .facts(page.facts),
        ]
        if findings.next.purchases.isEmpty {
            blocks.append(.sentence("No candidate makes it surer."))
        } else {
            blocks.append(.section(page.title, [.table(page.purchases)]))
            if let plan = findings.next.plan { blocks.append(page.section(plan)) }
        }
        blocks.append(.list(page.explanations))
        if !findings.next.warnings.isEmpty { blocks.append(.notices(findings.next.warnings.map(Notice.init))) }
        return Report(blocks)
    }
}

private struct NextPage {
    let findings: NextFindings

    private var next: NextRuns { findings.next }
    private var words: SurenessWords { SurenessWords(next) }
    private var percent: String { "\(Numbers.short(next.level * 100, digits: 6)) %" }
    private var unit: String { words.unit }

    var opening: Words {
        let under = next.underWay > 0 ? " and \(next.underWay) under way" : ""
        let runs = "\(Numbers.counted(next.runs, "run"))\(under)"
        return Words("Which runs tell most of ") + .strong(next.target)
            + Words(", after \(runs), for what they cost.")
    }

    var facts: [Report.Fact] {
        var facts = [
            Report.Fact("now", .strong(words.value) + Words(" (\(words.interval(next.now)), \(words.origin))"))
        ]
        if let begun = next.withUnderWay {
            facts.append(.init("under way", Words("\(words.interval(begun)) once in")))
        }
        facts += [
            Report.Fact("cost", Words("\(words.cost); \(Numbers.quantity(next.spentSoFar))\(unit) spent so far")),
            Report.Fact("noise", Words("\(noise), \(source)")),
            Report.Fact("candidates", Words(candidates)),
        ]
        if let spend = next.spend { facts.append(.init("to spend", Words(Numbers.quantity(spend) + unit))) }
        return facts
    }

    private var noise: String {
        let scale = FitSetting(problem: findings.fit.problem)
        return "\(Numbers.short(next.noise.value, digits: 2)) a run, on \(scale.scaled)"
    }

    private var source: String {
        switch next.noise.source {
        case "residuals": "from the residuals"
        case "given": "as given"
        default: "from \(next.noise.source)"
        }
    }

    private var candidates: String {
        let costs = next.purchases.isEmpty ? "" : "; all of them would leave \(words.interval(next.atBest))"
        return "\(next.candidates.count)\(costs)"
    }

    // MARK: - Purchases

    var title: String {
        next.spend == nil
            ? "one after another: run the first, fit again, ask again"
            : "\(Numbers.counted(next.purchases.count, "run")) for "
                + "\(Numbers.quantity(next.purchases.last?.spent ?? 0))\(unit)"
    }

    var purchases: Report.Grid {
        let inputs = next.law.inputs
        var columns: [Report.Grid.Column] = [.init("")]
        columns += inputs.map { .init($0.name, $0.isLabel ? .left : .right) }
        columns += [
            .init("cost"), .init(response), .init("\(percent) after"), .init("narrower"), .init("with doubt"),
        ]
        return Report.Grid(
            columns,
            rows: next.purchases.enumerated().map { place, run in
                ["\(place + 1)"] + words.cells(next.candidates[run.candidate]) + [
                    Numbers.quantity(run.cost, digits: 3), Numbers.short(run.predicted, digits: 4),
                    words.interval(run.after), words.narrower(run.after, than: next.withUnderWay ?? next.now),
                    words.doubted(run.after),
                ]
            })
    }

    private var response: String {
        next.law.response?.name ?? next.law.formula?.response.map { "\($0)" } ?? "value"
    }

    // MARK: - The plan

    /// Of a larger plan so many of the cheapest and of the most costly are listed; the reply has them all.
    private static let ends = 6

    /// What run 1 was chosen for. A plan of that run alone needs no table.
    func section(_ plan: RunPlan) -> Report.Block {
        let cost = "\(Numbers.quantity(plan.cost))\(unit)"
        if plan.runs.count == 1, plan.runs[0].candidate == next.purchases[0].candidate {
            return .sentence(Words("Run 1 alone is as much as is planned for now."))
        }
        let inputs = next.law.inputs
        let columns: [Report.Grid.Column] =
            [.init("run")] + inputs.map { .init($0.name, $0.isLabel ? .left : .right) }
            + [.init("cost"), .init(response)]
        func rows(_ runs: ArraySlice<RunPlan.Run>) -> [[String]] {
            runs.map { run in
                let order = next.purchases.firstIndex { $0.candidate == run.candidate }
                return [order.map { "\($0 + 1)" } ?? "-"] + words.cells(next.candidates[run.candidate]) + [
                    Numbers.quantity(run.cost, digits: 3), Numbers.short(run.predicted, digits: 4),
                ]
            }
        }
        let isLong = plan.runs.count > 2 * Self.ends
        let table = Report.Grid(
            columns,
            rows: isLong
                ? rows(plan.runs.prefix(Self.ends)) + [columns.map { _ in "…" }] + rows(plan.runs.suffix(Self.ends))
                : rows(plan.runs[...]))
        return .section(
            "the plan behind it: \(Numbers.counted(plan.runs.count, "run")) for \(cost)",
            [.table(table), .sentence(told(plan))])
    }

    private func told(_ plan: RunPlan) -> Words {
        let isOne = plan.runs.count == 1
        var rest = ", with doubt \(words.doubted(plan.after)). "
        let narrower = words.narrower(plan.after, than: next.withUnderWay ?? next.now)
        if narrower != "-" { rest = ", \(narrower) narrower\(rest)" }
        if plan.contains(next.purchases[0].candidate) {
            rest += "Run 1 is the cheapest of them, and first because what it tells may change the rest."
        } else {
            rest += "Run 1 is not \(isOne ? "it" : "one of them"): it is an insurance."
        }
        return Words(isOne ? "It leaves " : "Together they leave ") + .strong(words.interval(plan.after))
            + Words(rest)
    }

    // MARK: - What it means

    var explanations: [Words] {
        if next.purchases.isEmpty { return [] }
        var list: [Words] = []
        list.append(
            Words(
                "\(percent) after: what the interval is expected to be once this run and those above it are in, if the law "
                    + "is right; narrower: by how much than \(next.withUnderWay == nil ? "now" : "with the runs under way")"
                    + (next.now.interval == nil ? ". With no more runs than parameters there is none now." : ".")))
        let insured = next.purchases.indices.filter { next.purchases[$0].isInsurance }.map { $0 + 1 }
        if !insured.isEmpty {
            let isOne = insured.count == 1
            list.append(
                Words(
                    "\(isOne ? "Run" : "Runs") \(Numbers.places(insured)) \(isOne ? "is" : "are") an insurance, in case the law "
                        + "is wrong: so cheap that all runs up to \(isOne ? "its cost" : "their cost") are a small part of what is made and planned."
                ))
        }
        if next.hedge.sd > 0 {
            let share = Numbers.short(100 * next.hedge.sd, digits: 2)
            let factor = Numbers.short(Elementary.exp(next.hedge.length), digits: 2)
            let origin =
                switch next.hedgeOrigin {
                case .given: ""
                case .residuals: ", as is believed after its residuals"
                case .assumed: ", as is assumed before any run"
                }
            list.append(
                Words(
                    "with doubt: the same if the law may be wrong by \(share) % anywhere\(origin), smoothly over a factor of "
                        + "\(factor) in each input. Runs were chosen so: fits weigh every run alike, and many in one corner "
                        + "would draw the law towards what it leaves out there."))
        } else {
            list.append("The law was taken for right (--doubt 0): nothing was spent on finding out whether it is.")
        }
        if let draws = next.draws { list.append(Words("The doubt about the parameters is that of \(draws) draws.")) }
        return list
    }
}
