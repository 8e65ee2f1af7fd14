// A backtest: how far off the law was that was fitted to the smaller runs, and how often its intervals held.

import Fitting
import Scaling

/// A figure of the errors of predictions from smaller runs, by how far ahead they were.
public struct BacktestFigure: Sendable {
    public var findings: BacktestFindings

    public init(_ findings: BacktestFindings) { self.findings = findings }

    /// One test with the interval that it had.
    private struct Shown {
        let distance: Double
        let residual: Double
        let half: Double
        let told: String
    }

    public func picture() -> Picture {
        let groups = findings.groups.filter { !$0.backtest.cutoffs.isEmpty }
        let level = "\(Numbers.short(100 * findings.level)) %"
        return Picture(
            title: "Backtest: small runs predict large ones, \(Picture.fileName(findings.tableName))",
            subtitle: subtitle,
            description: description,
            key: [
                .init(.circle, .text, "a larger run, inside of its interval"),
                .init(.ring, .text, "outside"), .init(.interval(nil), .faint, "calibrated \(level) interval"),
            ],
            panels: [errors(groups), coverage], columns: 2)
    }

    private var unit: String {
        switch findings.specification.residual {
        case .raw: "observed − predicted"
        case .log: "ln observed − ln predicted"
        case .logit: "logit observed − logit predicted"
        }
    }

    private func errors(_ groups: [BacktestFindings.Group]) -> Figure {
        var figure = Figure(
            title: "error over distance", description: "",
            x: Axis("times the largest fitted \(findings.scale)", scale: .logarithmic), y: Axis(unit))
        figure.marks.append(Rule(.y, at: 0, "zero", ink: .faint, dash: .solid))
        let parts = groups.flatMap { group in group.backtest.cutoffs.map { (group.name, $0) } }
        for (place, (name, cutoff)) in parts.enumerated() {
            let ink: Ink = groups.count > 1 ? .kind(place) : .step(place, of: parts.count)
            let series =
                (name.map { $0 + ", " } ?? "")
                + "fitted up to \(Numbers.quantity(cutoff.limit, digits: 3))"
            let shown = tests(cutoff, series)
            for test in shown where test.half.isFinite {
                figure.marks.append(
                    Whisker(
                        "\(series), interval", x: test.distance, value: 0, lower: -test.half, upper: test.half,
                        ink: .faint, symbol: nil, radius: 1.5))
            }
            for isInside in [true, false] {
                let own = shown.filter { ($0.residual.magnitude <= $0.half) == isInside }
                if own.isEmpty { continue }
                figure.marks.append(
                    Dots(
                        series, x: own.map(\.distance), y: own.map(\.residual), ink: ink,
                        symbol: isInside ? .circle : .ring, titles: own.map(\.told)))
            }
            if let last = shown.max(by: { $0.distance < $1.distance }), parts.count <= 8 {
                figure.marks.append(
                    Curve(
                        x: [last.distance], y: [last.residual], ink: ink,
                        label: name ?? "≤ \(Ticks.label(cutoff.limit, .power, digits: 3))"))
            }
        }
        return figure
    }

    private func tests(_ cutoff: BacktestCutoff, _ series: String) -> [Shown] {
        let factor = cutoff.factor(.publicTables) * Widening.publicTables.multiple(at: findings.level)
        let plain = cutoff.plainHalfWidths(level: findings.level)
        return cutoff.tests.map { test in
            let half = max(plain(test), factor * cutoff.spread(test, .publicTables))
            return Shown(
                distance: test.distance, residual: test.residual, half: half,
                told: "\(series): ×\(Numbers.short(test.distance, digits: 3)), predicted "
                    + "\(Numbers.short(test.predicted)), came out \(Numbers.short(test.observed))")
        }
    }

    private var coverage: Figure {
        let bands = findings.bands
        let names = bands.map { band in
            let (low, high) = (band.distances.lowerBound, band.distances.upperBound)
            return high.isFinite
                ? "×\(Numbers.short(low))–\(Numbers.short(high))" : "above ×\(Numbers.short(low))"
        }
        var figure = Figure(
            title: "runs inside of the interval", description: "",
            x: Axis("times the largest fitted \(findings.scale)", scale: .names(names)),
            y: Axis("share of runs", notation: .percent, range: 0...1.04))
        figure.marks.append(
            Rule(
                .y, at: findings.level, "wanted", ink: .faint,
                label: "wanted, \(Numbers.short(100 * findings.level)) %"))
        for (series, symbol, ink, value) in [
            ("calibrated", Drawing.Symbol.circle, Ink.kind(0), \BacktestSummary.coverage),
            ("the law's own", .square, .kind(1), \.plainCoverage),
        ] {
            let shift = symbol == .circle ? -0.08 : 0.08
            let known = bands.enumerated().compactMap { place, band in band[keyPath: value].map { (place, $0) } }
            if known.isEmpty { continue }
            figure.marks.append(
                Dots(
                    series, x: known.map { Double($0.0) + shift }, y: known.map(\.1), ink: ink, symbol: symbol,
                    radius: 5,
                    titles: known.map {
                        "\(series), \(names[$0.0]): \(Numbers.short(100 * $0.1, digits: 3)) % of "
                            + Numbers.counted(bands[$0.0].tests, "run")
                    }))
            if let last = known.last { figure.marks.append(Curve(x: [0], y: [last.1], ink: ink, label: series)) }
        }
        return figure
    }

    private var subtitle: String {
        let tests = findings.groups.flatMap(\.backtest.tests)
        let cutoffs = findings.groups.flatMap(\.backtest.cutoffs)
        let formula = "\(findings.specification.formula)"
        if tests.isEmpty { return formula }
        return "\(formula): \(Numbers.counted(tests.count, "prediction")) across "
            + Numbers.counted(cutoffs.count, "cutoff")
    }

    private var description: String {
        let tests = findings.groups.flatMap(\.backtest.tests)
        var text = "\(Numbers.counted(tests.count, "prediction")) of larger runs by laws fitted to smaller ones"
        if let far = tests.map(\.distance).max() { text += ", up to \(Numbers.short(far, digits: 3)) times as large" }
        for band in findings.bands {
            text +=
                "; \(band.distances.upperBound.isFinite ? "up to ×\(Numbers.short(band.distances.upperBound))" : "farther") "
                + "an error of \(Numbers.short(band.error, digits: 3))"
            if let share = band.coverage { text += ", \(Numbers.short(100 * share, digits: 3)) % inside" }
        }
        return text + "."
    }
}
