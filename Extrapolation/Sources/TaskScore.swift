// Accuracies of large models, predicted through their losses from small ones: do the intervals hold them?

import Fitting
import Formulas
import Scaling
import Tables

/// Every task of the ladder at both large models.
public struct TaskScore: Sendable {
    /// One task at one model.
    public struct Row: Sendable {
        public let task: String
        public let target: String
        public let accuracy: Double
        public let predicted: Double
        public let interval: Interval
        /// What was predicted of the loss, and what came out.
        public let loss: Double
        public let lossInterval: Interval
        public let lossReached: Double
        /// Codes, without those that every prediction outside of its runs has.
        public let warnings: [String]

        public var isHeld: Bool { interval.lower <= accuracy && accuracy <= interval.upper }
        public var halfWidth: Double { (interval.upper - interval.lower) / 2 }
    }

    public let rows: [Row]

    /// - Parameters:
    ///   - widening: of both steps, learned without the ladder.
    public init(folder: String, widening: Widening, settings: Settings) throws {
        let table = try PublicTable.read(folder, LadderTask.table)
        var rows: [Row] = []
        for task in LadderTask.all {
            let runs = try task.runs(table)
            let loss = try Self.law(
                "bhagia-2024", runs.losses, ["N": "params", "D": "tokens", "L": "bpb"], widening, draws: nil)
            let accuracy = try Self.law(
                "bhagia-2024-ceiling", runs.checkpoints, ["L": "bpb"], widening, draws: settings.taskDraws)
            let chain = try Chain(accuracy, through: [(nil, loss)])
            for target in runs.targets {
                let point: Point = ["N": .number(target.parameters), "D": .number(target.tokens)]
                let predictions = try chain.predict(
                    try Points([point], for: chain.asked), level: settings.level, interval: .observation)
                let (prediction, step) = (predictions[0], predictions.steps[0].predictions[0])
                guard let interval = prediction.interval, let own = step.interval else { continue }
                let codes = Set((predictions.warnings + prediction.warnings).map(\.code))
                rows.append(
                    Row(
                        task: task.name, target: target.name, accuracy: target.accuracy, predicted: prediction.value,
                        interval: interval, loss: step.value, lossInterval: own, lossReached: target.loss,
                        warnings: codes.subtracting(["extrapolation", "beyond-calibration"]).sorted()))
            }
        }
        self.rows = rows
    }

    /// A law fitted by least squares to a task, with everything that its intervals hold.
    private static func law(
        _ id: String, _ table: Table, _ columns: [String: String], _ widening: Widening, draws: Int?
    ) throws -> Law {
        let law = try Atlas.embedded.law(id)
        var specification = try law.specification(columns: try columns.mapValues { try Formula($0) })
        // The source's Huber threshold is a tenth of the residuals: that would be absolute loss on sixteen runs.
        specification.loss = .squared
        let problem = try Problem(specification, table: table)
        let fit = try Fit(problem)
        var kept = Law(fit, specification: specification, of: law, id: id, title: id, version: "", table: table)
        if let draws {
            let clusters = try Clusters(column: "run", of: problem, in: table)
            kept.take(
                try Uncertainty(
                    fit, method: .bootstrap,
                    draws: try Bootstrap(.cluster(clusters), replicates: draws, threads: 1).draws(of: fit)))
        } else {
            kept.take(try Uncertainty(fit, method: .delta))
        }
        let scale = try BacktestScale(
            specification, problem: problem, table: table, formula: try Formula("6 * params * tokens"))
        let below = try Backtest(
            specification, table: table, scale: scale.values, sizes: scale.sizes, plan: BacktestPlan().calibrating())
        kept.fit?.calibration = Calibration(
            below, scale: scale.formula, values: problem.rows.map { scale.values[$0] }, responses: problem.response,
            widening: widening)
        return kept
    }

    /// The score in words.
    public var text: String {
        func points(_ value: Double) -> String { Numeral.fixed(100 * value, decimals: 1) }
        func ends(_ interval: Interval, _ write: (Double) -> String) -> String {
            "\(write(interval.lower))..\(write(interval.upper))"
        }
        func three(_ value: Double) -> String { Numeral.fixed(value, decimals: 3) }
        var lines = [
            [
                "task", "model", "reached", "predicted", "90 %", "half", "held", "loss", "predicted", "90 %",
                "warnings",
            ]
        ]
        for row in rows {
            lines.append([
                row.task, row.target, points(row.accuracy), points(row.predicted), ends(row.interval, points),
                points(row.halfWidth), row.isHeld ? "yes" : "no", three(row.lossReached), three(row.loss),
                ends(row.lossInterval, three), row.warnings.joined(separator: " "),
            ])
        }
        let arc = rows.filter { $0.task.hasPrefix("arc-") }
        let widest = arc.map(\.halfWidth).max() ?? .nan
        let others = rows.filter { !$0.task.hasPrefix("arc-") }
        let missed = Tally.mean(rows.map { ($0.accuracy - $0.predicted).magnitude })
        return Lines.text(lines) + """

            held: \(rows.count(where: \.isHeld)) of \(rows.count); ARC \(arc.count(where: \.isHeld)) of \(arc.count), the widest \(points(widest)) points either way; the others \(others.count(where: \.isHeld)) of \(others.count)
            predictions are off by \(points(missed)) points in the mean, half widths are \(points(Tally.mean(rows.map(\.halfWidth))))

            """
    }
}
