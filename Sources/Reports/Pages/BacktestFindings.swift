// What a backtest found, ready to be shown.

import Fitting
import Formulas
import Scaling

/// The backtests of all groups of a table, and the calibration of the law of the whole.
public struct BacktestFindings: Sendable {
    public struct Group: Sendable {
        /// The label; nil where the table is one group.
        public let name: String?
        public let backtest: Backtest

        public init(name: String?, backtest: Backtest) {
            self.name = name
            self.backtest = backtest
        }
    }

    public let specification: Specification
    public let tableName: String
    /// What was cut by.
    public let scale: Formula
    public let level: Double
    public let groups: [Group]
    public var calibration: Calibration?
    /// Names of the scale that the law does not read: points of its predictions lack them.
    public var unread: [String] = []

    public init(specification: Specification, tableName: String, scale: Formula, level: Double, groups: [Group]) {
        self.specification = specification
        self.tableName = tableName
        self.scale = scale
        self.level = level
        self.groups = groups
    }

    package func summary(_ cutoffs: [[BacktestCutoff]], _ distances: ClosedRange<Double>) -> BacktestSummary? {
        BacktestSummary(cutoffs, distances: distances, level: level)
    }

    /// By distance, nearest first.
    package var bands: [BacktestSummary] {
        BacktestSummary.usual.compactMap { summary(groups.map(\.backtest.cutoffs), $0) }
    }

    package var warnings: [Warning] {
        var warnings: [Warning] = []
        if groups.allSatisfy({ $0.backtest.cutoffs.isEmpty }) {
            warnings.append(
                Warning(
                    code: "no-backtest", message: "no cutoff leaves enough runs to fit and a run to predict",
                    hint: "intervals are widened as on public tables; add smaller runs, or ask "
                        + "allometry backtest with --cutoffs nearer to 1"))
        }
        if let calibration, calibration.cutoffs == 0 {
            warnings.append(
                Warning(
                    code: "default-widening",
                    message: "too few runs to calibrate on: the widening is \(calibration.widening.name) alone",
                    hint: "docs/extrapolation.md lists its tables and how far they differ"))
        }
        if calibration != nil, !unread.isEmpty {
            let names = unread.joined(separator: ", ")
            warnings.append(
                Warning(
                    code: "calibration-elsewhere",
                    message: "the law does not read \(names), which say how large a run is",
                    hint: "its intervals are widened where it is predicted --through a law that reads \(names)"))
        }
        let failed = groups.flatMap(\.backtest.cutoffs).count { !$0.converged }
        if failed > 0 {
            warnings.append(
                Warning(
                    code: "not-converged",
                    message: "\(failed == 1 ? "one fit" : "\(failed) fits") below a cutoff did not converge",
                    hint: "give bounds or more starts, or a smaller formula"))
        }
        return warnings
    }
}

extension Backtest.SkipReason {
    /// Why, in words that follow a cutoff.
    package var words: String {
        switch self {
        case .fewRuns(let found, let needed): "\(Numbers.counted(found, "run")) below it, \(needed) needed"
        case .fewSizes(let found, let needed): "\(Numbers.counted(found, "size")) below it, \(needed) needed"
        case .nothingAbove: "no run above it"
        case .unfittable: "the runs below it cannot be fitted"
        }
    }
}
