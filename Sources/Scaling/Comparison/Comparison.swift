// Recipes compared: at targets, by compute, and whether one overtakes another.

import Fitting
import Formulas
import Tables

/// How a comparison is made; everything has a default.
public struct ComparisonSettings: Sendable {
    public var sharing = SharingChoice.automatic
    /// Which rows are drawn together; see ``DesignCells``.
    public var cells = Cells.automatic
    public var replicates = 2_000
    public var level = 0.95
    public var starts: Int?
    public var seed: UInt64 = 1
    /// What better means; nil asks the law, and takes less for better where that does not say.
    public var direction: LawResponse.Direction?
    /// The recipe that others are measured against; nil takes the best one at the first target.
    public var baseline: String?

    public enum Cells: Hashable, Sendable {
        case automatic
        case none
        case column(String)
    }

    public init() {}
}

/// On which path recipes are compared by compute.
public enum PathChoice {
    /// The ray through the geometric mean of the runs' inputs.
    case automatic
    /// The best split of every budget, each recipe its own.
    case optimal
    /// The ray through a point, given the law of one recipe.
    case ray((_ law: Law) throws -> Point)
}

/// Several recipes compared by one law.
public struct Comparison: Sendable {
    /// What the law says of every recipe at one point.
    public struct AtTarget: Sendable {
        public struct OfRecipe: Hashable, Sendable {
            public let recipe: Int
            public let value: Bracketed
            /// 1 for the best; by the estimates.
            public let rank: Int
            /// The share of draws in which it is the best of all.
            public let probabilityBest: Double
        }

        /// The first less the second.
        public struct OfPair: Hashable, Sendable {
            public let first: Int
            public let second: Int
            public let difference: Bracketed
            /// The share of draws in which the first is better.
            public let probabilityBetter: Double
            /// Two-sided: Student's t of the difference by the standard deviation of its draws.
            public let pValue: Double
            /// The same after Holm's correction for all pairs at all targets.
            public fileprivate(set) var adjusted: Double
        }

        public let point: Point
        public let recipes: [OfRecipe]
        /// Every pair once, the better one first.
        public fileprivate(set) var pairs: [OfPair]
        /// How far outside of the runs of the recipe with the shortest reach; 1 inside.
        public let distance: Double
    }

    public let recipes: Recipes
    public let sharing: Sharing
    public let cells: DesignCells?
    /// Of residuals of different recipes in one cell.
    public let correlation: Double?
    public let draws: Draws
    public let level: Double
    public let degreesOfFreedom: Double
    public let direction: LawResponse.Direction
    public let targets: [AtTarget]
    /// The recipe that others are measured against.
    public let baseline: Int
    public let compute: ComputeComparison?
    public let warnings: [Warning]

    /// - Parameters:
    ///   - points: where they are compared, given the law of one recipe; nil takes the largest budget that all recipes
    ///     have runs at and ten times that.
    ///   - path: on which they are compared by compute; nil takes the ray through the middle of the runs.
    ///   - progress: as of ``Bootstrap/draws(of:progress:)``.
    /// - Throws: ``ComparisonError``, `FitError`, ``ScalingError``, `TableError`.
    public init(
        _ specification: Specification, law: Law? = nil, table: Table, by column: String,
        settings: ComparisonSettings = ComparisonSettings(),
        points: ((_ law: Law) throws -> [Point])? = nil, path: PathChoice = .automatic,
        progress: (Int) -> Bool = { _ in false }
    ) throws {
        guard settings.level > 0, settings.level < 1 else { throw ScalingError.badLevel(settings.level) }
        let recipes = try Recipes(
            specification, law: law, table: table, by: column, starts: settings.starts, seed: settings.seed)
        let design = try recipes.points()
        try recipes.checkOverlap(design)
        if let name = settings.baseline, !recipes.names.contains(name) {
            throw ComparisonError.unknownRecipe(name, option: "--baseline", recipes: recipes.names)
        }
        let cells = try Self.cells(recipes, design, settings.cells)
        let clusters = try cells.flatMap { cells in
            cells.isPaired || settings.cells != .automatic
                ? try Clusters(labels: cells.codes.map(String.init), column: "cell") : nil
        }
        let sharing = try Sharing(recipes, settings.sharing, clusters: clusters)
        let draws = try Bootstrap(.wild(clusters), replicates: settings.replicates, seed: settings.seed)
            .draws(of: sharing.fit, progress: progress)
        let joint = JointLaw(
            law: Law(
                sharing.fit, specification: sharing.specification, of: law, id: "comparison", title: "comparison",
                version: "", table: recipes.table),
            draws: draws, recipes: recipes.names, column: column, level: specification.level)
        let direction = settings.direction ?? law?.response?.direction ?? .decrease
        // Where nothing is in common the recipe with the fewest runs says how sure its own law is.
        let freedom =
            sharing.shared.isEmpty
            ? recipes.fits.map(\.degreesOfFreedom).min() ?? 1 : sharing.fit.degreesOfFreedom
        let single = recipes.law()
        let cost = ComputeCost(single)
        let road = try ComputeRoad(recipes, design, single, cost, path)
        let places = try points?(single) ?? road?.defaultTargets ?? []
        let lower = direction == .decrease
        var targets = try places.map { point in
            try Self.compared(
                joint, at: point, recipes, design, settings.level, freedom, lowerIsBetter: lower)
        }
        Self.correct(&targets)
        let baseline =
            settings.baseline.flatMap { recipes.names.firstIndex(of: $0) }
            ?? targets.first?.recipes.first { $0.rank == 1 }?.recipe ?? 0
        compute = try road.map { road in
            try ComputeComparison(
                joint, road, baseline: baseline, level: settings.level, degreesOfFreedom: freedom,
                lowerIsBetter: lower)
        }
        (self.direction, self.baseline, degreesOfFreedom) = (direction, baseline, freedom)
        self.recipes = recipes
        self.sharing = sharing
        self.cells = cells
        self.draws = draws
        self.targets = targets
        level = settings.level
        correlation = cells?.correlation(of: sharing.fit.residuals(), recipes: recipes.codes)
        warnings = Self.warnings(sharing, draws, targets, road, names: recipes.names)
    }

    // MARK: - Cells

    private static func cells(
        _ recipes: Recipes, _ design: Points, _ choice: ComparisonSettings.Cells
    ) throws -> DesignCells? {
        switch choice {
        case .none: return nil
        case .automatic:
            let columns = design.names.compactMap { name in
                design.numbers[name] ?? design.labels[name].map { Column.Labels($0).codes.map { -Double($0) } }
            }
            return DesignCells(columns: columns, recipes: recipes.codes)
        case .column(let name):
            let labels = try recipes.table.column(name).labels()
            return DesignCells(
                labels: recipes.codes.indices.map { labels[$0] ?? "row \($0)" }, recipes: recipes.codes)
        }
    }

    // MARK: - Targets

    private static func compared(
        _ joint: JointLaw, at point: Point, _ recipes: Recipes, _ design: Points, _ level: Double, _ freedom: Double,
        lowerIsBetter: Bool
    ) throws(ScalingError) -> AtTarget {
        let places = joint.recipes.map { name in
            var place = point
            place[joint.column] = .label(name)
            return place
        }
        // By recipe; the estimate first.
        let values = try joint.values(try Points(places, for: joint.law))
        let sign = lowerIsBetter ? 1.0 : -1.0
        let order = values.indices.sorted { sign * (values[$0][0] - values[$1][0]) < 0 }
        var wins = [Double](repeating: 0, count: values.count)
        let count = joint.draws.count
        for draw in 1..<(count + 1) {
            let best = values.indices.min { sign * (values[$0][draw] - values[$1][draw]) < 0 }
            if let best { wins[best] += 1 }
        }
        let own = values.indices.map { recipe in
            AtTarget.OfRecipe(
                recipe: recipe, value: Bracketed(values[recipe], level, DrawnFreedom(values[recipe], joint, freedom)),
                rank: (order.firstIndex(of: recipe) ?? 0) + 1,
                probabilityBest: count > 0 ? wins[recipe] / Double(count) : .nan)
        }
        var pairs: [AtTarget.OfPair] = []
        for (place, first) in order.enumerated() {
            for second in order[(place + 1)...] {
                let differences = zip(values[first], values[second]).map { $0 - $1 }
                let better = differences.dropFirst().count { sign * $0 < 0 }
                let spread = DrawnDistribution(Array(differences.dropFirst()), estimate: differences[0])
                let own = DrawnFreedom(differences, joint, freedom)
                let t = differences[0].magnitude / spread.standardError
                let p =
                    own.value > 0 && !t.isNaN
                    ? 2 * StudentT(degreesOfFreedom: own.value).probability(below: -t) : .nan
                pairs.append(
                    AtTarget.OfPair(
                        first: first, second: second, difference: Bracketed(differences, level, own),
                        probabilityBetter: count > 0 ? Double(better) / Double(count) : .nan, pValue: p,
                        adjusted: p))
            }
        }
        return AtTarget(point: point, recipes: own, pairs: pairs, distance: distance(point, recipes, design))
    }

    // The largest factor over inputs and recipes.
    private static func distance(_ point: Point, _ recipes: Recipes, _ design: Points) -> Double {
        var farthest = 1.0
        for name in design.names {
            guard let column = design.numbers[name], let x = point.number(name) else { continue }
            for recipe in recipes.names.indices {
                let own = column.indices.filter { recipes.codes[$0] == recipe }.map { column[$0] }
                guard let low = own.min(), let high = own.max() else { continue }
                farthest = max(farthest, Extrapolation.factor(of: x, outside: Bound(lower: low, upper: high)))
            }
        }
        // Recipes of one width differ by a per cent in their parameters; that is no extrapolation.
        return farthest < 1.01 ? 1 : farthest
    }

    private static func correct(_ targets: inout [AtTarget]) {
        let adjusted = Holm.adjusted(targets.flatMap { $0.pairs.map(\.pValue) })
        var next = 0
        for target in targets.indices {
            for pair in targets[target].pairs.indices {
                targets[target].pairs[pair].adjusted = adjusted[next]
                next += 1
            }
        }
    }

    // MARK: - Doubts

    private static func warnings(
        _ sharing: Sharing, _ draws: Draws, _ targets: [AtTarget], _ road: ComputeRoad?, names: [String]
    ) -> [Warning] {
        var warnings = sharing.fit.warnings.filter { $0.code != "near-equal-minima" } + draws.warnings
        if let farthest = targets.map(\.distance).max(), farthest > 1 {
            let far =
                farthest.isFinite ? "\(Numeral.significant(farthest, digits: 3)) times" : "far"
            warnings.append(
                Warning(
                    code: "extrapolation",
                    message: "the farthest target lies \(far) outside of the runs of a recipe",
                    hint:
                        "the probability there takes the law for right; recipes may bend differently beyond their runs"
                ))
        }
        if road == nil {
            warnings.append(
                Warning(
                    code: "no-compute",
                    message: "no path leads through the middle of the runs, so recipes are not compared by compute: "
                        + "an input is a label or not above zero, or none says what a run costs",
                    hint: "name the inputs N and D, or C (--column N=params), or say the path with every input: "
                        + "--path 'N=1M, D=20M'"))
        }
        return warnings
    }
}

extension Comparison {
    /// Whether runs of one cell were drawn together.
    public var isPaired: Bool { draws.kind != "wild" }

    /// The estimates of the law that is used for one recipe, under the names of the formula.
    public func parameters(ofRecipe recipe: Int) -> [(name: String, value: Double)] {
        let fit = sharing.fit
        let label = recipes.names[recipe]
        return recipes.fits[recipe].problem.parameterNames.compactMap { name in
            let indexed = name.hasSuffix("]") ? name.dropLast() + ", \(label)]" : "\(name)[\(label)]"
            return (fit.estimates[String(indexed)] ?? fit.estimates[name]).map { (name, $0) }
        }
    }
}
