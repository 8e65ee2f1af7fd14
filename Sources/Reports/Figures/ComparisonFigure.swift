// Recipes compared: what each reaches with every budget, where they cross, and what one needs to match another.

import Fitting
import Formulas
import Scaling

/// A figure of a comparison over compute, or at its targets where recipes have no compute.
public struct ComparisonFigure: Sendable {
    public var comparison: Comparison

    public init(_ comparison: Comparison) { self.comparison = comparison }

    private var names: [String] { comparison.recipes.names }
    private static let symbols: [Drawing.Symbol] = [.circle, .square, .triangle, .diamond]

    public func picture() -> Picture {
        var panels: [Figure] = []
        var key: [Figure.KeyEntry] = []
        if let compute = comparison.compute {
            panels = [lines(compute), multipliers(compute)]
            key.append(
                .init(.band, .kind(0), "\(Numbers.short(100 * comparison.level)) % interval"))
            if compute.recipes.contains(where: { $0.crossing.budget != nil }) {
                key.append(.init(.line(.dashed), .accent, "crossing"))
            }
            key.append(.init(.band, .beyond, "beyond the runs that all recipes have"))
        } else {
            panels = comparison.targets.prefix(4).map(target)
        }
        return Picture(
            title: "\(Numbers.counted(names.count, "recipe")) compared: \(response), "
                + Picture.fileName(comparison.sharing.fit.problem.tableName),
            subtitle: subtitle, description: description, key: key, panels: panels,
            columns: min(2, max(1, panels.count)))
    }

    private var response: String {
        comparison.sharing.fit.problem.formula.response.map { "\($0)" } ?? "value"
    }

    // MARK: - Over compute

    private func axis(_ compute: ComputeComparison, _ budgets: [Double]) -> Axis {
        Axis(
            compute.cost.isCompute ? "compute \(compute.cost.description), FLOP" : compute.cost.description,
            values: budgets, isCompute: compute.cost.isCompute)
    }

    private func lines(_ compute: ComputeComparison) -> Figure {
        let budgets = compute.lines.first?.budgets ?? []
        let values = compute.lines.flatMap { $0.values.map(\.value) }
        var figure = Figure(
            title: "\(response) over compute", description: "", x: axis(compute, budgets),
            y: Axis(response, scale: values.allSatisfy { $0 > 0 || $0.isNaN } ? .logarithmic : .linear))
        figure.marks.append(Beyond(compute.runs))
        // An interval that leaves all that the lines show would flatten them.
        let room = values.span.map { ($0.lowerBound, $0.upperBound) } ?? (0, 1)
        figure.y.range =
            figure.y.scale == .logarithmic && room.1 > room.0
            ? (room.0 / Elementary.power(room.1 / room.0, 0.12))...(room.1 * Elementary.power(room.1 / room.0, 0.12))
            : nil
        let fewBands = compute.lines.count <= 4
        for line in compute.lines where fewBands {
            figure.marks.append(
                Band(
                    names[line.recipe], x: line.budgets, lower: line.values.map { $0.interval.lower.value ?? .nan },
                    upper: line.values.map { $0.interval.upper.value ?? .nan }, ink: .kind(line.recipe),
                    opacity: 0.13))
        }
        for line in compute.lines {
            figure.marks.append(
                Curve(
                    names[line.recipe], x: line.budgets, y: line.values.map(\.value), ink: .kind(line.recipe),
                    dash: line.recipe % 3 == 0 ? .solid : line.recipe % 3 == 1 ? .dashed : .dotted,
                    label: names[line.recipe]))
        }
        for own in compute.recipes {
            guard let budget = own.crossing.budget else { continue }
            figure.marks.append(
                Rule(
                    .x, at: budget, "\(names[own.recipe]) crosses \(names[compute.baseline])", ink: .accent,
                    label: Ticks.label(budget, compute.cost.isCompute ? .power : .size, digits: 2)))
        }
        return figure
    }

    private func multipliers(_ compute: ComputeComparison) -> Figure {
        var figure = Figure(
            title: "compute needed to match \(names[compute.baseline])", description: "",
            x: axis(compute, compute.recipes.flatMap { $0.multipliers.map(\.budget) }),
            y: Axis("times the compute", scale: .logarithmic))
        figure.marks.append(Beyond(compute.runs))
        figure.marks.append(Rule(.y, at: 1, "as much", ink: .faint, label: "as much"))
        for own in compute.recipes {
            let known = own.multipliers.filter { $0.factor.value > 0 && $0.factor.value.isFinite }
            let ink = Ink.kind(own.recipe)
            for multiplier in known {
                // An open end is drawn to ten times the value.
                let (low, high) = (
                    multiplier.factor.interval.lower.value, multiplier.factor.interval.upper.value
                )
                figure.marks.append(
                    Whisker(
                        names[own.recipe], x: multiplier.budget, value: multiplier.factor.value,
                        lower: low ?? multiplier.factor.value / 10, upper: high ?? multiplier.factor.value * 10,
                        ink: ink,
                        title: "\(names[own.recipe]) at \(Numbers.quantity(multiplier.budget, digits: 3)): "
                            + "×\(Numbers.short(multiplier.factor.value, digits: 3))",
                        shift: 6 * (Double(own.recipe) - Double(names.count - 1) / 2),
                        symbol: Self.symbols[own.recipe % 4]))
            }
            if let last = known.last {
                figure.marks.append(
                    Curve(x: [last.budget], y: [last.factor.value], ink: ink, label: names[own.recipe]))
            }
        }
        return figure
    }

    // MARK: - At targets

    private func target(_ target: Comparison.AtTarget) -> Figure {
        let order = target.recipes.sorted { $0.rank < $1.rank }
        let place = target.point.values.sorted { $0.key < $1.key }.map { name, value in
            switch value {
            case .number(let number): "\(name) = \(Numbers.quantity(number))"
            case .label(let label): "\(name) = \(label)"
            }
        }.joined(separator: ", ")
        var figure = Figure(
            title: "at \(place)", description: "", x: Axis(response),
            y: Axis("", scale: .names(order.map { names[$0.recipe] })))
        figure.marks = order.enumerated().map { row, own in
            Whisker(
                names[own.recipe], x: Double(row), value: own.value.value,
                lower: own.value.interval.lower.value ?? .nan, upper: own.value.interval.upper.value ?? .nan,
                ink: .kind(own.recipe),
                title: "\(names[own.recipe]): \(Numbers.short(own.value.value)), best in "
                    + "\(Numbers.short(100 * own.probabilityBest, digits: 3)) % of draws",
                direction: .level)
        }
        return figure
    }

    // MARK: - Words

    private var subtitle: String {
        guard let target = comparison.targets.first, let best = target.recipes.first(where: { $0.rank == 1 }) else {
            return ""
        }
        let place = target.point.values.sorted { $0.key < $1.key }.compactMap { name, value -> String? in
            if case .number(let number) = value { "\(name) = \(Ticks.label(number, .size, digits: 3))" } else { nil }
        }.joined(separator: ", ")
        return "\(names[best.recipe]) is best at \(place) in "
            + "\(Numbers.short(100 * best.probabilityBest, digits: 3)) % of \(comparison.draws.count) draws"
    }

    private var description: String {
        var text = "\(names.joined(separator: ", ")) compared. \(subtitle)"
        for own in comparison.compute?.recipes ?? [] {
            if let budget = own.crossing.budget {
                text +=
                    "; \(names[own.recipe]) crosses \(names[comparison.baseline]) at "
                    + Numbers.quantity(budget, digits: 3)
            }
            if let last = own.multipliers.first(where: { $0.distance >= 1 }), last.factor.value.isFinite {
                text +=
                    "; \(names[own.recipe]) needs \(Numbers.short(last.factor.value, digits: 3)) times the compute of "
                    + "\(names[comparison.baseline]) at \(Numbers.quantity(last.budget, digits: 3))"
            }
        }
        return text + "."
    }
}
