// backtest: a law and a table, to how well small runs predicted large ones, and to intervals that know it.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

/// Fits the runs below each cutoff, predicts those above, and calibrates the intervals of the law by it.
public enum BacktestVerb: Verb {
    public static let name = "backtest"

    /// - Throws: ``WorkbenchError``, `FitError`, `TableError`, `ScalingError`. Cutoffs that leave too few runs are no
    ///   error: they are listed, and the widening that was learned on public tables is used.
    public static func answer(_ request: BacktestRequest) throws -> Answer<BacktestReply> {
        let made = try made(request)
        var (found, next): (BacktestFindings, [String]) = (made.findings, [])
        if request.group == nil {
            let kept = try calibrated(
                request.fit, made.law, made.table, made.problem, made.specification, made.scale, made.plan)
            found.calibration = kept.fit?.calibration
            let read = kept.inputs.flatMap { [$0.name] + ($0.column?.prediction.symbols.map(\.name) ?? []) }
            found.unread = Set(made.scale.formula.prediction.symbols.map(\.name)).subtracting(read).sorted()
            if let path = request.fit.save {
                try OutputFile.write(LawFile.print(kept), to: path)
                next = NextCommands.after(kept, made.table, saved: path).map {
                    $0.hasPrefix("allometry predict") ? $0 + " --interval new-run" : $0
                }
            }
        }
        let (source, saved, findings, commands) = (made.law?.id, request.fit.save, found, next)
        return Answer(BacktestReply(findings, law: source, saved: saved)) {
            .backtest(findings, source: source, next: commands)
        }
    }

    /// What was found, without the calibration of the law of the whole table.
    static func findings(_ request: BacktestRequest) throws -> BacktestFindings { try made(request).findings }

    private struct Made {
        let findings: BacktestFindings
        let law: Law?
        let table: Table
        let problem: Problem
        let specification: Specification
        let scale: BacktestScale
        let plan: BacktestPlan
    }

    private static func made(_ request: BacktestRequest) throws -> Made {
        if let path = request.fit.save { try OutputFile.check(path) }
        if let starts = request.fit.starts, starts < 1 {
            throw WorkbenchError.badCount(starts, option: "--starts", example: 50)
        }
        let level = request.level ?? 0.9
        guard level > 0, level < 1 else { throw FitError.badLevel(level) }
        if let bad = request.cutoffs?.first(where: { !($0 > 1 && $0.isFinite) }) {
            throw WorkbenchError.badCutoff(bad)
        }
        if request.group != nil, request.fit.save != nil { throw WorkbenchError.groupsAndSave }
        _ = try FitUncertainty(request.fit)
        let by = try request.by.map { try FitSpecification.formula($0, "--by") }
        let law = try FitSpecification.law(request.fit)
        let prepared = try FitSpecification(request.fit, law, try request.fit.table.read())
        let (specification, table) = (prepared.specification, prepared.table)
        let problem = try Problem(specification, table: table)
        let scale = try BacktestScale(specification, problem: problem, table: table, formula: by)
        var plan = BacktestPlan(starts: request.fit.starts, seed: request.fit.seed ?? 1, calibrates: true)
        if let factors = request.cutoffs { plan.factors = factors }
        var groups: [BacktestFindings.Group] = []
        for (name, rows) in try parts(table, by: request.group, fitted: problem.rows) {
            groups.append(
                BacktestFindings.Group(
                    name: name,
                    backtest: try Backtest(
                        specification, table: table.rows(at: rows), scale: rows.map { scale.values[$0] },
                        sizes: rows.map { scale.sizes[$0] }, plan: plan)))
        }
        let found = BacktestFindings(
            specification: specification, tableName: table.name, scale: scale.formula, level: level, groups: groups)
        return Made(
            findings: found, law: law, table: table, problem: problem, specification: specification, scale: scale,
            plan: plan)
    }

    /// The law of the whole table with its calibration.
    private static func calibrated(
        _ request: FitRequest, _ law: Law?, _ table: Table, _ problem: Problem, _ specification: Specification,
        _ scale: BacktestScale, _ plan: BacktestPlan
    ) throws -> Law {
        let fit = try Fit(problem, starts: request.starts, seed: request.seed ?? 1)
        var kept = FitVerb.keptLaw(fit, specification, law, table, request)
        kept.take(
            request.bootstrap == nil
                ? try Uncertainty(fit, method: .delta)
                : try FitUncertainty(request).answer(fit, law: kept, table: table, progress: .silent))
        guard
            let calibration = try Calibration(specification, problem: problem, table: table, scale: scale, plan: plan)
        else { throw ScalingError.noScale(inputs: problem.inputNames) }
        kept.fit?.calibration = calibration
        return kept
    }

    /// The fitted rows of each label, in order of appearance; all rows under no name without a column.
    private static func parts(_ table: Table, by column: String?, fitted: [Int]) throws -> [(String?, [Int])] {
        guard let column else { return [(nil, Array(0..<table.rowCount))] }
        let labels = try table.column(column).labels()
        var order: [String] = []
        var rows: [String: [Int]] = [:]
        for row in fitted {
            guard let label = labels[row] else { continue }
            if rows[label] == nil { order.append(label) }
            rows[label, default: []].append(row)
        }
        return order.map { ($0, rows[$0] ?? []) }
    }
}
