// From logs to a table: one row a run or one row a step, and everything that was decided on the way.

import Formulas
import Tables

/// The runs of some sources with the decisions made, and the table that they become.
public struct RunReading: Sendable {
    public let choices: RunChoices
    public let logs: RunLogs
    /// Which series is the loss.
    public let loss: LossSeries
    public let runs: [ReadRun]
    /// What concerns the sources, then the runs.
    public let notices: [RunLog.Notice]

    public var kept: [ReadRun] { runs.filter { $0.setAside == nil } }

    /// - Throws: ``ScalingError/reading(_:)``: for a series or a setting that no run has, where no run is left, and where
    ///   curves were asked for and there are none.
    public init(_ logs: RunLogs, _ choices: RunChoices) throws(ScalingError) {
        var logs = logs
        try Self.check(choices, logs)
        if !choices.set.isEmpty {
            let settings = choices.set.map { key, value in
                RunLog.Setting(
                    key: key, value: Quantity.parse(value).map(RunLog.Value.number) ?? .text(value), source: "--set")
            }
            logs.override(settings)
        }
        var choices = choices
        for (key, _) in choices.set where choices.taken[key] == nil { choices.taken[key] = key }
        let loss = LossSeries(asked: choices.losses, in: logs.runs.map(\.log))
        let known = Self.seriesNames(logs)
        if let asked = choices.losses {
            for name in asked where !known.contains(name) {
                let isStated = logs.runs.contains { found in found.log.settings.contains { $0.key == name } }
                if !isStated { throw .reading(.unknownSeries(name, known: known)) }
            }
        } else if loss.names.isEmpty, choices.isOfCurves || !known.isEmpty {
            throw .reading(.noLoss(known: known))
        }
        let needsLoss = logs.runs.contains { found in
            loss.series(of: found.log) != nil || found.log.settings.contains { loss.names.contains($0.key) }
        }
        let runs = logs.runs.map { ReadRun($0, choices, loss, needsLoss: needsLoss) }
        self.choices = choices
        self.logs = logs
        self.loss = loss
        self.runs = runs
        var notices = logs.notices + runs.flatMap(\.notices)
        let used = loss.names.filter { name in runs.contains { $0.loss?.name == name } }
        if used.count > 1, !loss.wasAsked {
            notices.append(
                RunLog.Notice(
                    code: "losses-of-different-names",
                    message: "the loss is \(used.joined(separator: " or ")), as each run calls it",
                    hint:
                        "name one that all have, or say that they are the same: --loss '\(used.joined(separator: ", "))'"
                ))
        }
        if choices.finals.first == .minimum, !choices.isOfCurves {
            notices.append(
                RunLog.Notice(
                    code: "minimum-is-biased",
                    message: "the lowest value of a noisy curve lies below its end, the more the longer the run",
                    hint: "--final-loss lowess:0.1, or --final-loss all and: allometry sensitivity"))
        }
        self.notices = notices
        if kept.isEmpty {
            throw .reading(.nothingLeft(runs.map { "\($0.log.name): \($0.setAside?.reason ?? "")" }))
        }
        if choices.isOfCurves, kept.allSatisfy({ $0.loss == nil }) { throw .reading(.noCurves(runs: kept.count)) }
    }

    private static func check(_ choices: RunChoices, _ logs: RunLogs) throws(ScalingError) {
        let keys = logs.runs.flatMap { $0.log.settings.map(\.key) }
        let known = Array(Set(keys)).sorted()
        for (quantity, key) in choices.taken.sorted(by: { $0.key < $1.key }) {
            guard RunQuantity(rawValue: quantity) != nil else {
                throw .reading(.unknownQuantity(quantity, option: "--take"))
            }
            let isKnown = logs.runs.contains { found in
                let lookup = SettingLookup(found.log.settings)
                return !lookup.all([SettingLookup.plain(key[...])]).isEmpty
            }
            if !isKnown { throw .reading(.unknownSetting(key, option: "--take", known: known)) }
        }
        for (key, value) in choices.set {
            guard let quantity = RunQuantity(rawValue: key) else {
                throw .reading(.unknownQuantity(key, option: "--set"))
            }
            let number = Quantity.parse(value)
            let isFine = quantity == .schedule ? number == nil : number.map { $0 > 0 && $0.isFinite } ?? false
            if !isFine { throw .reading(.badValue(value, quantity: key)) }
        }
        for key in choices.kept ?? [] where !known.contains(key) {
            throw .reading(.unknownSetting(key, option: "--keep", known: known))
        }
        let series = seriesNames(logs)
        for name in choices.series where !series.contains(name) {
            throw .reading(.unknownSeries(name, known: series))
        }
    }

    /// The names of all series, in the order of first appearance.
    static func seriesNames(_ logs: RunLogs) -> [String] {
        var names: [String] = []
        var seen: Set<String> = []
        for found in logs.runs {
            for series in found.log.series where seen.insert(series.name).inserted { names.append(series.name) }
        }
        return names
    }

    /// The table, named after where it will be written.
    public func table(name: String) -> Table {
        choices.isOfCurves ? CurveTable.table(self, name: name) : FinalTable.table(self, name: name)
    }
}
