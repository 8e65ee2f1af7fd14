// What a selection found, ready to be shown.

import Fitting
import Formulas
import Scaling

/// The ranks of laws, and their average at points.
public struct SelectionFindings: Sendable {
    public let selection: Selection
    public let tableName: String
    public let scale: Formula
    public let residual: Residual
    public let level: Double
    public let kind: IntervalKind
    public let averages: [AveragedPrediction]
    /// Laws that could not be fitted to the table, and why.
    public let leftOut: [Unranked]
    /// The error of runs that were not fitted, of each rank.
    public let leaveOneOut: [Double?]
    /// The file that keeps the average, and what to type next.
    public var saved: String?
    public var next: [String] = []

    public init(
        selection: Selection, tableName: String, scale: Formula, residual: Residual, level: Double,
        kind: IntervalKind, averages: [AveragedPrediction], leftOut: [Unranked]
    ) {
        self.selection = selection
        leaveOneOut = selection.ranks.map(\.candidate.leaveOneOutError)
        self.tableName = tableName
        self.scale = scale
        self.residual = residual
        self.level = level
        self.kind = kind
        self.averages = averages
        self.leftOut = leftOut
    }

    /// What the averages' intervals hold.
    package var doubts: [Doubt] {
        guard averages.contains(where: { $0.interval != nil }) else { return [] }
        let isCalibrated = averages.allSatisfy(\.isCalibrated)
        return [.parameters] + (kind == .observation ? [.runNoise] : []) + (isCalibrated ? [.extrapolation] : [])
            + (selection.ranks.count > 1 ? [.choiceOfLaw] : [])
    }

    package var warnings: [Warning] {
        var warnings: [Warning] = []
        if selection.cutoffs == 0 {
            warnings.append(
                Warning(
                    code: "no-backtest",
                    message:
                        "no cutoff leaves every law enough runs: laws are in the order of AICc, and weights know nothing of these runs",
                    hint: "compare laws with fewer parameters, or add smaller runs"))
            return warnings
        }
        let undecided = selection.undecided
        if !undecided.isEmpty, let best = selection.ranks.first {
            let names = undecided.prefix(4).map(\.candidate.name).joined(separator: ", ")
            let lead =
                selection.cutoffs < 3
                ? "so few cutoffs have no standard error" : "it is ahead by less than two standard errors"
            let more = undecided.count > 4 ? " and \(undecided.count - 4) more" : ""
            warnings.append(
                Warning(
                    code: "undecided",
                    message:
                        "the runs do not tell \(best.candidate.name) from \(names)\(more): \(lead)",
                    hint: "take the average, or add a run where their predictions differ most"))
        }
        let failed = selection.ranks.count { !$0.candidate.fit.termination.isConverged }
        if failed > 0 {
            warnings.append(
                Warning(
                    code: "not-converged", message: "\(failed == 1 ? "one fit" : "\(failed) fits") did not converge",
                    hint: "more starts may help: --starts 50"))
        }
        return warnings
    }
}
