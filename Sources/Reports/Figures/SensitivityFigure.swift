// What an answer hangs on: its value under every other way to fit, and without single runs.

import Fitting
import Scaling

/// A figure of an answer's firmness: a panel for each answer, a row for each way to fit and for each strong run.
public struct SensitivityFigure: Sendable {
    public var sensitivity: Sensitivity
    /// So many runs are shown.
    public var runs: Int
    /// More answers than this are left out.
    static let mostAnswers = 3

    public init(_ sensitivity: Sensitivity, runs: Int = 5) {
        (self.sensitivity, self.runs) = (sensitivity, runs)
    }

    /// One row: what was done otherwise, and the answers.
    private struct Row {
        let name: String
        let symbol: Drawing.Symbol
        let ink: Ink
        let values: [Double?]
    }

    private var rows: [Row] {
        let kinds: [(String, Drawing.Symbol)] = [
            ("loss", .circle), ("exclusion", .square), ("counting", .triangle), ("start", .diamond),
            ("minimum", .cross),
        ]
        var rows = [
            Row(name: "as fitted", symbol: .diamond, ink: .accent, values: sensitivity.answers.map(\.estimate))
        ]
        for (number, (kind, symbol)) in kinds.enumerated() {
            for other in sensitivity.alternatives where other.kind == kind && other.isConverged {
                rows.append(Row(name: other.name, symbol: symbol, ink: .kind(number), values: other.values))
            }
        }
        for run in sensitivity.runs.prefix(runs) {
            rows.append(
                Row(
                    name: "without \(run.name)", symbol: .ring, ink: .text,
                    values: zip(sensitivity.answers, run.shifts).map { answer, shift in
                        shift.map { answer.estimate + $0 }
                    }))
        }
        return rows
    }

    public func picture() -> Picture {
        let rows = rows
        let answers = sensitivity.answers.prefix(Self.mostAnswers)
        let panels = answers.indices.map { panel($0, rows) }
        return Picture(
            title: "What it hangs on: \(answers.map(\.name).joined(separator: ", "))", subtitle: subtitle,
            description: description, key: key(rows), panels: Array(panels), columns: panels.count,
            widths: panels.count > 1 ? [1.3 + 0.25 * Double(panels.count)] + panels.dropFirst().map { _ in 1 } : [])
    }

    private func key(_ rows: [Row]) -> [Figure.KeyEntry] {
        var entries: [Figure.KeyEntry] = []
        for (symbol, ink, text) in [
            (Drawing.Symbol.circle, Ink.kind(0), "other losses"), (.square, .kind(1), "other runs"),
            (.triangle, .kind(2), "other countings"), (.diamond, .kind(3), "other starts"),
            (.cross, .kind(4), "other minima"), (.ring, .text, "without one run"),
        ] where rows.contains(where: { $0.symbol == symbol && $0.ink == ink }) {
            entries.append(.init(symbol, ink, text))
        }
        return entries + [
            .init(.band, .kind(0), "interval at \(Numbers.short(100 * sensitivity.level)) %")
        ]
    }

    private func panel(_ place: Int, _ rows: [Row]) -> Figure {
        let answer = sensitivity.answers[place]
        let isFirst = place == 0
        var figure = Figure(
            title: answer.name, description: "", x: Axis(""),
            y: Axis("", scale: .names(rows.map(\.name))))
        figure.y.sharesLabels = !isFirst
        let last = Double(rows.count) - 0.4
        if let low = answer.interval.lower.value, let high = answer.interval.upper.value {
            figure.marks.append(
                Band(
                    "interval", x: [low, high], lower: [-0.6, -0.6], upper: [last, last], ink: .kind(0), opacity: 0.12
                )
            )
        }
        figure.marks.append(Rule(.x, at: answer.estimate, "as fitted", ink: .faint))
        for (number, row) in rows.enumerated() {
            guard let value = row.values[place], value.isFinite else { continue }
            figure.marks.append(
                Dots(
                    row.name, x: [value], y: [Double(number)], ink: row.ink, symbol: row.symbol, radius: 4,
                    titles: ["\(row.name): \(answer.name) = \(Numbers.short(value))"]))
        }
        return figure
    }

    private var subtitle: String {
        let converged = sensitivity.alternatives.count { $0.isConverged }
        let left = sensitivity.answers.count - min(sensitivity.answers.count, Self.mostAnswers)
        return "\(Numbers.counted(converged, "other way")) to fit, and each run left out"
            + (left > 0 ? "; \(Numbers.counted(left, "answer")) not shown" : "")
    }

    private var description: String {
        let parts = sensitivity.answers.enumerated().map { place, answer in
            var text =
                "\(answer.name) \(Numbers.short(answer.estimate)), "
                + Numbers.interval(answer.interval, around: answer.estimate)
            if let range = sensitivity.range(ofAnswer: place) {
                text +=
                    ", otherwise from \(Numbers.short(range.lowest.value)) (\(range.lowest.name)) to "
                    + "\(Numbers.short(range.highest.value)) (\(range.highest.name))"
            }
            return text
        }
        var text = "What answers hang on: " + parts.joined(separator: "; ")
        if let run = sensitivity.runs.first {
            text += "; the most influential is \(run.name)"
        }
        return text + "."
    }
}
