// Laws in two steps: what a task's metric is over loss, and what both steps together say of it over compute.

import Fitting
import Formulas
import Scaling

/// A figure of a chain of laws: a panel for each input that another law predicts, and one over compute.
///
/// Over compute the sizes grow together from the first point that was asked for, or from the largest run: with
/// C = 6 N D the ratio D/N stays that of the point. The band there holds the doubts of both steps.
public struct TaskFigure: Sendable {
    public var chain: Chain
    /// Of the last law, whose inputs are the losses; nil for a published law.
    public var runs: FigureRuns?
    /// The same rows over the inputs of the chain, N and D; nil where the table does not have them.
    public var sizes: Points?
    /// Points of the chain that stand out with their intervals.
    public var asked: Points?
    public var set: String?
    public var level: Double
    public var kind: IntervalKind
    /// A law that is drawn beside, dotted: over what it reads, and over compute on the first ray.
    public var published: Chain.Alternative?
    /// Points that were asked for and are too many to be drawn.
    public var hidden = 0

    /// Lines over compute at most; of more points a report has a table.
    public static let most = 5
    /// Places along a line.
    private static let steps = 48

    /// - Precondition: a point is asked for, or the sizes of the runs are known.
    public init(
        _ chain: Chain, runs: FigureRuns?, sizes: Points?, asked: Points? = nil, set: String? = nil,
        level: Double = 0.95, kind: IntervalKind = .mean
    ) {
        precondition(asked?.isEmpty == false || sizes != nil && runs?.fitted.isEmpty == false, "nowhere to look")
        (self.chain, self.runs, self.sizes, self.asked) = (chain, runs, sizes, asked)
        (self.set, self.level, self.kind) = (set, level, kind)
    }

    /// - Throws: ``ScalingError`` where a law cannot be evaluated.
    public func picture() throws(ScalingError) -> Picture {
        var made: Predictions?
        if let asked { made = try chain.predict(asked, set: set, level: level, interval: kind) }
        var panels: [Figure] = []
        for (place, link) in chain.links.enumerated() { panels.append(try over(link, place, made)) }
        panels.append(try overCost(made))
        return Picture(
            title: Picture.shortened(chain.law.title), subtitle: subtitle, description: description(made),
            key: key(hasIntervals: made?.lower != nil),
            panels: panels, columns: min(panels.count, 2))
    }

    var law: Law { chain.law }

    /// Thousands of checkpoints are a cloud of small dots.
    private var radius: Double { (runs?.fitted.count ?? 0) > 300 ? 1.3 : 2.6 }

    // Shares stay between 0 and 1, and are no matter of factors.
    private func axis(_ values: [Double]) -> Axis {
        let unit = law.response?.unit.map { ", \($0)" } ?? ""
        let isShare = values.allSatisfy { !($0 < 0 || $0 > 1) }
        return isShare ? Axis(law.responseName + unit) : law.responseAxis(values: values)
    }

    func told(_ prediction: Prediction) -> String {
        let place = chain.asked.inputs.compactMap { input -> String? in
            switch prediction.point[input.name] {
            case .number(let value)?: "\(input.name) = \(Numbers.quantity(value))"
            case .label(let label)?: "\(input.name) = \(label)"
            case nil: nil
            }
        }.joined(separator: ", ")
        return "\(place): \(Numbers.short(prediction.value))"
    }

    // MARK: - Over what the first step predicts

    private func over(_ link: Chain.Link, _ place: Int, _ made: Predictions?) throws(ScalingError) -> Figure {
        let own = runs.map { runs in runs.fitted.map { runs.points.numbers[link.input]?[$0] ?? .nan } } ?? []
        let step = made.map { $0.steps[place].predictions }
        let predicted = (step?.values ?? []) + (step?.lower ?? []) + (step?.upper ?? [])
        let fitted = law.input(link.input)?.range ?? .none
        var known = own + predicted
        if fitted.lower.isFinite, fitted.upper.isFinite { known += [fitted.lower, fitted.upper] }
        var span = known.span ?? 0...1
        if span.lowerBound == span.upperBound {
            let value = span.lowerBound
            let aside = value == 0 ? 1 : 0.2 * value.magnitude
            span = (value - aside)...(value + aside)
        }
        let grid = evenSteps(span, Self.steps)
        var held = held(besides: link.input, made)
        let places = grid.map { value in
            held[link.input] = .number(value)
            return held
        }
        let line = try law.predict(try Points(places, for: law), set: set, level: level, interval: kind)
        let metrics = runs.map { runs in runs.fitted.map { runs.observed[$0] } } ?? []
        var figure = Figure(
            title: "\(law.responseName) over \(link.input)", description: "", x: law.axis(link.input, values: grid),
            y: axis(line.values + metrics))
        if fitted.lower > 0, fitted.upper.isFinite { figure.marks.append(Beyond(fitted.lower...fitted.upper)) }
        if let lower = line.lower, let upper = line.upper {
            figure.marks.append(Band("the law", x: grid, lower: lower, upper: upper, ink: .kind(0)))
        }
        if let runs {
            figure.marks.append(
                Dots("runs", x: own, y: metrics, ink: .text, radius: radius, titles: runs.fitted.map(runs.told)))
        }
        figure.marks += pieces(law.id, grid, line.values, inside: fitted)
        if let published, let curve = beside(published, place, grid, held, made) { figure.marks.append(curve) }
        if let made, let step { figure.marks += whiskers(made, step) }
        return figure
    }

    // A law in place of the last one, over what the same step predicts; nil where the point does not say all that it reads.
    private func beside(
        _ other: Chain.Alternative, _ place: Int, _ grid: [Double], _ held: Point, _ made: Predictions?
    ) -> Curve? {
        guard other.place == .last, let input = other.chain?.links[place].input else { return nil }
        var point = made.flatMap { $0.first?.point } ?? Point()
        point.values.merge(held.values) { $1 }
        point = point.read(by: other.law)
        let places = grid.map { value in
            point[input] = .number(value)
            return point
        }
        guard let points = try? Points(places, for: other.law),
            let line = try? other.law.predict(points, set: other.law.ownSet(set))
        else {
            return nil
        }
        return Curve(other.law.id, x: grid, y: line.values, ink: .text, width: 1.8, dash: .dotted)
    }

    // The last law's inputs but one: as asked, else the middle of the runs.
    private func held(besides name: String, _ made: Predictions?) -> Point {
        var held = Point()
        for input in law.inputs where input.name != name {
            if let made, made.count > 0, let value = made[0].point[input.name] {
                held[input.name] = value
            } else if let runs, let labels = runs.points.labels[input.name] {
                let own = runs.fitted.map { labels[$0] }.sorted()
                held[input.name] = .label(own.isEmpty ? "" : own[own.count / 2])
            } else if let runs, let numbers = runs.points.numbers[input.name] {
                let own = runs.fitted.map { numbers[$0] }.filter(\.isFinite).sorted()
                held[input.name] = .number(own.isEmpty ? .nan : own[own.count / 2])
            }
        }
        return held
    }

    // Whole where runs support it, dashed beyond.
    private func pieces(_ name: String, _ x: [Double], _ y: [Double], inside: Bound) -> [any Mark] {
        let fitted = x.indices.filter { x[$0] >= inside.lower && x[$0] <= inside.upper }
        guard inside.lower.isFinite || inside.upper.isFinite else { return [Curve(name, x: x, y: y, ink: .kind(0))] }
        var marks: [any Mark] = []
        if let first = fitted.first, let last = fitted.last, last > first {
            marks.append(Curve(name, x: Array(x[first...last]), y: Array(y[first...last]), ink: .kind(0)))
        }
        let ends = [0...(fitted.first ?? x.count - 1), (fitted.last ?? 0)...(x.count - 1)]
        for end in fitted.isEmpty ? [ends[0]] : ends where end.count > 1 {
            marks.append(
                Curve(
                    "\(name), beyond its runs", x: Array(x[end]), y: Array(y[end]), ink: .kind(0), dash: .dashed))
        }
        return marks
    }

    // What both steps say, and how sure the first one is.
    private func whiskers(_ made: Predictions, _ step: Predictions) -> [any Mark] {
        made.indices.flatMap { row -> [any Mark] in
            let prediction = made[row]
            var marks: [any Mark] = []
            if let interval = step[row].interval {
                marks.append(
                    Whisker(
                        "the step before", x: prediction.value, value: step.values[row], lower: interval.lower,
                        upper: interval.upper, ink: .accent, symbol: nil, radius: 3, direction: .level))
            }
            marks.append(
                Whisker(
                    "asked", x: step.values[row], value: prediction.value,
                    lower: prediction.interval?.lower ?? .nan, upper: prediction.interval?.upper ?? .nan,
                    ink: .accent, title: told(prediction)))
            return marks
        }
    }

    // MARK: - Over compute

    /// What a run costs; for laws that do not say, their last number.
    var cost: ComputeCost? { ComputeCost(chain.asked) }

    var numbers: [String] { chain.asked.inputs.filter { !$0.isLabel }.map(\.name) }

    private func cost(of point: Point) -> Double {
        cost?.value { point.number($0) } ?? numbers.last.flatMap { point.number($0) } ?? .nan
    }

    // A point on the same ray; without a cost with another last number.
    private func scaled(_ point: Point, to wanted: Double) -> Point {
        var scaled = point
        guard let cost else {
            if let last = numbers.last { scaled[last] = .number(wanted) }
            return scaled
        }
        let growth = Elementary.power(wanted / self.cost(of: point), 1 / Double(cost.inputs.count))
        for name in cost.inputs { scaled[name] = .number((point.number(name) ?? .nan) * growth) }
        return scaled
    }

    /// Each run with its cost.
    var costs: [(row: Int, cost: Double)] {
        guard let runs, let sizes else { return [] }
        return runs.fitted.map { ($0, cost(of: sizes[$0])) }.filter { $0.1.isFinite && $0.1 > 0 }
    }

    /// Where the lines over compute begin.
    var centers: [Point] { Array(rays.prefix(Self.most)) }

    /// The points that were asked for, those on one ray once; else the largest run.
    var rays: [Point] {
        guard let asked, !asked.isEmpty else {
            return costs.max { $0.cost < $1.cost }.flatMap { largest in sizes.map { [$0[largest.row]] } } ?? []
        }
        var centers: [Point] = []
        for point in asked {
            let isKnown = centers.contains { known in
                let other = scaled(known, to: cost(of: point))
                return point.values.allSatisfy { name, value in
                    guard case .number(let number) = value, let same = other.number(name) else {
                        return other[name] == value
                    }
                    return (same / number - 1).magnitude < 0.01
                }
            }
            if !isKnown { centers.append(point) }
        }
        return centers
    }

    private func overCost(_ made: Predictions?) throws(ScalingError) -> Figure {
        let (known, centers) = (costs, centers)
        let span = (known.map(\.cost) + (asked.map { Array($0) } ?? []).map { cost(of: $0) }).span ?? 1...10
        let isWide = span.upperBound > 3 * span.lowerBound
        let range = isWide || span.upperBound <= 0 ? span : (span.upperBound / 1e4)...(span.upperBound * 3)
        let grid = evenSteps(range, Self.steps)
        var lines: [Predictions] = []
        for center in centers {
            let points = try Points(grid.map { scaled(center, to: $0) }, for: chain.asked)
            lines.append(try chain.predict(points, set: set, level: level, interval: kind))
        }
        let metrics = known.compactMap { runs?.observed[$0.row] }
        let name =
            cost.map { $0.isCompute ? "compute \($0.description), FLOP" : $0.description } ?? numbers.last ?? ""
        var figure = Figure(
            title: "\(law.responseName) over \(cost?.isCompute == true ? "compute" : name)", description: "",
            x: Axis(name, values: grid, isCompute: cost?.isCompute == true),
            y: axis(lines.flatMap(\.values) + metrics))
        if let fitted = known.map(\.cost).span, fitted.upperBound > fitted.lowerBound {
            figure.marks.append(Beyond(fitted))
        }
        for (place, line) in lines.enumerated() {
            if let lower = line.lower, let upper = line.upper {
                let label = ray(centers[place], among: centers)
                figure.marks.append(
                    Band(label ?? "both steps", x: grid, lower: lower, upper: upper, ink: .kind(place)))
            }
        }
        if let runs, !known.isEmpty {
            figure.marks.append(
                Dots(
                    "runs", x: known.map(\.cost), y: metrics, ink: .text, radius: radius,
                    titles: known.map { run in
                        "\(Ticks.label(run.cost, cost?.isCompute == true ? .power : .size, digits: 3)): "
                            + Numbers.short(runs.observed[run.row], digits: 4)
                    }))
        }
        // Dotted is the law beside, where there is one.
        let dashes: [Drawing.Dash] = published == nil ? [.solid, .dashed, .dotted] : [.solid, .dashed]
        for (place, line) in lines.enumerated() {
            let label = ray(centers[place], among: centers)
            figure.marks.append(
                Curve(
                    label ?? "both steps", x: grid, y: line.values, ink: .kind(place),
                    dash: dashes[place % dashes.count], label: label))
        }
        if let published, let center = centers.first {
            let points = try Points(grid.map { scaled(center, to: $0) }, for: chain.asked)
            let line = try published.predict(points, set: set, level: level, interval: kind)
            figure.marks.append(
                Curve(published.law.id, x: grid, y: line.values, ink: .text, width: 1.8, dash: .dotted))
        }
        for row in made?.indices ?? 0..<0 {
            guard let prediction = made?[row] else { continue }
            let place = cost(of: prediction.point)
            figure.marks.append(
                Whisker(
                    "asked", x: place, value: prediction.value, lower: prediction.interval?.lower ?? .nan,
                    upper: prediction.interval?.upper ?? .nan, ink: .accent, title: told(prediction)))
            figure.marks.append(
                Note(Numbers.short(prediction.value, digits: 3), x: place, y: prediction.value, ink: .accent))
        }
        return figure
    }
}
