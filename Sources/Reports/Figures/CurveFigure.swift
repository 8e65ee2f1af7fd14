// Training curves under a law of whole curves, above the schedules that they follow.

import Fitting
import Formulas
import Scaling

/// One training run as a figure shows it.
public struct CurveRun: Sendable {
    public var name: String
    /// Of the rows with a loss, in ascending order.
    public var steps: [Double]
    public var losses: [Double]
    /// The law along the run.
    public var lawSteps: [Double]
    public var lawValues: [Double]
    /// The learning rate of every step.
    public var rates: [Double]

    public init(
        name: String, steps: [Double], losses: [Double], lawSteps: [Double], lawValues: [Double], rates: [Double]
    ) {
        (self.name, self.steps, self.losses) = (name, steps, losses)
        (self.lawSteps, self.lawValues, self.rates) = (lawSteps, lawValues, rates)
    }
}

/// A figure of runs in time: losses with the law through them, and below it the learning rate.
public struct CurveFigure: Sendable {
    public var title: String
    public var subtitle: String
    public var response: String
    public var runs: [CurveRun]
    /// A run in progress: where it stands, and what is forecast of the rest.
    public var forecast: Forecast?

    /// More runs than this are left out.
    public static let mostRuns = 8
    /// Of more rows of a run only so many are shown, in even distances and the last: dots that touch hide the law.
    private static let mostDots = 90
    private static let symbols: [Drawing.Symbol] = [.circle, .square, .triangle, .diamond]
    /// A rate that does not bend is drawn through so many steps.
    private static let rateSteps = 240

    public init(
        title: String, subtitle: String = "", response: String, runs: [CurveRun], forecast: Forecast? = nil
    ) {
        (self.title, self.subtitle, self.response) = (title, subtitle, response)
        (self.runs, self.forecast) = (Array(runs.prefix(Self.mostRuns)), forecast)
    }

    public func picture() -> Picture {
        let last = runs.compactMap { run in max(run.steps.last ?? 0, Double(run.rates.count - 1)) }.max() ?? 1
        var key: [Figure.KeyEntry] = [.init(.circle, .text, "measured"), .init(.line(.solid), .text, "the law")]
        if let forecast {
            key.append(.init(.band, .accent, "\(Numbers.short(100 * forecast.level)) % for a row to come"))
            if forecast.outcome != nil { key.append(.init(.cross, .text, "what came out")) }
        }
        return Picture(
            title: Picture.shortened(title), subtitle: subtitle, description: description, key: key,
            panels: [losses(last), rates(last)], columns: 1, heights: [2.1, 1])
    }

    private func axis(_ label: String, _ last: Double) -> Axis {
        Axis(label, notation: last >= 1e4 ? .size : .plain, range: 0...last)
    }

    private func ink(_ place: Int) -> Ink { .kind(place) }

    private func losses(_ last: Double) -> Figure {
        var figure = Figure(
            title: "", description: "", x: axis("", last), y: Axis(response, scale: .logarithmic))
        for (place, run) in runs.enumerated() {
            let step = (run.steps.count + Self.mostDots - 1) / Self.mostDots
            let rows = run.steps.indices.filter { (run.steps.count - 1 - $0) % max(1, step) == 0 }
            figure.marks.append(
                Dots(
                    run.name, x: rows.map { run.steps[$0] }, y: rows.map { run.losses[$0] }, ink: ink(place),
                    symbol: Self.symbols[place % 4], radius: 1.8,
                    titles: rows.map {
                        "\(run.name), step \(Numbers.short(run.steps[$0], digits: 7)): "
                            + Numbers.short(run.losses[$0], digits: 5)
                    }))
            figure.marks.append(
                Curve(
                    "\(run.name), the law", x: run.lawSteps, y: run.lawValues, ink: ink(place),
                    dash: place % 3 == 0 ? .solid : place % 3 == 1 ? .dashed : .dotted,
                    label: runs.count > 1 ? run.name : nil))
        }
        if let forecast {
            let values = forecast.values
            figure.marks.append(
                Band(
                    "forecast", x: values.map(\.step), lower: values.map { $0.lower ?? .nan },
                    upper: values.map { $0.upper ?? .nan }, ink: .accent))
            figure.marks.append(
                Curve(
                    "forecast", x: [forecast.now] + values.map(\.step), y: [forecast.loss] + values.map(\.value),
                    ink: .accent, width: 2, dash: .dashed, label: Numbers.short(forecast.end.value)))
            figure.marks.append(Rule(.x, at: forecast.now, "now", ink: .faint, label: "now"))
            if let outcome = forecast.outcome {
                figure.marks.append(
                    Dots(
                        "outcome", x: [outcome.forecast.step], y: [outcome.loss], ink: .text, symbol: .cross,
                        radius: 5, titles: ["came out: \(Numbers.short(outcome.loss, digits: 5))"]))
            }
        }
        // What a run begins with would leave a line of all that follows.
        let all = runs.flatMap { $0.losses + $0.lawValues }.filter { $0 > 0 && $0.isFinite }.sorted()
        if let least = all.first, all.count > 20, let most = all.last {
            let bulk = all[all.count * 97 / 100]
            var low = least
            if let forecast { low = min(low, forecast.values.compactMap(\.lower).filter { $0 > 0 }.min() ?? low) }
            figure.y.range = (low * 0.98)...(min(most, bulk * 1.25) * 1.02)
        }
        return figure
    }

    private func rates(_ last: Double) -> Figure {
        var figure = Figure(title: "", description: "", x: axis("step", last), y: Axis("learning rate"))
        for (place, run) in runs.enumerated() {
            let shown = Self.bends(run.rates)
            figure.marks.append(
                Curve(
                    "\(run.name), learning rate", x: shown.map(Double.init), y: shown.map { run.rates[$0] },
                    ink: ink(place), dash: place % 3 == 0 ? .solid : place % 3 == 1 ? .dashed : .dotted))
        }
        if let forecast { figure.marks.append(Rule(.x, at: forecast.now, "now", ink: .faint)) }
        if let peak = runs.compactMap({ $0.rates.max() }).max(), peak > 0 { figure.y.range = 0...(1.08 * peak) }
        return figure
    }

    // Steps in even distances, and those where the rate bends sharply.
    private static func bends(_ rates: [Double]) -> [Int] {
        guard rates.count > 2 else { return Array(rates.indices) }
        let stride = max(1, rates.count / rateSteps)
        let peak = rates.max() ?? 1
        return rates.indices.filter { place in
            if place % stride == 0 || place == rates.count - 1 || place == 0 { return true }
            let bend = rates[place - 1] - 2 * rates[place] + rates[min(place + 1, rates.count - 1)]
            return bend.magnitude > 1e-3 * peak
        }
    }

    private var description: String {
        var text = "\(response) over steps of \(Numbers.counted(runs.count, "run")), with their learning rates"
        for run in runs {
            if let end = run.losses.last, let step = run.steps.last {
                text += "; \(run.name) has \(Numbers.short(end)) at step \(Numbers.short(step, digits: 7))"
            }
        }
        if let forecast {
            text += "; forecast of the end \(Numbers.short(forecast.end.value))"
            if let lower = forecast.end.lower, let upper = forecast.end.upper {
                text += ", \(Numbers.short(lower)) to \(Numbers.short(upper))"
            }
        }
        return text + "."
    }
}
