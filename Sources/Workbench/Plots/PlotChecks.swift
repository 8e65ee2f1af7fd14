// Figures of what other verbs find: valleys, backtests, comparisons, what an answer hangs on.

import Fitting
import Reports
import Scaling

enum PlotChecks {
    static func isoFLOP(_ request: PlotRequest) throws -> Picture {
        guard let asked = request.isoflop else { throw WorkbenchError.plot(.noRequest(kind: request.kind)) }
        return IsoFLOPFigure(try IsoFLOPVerb.result(asked)).picture()
    }

    static func backtest(_ request: PlotRequest) throws -> Picture {
        guard var asked = request.backtest else { throw WorkbenchError.plot(.noRequest(kind: request.kind)) }
        asked.fit.save = nil
        let findings = try BacktestVerb.findings(asked)
        guard findings.groups.contains(where: { !$0.backtest.tests.isEmpty }) else {
            let skipped = findings.groups.flatMap(\.backtest.skipped).map {
                "a \($0.factor == $0.factor.rounded() ? String(Int($0.factor)) : "\($0.factor)")th: \($0.reason.words)"
            }
            throw WorkbenchError.plot(.noBacktest(table: findings.tableName, reasons: skipped))
        }
        return BacktestFigure(findings).picture()
    }

    static func comparison(_ request: PlotRequest, _ progress: Progress) throws -> Picture {
        guard let asked = request.comparison else { throw WorkbenchError.plot(.noRequest(kind: request.kind)) }
        let comparison = try CompareVerb.result(asked, progress: progress).0
        guard comparison.compute != nil || !comparison.targets.isEmpty else {
            throw WorkbenchError.plot(.noTargets)
        }
        return ComparisonFigure(comparison).picture()
    }

    static func sensitivity(_ request: PlotRequest) throws -> Picture {
        guard let asked = request.sensitivity else { throw WorkbenchError.plot(.noRequest(kind: request.kind)) }
        return SensitivityFigure(try SensitivityVerb.result(asked).0, runs: asked.runs ?? 5).picture()
    }
}
