// What a comparison gives, as data. Every key is documented in docs/json.md.

import Fitting
import Formulas
import Scaling

/// Recipes compared.
public struct CompareReply: Codable, Hashable, Sendable {
    /// A number with its interval at the reply's `level`; an end that is open is nil.
    public struct Bracketed: Codable, Hashable, Sendable {
        @Nullable public var value: Double?
        @Nullable public var lower: Double?
        @Nullable public var upper: Double?
    }

    public struct Recipe: Codable, Hashable, Sendable {
        public var name: String
        public var runs: Int
        /// Of the law that is used.
        public var parameters: [String: Double]
        /// Of the law fitted to this recipe alone.
        public var alone: [String: Double]
    }

    public struct Test: Codable, Hashable, Sendable {
        /// What the smaller law has in common and the larger has not.
        public var parameters: [String]
        /// What both have in common.
        public var given: [String]
        @Nullable public var statistic: Double?
        public var numerator: Double
        @Nullable public var denominator: Double?
        @Nullable public var pValue: Double?
        @Nullable public var bootstrapPValue: Double?
        public var draws: Int
    }

    public struct OfRecipe: Codable, Hashable, Sendable {
        public var recipe: String
        @Nullable public var value: Double?
        @Nullable public var lower: Double?
        @Nullable public var upper: Double?
        public var rank: Int
        @Nullable public var probabilityBest: Double?
    }

    public struct OfPair: Codable, Hashable, Sendable {
        public var first: String
        public var second: String
        public var difference: Bracketed
        @Nullable public var probabilityBetter: Double?
        @Nullable public var pValue: Double?
        @Nullable public var adjusted: Double?
    }

    public struct Target: Codable, Hashable, Sendable {
        public var inputs: [String: PredictReply.Input]
        public var recipes: [OfRecipe]
        public var pairs: [OfPair]
        @Nullable public var distance: Double?
    }

    public struct Multiplier: Codable, Hashable, Sendable {
        public var budget: Double
        public var factor: Bracketed
        @Nullable public var unreached: Double?
        public var distance: Double
    }

    public struct Crossing: Codable, Hashable, Sendable {
        @Nullable public var budget: Double?
        @Nullable public var lower: Double?
        @Nullable public var upper: Double?
        @Nullable public var probability: Double?
        public var count: Int
    }

    public struct Against: Codable, Hashable, Sendable {
        public var recipe: String
        public var multipliers: [Multiplier]
        public var crossing: Crossing
    }

    public struct Compute: Codable, Hashable, Sendable {
        public var cost: String
        /// `ray` or `optimal`.
        public var path: String
        /// A point of the ray.
        public var point: [String: PredictReply.Input]
        public var from: Double
        public var to: Double
        public var recipes: [Against]
    }

    public struct Pairing: Codable, Hashable, Sendable {
        public var paired: Bool
        public var cells: Int
        public var shared: Int
        @Nullable public var correlation: Double?
    }

    public var schema: Int
    public var version: String
    public var formula: String
    @Nullable public var law: String?
    public var table: String
    public var by: String
    public var loss: String
    public var residual: String
    public var observations: Double
    public var omitted: [Omission]
    public var recipes: [Recipe]
    public var shared: [String]
    public var separate: [String]
    public var tests: [Test]
    public var pairing: Pairing
    public var bootstrap: FitReply.BootstrapSummary
    public var level: Double
    @Nullable public var degreesOfFreedom: Double?
    /// `lower` or `higher`.
    public var better: String
    public var baseline: String
    public var targets: [Target]
    @Nullable public var compute: Compute?
    public var warnings: [Warning]
    public var seed: UInt64
}

extension CompareReply {
    init(_ comparison: Comparison, _ specification: Specification, law: String?) {
        let names = comparison.recipes.names
        schema = Version.schema
        version = Version.product
        formula = "\(specification.formula)"
        self.law = law
        table = comparison.sharing.fit.problem.tableName
        by = comparison.recipes.column
        loss = "\(specification.loss)"
        residual = specification.residual.rawValue
        observations = comparison.sharing.fit.observations
        omitted = comparison.recipes.omissions
        recipes = names.indices.map { Recipe(comparison, $0) }
        shared = comparison.sharing.shared
        separate = comparison.sharing.separate
        tests = comparison.sharing.tests.map(Test.init)
        pairing = Pairing(
            paired: comparison.isPaired, cells: comparison.cells?.count ?? 0, shared: comparison.cells?.shared ?? 0,
            correlation: comparison.correlation?.finite)
        bootstrap = FitReply.BootstrapSummary(comparison.draws)
        level = comparison.level
        degreesOfFreedom = comparison.degreesOfFreedom.finite
        better = comparison.direction == .decrease ? "lower" : "higher"
        baseline = names[comparison.baseline]
        targets = comparison.targets.map { Target($0, names) }
        compute = comparison.compute.map { Compute($0, names) }
        warnings = comparison.warnings
        seed = comparison.draws.seed
    }
}

extension CompareReply.Recipe {
    fileprivate init(_ comparison: Comparison, _ place: Int) {
        name = comparison.recipes.names[place]
        runs = comparison.recipes.runs[place]
        parameters = Dictionary(comparison.parameters(ofRecipe: place).map { ($0.name, $0.value) }) { first, _ in
            first
        }
        let own = comparison.recipes.fits[place]
        alone = Dictionary(zip(own.problem.parameterNames, own.coefficients)) { first, _ in first }
    }
}

extension CompareReply.Test {
    fileprivate init(_ made: Sharing.Test) {
        (parameters, given) = (made.parameters, made.given)
        statistic = made.test.statistic.finite
        numerator = made.test.numerator
        denominator = made.test.denominator.finite
        pValue = made.test.pValue.finite
        bootstrapPValue = made.test.bootstrapPValue
        draws = made.test.draws
    }
}

extension CompareReply.Bracketed {
    fileprivate init(_ number: Scaling.Bracketed) {
        value = number.value.finite
        lower = number.interval.lower.value?.finite
        upper = number.interval.upper.value?.finite
    }
}

extension CompareReply.Target {
    fileprivate init(_ target: Comparison.AtTarget, _ names: [String]) {
        inputs = target.point.values.mapValues(PredictReply.Input.init)
        recipes = target.recipes.map { own in
            let number = CompareReply.Bracketed(own.value)
            return CompareReply.OfRecipe(
                recipe: names[own.recipe], value: number.value, lower: number.lower, upper: number.upper,
                rank: own.rank, probabilityBest: own.probabilityBest.finite)
        }
        pairs = target.pairs.map { pair in
            CompareReply.OfPair(
                first: names[pair.first], second: names[pair.second],
                difference: CompareReply.Bracketed(pair.difference),
                probabilityBetter: pair.probabilityBetter.finite, pValue: pair.pValue.finite,
                adjusted: pair.adjusted.finite)
        }
        distance = target.distance.finite
    }
}

extension CompareReply.Compute {
    fileprivate init(_ compute: ComputeComparison, _ names: [String]) {
        cost = compute.cost.description
        switch compute.path {
        case .ray(let through): (path, point) = ("ray", through.values.mapValues(PredictReply.Input.init))
        case .optimal(let center): (path, point) = ("optimal", center.values.mapValues(PredictReply.Input.init))
        }
        (from, to) = (compute.range.lowerBound, compute.range.upperBound)
        recipes = compute.recipes.map { own in
            CompareReply.Against(
                recipe: names[own.recipe],
                multipliers: own.multipliers.map {
                    CompareReply.Multiplier(
                        budget: $0.budget, factor: CompareReply.Bracketed($0.factor), unreached: $0.unreached.finite,
                        distance: $0.distance)
                },
                crossing: CompareReply.Crossing(
                    budget: own.crossing.budget, lower: own.crossing.interval?.lower.value,
                    upper: own.crossing.interval?.upper.value, probability: own.crossing.probability.finite,
                    count: own.crossing.count))
        }
    }
}

extension PredictReply.Input {
    init(_ value: Point.Value) {
        switch value {
        case .number(let number): self = number.isFinite ? .number(number) : .missing
        case .label(let label): self = .label(label)
        }
    }
}
