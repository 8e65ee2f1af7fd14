// What a plan gives, as data. Every key is documented in docs/json.md.

import Fitting
import Formulas
import Scaling

/// The best allocation of a budget.
public struct PlanReply: Codable, Hashable, Sendable {
    public struct Number: Codable, Hashable, Sendable {
        @Nullable public var value: Double?
        @Nullable public var interval: PredictReply.Ends?
    }

    public struct Choice: Codable, Hashable, Sendable {
        @Nullable public var value: Double?
        @Nullable public var interval: PredictReply.Ends?
        /// `free`, `fixed`, `tied` or `anchor` (fixed in place of a budget).
        public var role: String
        @Nullable public var unit: String?
        @Nullable public var counting: String?
        /// d ln x / d ln C along the frontier.
        @Nullable public var exponent: Number?
        /// `max` or `min` where the input stands at its limit.
        @Nullable public var limit: String?
        /// 1 inside of the fitted range.
        @Nullable public var distance: Double?
    }

    public struct Detour: Codable, Hashable, Sendable {
        public var input: String
        public var factor: Double
        public var size: Double
        @Nullable public var response: Double?
        /// Loss that is given away at the same cost.
        @Nullable public var lost: Double?
        /// By what the cost must be multiplied to reach the best value.
        @Nullable public var costFactor: Double?
    }

    public struct Time: Codable, Hashable, Sendable {
        public var gpu: String
        public var flops: Double
        public var utilisation: Double
        public var gpuHours: Number
        @Nullable public var gpus: Double?
        @Nullable public var days: Number?
        @Nullable public var dollars: Number?
        @Nullable public var source: String?
        @Nullable public var date: String?
        @Nullable public var checked: String?
    }

    public struct Draws: Codable, Hashable, Sendable {
        public var used: Int
        public var withoutOptimum: Int
    }

    public var schema: Int
    public var version: String
    public var law: String
    public var formula: String
    @Nullable public var set: String?
    /// `budget`, `target`, `size` or `optimum`: what was asked.
    public var goal: String
    @Nullable public var budget: Double?
    @Nullable public var costFormula: String?
    /// By name.
    public var inputs: [String: Choice]
    public var labels: [String: String]
    public var response: Number
    @Nullable public var unit: String?
    @Nullable public var ratio: Number?
    public var cost: Number
    @Nullable public var epochs: Number?
    public var off: [Detour]
    @Nullable public var time: Time?
    /// Layers, width and heads of the best size, where a shape says what it costs.
    @Nullable public var shape: [String: Double]?
    /// What widened the interval of the response.
    @Nullable public var calibration: BacktestReply.Calibrated?
    public var level: Double
    /// `draws` or `delta`; nil without intervals.
    @Nullable public var intervalFrom: String?
    @Nullable public var draws: Draws?
    /// `closed form` or `numeric`.
    public var method: String
    public var conventions: [String]
    public var warnings: [Warning]
}

extension PlanReply.Number {
    init(_ value: Plan.Value) {
        self.value = value.value.finite
        interval = PlanReply.ends(value)
    }
}

extension PlanReply {
    static func ends(_ value: Plan.Value) -> PredictReply.Ends? {
        guard let lower = value.lower?.finite, let upper = value.upper?.finite else { return nil }
        return PredictReply.Ends(lower: lower, upper: upper)
    }

    init(_ plan: Plan, _ time: PlanTime?) {
        schema = Version.schema
        version = Version.product
        law = plan.law.id
        formula = plan.law.formula.map { "\($0)" } ?? ""
        set = plan.set
        switch plan.goal {
        case .budget(let given): (goal, budget) = ("budget", given)
        case .response: goal = "target"
        case .none: goal = plan.choices.contains { $0.role == .anchor } ? "size" : "optimum"
        }
        costFormula = plan.cost.map { "\($0)" }
        inputs = Dictionary(
            plan.choices.map { choice in
                (
                    choice.input.name,
                    Choice(
                        value: choice.value.value.finite, interval: Self.ends(choice.value),
                        role: choice.role.rawValue,
                        unit: choice.input.unit, counting: choice.input.counting,
                        exponent: choice.exponent.map { Number($0) }, limit: choice.limit,
                        distance: choice.distance?.finite)
                )
            }
        ) { first, _ in first }
        labels = plan.labels
        response = Number(plan.response)
        unit = plan.law.response?.unit
        ratio = plan.ratio.map { Number($0) }
        cost = Number(plan.spent)
        epochs = plan.epochs.map { Number($0) }
        off = plan.detours.map { detour in
            Detour(
                input: plan.detourInput ?? "", factor: detour.factor, size: detour.size,
                response: detour.response?.finite, lost: plan.lost(detour)?.finite,
                costFactor: detour.costFactor?.finite)
        }
        self.time = time.map { Time($0) }
        shape = plan.shape.map(\.numbers)
        calibration = plan.calibration.map(BacktestReply.Calibrated.init)
        level = plan.level
        intervalFrom = plan.source?.rawValue
        draws = plan.draws.map { Draws(used: $0.used, withoutOptimum: $0.without) }
        method = plan.isClosedForm ? "closed form" : "numeric"
        conventions = plan.conventions
        warnings = plan.warnings
    }
}

extension PlanReply.Time {
    init(_ time: PlanTime) {
        gpu = time.fleet.accelerator.name
        flops = time.fleet.accelerator.flops
        utilisation = time.fleet.utilisation
        gpuHours = PlanReply.Number(time.hours)
        gpus = time.fleet.count
        days = time.days.map { PlanReply.Number($0) }
        dollars = time.dollars.map { PlanReply.Number($0) }
        source = time.fleet.accelerator.source
        date = time.fleet.accelerator.date
        checked = time.fleet.accelerator.checked
    }
}
