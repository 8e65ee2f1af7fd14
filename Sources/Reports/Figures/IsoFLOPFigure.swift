// IsoFLOP valleys: loss over size at every budget, the bottoms, and the power law through them.

import Formulas
import Scaling

/// A figure of the valleys of an isoFLOP table and of the best size over compute.
public struct IsoFLOPFigure: Sendable {
    public var result: IsoFLOP

    public init(_ result: IsoFLOP) { self.result = result }

    public func picture() -> Picture {
        var key: [Figure.KeyEntry] = [
            .init(.circle, .text, "runs"), .init(.diamond, .text, "bottom, by \(result.options.method.meaning)"),
        ]
        if result.valleys.contains(where: { $0.size == nil }) {
            key.append(.init(.ring, .text, "runs of a budget without a bottom"))
        }
        return Picture(
            title:
                "Valleys of loss at \(Numbers.counted(result.valleys.count, "budget")), \(Picture.fileName(result.table))",
            subtitle: subtitle, description: description, key: key, panels: [valleys, line], columns: 2)
    }

    // More budgets than this are told apart by colour alone.
    private static let mostLabels = 14

    private var valleys: Figure {
        let sizes = result.valleys.flatMap { $0.points.map(\.size) }
        var figure = Figure(
            title: "loss over size", description: "",
            x: Axis(result.names.size, values: sizes),
            y: Axis(result.names.loss, values: result.valleys.flatMap { $0.points.map(\.loss) }))
        let count = result.valleys.count
        for (place, valley) in result.valleys.enumerated() {
            let ink = Ink.step(place, of: count)
            let name = "C = \(budget(valley.budget))"
            if !valley.curve.isEmpty {
                figure.marks.append(
                    Curve(
                        name, x: valley.curve.map(\.size), y: valley.curve.map(\.loss), ink: ink, width: 1.2))
            }
            figure.marks.append(
                Dots(
                    name, x: valley.points.map(\.size), y: valley.points.map(\.loss), ink: ink,
                    symbol: valley.size == nil ? .ring : .circle, radius: 2.4,
                    titles: valley.points.map {
                        "\(name), \(result.names.size) = \(Numbers.quantity($0.size)): "
                            + Numbers.short($0.loss, digits: 5)
                    }))
            if let end = valley.points.last, count <= Self.mostLabels {
                figure.marks.append(
                    Curve(x: [end.size], y: [end.loss], ink: ink, label: budget(valley.budget)))
            }
            if let size = valley.size, let loss = valley.loss {
                figure.marks.append(
                    Whisker(
                        "\(name), bottom", x: loss.value, value: size.value, lower: size.lower ?? .nan,
                        upper: size.upper ?? .nan, ink: ink, title: told(valley, size), direction: .level))
            }
        }
        return figure
    }

    private func told(_ valley: IsoFLOP.Valley, _ size: Plan.Value) -> String {
        "C = \(budget(valley.budget)): best \(result.names.size) = \(Numbers.quantity(size.value))"
            + (size.lower.flatMap { low in
                size.upper.map { " (\(Numbers.quantity(low)) to \(Numbers.quantity($0)))" }
            } ?? "")
    }

    private func budget(_ value: Double) -> String { Ticks.label(value, .power, digits: 3) }

    private var line: Figure {
        let found = result.valleys.enumerated().filter { $0.element.size != nil }
        let budgets = found.map(\.element.budget)
        var figure = Figure(
            title: "best size over compute", description: "",
            x: Axis(result.names.budget, values: budgets, isCompute: (budgets.max() ?? 0) > 1e12),
            y: Axis(result.names.size, values: found.compactMap { $0.element.size?.value }))
        if let line = result.size, let span = budgets.span {
            let wide = Elementary.power(max(span.upperBound / span.lowerBound, 10), 0.15)
            let ends = evenSteps((span.lowerBound / wide)...(span.upperBound * wide), 24)
            // The interval of the exponent turns the line about the middle of its budgets.
            let middle = budgets.reduce(0) { $0 + Elementary.ln($1) } / Double(budgets.count)
            func turned(_ exponent: Double, _ budget: Double) -> Double {
                Elementary.exp(
                    line.logCoefficient + line.exponent * middle + exponent * (Elementary.ln(budget) - middle))
            }
            figure.marks.append(Beyond(span))
            figure.marks.append(
                Band(
                    "interval of the exponent", x: ends,
                    lower: ends.map { min(turned(line.lower, $0), turned(line.upper, $0)) },
                    upper: ends.map { max(turned(line.lower, $0), turned(line.upper, $0)) }, ink: .kind(0)))
            figure.marks.append(
                Curve("power law", x: ends, y: ends.map { line.value($0) }, ink: .kind(0)))
        }
        for (place, valley) in found {
            guard let size = valley.size else { continue }
            figure.marks.append(
                Whisker(
                    "best size", x: valley.budget, value: size.value, lower: size.lower ?? .nan,
                    upper: size.upper ?? .nan, ink: .step(place, of: result.valleys.count),
                    title: told(valley, size)))
        }
        return figure
    }

    private var subtitle: String {
        guard let line = result.size else { return "fewer than three budgets have a bottom: no line" }
        return "N ∝ C^\(Numbers.short(line.exponent, digits: 3)) "
            + "(\(Numbers.short(line.lower, digits: 3)) to \(Numbers.short(line.upper, digits: 3)) at "
            + "\(Numbers.short(100 * result.options.level)) %) through \(Numbers.counted(line.count, "bottom"))"
    }

    private var description: String {
        let left = result.valleys.count { $0.size == nil }
        var text = "Loss over \(result.names.size) at \(Numbers.counted(result.valleys.count, "budget"))"
        if let span = result.valleys.map(\.budget).span {
            text += " from \(Numbers.quantity(span.lowerBound)) to \(Numbers.quantity(span.upperBound))"
        }
        if left > 0 { text += ", \(left) of them without a bottom" }
        if let line = result.size {
            text +=
                "; the best size grows as the power \(Numbers.short(line.exponent, digits: 3)) of compute, "
                + "\(Numbers.short(line.lower, digits: 3)) to \(Numbers.short(line.upper, digits: 3))"
        }
        return text + "."
    }
}
