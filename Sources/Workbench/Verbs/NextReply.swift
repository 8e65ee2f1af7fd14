// What the next runs are, as data. Every key is documented in docs/json.md.

import Fitting
import Formulas
import Reports
import Scaling

/// The runs that are worth making, in order.
public struct NextReply: Codable, Hashable, Sendable {
    public struct Sureness: Codable, Hashable, Sendable {
        /// On the scale that intervals are symmetric on: `raw`, `log` or `logit`.
        @Nullable public var standardError: Double?
        /// If the law is right.
        @Nullable public var interval: PredictReply.Ends?
        /// With the doubt about the law.
        @Nullable public var doubtedError: Double?
        @Nullable public var doubtedInterval: PredictReply.Ends?
    }

    public struct Run: Codable, Hashable, Sendable {
        /// Its place among the candidates, counted from 0.
        public var candidate: Int
        public var inputs: [String: PredictReply.Input]
        public var cost: Double
        /// Of this run and those before it.
        public var spent: Double
        @Nullable public var predicted: Double?
        /// The standard deviation of what it may come out as, on the scale of the residual.
        @Nullable public var spread: Double?
        /// Whether it belongs to `plan`; null without one.
        @Nullable public var inPlan: Bool?
        /// Whether it is a cheap run for the case that the law is wrong.
        public var isInsurance: Bool
        public var after: Sureness
    }

    /// What the first run was chosen for.
    public struct Plan: Codable, Hashable, Sendable {
        public struct Run: Codable, Hashable, Sendable {
            public var candidate: Int
            public var inputs: [String: PredictReply.Input]
            public var cost: Double
            @Nullable public var predicted: Double?
        }

        /// The cheapest first.
        public var runs: [Run]
        /// Of all of them, with overheads.
        public var cost: Double
        /// Once all of them are in.
        public var after: Sureness
    }

    public struct Doubt: Codable, Hashable, Sendable {
        public var sd: Double
        /// In factors e of the inputs.
        public var length: Double
        /// `given`, `residuals`, or `assumed` before any run.
        public var source: String

        init(_ next: NextRuns) {
            (sd, length, source) = (next.hedge.sd, next.hedge.length, next.hedgeOrigin.rawValue)
        }
    }

    public struct Noise: Codable, Hashable, Sendable {
        public var value: Double
        public var source: String
    }

    public var schema: Int
    public var version: String
    public var formula: String
    @Nullable public var law: String?
    public var table: String
    public var observations: Double
    public var underWay: Int
    public var parameters: [String: Double]
    public var target: String
    @Nullable public var value: Double?
    public var scale: String
    public var level: Double
    /// As `predict`, `plan` and `fit` have it.
    public var now: Sureness
    /// `calibrated`, `delta`, `draws` or `profile`; `noise` where the fit says nothing of errors.
    public var intervalFrom: String
    /// Once those under way are in.
    @Nullable public var withUnderWay: Sureness?
    public var costFormula: String
    /// What each run costs besides, in the unit of the cost.
    public var overhead: Double
    public var spentSoFar: Double
    @Nullable public var spend: Double?
    public var candidates: Int
    /// Were every candidate run.
    public var atBest: Sureness
    public var runs: [Run]
    /// Null with `spend`, and where no candidates reach what is aimed at.
    @Nullable public var plan: Plan?
    public var noise: Noise
    public var doubt: Doubt
    @Nullable public var draws: Int?
    public var warnings: [Warning]
}

extension NextReply {
    static func inputs(_ point: Point) -> [String: PredictReply.Input] {
        point.values.mapValues { value in
            switch value {
            case .number(let number): .number(number)
            case .label(let label): .label(label)
            }
        }
    }

    init(_ findings: NextFindings) {
        let (next, fit) = (findings.next, findings.fit)
        schema = Version.schema
        version = Version.product
        formula = "\(findings.specification.formula)"
        law = findings.source
        table = fit.problem.tableName
        observations = fit.observations
        underWay = next.underWay
        parameters = Dictionary(zip(fit.problem.parameterNames, fit.coefficients)) { first, _ in first }
        target = next.target
        value = next.value.finite
        scale = next.scale.rawValue
        level = next.level
        now = Sureness(next.now)
        intervalFrom = next.intervalOrigin.rawValue
        withUnderWay = next.withUnderWay.map(Sureness.init)
        costFormula = next.cost.description
        overhead = next.overhead
        spentSoFar = next.spentSoFar
        spend = next.spend
        candidates = next.candidates.count
        atBest = Sureness(next.atBest)
        runs = next.purchases.map { run in
            Run(
                candidate: run.candidate,
                inputs: Self.inputs(next.candidates[run.candidate]), cost: run.cost, spent: run.spent,
                predicted: run.predicted.finite, spread: run.spread.finite,
                inPlan: next.plan?.contains(run.candidate),
                isInsurance: run.isInsurance, after: Sureness(run.after))
        }
        plan = next.plan.map { plan in
            Plan(
                runs: plan.runs.map { run in
                    Plan.Run(
                        candidate: run.candidate, inputs: Self.inputs(next.candidates[run.candidate]),
                        cost: run.cost, predicted: run.predicted.finite)
                }, cost: plan.cost, after: Sureness(plan.after))
        }
        noise = Noise(value: next.noise.value, source: next.noise.source)
        doubt = Doubt(next)
        draws = next.draws
        warnings = next.warnings
    }
}

extension NextReply.Sureness {
    init(_ sureness: NextRuns.Sureness) {
        standardError = sureness.standardError.finite
        interval = sureness.interval.flatMap(PredictReply.Ends.init)
        doubtedError = sureness.doubt.finite
        doubtedInterval = sureness.hedgedInterval.flatMap(PredictReply.Ends.init)
    }
}

extension PredictReply.Ends {
    fileprivate init?(_ interval: ConfidenceInterval) {
        guard let low = interval.lower.value, let high = interval.upper.value, low.isFinite, high.isFinite else {
            return nil
        }
        self.init(lower: low, upper: high)
    }
}
