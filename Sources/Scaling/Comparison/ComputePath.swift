// How a run grows with its compute: along a ray on which inputs rise together, or at the best split of every budget.

import Fitting
import Formulas

/// A line through the inputs of a law, by compute C.
public enum ComputePath: Hashable, Sendable {
    /// The inputs that make up the cost are all multiplied by (C/C₀)^(1/k), k how many they are, C₀ the cost of the point;
    /// the other inputs stay. With C = 6 N D the ratio D/N stays that of the point.
    case ray(Point)
    /// At every C the N and D with 6 N D = C at which the law is best; each recipe has its own. The point is where the
    /// search is centred.
    case optimal(Point)

    var point: Point {
        switch self {
        case .ray(let point), .optimal(let point): point
        }
    }

    /// How far from the ray the best split is looked for, a factor to each side of N.
    private static let reach = 1_000.0
    /// Splits of one budget that are tried; a parabola through the best three finds the end.
    static let splits = 64

    /// The points of every budget: one each on a ray, `splits` each where the best is looked for.
    func points(_ computes: [Double], cost: ComputeCost, names: [String], label: (column: String, name: String))
        -> Points
    {
        let center = cost.value { point.number($0) }
        let perBudget = isOptimal ? Self.splits : 1
        let count = computes.count * perBudget
        var (numbers, labels): ([String: [Double]], [String: [String]]) = ([:], [:])
        for name in names {
            if name == label.column {
                labels[name] = Array(repeating: label.name, count: count)
                continue
            }
            switch point[name] {
            case .label(let text)?: labels[name] = Array(repeating: text, count: count)
            case .number(let value)?:
                guard let place = cost.inputs.firstIndex(of: name) else {
                    numbers[name] = Array(repeating: value, count: count)
                    continue
                }
                numbers[name] = computes.flatMap { compute -> [Double] in
                    let growth = Elementary.power(compute / center, 1 / Double(cost.inputs.count))
                    return (0..<perBudget).map { split in
                        let shift = isOptimal ? Self.shift(split) : 0
                        return value * growth * Elementary.exp(place == 0 ? shift : -shift)
                    }
                }
            case nil: numbers[name] = Array(repeating: .nan, count: count)
            }
        }
        return Points(count: count, names: names, numbers: numbers, labels: labels)
    }

    var isOptimal: Bool { if case .optimal = self { true } else { false } }

    private static func shift(_ split: Int) -> Double {
        let span = Elementary.ln(reach)
        return -span + 2 * span * Double(split) / Double(splits - 1)
    }

    /// The best of the splits of one budget, and how far N is there from the ray, a factor; on a ray the value itself.
    ///
    /// The vertex of the parabola through the best split and its neighbours. Where the best split is the last that was
    /// tried the law has no best split, and the value is not a number.
    func best(_ list: [Double], lowerIsBetter: Bool) -> (value: Double, shift: Double) {
        guard isOptimal else { return (list.first ?? .nan, 0) }
        guard
            let place = list.indices.filter({ list[$0].isFinite }).min(by: {
                lowerIsBetter ? list[$0] < list[$1] : list[$0] > list[$1]
            }), place > 0, place < list.count - 1, list[place - 1].isFinite, list[place + 1].isFinite
        else { return (.nan, .nan) }
        let (a, b, c) = (list[place - 1], list[place], list[place + 1])
        let bend = a - 2 * b + c
        let offset = bend == 0 ? 0 : (a - c) / (2 * bend)
        let step = Self.shift(1) - Self.shift(0)
        return (b - (a - c) * offset / 4, Self.shift(place) + offset * step)
    }
}

/// Every recipe's law along a path, at the estimates and at each draw.
struct PathCurves {
    /// ln C of the first budget, and from one to the next.
    let start: Double
    let step: Double
    /// By recipe; the estimates come first, then the draws in their order.
    let curves: [[LocalCubic]]

    /// Budgets that are computed.
    private static let rayPoints = 512
    private static let optimalPoints = 160

    init(
        _ joint: JointLaw, path: ComputePath, cost: ComputeCost, range: ClosedRange<Double>, lowerIsBetter: Bool
    ) throws(ScalingError) {
        let count = path.isOptimal ? Self.optimalPoints : Self.rayPoints
        let (low, high) = (Elementary.ln(range.lowerBound), Elementary.ln(range.upperBound))
        let (start, step) = (low, (high - low) / Double(count - 1))
        let computes = (0..<count).map { Elementary.exp(low + (high - low) * Double($0) / Double(count - 1)) }
        var all: [[LocalCubic]] = []
        let perBudget = path.isOptimal ? ComputePath.splits : 1
        for recipe in joint.recipes {
            let points = path.points(
                computes, cost: cost, names: joint.law.inputs.map(\.name), label: (joint.column, recipe))
            // draws × budgets, filled budget by budget.
            var lines = [[Double]](repeating: [], count: joint.draws.count + 1)
            for place in lines.indices { lines[place].reserveCapacity(count) }
            var splits: [[Double]] = []
            try joint.forEachPoint(points) { values in
                splits.append(values)
                guard splits.count == perBudget else { return }
                for place in lines.indices {
                    let own = splits.map { $0[place] }
                    lines[place].append(path.best(own, lowerIsBetter: lowerIsBetter).value)
                }
                splits.removeAll(keepingCapacity: true)
            }
            all.append(lines.map { LocalCubic(start: start, step: step, values: $0) })
        }
        (self.start, self.step, curves) = (start, step, all)
    }

    /// How many times the budget `compute` one recipe needs to reach what another one reaches with it, at each draw, the
    /// estimate first: infinite where it never does.
    func multiplier(of recipe: Int, reaching other: Int, at compute: Double) -> [Double] {
        let x = Elementary.ln(compute)
        return zip(curves[recipe], curves[other]).map { own, wanted in
            let level = wanted.value(at: x)
            guard level.isFinite, own.values.contains(where: \.isFinite) else { return .nan }
            guard let place = own.place(of: level, near: x) else {
                // Always better, or never as good: by where it stands at the same budget.
                let here = own.value(at: x)
                guard !here.isNaN else { return .nan }
                let finite = own.values.filter(\.isFinite)
                let falls = (finite.last ?? 0) < (finite.first ?? 0)
                return (here < level) == falls ? 0 : .infinity
            }
            return Elementary.exp(place - x)
        }
    }

    /// Where two recipes are equally good within a range of budgets, at each draw, the estimate first.
    func crossings(of recipe: Int, and other: Int, in range: ClosedRange<Double>) -> [[Double]] {
        let logarithms = Elementary.ln(range.lowerBound)...Elementary.ln(range.upperBound)
        return zip(curves[recipe], curves[other]).map { a, b in
            let difference = LocalCubic(start: start, step: step, values: zip(a.values, b.values).map { $0 - $1 })
            return difference.signChanges(in: logarithms).map(Elementary.exp)
        }
    }
}

/// The law of all recipes with its draws.
struct JointLaw {
    let law: Law
    let draws: Draws
    let recipes: [String]
    let column: String
    let level: VectorLevel

    /// E v⁴ of the factors that residuals are multiplied by: signs, or Webb's six where cells are drawn.
    var fourthMoment: Double { draws.kind == "wild" ? 1 : 7.0 / 6 }

    /// At each point, in their order, the value at the estimates and then at every draw.
    func forEachPoint(_ points: Points, _ take: ([Double]) -> Void) throws(ScalingError) {
        let estimates = Estimates(names: draws.names, values: draws.estimates)
        let predictor = try Predictor(law, estimates, points, level: level)
        let center = try predictor.run().values
        var next = 0
        predictor.values(ofDraws: draws) { block in
            for values in block {
                take([center[next]] + values)
                next += 1
            }
        }
    }

    /// The same for a few points, all at once.
    func values(_ points: Points) throws(ScalingError) -> [[Double]] {
        var all: [[Double]] = []
        try forEachPoint(points) { all.append($0) }
        return all
    }
}
