// One row a step: the loss of every run along its way, with its tokens and its rate, as laws of whole curves read them.

import Formulas
import Tables

enum CurveTable {
    /// Columns: `run`, `step`, `tokens`, `lr`, `loss`, `params`, `params_non_embedding`, `schedule` as far as any run has a
    /// value, then the series that were asked for. A row is a step at which the loss was logged and is finite.
    static func table(_ reading: RunReading, name: String) -> Table {
        var names: [String?] = []
        var schedules: [String?] = []
        var (steps, tokens, rates, losses): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        var sizes: [RunQuantity: [Double]] = [:]
        var others: [[Double]] = reading.choices.series.map { _ in [] }
        for run in reading.kept {
            guard let loss = run.loss else { continue }
            let rate = stitched(run, RunQuantity.rateSeries)
            let extra = reading.choices.series.map { name in
                stitched(run, [name]).map { Dictionary(zip($0.steps, $0.values)) { $1 } } ?? [:]
            }
            let counter = TokenCounter(run)
            for (step, value) in zip(loss.steps, loss.values) where value.isFinite {
                names.append(run.log.name)
                steps.append(Double(step))
                losses.append(value)
                tokens.append(counter.tokens(at: step) ?? .nan)
                rates.append(rate?.value(at: step) ?? .nan)
                for place in extra.indices { others[place].append(extra[place][step] ?? .nan) }
                for quantity in [RunQuantity.parameters, .nonEmbedding] {
                    sizes[quantity, default: []].append(run.facts[quantity] ?? .nan)
                }
                if case .text(let text)? = run.facts.fact(.schedule)?.value {
                    schedules.append(text)
                } else {
                    schedules.append(nil)
                }
            }
        }
        var columns = FinalTable.Columns()
        columns.add("run", labels: names)
        columns.add("step", numbers: steps)
        columns.add("tokens", numbers: tokens)
        columns.add("lr", numbers: rates)
        columns.add("loss", numbers: losses)
        for quantity in [RunQuantity.parameters, .nonEmbedding] {
            columns.add(quantity.rawValue, numbers: sizes[quantity] ?? [])
        }
        columns.add("schedule", labels: schedules)
        for (name, values) in zip(reading.choices.series, others) { columns.add(name, numbers: values) }
        return Table(name: name, columns: columns.columns)
    }

    static func stitched(_ run: ReadRun, _ names: [String]) -> StitchedSeries? {
        for name in names {
            if let series = run.log.series.first(where: { $0.name == name }) { return StitchedSeries(series) }
        }
        return nil
    }
}

/// Tokens of a run at any step.
private struct TokenCounter {
    private let counted: StitchedSeries?
    private let factor: Double
    private let perStep: Double?
    private let before: Int

    init(_ run: ReadRun) {
        perStep = run.facts[.batchTokens]
        before = run.log.stepsBeforeZero
        if let tokens = CurveTable.stitched(run, RunQuantity.tokenSeries) {
            (counted, factor) = (tokens, 1)
        } else if let length = run.facts[.sequence], let samples = CurveTable.stitched(run, RunQuantity.sampleSeries)
        {
            (counted, factor) = (samples, length)
        } else {
            (counted, factor) = (nil, 1)
        }
    }

    func tokens(at step: Int) -> Double? {
        if let counted { return counted.value(at: step).map { $0 * factor } }
        return perStep.map { $0 * Double(step + before) }
    }
}
