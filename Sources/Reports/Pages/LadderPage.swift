// The pages of a ladder: the runs with what they promise, and what those that ended have shown.

import Fitting
import Formulas
import Scaling

/// What the page and the reply of a ladder are made from.
public struct LadderFindings: Sendable {
    public let design: LadderDesign
    public let law: Law
    /// The laws of learning rate and batch.
    public let rules: [String]
    /// Of the first run.
    public let command: String?
    public let files: [String]
    public let folder: String?

    public init(
        design: LadderDesign, law: Law, rules: [String], command: String?, files: [String], folder: String?
    ) {
        (self.design, self.law, self.rules, self.command) = (design, law, rules, command)
        (self.files, self.folder) = (files, folder)
    }
}

extension Report {
    /// The page of a ladder that was designed.
    public static func ladder(_ found: LadderFindings) -> Report {
        let choice = found.design.choice
        let words = SurenessWords(choice)
        let after = choice.purchases.last?.after ?? choice.now
        let spent = choice.purchases.last?.spent ?? 0
        var facts = [
            Fact(
                "target",
                .strong(choice.target) + Words("; \(found.law.id) says \(words.value(after))")),
            Fact(
                "expected",
                .strong(words.interval(after))
                    + Words(" once all runs are in, if the law is right")),
            Fact(
                "with doubt",
                Words(words.doubted(after))
                    + Words(", if it may be wrong by \(Numbers.short(100 * choice.hedge.sd, digits: 2)) %")),
            Fact(
                "cost",
                Words(
                    "\(words.cost); \(Numbers.quantity(spent))\(words.unit)"
                        + (choice.spend.map { " of \(Numbers.quantity($0))" } ?? ""))),
            Fact(
                "noise",
                Words("\(Numbers.short(choice.noise.value, digits: 2)) a run, \(choice.noise.source)")),
        ]
        if !found.rules.isEmpty { facts.append(Fact("lr, batch", Words(found.rules.joined(separator: ", ")))) }
        var blocks: [Block] = [
            .sentence(
                Words("A ladder of ") + .strong(Numbers.counted(found.design.runs.count, "run"))
                    + Words(", chosen from \(choice.candidates.count) by \(found.law.id).")),
            .facts(facts), .table(LadderWords.runs(found.design)),
        ]
        if let command = found.command { blocks.append(.section("the first command", [.verbatim(command)])) }
        if let folder = found.folder {
            blocks.append(
                .list(
                    [
                        Words("written: \(found.files.joined(separator: ", "))"),
                        Words(
                            "results: \(folder)/results/01.csv and so on, or rows of \(folder)/results.csv with 'run' and '\(LadderWords.response(found.law))'"
                        ),
                    ]
                        + (found.command == nil
                            ? []
                            : [
                                Words("run: ") + .code("sh \(folder)/run.sh")
                                    + Words(", or single runs by their numbers")
                            ])
                        + [Words("then: ") + .code("allometry ladder status \(folder)")]))
        }
        let warnings = choice.warnings + found.design.warnings
        if !warnings.isEmpty { blocks.append(.notices(warnings.map(Notice.init))) }
        return Report(blocks)
    }

    /// The page of a ladder of which some runs have ended.
    public static func ladderStatus(_ status: LadderStatus, folder: String) -> Report {
        let total = status.finished.count + status.left.count
        let promised = SurenessWords(status.promised)
        let end = status.promised.purchases.last?.after ?? status.promised.now
        var facts = [
            Fact(
                "target",
                .strong(status.promised.target)
                    + Words(
                        "; \(status.promised.law.id) said \(promised.value(end)), \(promised.interval(end)) once all "
                            + "runs are in"))
        ]
        if let next = status.next {
            let words = SurenessWords(next)
            facts.append(
                Fact("now", .strong(words.value) + Words(" (\(words.interval(next.now)), \(words.origin))")))
            if !status.left.isEmpty {
                facts.append(Fact("at the end", Words("\(words.interval(next.atBest)) expected")))
            }
            facts.append(
                Fact(
                    "noise",
                    Words(
                        "\(Numbers.short(status.fit?.noise ?? .nan, digits: 2)) about the fit; "
                            + "\(Numbers.short(status.promised.noise.value, digits: 2)) was \(status.promised.noise.source)"
                    ))
            )
        }
        var blocks: [Block] = [
            .sentence(
                Words("\(status.finished.count) of ") + .strong(Numbers.counted(total, "run"))
                    + Words(" of \(folder) have ended.")), .facts(facts),
        ]
        if !status.finished.isEmpty { blocks.append(.table(LadderWords.outcomes(status))) }
        for (runs, what) in [(status.failed, "Failed: "), (status.begun, "Begun and not over: ")] where !runs.isEmpty
        {
            blocks.append(.sentence(.strong(what) + Words("\(runs.map { "\($0)" }.joined(separator: ", ")).")))
        }
        blocks.append(.sentence(LadderWords.advice(status)))
        let warnings = status.notices + (status.fit?.warnings ?? []) + (status.next?.warnings ?? [])
        let different = warnings.reduce(into: [Warning]()) { if !$0.contains($1) { $0.append($1) } }
        if !different.isEmpty { blocks.append(.notices(different.map(Notice.init))) }
        return Report(blocks)
    }
}

private enum LadderWords {
    static func response(_ law: Law) -> String {
        law.formula?.response?.symbols.first?.name ?? law.response?.name ?? "loss"
    }

    static func runs(_ design: LadderDesign) -> Report.Grid {
        let law = design.choice.law
        let hasRate = design.runs.contains { $0.learningRate != nil }
        let hasBatch = design.runs.contains { $0.batch != nil }
        var columns: [Report.Grid.Column] = [.init("run")]
        columns += law.inputs.map { .init($0.name, $0.isLabel ? .left : .right) }
        columns += [.init("cost"), .init(response(law))]
        if hasRate { columns.append(.init("lr")) }
        if hasBatch { columns.append(.init("batch")) }
        return Report.Grid(
            columns,
            rows: design.runs.enumerated().map { place, run in
                var row = ["\(place + 1)"] + SurenessWords(design.choice).cells(run.point)
                row += [Numbers.quantity(run.cost, digits: 3), Numbers.short(run.predicted, digits: 4)]
                if hasRate { row.append(run.learningRate.map { Numbers.short($0, digits: 3) } ?? "") }
                if hasBatch { row.append(run.batch.map { Numbers.quantity($0, digits: 3) } ?? "") }
                return row
            })
    }

    static func outcomes(_ status: LadderStatus) -> Report.Grid {
        let inputs = status.law.inputs
        var columns: [Report.Grid.Column] = [.init("run")]
        columns += inputs.map { .init($0.name, $0.isLabel ? .left : .right) }
        columns += [.init("published"), .init("measured"), .init("off")]
        return Report.Grid(
            columns,
            rows: status.finished.map { outcome in
                let off = 100 * (outcome.measured / outcome.predicted - 1)
                return ["\(outcome.number)"] + SurenessWords(status.promised).cells(outcome.point) + [
                    Numbers.short(outcome.predicted, digits: 4), Numbers.short(outcome.measured, digits: 4),
                    "\(off > 0 ? "+" : "")\(Numbers.short(off, digits: 2)) %",
                ]
            })
    }

    static func advice(_ status: LadderStatus) -> Words {
        let order = status.order.map { "\($0)" }
        let next = order.isEmpty ? status.left.map { "\($0)" } : order
        let list = next.prefix(5).joined(separator: ", ") + (next.count > 5 ? ", …" : "")
        switch status.advice {
        case .tooEarly:
            return .strong("Go on: ")
                + Words(
                    "a fit of \(status.promised.parameters) parameters needs \(status.promised.parameters + 1) runs. Next: \(list)."
                )
        case .goOn:
            return .strong("Go on: ") + Words("make those that are left in the order \(list).")
        case .enough:
            return .strong("Enough: ")
                + Words("the runs that are left (\(list)) would take less than a tenth off the standard error.")
        case .complete: return .strong("Complete.")
        case .lawInDoubt:
            return .strong("The law is in doubt: ")
                + Words(
                    "runs lie about the fit by more than three times the noise that was \(status.promised.noise.source). Look at them, "
                        + "and compare laws (allometry select), before you go on with \(list).")
        }
    }
}
