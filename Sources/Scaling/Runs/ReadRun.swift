// One run with the decisions made: its loss, its last step, its sizes, and whether it can be fitted.

import Formulas
import Tables

/// A run as it becomes a row, or as it is set aside.
public struct ReadRun: Sendable {
    public let log: RunLog
    /// The names of the formats it was read from.
    public let formats: [String]
    /// The series that is its loss; nil where it has none.
    public let loss: StitchedSeries?
    /// The step of the final loss.
    public let step: Int?
    public let state: RunState
    public let facts: RunFacts
    /// The final loss in each way that was asked for.
    public let finals: [Double?]
    /// Why the run is no row; nil where it is one.
    public let setAside: (code: String, reason: String)?
    public let notices: [RunLog.Notice]

    /// - Parameter needsLoss: whether other runs have a loss, so that one without is no row.
    init(_ found: RunLogs.Found, _ choices: RunChoices, _ names: LossSeries, needsLoss: Bool) {
        let log = found.log
        self.log = log
        formats = found.formats
        let series = names.series(of: log)
        let loss = series.map(StitchedSeries.init)
        self.loss = loss
        // Steps that were done once the last row was written.
        let last = log.series.compactMap { $0.steps.max() }.max().map { $0 + log.stepsBeforeZero } ?? 0
        let told = SettingLookup(log.settings)
        let planned = RunFacts.plannedSteps(told, chosen: choices.taken[RunQuantity.plannedSteps.rawValue])
        let word = told.text("state", "status", "State")?.lowercased()
        let steps = loss?.steps ?? []
        let interval = steps.count > 1 ? ((steps[steps.count - 1] - steps[0]) / (steps.count - 1)) : 1
        if let loss {
            state = RunState(loss: loss, word: word, last: last, planned: planned, interval: interval)
        } else {
            state =
                word.map { ["failed", "killed", "crashed", "running"].contains($0) } == true
                ? .interrupted("it says so of itself") : .ended
        }
        step = loss?.last?.step
        facts = RunFacts(
            log, chosen: choices.taken, step: step.map { $0 + log.stepsBeforeZero }, last: last, interval: interval,
            hasEnded: state == .ended)
        finals = choices.finals.map { final in loss.flatMap(final.value(of:)) ?? Self.stated(names, told) }
        setAside = Self.reason(
            choices, names, needsLoss, loss, state, log, finals, planned: planned, last: last, interval: interval)
        notices =
            log.notices + Self.notices(loss, last: last, log)
            + Self.missing(choices, finals, loss, log.name) + facts.notices
    }

    // A run without series may still say its loss, in a summary or a row of a table.
    private static func stated(_ names: LossSeries, _ told: SettingLookup) -> Double? {
        told.numbers(names.names.map { SettingLookup.plain($0[...]) }).first?.value
    }

    private static func reason(
        _ choices: RunChoices, _ names: LossSeries, _ needsLoss: Bool, _ loss: StitchedSeries?, _ state: RunState,
        _ log: RunLog,
        _ finals: [Double?], planned: Double?, last: Int, interval: Int
    ) -> (String, String)? {
        if loss == nil, finals.allSatisfy({ $0 == nil }) {
            // A row of scores, as of an evaluation, is a row without a loss.
            if log.series.isEmpty, !needsLoss { return nil }
            let all = log.series.map(\.name)
            let has =
                all.filter { $0.lowercased().contains("loss") } + all.filter { !$0.lowercased().contains("loss") }
            let list = has.prefix(6).joined(separator: ", ") + (has.count > 6 ? ", … (\(has.count) in all)" : "")
            return (
                "no-loss",
                has.isEmpty ? "it says nothing of a loss" : "it has no \(names.names.first ?? "loss"); it has \(list)"
            )
        }
        if let reason = state.reason, !choices.included.contains(state.word) { return (state.word, reason) }
        if choices.finals.contains(.scheduleEnd), let loss,
            let problem = scheduleEnd(log, loss, planned, last, interval)
        {
            return ("schedule-not-ended", problem)
        }
        if !choices.isOfCurves, finals.allSatisfy({ $0 == nil }) {
            return ("too-short", "\(loss?.count ?? 0) values are too few for \(choices.finals.first?.words ?? "")")
        }
        return nil
    }

    // The schedule ended where the last planned step was made, or where the rate fell to a tenth of its peak or below.
    private static func scheduleEnd(
        _ log: RunLog, _ loss: StitchedSeries, _ planned: Double?, _ last: Int, _ interval: Int
    ) -> String? {
        if let planned {
            return Double(last + max(1, interval)) >= planned
                ? nil : "step \(last) of \(Numeral.short(planned, digits: 12))"
        }
        for name in RunQuantity.rateSeries {
            guard let series = log.series.first(where: { $0.name == name }).map(StitchedSeries.init),
                let end = series.last?.value, let peak = series.values.filter(\.isFinite).max(), peak > 0
            else { continue }
            return end <= 0.101 * peak
                ? nil : "its rate ends at \(Numeral.short(100 * end / peak, digits: 3)) % of its peak"
        }
        return "nothing says where its schedule ends"
    }

    // Choices that a curve is too short for, beside others that it is not.
    private static func missing(
        _ choices: RunChoices, _ finals: [Double?], _ loss: StitchedSeries?, _ name: String
    ) -> [RunLog.Notice] {
        guard loss != nil, finals.contains(where: { $0 != nil }) else { return [] }
        return zip(choices.finals, finals).filter { $1 == nil }.map { choice, _ in
            RunLog.Notice(
                code: "too-few-values", message: "\(name): too few values for \(choice.text); the cell stays empty",
                hint: "log more often, or take a longer part of the run: --final-loss lowess:0.3")
        }
    }

    private static func notices(_ loss: StitchedSeries?, last: Int, _ log: RunLog) -> [RunLog.Notice] {
        guard let loss else { return [] }
        let name = log.name
        var notices: [RunLog.Notice] = []
        if let first = loss.resumptions.first {
            let count = loss.resumptions.count
            let replaced = loss.resumptions.reduce(0) { $0 + $1.replaced }
            let isOne = !log.notices.contains { $0.code == "several-runs" }
            if count > 3, isOne {
                notices.append(
                    RunLog.Notice(
                        code: "several-runs",
                        message:
                            "\(name): the steps go back \(count) times; these look like \(count + 1) runs in one",
                        hint: "name the column that tells them apart: --run COLUMN; or read each by itself"))
            }
            if isOne {
                notices.append(
                    RunLog.Notice(
                        code: "resumed-run",
                        message: "\(name) went on from step \(first.step)"
                            + (count > 1 ? " and \(count - 1) times more" : "")
                            + "; \(replaced) \(replaced == 1 ? "value" : "values") of the earlier part \(replaced == 1 ? "is" : "are") replaced",
                        hint: "nothing need be done if it is one run"))
            }
        }
        let odd = loss.values.count { !$0.isFinite }
        if odd > 0 {
            notices.append(
                RunLog.Notice(
                    code: "values-not-finite",
                    message: "\(name): \(odd == 1 ? "a value" : "\(odd) values") of \(loss.name) "
                        + "\(odd == 1 ? "is no finite number" : "are no finite numbers")",
                    hint: "means, smoothed values and lines leave them out; look at what happened there"))
        }
        if loss.repeated > 0 {
            notices.append(
                RunLog.Notice(
                    code: "repeated-steps",
                    message:
                        "\(name): \(loss.repeated == 1 ? "a step" : "\(loss.repeated) steps") of \(loss.name) \(loss.repeated == 1 ? "is" : "are") there twice; the later value counts",
                    hint: "several processes may write into one log"))
        }
        if loss.wasSorted {
            notices.append(
                RunLog.Notice(
                    code: "steps-out-of-order",
                    message: "\(name): the steps of \(loss.name) are in no order; they were sorted",
                    hint: "look whether two runs write into one log"))
        }
        if let end = loss.last?.step, Double(end) < 0.95 * Double(last) {
            notices.append(
                RunLog.Notice(
                    code: "loss-ends-early", message: "\(name): \(loss.name) ends at step \(end) of \(last)",
                    hint:
                        "its final loss is that of step \(end), and so are its tokens; or name another series by --loss"
                ))
        }
        return notices
    }
}
