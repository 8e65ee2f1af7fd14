// A law as a map: loss over two inputs, the runs, what compute buys, and the best use of it.

import Fitting
import Formulas
import Scaling

/// A figure of a law over two of its inputs: lines of equal value, of equal compute, and of the best split.
public struct ContoursFigure: Sendable {
    public var law: Law
    public var x: String
    public var y: String
    /// The other inputs.
    public var held: Point
    public var runs: FigureRuns?
    /// The best allocation of ascending budgets: the frontier.
    public var frontier: [Plan]
    /// The plan that was asked for.
    public var plan: Plan?
    public var set: String?

    /// Points of the grid along each axis.
    static let steps = 72
    private static let mostLevels = 9

    public init(
        law: Law, x: String, y: String, held: Point = Point(), runs: FigureRuns? = nil, frontier: [Plan] = [],
        plan: Plan? = nil, set: String? = nil
    ) {
        (self.law, self.x, self.y, self.held, self.runs) = (law, x, y, held, runs)
        (self.frontier, self.plan, self.set) = (frontier, plan, set)
    }

    /// - Throws: ``ScalingError`` where the law cannot be evaluated.
    public func picture() throws(ScalingError) -> Picture {
        let (across, up) = (evenSteps(range(x), Self.steps), evenSteps(range(y), Self.steps))
        let values = try surface(across, up)
        let known = values.flatMap { $0 }.filter(\.isFinite)
        let levels = Self.levels(known)
        let texts = Self.written(levels)
        var figure = Figure(
            title: Picture.shortened(law.title), subtitle: subtitle, description: description(known),
            x: law.axis(x, values: across), y: law.axis(y, values: up))
        (figure.x.range, figure.y.range) = (across.span, up.span)
        for (name, axis) in [(x, Rule.Axis.x), (y, .y)] {
            let fitted = law.input(name)?.range ?? .none
            if fitted.lower > 0, fitted.upper.isFinite {
                figure.marks.append(Beyond(fitted.lower...fitted.upper, axis: axis))
            }
        }
        if let equal = Contours.equalCompute(law, x: x, y: y, across, up) { figure.marks.append(equal) }
        figure.marks.append(
            Contours(
                law.responseName, x: across, y: up, values: values, levels: levels, labels: texts,
                inks: levels.indices.map { .step($0, of: levels.count) }))
        if frontier.count > 1 {
            figure.marks.append(
                Curve(
                    "best split of compute", x: frontier.map { $0[x]?.value.value ?? .nan },
                    y: frontier.map { $0[y]?.value.value ?? .nan }, ink: .accent, width: 2.4, widens: false))
        }
        if let runs { figure.marks.append(dots(runs)) }
        if let plan { figure.marks += asked(plan) }
        figure.key = key
        return Picture(figure)
    }

    // MARK: - The ground

    private func range(_ name: String) -> ClosedRange<Double> {
        var known: [Double] = []
        if let runs { known += runs.fitted.map { runs.points.numbers[name]?[$0] ?? .nan } }
        let fitted = law.input(name)?.range ?? .none
        if known.isEmpty, fitted.lower > 0, fitted.upper.isFinite { known += [fitted.lower, fitted.upper] }
        known += (plan.map { [$0] } ?? []).compactMap { $0[name]?.value.value }
        known = known.filter { $0 > 0 && $0.isFinite }
        // Of a published law without a range nothing says where to look.
        guard let span = known.span else { return law.input(name)?.unit == "tokens" ? 1e9...1e13 : 1e7...1e12 }
        let wide = max(span.upperBound / span.lowerBound, 10)
        let air = Elementary.power(wide, 0.06) * 1.05
        let low = span.upperBound > span.lowerBound ? span.lowerBound : span.lowerBound / 30
        let high = span.upperBound > span.lowerBound ? span.upperBound : span.upperBound * 30
        return (low / air)...(high * air)
    }

    private func surface(_ across: [Double], _ up: [Double]) throws(ScalingError) -> [[Double]] {
        let places = up.flatMap { high in
            across.map { far in
                var point = held
                (point[x], point[y]) = (.number(far), .number(high))
                return point
            }
        }
        let values = try law.line(through: try Points(places, for: law), set: set).values
        return up.indices.map { row in Array(values[(row * across.count)..<((row + 1) * across.count)]) }
    }

    // Levels between which there is about as much ground, each the roundest number nearer to its place than to the next.
    private static func levels(_ values: [Double]) -> [Double] {
        let sorted = values.sorted()
        guard let low = sorted.first, let high = sorted.last, high > low else { return [] }
        let wanted = (1...mostLevels).map { sorted[min(sorted.count - 1, $0 * sorted.count / (mostLevels + 1))] }
        var levels: [Double] = []
        for (place, value) in wanted.enumerated() {
            let below = place > 0 ? wanted[place - 1] : low
            let above = place < wanted.count - 1 ? wanted[place + 1] : high
            let range = ((below + value) / 2)...max((below + value) / 2, (value + above) / 2)
            if let level = roundest(value, in: range), levels.last != level { levels.append(level) }
        }
        return levels
    }

    // With as few digits as can be, a last one of 5 or 0 where that is enough.
    private static func roundest(_ value: Double, in range: ClosedRange<Double>) -> Double? {
        for digits in 1...8 {
            let rounded = Quantity.parse(Numeral.short(value, digits: digits))
            if let rounded, range.contains(rounded) { return rounded }
            let half = Quantity.parse(Numeral.short(2 * value, digits: digits)).map { $0 / 2 }
            if let half, range.contains(half) { return half }
        }
        return nil
    }

    private static func written(_ levels: [Double]) -> [String] {
        let digits = (2...6).first { digits in
            Set(levels.map { Numbers.short($0, digits: digits) }).count == levels.count
        }
        return levels.map { Numbers.short($0, digits: digits ?? 6) }
    }

    // MARK: - What stands on it

    private func dots(_ runs: FigureRuns) -> Dots {
        let rows = runs.fitted
        return Dots(
            "runs", x: rows.map { runs.points.numbers[x]?[$0] ?? .nan },
            y: rows.map { runs.points.numbers[y]?[$0] ?? .nan }, ink: .text, radius: 2.6,
            titles: rows.map { runs.told($0) })
    }

    private func asked(_ plan: Plan) -> [any Mark] {
        guard let far = plan[x]?.value, let high = plan[y]?.value else { return [] }
        let text =
            "\(x) = \(Numbers.quantity(far.value, digits: 3)), \(y) = \(Numbers.quantity(high.value, digits: 3)), "
            + "\(law.responseName) \(Numbers.short(plan.response.value))"
        return [
            Whisker(
                "plan", x: high.value, value: far.value, lower: far.lower ?? .nan, upper: far.upper ?? .nan,
                ink: .accent, symbol: nil, direction: .level),
            Whisker(
                "plan", x: far.value, value: high.value, lower: high.lower ?? .nan, upper: high.upper ?? .nan,
                ink: .accent, title: text, radius: 5.5),
            Note(text, x: far.value, y: high.value, ink: .accent),
        ]
    }

    private var key: [Figure.KeyEntry] {
        var entries: [Figure.KeyEntry] = [.init(.line(.solid), .step(3, of: 9), "equal \(law.responseName)")]
        if let cost = ComputeCost(law), cost.isCompute, Set(cost.inputs) == [x, y] {
            entries.append(.init(.line(.dotted), .faint, "equal compute, FLOP"))
        }
        if frontier.count > 1 { entries.append(.init(.line(.solid), .accent, "best split of compute")) }
        if runs != nil { entries.append(.init(.circle, .text, "fitted runs")) }
        if plan != nil { entries.append(.init(.diamond, .accent, "the plan")) }
        return entries
    }

    private var subtitle: String {
        let others = held.values.sorted { $0.key < $1.key }.filter { $0.key != x && $0.key != y }.map { name, value in
            switch value {
            case .number(let number): "\(name) = \(Numbers.quantity(number))"
            case .label(let label): "\(name) = \(label)"
            }
        }
        let formula = law.formula.map { "\($0)" } ?? ""
        return others.isEmpty ? formula : formula + " at " + others.joined(separator: ", ")
    }

    private func description(_ values: [Double]) -> String {
        var text = "\(law.responseName) over \(x) and \(y)"
        if let span = values.span {
            text += ", from \(Numbers.short(span.lowerBound)) to \(Numbers.short(span.upperBound))"
        }
        if let runs { text += "; \(Numbers.counted(runs.fitted.count, "run")) that the law was fitted to" }
        if let first = frontier.first, let last = frontier.last, frontier.count > 1 {
            text +=
                "; the best split from \(Numbers.quantity(first.spent.value, digits: 3)) to "
                + "\(Numbers.quantity(last.spent.value, digits: 3)) FLOP"
        }
        if let plan, let far = plan[x]?.value.value, let high = plan[y]?.value.value {
            text +=
                "; the plan is \(x) = \(Numbers.quantity(far)), \(y) = \(Numbers.quantity(high)) "
                + "with \(law.responseName) \(Numbers.short(plan.response.value))"
        }
        return text + "."
    }
}
