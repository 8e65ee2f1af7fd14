// The page of a forecast: the end with its interval, what it rests on, and how it moved as rows came in.

import Fitting
import Formulas
import Scaling

extension Report {
    /// The page of a run in progress.
    public static func forecast(_ forecast: Forecast, law: Law, table: String) -> Report {
        let page = ForecastPage(forecast: forecast, law: law, tableName: table)
        var blocks: [Block] = [.sentence(page.opening), .facts(page.facts), .table(page.rest)]
        if let trials = page.trials {
            blocks.append(.sentence("What earlier rows said of rows already seen, and of the end:"))
            blocks.append(.table(trials))
        }
        if !forecast.warnings.isEmpty { blocks.append(.notices(forecast.warnings.map(Notice.init))) }
        return Report(blocks)
    }
}

private struct ForecastPage {
    let forecast: Forecast
    let law: Law
    let tableName: String

    private var response: String { law.response?.name ?? law.formula?.response.map { "\($0)" } ?? "value" }

    private func step(_ step: Double) -> String { Numbers.quantity(step, digits: 8) }

    var opening: Words {
        let percent = Numbers.short(forecast.level * 100, digits: 6)
        let unit = law.response?.unit.map { " \($0)" } ?? ""
        let end = forecast.end
        var words: Words = .strong("\(response) at step \(step(end.step)): ")
        if let lower = end.lower, let upper = end.upper {
            let (value, from, to) = Numbers.interval(end.value, lower, upper)
            words = words + .strong(value) + Words("\(unit), \(from) to \(to) with \(percent) %")
        } else {
            words = words + .strong(Numbers.value(end.value)) + Words("\(unit), without an interval")
        }
        words = words + "."
        if let outcome = forecast.outcome {
            words =
                words
                + Words(" It was \(Numbers.short(outcome.loss, digits: 6)) at step \(step(outcome.forecast.step))")
            if let lower = outcome.forecast.lower, let upper = outcome.forecast.upper {
                let (value, from, to) = Numbers.interval(outcome.forecast.value, lower, upper)
                words = words + Words(", forecast as \(value), \(from) to \(to)")
            }
            words = words + "."
        }
        return words
    }

    var facts: [Report.Fact] {
        let share = Numbers.short(forecast.now / max(1, forecast.end.step) * 100, digits: 2)
        var facts = [
            Report.Fact(
                "seen",
                Words(
                    "\(Numbers.counted(forecast.rows, "row")) of \(tableName), to step \(step(forecast.now)) "
                        + "(\(share) %), \(response) \(Numbers.short(forecast.loss, digits: 6))" + omitted)),
            Report.Fact("law", Words("\(forecast.law), fitted to these rows")),
            Report.Fact("schedule", .code(forecast.schedule.label)),
        ]
        let noise = "\(spread(forecast.fit.noise)) a row"
        let rho = forecast.autocorrelation.coefficient
        let worth =
            rho > 0
            ? "; autocorrelation \(Numbers.short(rho, digits: 2)), so the rows count as "
                + Numbers.short(forecast.fit.observations, digits: 2) : ""
        facts.append(Report.Fact("noise", Words(noise + worth)))
        let trials = forecast.backtests.count + forecast.earlier.count
        if trials > 0 {
            facts.append(
                Report.Fact(
                    "law's error",
                    Words("\(spread(forecast.lawError)) at the end, from \(trials) forecasts of earlier rows")))
        }
        return facts
    }

    private var omitted: String {
        forecast.omissions.isEmpty
            ? "" : "; left out: " + forecast.omissions.map { "\($0.count) \($0.reason)" }.joined(separator: ", ")
    }

    // A standard deviation on the scale of the residual.
    private func spread(_ value: Double) -> String {
        forecast.residual == .log ? "\(Numbers.short(value * 100, digits: 2)) %" : Numbers.short(value, digits: 2)
    }

    var rest: Report.Grid {
        Report.Grid(
            [.init("step"), .init(response), .init("from"), .init("to")],
            rows: forecast.values.map { value in
                guard let lower = value.lower, let upper = value.upper else {
                    return [step(value.step), Numbers.value(value.value), "-", "-"]
                }
                let (middle, from, to) = Numbers.interval(value.value, lower, upper)
                return [step(value.step), middle, from, to]
            })
    }

    /// How earlier forecasts did, oldest first.
    var trials: Report.Grid? {
        let all = forecast.backtests.reversed() + forecast.earlier
        if all.isEmpty { return nil }
        let scale = forecast.residual
        return Report.Grid(
            [.init("rows to"), .init("of step"), .init("said"), .init("came out"), .init("off")],
            rows: all.map { trial in
                let miss = trial.outcome - trial.said
                let isEnd = trial.target == forecast.end.step
                return [
                    step(trial.origin), step(trial.target), Numbers.value(scale.restored(trial.said)),
                    isEnd
                        ? "(\(Numbers.value(scale.restored(trial.outcome))))"
                        : Numbers.value(scale.restored(trial.outcome)),
                    scale == .log ? "\(Numbers.short(miss * 100, digits: 2)) %" : Numbers.short(miss, digits: 2),
                ]
            })
    }
}
