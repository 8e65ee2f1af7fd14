// Scores as text: one table a recipe and method, and a CSV of everything.

import Formulas

/// The scores of one recipe and method as an aligned table, a row a cell.
public enum ScoreTable {
    /// Coverage in per cent by cell and number; `*` marks one outside of its bar. In collinear cells the parameters and
    /// N* show the share of open intervals instead, as `o98.5`.
    public static func text(_ scores: [Score], bars: Bars = .full) -> String {
        guard let first = scores.first else { return "" }
        var rows = [["cell"] + Target.names + ["mean", "± ", "not id.", "failed", "width N*", "width loss"]]
        for score in scores {
            let isRay = score.cell.design == .collinear
            let numbers = score.tallies.map { tally -> String in
                switch bars.expectation(score.cell.design, tally.name) {
                case .open: "o" + percent(tally.openShare) + (100 * tally.openShare < bars.open ? "*" : " ")
                case .coverage(let limits):
                    percent(tally.coverage) + (limits.contains(100 * tally.coverage) ? " " : "*")
                case .nothing: percent(tally.coverage) + " "
                }
            }
            let errors = score.tallies.map(\.standardError)
            func largest(_ share: (Score.Tally) -> Double) -> String { percent(score.tallies.map(share).max() ?? 0) }
            rows.append(
                [score.cell.name] + numbers + [
                    isRay ? "" : percent(score.pooled), percent(errors.max() ?? 0), largest(\.notIdentifiedShare),
                    largest { Double($0.failures) / Double($0.worlds) }, width(score, "N*"), width(score, "loss"),
                ])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + padding : padding + row[column]
            }.joined(separator: "  ")
        }
        return "recipe \(first.recipe), method \(first.method)\n" + lines.joined(separator: "\n") + "\n"
    }

    /// One line of what decides: the mean, the worst number, how many are outside, and the time a world.
    public static func summary(_ scores: [Score], bars: Bars = .full) -> String {
        guard let first = scores.first else { return "" }
        var parts: [String] = []
        for (name, designs) in [
            ("identified", [Design.isoFLOP, .random]), ("near-collinear", [.nearCollinear]),
        ] {
            let tallies = scores.filter { designs.contains($0.cell.design) }.flatMap(\.tallies)
            guard let low = tallies.map(\.coverage).min(), let high = tallies.map(\.coverage).max() else { continue }
            let mean = tallies.map(\.coverage).reduce(0, +) / Double(tallies.count)
            let limits = designs == [.nearCollinear] ? bars.nearCollinear : bars.number
            let outside = tallies.count { !limits.contains(100 * $0.coverage) }
            parts.append(
                "\(name) mean \(percent(mean)), \(percent(low)) to \(percent(high)), \(outside) of \(tallies.count) outside"
            )
        }
        let rays = scores.filter { $0.cell.design == .collinear }
        if !rays.isEmpty {
            let open =
                rays.flatMap(\.tallies).filter { !["E", "loss"].contains($0.name) }.map(\.openShare).min() ?? 0
            let loss = rays.flatMap(\.tallies).filter { $0.name == "loss" }.map(\.coverage)
            parts.append(
                "collinear open \(percent(open)) at least, loss \(percent(loss.min() ?? 0)) to \(percent(loss.max() ?? 0))"
            )
        }
        return "\(first.recipe), \(first.method): " + parts.joined(separator: "; ")
    }

    /// Milliseconds a world that the method took, the fit apart.
    public static func time(_ scores: [Score]) -> String {
        let worlds = scores.reduce(0) { $0 + ($1.tallies.first?.worlds ?? 0) }
        return Numeral.fixed(1_000 * scores.reduce(0) { $0 + $1.seconds } / Double(max(1, worlds)), decimals: 3)
    }

    /// Everything but the time, a line a cell, recipe, method and target.
    public static func csv(_ scores: [Score]) -> String {
        var lines = [
            "design,runs,noise,deviation,recipe,method,target,worlds,coverage,standard_error,open,not_identified,"
                + "failures,median_relative_width,unfitted,unconverged"
        ]
        for score in scores {
            for tally in score.tallies {
                let cell = score.cell
                lines.append(
                    [
                        cell.design.rawValue, "\(cell.runs)", cell.noise.rawValue, Expression.decimal(cell.deviation),
                        score.recipe, score.method, tally.name, "\(tally.worlds)",
                        Numeral.fixed(tally.coverage, decimals: 4), Numeral.fixed(tally.standardError, decimals: 4),
                        Numeral.fixed(tally.openShare, decimals: 4),
                        Numeral.fixed(tally.notIdentifiedShare, decimals: 4),
                        "\(tally.failures)", widthText(tally.medianWidth), "\(score.unfitted)",
                        "\(score.unconverged)",
                    ].joined(separator: ","))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func width(_ score: Score, _ name: String) -> String {
        score.tallies.first { $0.name == name }.map { widthText($0.medianWidth) } ?? ""
    }

    private static func widthText(_ width: Double) -> String {
        width.isFinite ? Numeral.significant(width, digits: 3) : width.isNaN ? "" : "open"
    }

    private static func percent(_ share: Double) -> String { Numeral.fixed(100 * share, decimals: 1) }
}
