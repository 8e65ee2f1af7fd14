// Recipes by compute: how many times as much one needs for what another one reaches, and where they are equally good.

import Fitting
import Formulas

/// The path on which recipes are compared by compute, and its budgets.
struct ComputeRoad {
    let cost: ComputeCost
    let path: ComputePath
    /// The budgets at which multipliers are given: the smallest and the largest that all recipes have runs at, the middle
    /// between them, and ten and a hundred times the largest.
    let budgets: [Double]
    /// The largest budget of the recipe with the shortest reach.
    let reached: Double
    /// The smallest and the largest budget of any run.
    let range: ClosedRange<Double>

    /// Nil where the inputs do not say what a run costs, or are not all above zero.
    init?(_ recipes: Recipes, _ design: Points, _ law: Law, _ cost: ComputeCost?, _ choice: PathChoice) throws {
        guard let cost else {
            if case .automatic = choice { return nil }
            throw ComparisonError.pathWithoutCost(inputs: law.inputs.map(\.name))
        }
        let costs = (0..<design.count).map { row in cost.value { design.numbers[$0]?[row] } }
        guard costs.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
        let ranges = recipes.names.indices.map { recipe in
            let own = costs.indices.filter { recipes.codes[$0] == recipe }.map { costs[$0] }
            return (low: own.min() ?? .nan, high: own.max() ?? .nan)
        }
        let (low, high) = (ranges.map(\.low).max() ?? .nan, ranges.map(\.high).min() ?? .nan)
        guard let least = costs.min(), let most = costs.max() else { return nil }
        let top = high
        budgets = low < top ? [low, (low * top).squareRoot(), top, 10 * top, 100 * top] : [top, 10 * top, 100 * top]
        reached = top
        range = least...most
        self.cost = cost
        if case .ray(let make) = choice {
            path = .ray(try make(law))
        } else {
            guard let middle = Self.middle(design, law) else { return nil }
            if case .optimal = choice { path = .optimal(middle) } else { path = .ray(middle) }
        }
        if path.isOptimal, cost.inputs.count != 2 { throw ComparisonError.optimumNeedsTwo(inputs: cost.inputs) }
        for name in cost.inputs where !((path.point.number(name) ?? 0) > 0) {
            throw ComparisonError.pathNeedsPositive(input: name)
        }
    }

    /// The geometric mean of every input over all runs, to three digits; nil where one is a label or not above zero.
    static func middle(_ design: Points, _ law: Law) -> Point? {
        var point = Point()
        for input in law.inputs {
            guard let values = design.numbers[input.name], values.allSatisfy({ $0 > 0 }), !values.isEmpty else {
                return nil
            }
            let mean = values.reduce(0) { $0 + Elementary.ln($1) } / Double(values.count)
            point[input.name] = .number(rounded(Elementary.exp(mean)))
        }
        return point
    }

    /// The largest budget that all have runs at, and ten times that, on the ray.
    var defaultTargets: [Point] {
        let center = cost.value { path.point.number($0) }
        return [reached, 10 * reached].map { budget in
            var point = path.point
            let growth = Elementary.power(budget / center, 1 / Double(cost.inputs.count))
            for name in cost.inputs {
                if let value = path.point.number(name) { point[name] = .number(Self.rounded(value * growth)) }
            }
            return point
        }
    }

    // Three digits: a place to look at, not a result.
    private static func rounded(_ value: Double) -> Double {
        Quantity.parse(Numeral.scientific(value, digits: 3)) ?? value
    }
}

/// The multipliers and crossings of every recipe against the baseline.
public struct ComputeComparison: Sendable {
    /// How many times the budget a recipe needs for what the baseline reaches with it.
    public struct Multiplier: Hashable, Sendable {
        /// C.
        public let budget: Double
        /// Above 1 where the recipe needs more than the baseline; infinite where it never gets there, 0 where it is there
        /// with next to nothing.
        public let factor: Bracketed
        /// The share of draws in which it never gets there.
        public let unreached: Double
        /// C over the largest budget that all recipes have runs at; at least 1.
        public let distance: Double
    }

    /// Where a recipe and the baseline are equally good.
    public struct Crossing: Hashable, Sendable {
        /// The budget, or nil where they do not cross in the range.
        public let budget: Double?
        /// Of the draws that cross; nil where fewer than 20 do.
        public let interval: ConfidenceInterval?
        /// The share of draws that cross in the range.
        public let probability: Double
        /// How often the estimates cross in the range.
        public let count: Int
    }

    public struct OfRecipe: Sendable {
        public let recipe: Int
        public let multipliers: [Multiplier]
        public let crossing: Crossing
    }

    /// What the law says of a recipe along the path.
    public struct Line: Hashable, Sendable {
        public let recipe: Int
        public let budgets: [Double]
        /// One for each budget.
        public let values: [Bracketed]
    }

    public let baseline: Int
    public let cost: ComputeCost
    public let path: ComputePath
    public let recipes: [OfRecipe]
    /// The budgets within which crossings were looked for: from the smallest run to a hundred times the largest budget
    /// that all recipes have runs at.
    public let range: ClosedRange<Double>
    /// Every recipe over the whole range.
    public let lines: [Line]
    /// The smallest run, and the largest budget that all recipes have runs at.
    public let runs: ClosedRange<Double>

    private static let lineBudgets = 49

    /// Beyond this factor a multiplier is not told from none.
    public static let most = 10_000.0

    init(
        _ joint: JointLaw, _ road: ComputeRoad, baseline: Int, level: Double, degreesOfFreedom: Double,
        lowerIsBetter: Bool
    ) throws {
        let last = road.budgets[road.budgets.count - 1]
        let grid = (road.range.lowerBound / Self.most)...(max(last, road.range.upperBound) * Self.most)
        let curves = try PathCurves(
            joint, path: road.path, cost: road.cost, range: grid, lowerIsBetter: lowerIsBetter)
        let range = road.range.lowerBound...max(last, road.range.upperBound)
        self.baseline = baseline
        cost = road.cost
        path = road.path
        self.range = range
        runs = road.range.lowerBound...max(road.range.lowerBound, road.reached)
        lines = joint.recipes.indices.map { recipe in
            let (low, high) = (Elementary.ln(range.lowerBound), Elementary.ln(range.upperBound))
            let logarithms = (0..<Self.lineBudgets).map {
                low + (high - low) * Double($0) / Double(Self.lineBudgets - 1)
            }
            return Line(
                recipe: recipe, budgets: logarithms.map(Elementary.exp),
                values: logarithms.map { x in
                    let drawn = curves.curves[recipe].map { $0.value(at: x) }
                    return Bracketed(drawn, level, DrawnFreedom(drawn, joint, degreesOfFreedom))
                })
        }
        recipes = joint.recipes.indices.filter { $0 != baseline }.map { recipe in
            OfRecipe(
                recipe: recipe,
                multipliers: road.budgets.map { budget in
                    let factors = curves.multiplier(of: recipe, reaching: baseline, at: budget)
                    let drawn = factors.dropFirst().filter { !$0.isNaN }
                    return Multiplier(
                        budget: budget, factor: Self.bracketed(factors, level, joint, degreesOfFreedom),
                        unreached: drawn.isEmpty
                            ? .nan : Double(drawn.count { $0 == .infinity }) / Double(drawn.count),
                        distance: max(1, budget / road.reached))
                },
                crossing: Self.crossing(
                    curves.crossings(of: recipe, and: baseline, in: range), level, degreesOfFreedom))
        }
    }

    // On the scale of the logarithm, where a factor is symmetric; an infinite one is far, not undefined.
    private static func bracketed(
        _ factors: [Double], _ level: Double, _ joint: JointLaw, _ freedom: Double
    ) -> Bracketed {
        let logarithms = factors.map { $0.isNaN || $0 == .infinity ? $0 : $0 > 0 ? Elementary.ln($0) : -.infinity }
        let scaled = Bracketed(logarithms, level, DrawnFreedom(logarithms, joint, freedom))
        func end(_ end: ConfidenceInterval.End) -> ConfidenceInterval.End {
            guard let value = end.value, value.isFinite else { return .unbounded }
            return .at(Elementary.exp(value))
        }
        return Bracketed(
            value: factors[0],
            interval: ConfidenceInterval(
                lower: end(scaled.interval.lower), upper: end(scaled.interval.upper), level: level))
    }

    private static func crossing(_ found: [[Double]], _ level: Double, _ freedom: Double) -> Crossing {
        let drawn = found.dropFirst()
        let crossed = drawn.compactMap { $0.first }
        let estimate = found.first?.first
        var interval: ConfidenceInterval?
        if crossed.count >= 20, freedom > 0 {
            interval = DrawnDistribution(crossed, estimate: estimate ?? .nan)
                .expandedInterval(level: level, degreesOfFreedom: freedom)
        }
        return Crossing(
            budget: estimate, interval: interval,
            probability: drawn.isEmpty ? .nan : Double(crossed.count) / Double(drawn.count),
            count: found.first?.count ?? 0)
    }
}
