// The next runs: where they lie among those that were made and those that could be, and what each of them adds.

import Fitting
import Formulas
import Scaling

/// A figure of the runs that are worth making.
///
/// To the left the plane of two inputs, or of one input and the response: runs that were made, candidates, and the chosen
/// ones numbered in the order in which to make them, with the others of the plan that the first was chosen for. To the right
/// the interval of the target now, after each of them, after that plan, and after all candidates:
/// dark if the law is right, pale with the doubt about it.
public struct NextFigure: Sendable {
    public var findings: NextFindings
    public var x: String
    /// Nil for a law of one number: the response.
    public var y: String?

    /// Of more purchases only so many have an interval of their own, in even distances and the last; fewer beside a plan.
    private var mostShown: Int { planned.isEmpty ? 10 : 7 }
    /// Of more places the first so many are numbered: numbers that touch say nothing.
    private static let mostNumbered = 15

    public init(_ findings: NextFindings, x: String, y: String?) {
        (self.findings, self.x, self.y) = (findings, x, y)
    }

    private var next: NextRuns { findings.next }
    private var law: Law { next.law }

    /// - Throws: ``ScalingError`` where the law cannot be evaluated.
    public func picture() throws(ScalingError) -> Picture {
        var key: [Figure.KeyEntry] = [
            .init(.circle, .text, "runs made"), .init(.cross, .faint, "candidates"),
            .init(
                .diamond, .accent,
                places.count > Self.mostNumbered
                    ? "chosen, the first \(Self.mostNumbered) numbered" : "chosen, in their order"),
        ]
        if places.contains(where: isInsurance) { key.append(.init(.ring, .accent, "an insurance of these")) }
        if !planned.isEmpty { key.append(.init(.square, .kind(3), "the rest of the plan")) }
        if findings.underWay != nil { key.append(.init(.triangle, .kind(2), "under way")) }
        if y == nil { key.append(.init(.line(.solid), .kind(1), "the law")) }
        let percent = "\(Numbers.short(next.level * 100, digits: 6)) %"
        if hasIntervals {
            key.append(.init(.interval(.circle), .kind(0), "\(percent) if the law is right"))
            if next.hedge.sd > 0 { key.append(.init(.interval(nil), .faint, "with the doubt about it")) }
        }
        return Picture(
            title: "Next runs for \(next.target)", subtitle: subtitle, description: description, key: key,
            panels: [try plane(), after], columns: 2, widths: [1.2, 1])
    }

    // MARK: - Where they lie

    private func plane() throws(ScalingError) -> Figure {
        let chosen = places
        let known = [findings.runs, findings.underWay, next.candidates]
        func numbers(_ points: Points?, _ name: String) -> [Double] { points?.numbers[name] ?? [] }
        let across = known.flatMap { numbers($0, x) }
        var figure = Figure(
            title: y.map { "\($0) over \(x)" } ?? "\(law.responseName) over \(x)", description: "",
            x: law.axis(x, values: across), y: Axis(""))
        let range = law.input(x)?.range ?? .none
        if range.lower > 0, range.upper.isFinite { figure.marks.append(Beyond(range.lower...range.upper)) }
        var heights = numbers(next.candidates, y ?? "")
        var made = findings.runs.map { numbers($0, y ?? "") } ?? []
        var under = numbers(findings.underWay, y ?? "")
        if let y {
            let up = known.flatMap { numbers($0, y) }
            figure.y = law.axis(y, values: up)
            let ends = law.input(y)?.range ?? .none
            if ends.lower > 0, ends.upper.isFinite {
                figure.marks.append(Beyond(ends.lower...ends.upper, axis: .y))
            }
            if figure.x.scale == .logarithmic, figure.y.scale == .logarithmic,
                let wide = Canvas.grid(across, figure.x), let high = Canvas.grid(up, figure.y),
                let equal = Contours.equalCompute(law, x: x, y: y, wide, high)
            {
                figure.marks.append(equal)
            }
        } else {
            heights = try law.line(through: next.candidates).values
            made = findings.observed
            under =
                try findings.underWay.map { points throws(ScalingError) in try law.line(through: points).values }
                ?? []
            figure.y = law.responseAxis(values: heights + made)
            let order = next.candidates.indices.sorted {
                numbers(next.candidates, x)[$0] < numbers(next.candidates, x)[$1]
            }
            figure.marks.append(
                Curve(
                    "the law", x: order.map { numbers(next.candidates, x)[$0] }, y: order.map { heights[$0] },
                    ink: .kind(1)))
        }
        figure.marks.append(
            Dots(
                "candidates", x: numbers(next.candidates, x), y: heights, ink: .faint, symbol: .cross, radius: 2,
                titles: next.candidates.map { "may be run: \(told($0))" }))
        if let runs = findings.runs {
            figure.marks.append(
                Dots(
                    "runs made", x: numbers(runs, x), y: made, ink: .text, radius: 2.8,
                    titles: runs.indices.map { row in
                        "made: \(told(runs[row])): \(Numbers.short(findings.observed[row], digits: 5))"
                    }))
        }
        if let points = findings.underWay {
            figure.marks.append(
                Dots(
                    "under way", x: numbers(points, x), y: under, ink: .kind(2), symbol: .triangle, radius: 4,
                    titles: points.map { "under way: \(told($0))" }))
        }
        if !planned.isEmpty {
            figure.marks.append(
                Dots(
                    "plan", x: planned.map { numbers(next.candidates, x)[$0.candidate] },
                    y: planned.map { heights[$0.candidate] }, ink: .kind(3), symbol: .square, radius: 3,
                    titles: planned.map { run in
                        "of the plan: \(told(next.candidates[run.candidate])), costs "
                            + "\(Numbers.quantity(run.cost, digits: 3))\(unit)"
                    }))
        }
        for (series, symbol, shown) in [
            ("chosen", Drawing.Symbol.diamond, chosen.filter { !isInsurance($0) }),
            ("insurance", .ring, chosen.filter(isInsurance)),
        ] where !shown.isEmpty {
            figure.marks.append(
                Dots(
                    series, x: shown.map { numbers(next.candidates, x)[$0.candidate] },
                    y: shown.map { heights[$0.candidate] }, ink: .accent, symbol: symbol, radius: 5,
                    titles: shown.map(told)))
        }
        for place in chosen.prefix(Self.mostNumbered) {
            figure.marks.append(
                Note(
                    Self.listed(place.orders), x: numbers(next.candidates, x)[place.candidate],
                    y: heights[place.candidate], ink: .accent))
        }
        return figure
    }

    private typealias Place = (candidate: Int, orders: [Int])

    private func isInsurance(_ place: Place) -> Bool {
        place.orders.allSatisfy { next.purchases[$0 - 1].isInsurance }
    }

    private func told(_ place: Place) -> String {
        let run = next.purchases[place.orders[0] - 1]
        return "\(Self.listed(place.orders)): \(told(next.candidates[place.candidate])), costs "
            + "\(Numbers.quantity(run.cost, digits: 3))\(unit), predicted "
            + Numbers.short(run.predicted, digits: 5) + (isInsurance(place) ? ", an insurance" : "")
    }

    // Of the plan that the first run was chosen for, those that are not named.
    private var planned: [RunPlan.Run] {
        (next.plan?.runs ?? []).filter { run in !next.purchases.contains { $0.candidate == run.candidate } }
    }

    // The same candidate may be worth making more than once.
    private var places: [Place] {
        var places: [Place] = []
        for (order, run) in next.purchases.enumerated() {
            if let known = places.firstIndex(where: { $0.candidate == run.candidate }) {
                places[known].orders.append(order + 1)
            } else {
                places.append((run.candidate, [order + 1]))
            }
        }
        return places
    }

    // `1, 4`, and of many the first with how many more.
    private static func listed(_ orders: [Int]) -> String {
        orders.count <= 3
            ? orders.map(String.init).joined(separator: ", ") : "\(orders[0]) and \(orders.count - 1) more"
    }

    private func told(_ point: Point) -> String {
        law.inputs.compactMap { input in
            switch point[input.name] {
            case .number(let value)?: "\(input.name) = \(Numbers.quantity(value, digits: 3))"
            case .label(let label)?: "\(input.name) = \(label)"
            case nil: nil
            }
        }.joined(separator: ", ")
    }

    private var unit: String {
        if case .usual(let cost) = next.cost, cost.isCompute { return " FLOP" }
        return ""
    }

    // MARK: - What they add

    /// The target now, after each purchase that is shown, after the plan, and after all candidates.
    private var steps: [(name: String, told: String, sureness: NextRuns.Sureness)] {
        let count = next.purchases.count
        let shown = min(count, mostShown)
        var steps = [("now", "now", next.now)]
        for step in 0..<shown {
            let order = (step + 1) * count / shown
            let run = next.purchases[order - 1]
            let spent = "\(Numbers.quantity(run.spent, digits: 3))\(unit) spent"
            steps.append(("\(order)", "after run \(order), \(spent)", run.after))
        }
        if let plan = next.plan, !planned.isEmpty {
            let spent = "\(Numbers.quantity(plan.cost, digits: 3))\(unit)"
            steps.append(
                ("plan", "after the plan, \(Numbers.counted(plan.runs.count, "run")) for \(spent)", plan.after))
        }
        steps.append(("all", "were all \(next.candidates.count) candidates run", next.atBest))
        return steps
    }

    private var hasIntervals: Bool {
        next.now.interval != nil || next.purchases.contains { $0.after.interval != nil }
    }

    private var after: Figure {
        let steps = steps
        let values =
            [next.value]
            + steps.flatMap { step in
                [step.sureness.interval, step.sureness.hedgedInterval].flatMap { [$0?.lower.value, $0?.upper.value] }
            }.compactMap(\.self)
        var figure = Figure(
            title: hasIntervals ? next.target : "standard error of \(next.target)", description: "",
            x: Axis(
                "after run (\(planned.isEmpty ? "" : "plan: after it; ")all: after every candidate)",
                scale: .names(steps.map(\.name))),
            y: Axis(
                "", scale: values.allSatisfy { $0 > 0 } && next.scale == .log ? .logarithmic : .linear,
                notation: next.value.magnitude >= 1e15 ? .power : next.value.magnitude >= 1e4 ? .size : .plain))
        guard hasIntervals else {
            // As many runs as parameters leave nothing to make intervals of.
            figure.y = Axis("")
            figure.marks = [
                Dots(
                    "standard error", x: steps.indices.map(Double.init), y: steps.map(\.sureness.standardError),
                    ink: .kind(0), radius: 4,
                    titles: steps.map { "\($0.told): \(Numbers.short($0.sureness.standardError, digits: 3))" })
            ]
            return figure
        }
        figure.marks.append(Rule(.y, at: next.value, "as the law says now", ink: .faint))
        for (place, step) in steps.enumerated() {
            if next.hedge.sd > 0, let doubted = step.sureness.hedgedInterval {
                figure.marks.append(
                    Whisker(
                        "with doubt", x: Double(place), value: next.value, lower: doubted.lower.value ?? .nan,
                        upper: doubted.upper.value ?? .nan, ink: .faint, shift: 6, symbol: nil, radius: 2.5))
            }
            if let interval = step.sureness.interval {
                figure.marks.append(
                    Whisker(
                        "if the law is right", x: Double(place), value: next.value,
                        lower: interval.lower.value ?? .nan, upper: interval.upper.value ?? .nan, ink: .kind(0),
                        title: "\(step.told): \(Numbers.interval(interval, around: next.value))",
                        shift: next.hedge.sd > 0 ? -4 : 0, symbol: .circle, radius: 2.6))
            }
        }
        return figure
    }

    // MARK: - Words

    private var subtitle: String {
        let spent = next.purchases.last.map { ", \(Numbers.quantity($0.spent, digits: 3))\(unit)" } ?? ""
        let runs = Numbers.counted(next.purchases.count, "run")
        return (next.spend == nil ? "\(runs), one after another\(spent)" : "a batch of \(runs)\(spent)")
            + "; cost \(next.cost.description)"
    }

    private func written(_ sureness: NextRuns.Sureness) -> String {
        sureness.interval.map { Numbers.interval($0, around: next.value) }
            ?? "standard error \(Numbers.short(sureness.standardError, digits: 2))"
    }

    private var description: String {
        var text =
            "\(Numbers.counted(next.runs, "run")) made and \(Numbers.counted(next.candidates.count, "candidate")); "
            + "\(next.target) is \(Numbers.short(next.value)), now \(written(next.now))"
        for (order, run) in next.purchases.prefix(8).enumerated() {
            text += "; after run \(order + 1), \(told(next.candidates[run.candidate])), \(written(run.after))"
        }
        if let plan = next.plan, !planned.isEmpty {
            text += "; after the plan of \(Numbers.counted(plan.runs.count, "run")) \(written(plan.after))"
        }
        return text + "; after all candidates \(written(next.atBest))."
    }
}

extension Canvas {
    /// Even steps over all that an axis will show of these values; nil where there is nothing between them.
    static func grid(_ values: [Double], _ axis: Axis) -> [Double]? {
        guard let span = values.span, span.upperBound > span.lowerBound else { return nil }
        return evenSteps(aired(span, axis.scale, air: 0.06), 48)
    }
}
