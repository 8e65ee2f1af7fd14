// What a ladder is, and how far it has come, as data. Every key is documented in docs/json.md.

import Fitting
import Formulas
import Reports
import Scaling

/// The runs of a ladder, the cheapest first.
public struct LadderReply: Codable, Hashable, Sendable {
    public struct Run: Codable, Hashable, Sendable {
        public var run: Int
        public var inputs: [String: PredictReply.Input]
        public var cost: Double
        @Nullable public var predicted: Double?
        @Nullable public var learningRate: Double?
        @Nullable public var batch: Double?
        @Nullable public var command: String?
    }

    public var schema: Int
    public var version: String
    public var law: String
    public var formula: String
    public var target: String
    @Nullable public var value: Double?
    public var scale: String
    public var level: Double
    public var costFormula: String
    /// What each run costs besides, in the unit of the cost.
    public var overhead: Double
    @Nullable public var spend: Double?
    public var spent: Double
    public var candidates: Int
    public var runs: [Run]
    /// Once all runs are in.
    public var after: NextReply.Sureness
    public var noise: NextReply.Noise
    public var doubt: NextReply.Doubt
    public var files: [String]
    public var warnings: [Warning]
}

extension LadderReply {
    init(_ found: LadderFindings, _ commands: [String]) {
        let (design, choice) = (found.design, found.design.choice)
        schema = Version.schema
        version = Version.product
        law = found.law.id
        formula = found.law.formula.map { "\($0)" } ?? ""
        target = choice.target
        value = choice.value.finite
        scale = choice.scale.rawValue
        level = choice.level
        costFormula = choice.cost.description
        overhead = choice.overhead
        spend = choice.spend
        spent = choice.purchases.last?.spent ?? 0
        candidates = choice.candidates.count
        runs = design.runs.enumerated().map { place, run in
            Run(
                run: place + 1, inputs: NextReply.inputs(run.point), cost: run.cost, predicted: run.predicted.finite,
                learningRate: run.learningRate?.finite, batch: run.batch?.finite,
                command: commands.indices.contains(place) ? commands[place] : nil)
        }
        after = NextReply.Sureness(choice.purchases.last?.after ?? choice.now)
        noise = NextReply.Noise(value: choice.noise.value, source: choice.noise.source)
        doubt = NextReply.Doubt(choice)
        files = found.files
        warnings = choice.warnings + design.warnings
    }
}

/// What the finished runs of a ladder say.
public struct LadderStatusReply: Codable, Hashable, Sendable {
    public struct Outcome: Codable, Hashable, Sendable {
        public var run: Int
        public var inputs: [String: PredictReply.Input]
        @Nullable public var predicted: Double?
        public var measured: Double
    }

    public var schema: Int
    public var version: String
    public var folder: String
    public var law: String
    public var target: String
    /// What the published law said of it.
    @Nullable public var promised: Double?
    /// Expected of the whole ladder before its first run.
    public var expected: NextReply.Sureness
    public var finished: [Outcome]
    public var left: [Int]
    /// Of these, which ended without a result, and which were begun and are not over.
    public var failed: [Int]
    public var begun: [Int]
    /// By the fit to the finished runs; null before there are enough.
    @Nullable public var value: Double?
    @Nullable public var now: NextReply.Sureness?
    /// As in the reply of `next`.
    @Nullable public var intervalFrom: String?
    /// Were all runs of the ladder in.
    @Nullable public var atBest: NextReply.Sureness?
    public var parameters: [String: Double]
    /// The numbers of the runs that are left, those that tell most for their cost first.
    public var order: [Int]
    /// `too-early`, `go-on`, `enough`, `complete` or `law-in-doubt`.
    public var advice: String
    public var warnings: [Warning]
}

extension LadderStatusReply {
    init(_ status: LadderStatus, folder: String) {
        schema = Version.schema
        version = Version.product
        self.folder = folder
        law = status.law.id
        target = status.promised.target
        promised = status.promised.value.finite
        expected = NextReply.Sureness(status.promised.purchases.last?.after ?? status.promised.now)
        finished = status.finished.map { outcome in
            Outcome(
                run: outcome.number, inputs: NextReply.inputs(outcome.point), predicted: outcome.predicted.finite,
                measured: outcome.measured)
        }
        left = status.left
        failed = status.failed
        begun = status.begun
        value = status.next?.value.finite
        now = status.next.map { NextReply.Sureness($0.now) }
        intervalFrom = status.next?.intervalOrigin.rawValue
        atBest = status.next.map { NextReply.Sureness($0.atBest) }
        parameters =
            status.fit.map { fit in
                Dictionary(zip(fit.problem.parameterNames, fit.coefficients)) { first, _ in first }
            } ?? [:]
        order = status.order
        advice = status.advice.rawValue
        let found = status.notices + (status.fit?.warnings ?? []) + (status.next?.warnings ?? [])
        warnings = found.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
