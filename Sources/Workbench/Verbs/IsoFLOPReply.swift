// What valleys give, as data. Every key is documented in docs/json.md.

import Fitting
import Formulas
import Scaling

/// The best size for each budget, the power law through them, and every approach beside it.
public struct IsoFLOPReply: Codable, Hashable, Sendable {
    public struct Valley: Codable, Hashable, Sendable {
        public var budget: Double
        public var runs: Int
        public var sizes: Int
        /// `N`, `D` and `loss`.
        public var optimum: [String: PlanReply.Number]
        /// The standard deviation of ln N over copies with noise.
        @Nullable public var standardError: Double?
        /// Why the valley was left out.
        @Nullable public var reason: String?
        /// N by method.
        public var methods: [String: Double]
    }

    public struct Line: Codable, Hashable, Sendable {
        public var exponent: PlanReply.Number
        public var standardError: Double
        /// The value at a budget of 1.
        @Nullable public var coefficient: Double?
        public var budgets: Int
        /// χ² over its degrees of freedom.
        @Nullable public var scatter: Double?
    }

    public struct Approach: Codable, Hashable, Sendable {
        public var name: String
        public var meaning: String
        public var exponentN: PlanReply.Number
        @Nullable public var exponentD: PlanReply.Number?
        public var count: Int
        /// Of the exponent of N, on the fitted surface without noise.
        @Nullable public var bias: Double?
        @Nullable public var largestN: Double?
    }

    public struct Agreement: Codable, Hashable, Sendable {
        public var difference: Double
        public var standardError: Double
        public var agrees: Bool
    }

    public struct Omitted: Codable, Hashable, Sendable {
        public var reason: String
        public var count: Int
    }

    public var schema: Int
    public var version: String
    public var table: String
    /// What each name stands for.
    public var columns: [String: String]
    public var method: String
    @Nullable public var noise: Double?
    public var draws: Int
    public var seed: UInt64
    public var level: Double
    public var omitted: [Omitted]
    public var valleys: [Valley]
    /// Lines of `N` and `D` over the budget.
    public var lines: [String: Line]
    public var approaches: [Approach]
    @Nullable public var agreement: Agreement?
    public var warnings: [Warning]
}

extension IsoFLOPReply {
    init(_ result: IsoFLOP) {
        schema = Version.schema
        version = Version.product
        table = result.table
        let names = result.names
        columns = ["budget": names.budget, "N": names.size, "D": names.data, "loss": names.loss]
        method = result.options.method.rawValue
        noise = result.noise?.finite
        draws = result.options.draws
        seed = result.options.seed
        level = result.options.level
        omitted = result.omitted.map { Omitted(reason: $0.reason, count: $0.count) }
        valleys = result.valleys.map { valley in
            var optimum: [String: PlanReply.Number] = [:]
            for (name, value) in [("N", valley.size), ("D", valley.data), ("loss", valley.loss)] {
                if let value { optimum[name] = PlanReply.Number(value) }
            }
            return Valley(
                budget: valley.budget, runs: valley.runs, sizes: valley.sizes, optimum: optimum,
                standardError: valley.error?.finite, reason: valley.reason,
                methods: Dictionary(valley.bottoms.map { ($0.key.rawValue, $0.value) }) { first, _ in first })
        }
        lines = [:]
        for (name, line) in [("N", result.size), ("D", result.data)] {
            if let line { lines[name] = Line(line) }
        }
        approaches = result.approaches.map { approach in
            Approach(
                name: approach.name, meaning: approach.meaning, exponentN: PlanReply.Number(approach.size),
                exponentD: approach.data.map { PlanReply.Number($0) }, count: approach.count,
                bias: approach.bias?.finite, largestN: approach.largest?.finite)
        }
        agreement = result.agreement.map {
            Agreement(difference: $0.difference, standardError: $0.standardError, agrees: $0.agrees)
        }
        warnings = result.warnings
    }
}

extension IsoFLOPReply.Line {
    init(_ line: FrontierLine) {
        exponent = PlanReply.Number(Plan.Value(line.exponent, lower: line.lower, upper: line.upper))
        standardError = line.standardError
        coefficient = Elementary.exp(line.logCoefficient).finite
        budgets = line.count
        scatter = line.scatter.finite
    }
}
