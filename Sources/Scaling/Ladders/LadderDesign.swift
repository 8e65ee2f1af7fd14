// A ladder from nothing: the small runs that tell most of a large one for a budget, if a published law is about right.

import Fitting
import Formulas

/// What a ladder is asked for.
public struct LadderOptions: Sendable {
    public var next: NextOptions
    /// Which published coefficients; nil for the default set.
    public var set: String?
    /// A law of N, D, C or L for the peak learning rate, and one for the batch.
    public var learningRate: Law?
    public var batch: Law?

    public init(_ next: NextOptions) { self.next = next }
}

/// The runs of a ladder, the cheapest first.
public struct LadderDesign: Sendable {
    public struct Run: Hashable, Sendable {
        public let point: Point
        public let cost: Double
        /// What the published law says of it.
        public let predicted: Double
        public let learningRate: Double?
        public let batch: Double?
    }

    /// The choice as it was made, in the order of what each run tells.
    public let choice: NextRuns
    public let runs: [Run]

    /// One run may cost a quarter of the budget at most unless the request says otherwise: a ladder has rungs.
    public static let largestShare = 0.25
    /// As many runs at most, unless the request says otherwise.
    public static let most = 24

    /// Designs a ladder.
    ///
    /// - Throws: ``ScalingError`` for a law without coefficients, candidates that cannot be made, and as ``NextRuns``.
    public init(_ law: Law, _ options: LadderOptions) throws(ScalingError) {
        guard let spend = options.next.spend else { throw .next(.nothingToSpend) }
        guard spend > 0, spend.isFinite else { throw .next(.notPositive("--spend", spend, example: "1e20")) }
        var next = options.next
        let largest = next.largest ?? spend * Self.largestShare
        next.largest = largest
        let candidates: Points
        if let given = next.candidates {
            candidates = given
        } else {
            candidates = try Points(rungsOf: law, set: options.set, cost: next.cost, largest: largest)
        }
        next.candidates = candidates
        let origin = try RunOrigin(law, set: options.set, candidates: candidates)
        var nothing = law
        nothing.fit = nil
        choice = try NextRuns(origin, law: nothing, runs: candidates.taking([]), next)
        if choice.purchases.isEmpty { throw .next(.buysNothing(spend)) }
        var runs: [Run] = []
        for purchase in choice.purchases.sorted(by: { $0.cost < $1.cost }) {
            let point = choice.candidates[purchase.candidate]
            func rule(_ law: Law?, isBatch: Bool) throws(ScalingError) -> Double? {
                guard let law else { return nil }
                return try HyperparameterRule(law, isBatch: isBatch).value(
                    point, cost: purchase.cost, loss: purchase.predicted)
            }
            runs.append(
                Run(
                    point: point, cost: purchase.cost, predicted: purchase.predicted,
                    learningRate: try rule(options.learningRate, isBatch: false),
                    batch: try rule(options.batch, isBatch: true)))
        }
        self.runs = runs
    }
}

extension Points {
    /// Nine budgets over three decades up to the largest, each with nine sizes from an eighth to eight times the best: what
    /// an isoFLOP sweep would run, to choose a ladder from. A law of one number has twenty values of it.
    ///
    /// - Throws: ``ScalingError/next(_:)`` where the law reads something else, or a plan cannot be made.
    init(rungsOf law: Law, set: String?, cost: RunCost, largest: Double) throws(ScalingError) {
        let none = ScalingError.next(.noLadder(law: law.id, inputs: law.inputsWithUnits))
        guard case .usual(let usual) = cost, usual.inputs.count == law.inputs.count,
            law.inputs.allSatisfy({ !$0.isLabel })
        else { throw none }
        func rounded(_ value: Double) -> Double {
            Quantity.parse(Numeral.scientific(value, digits: 2)) ?? value
        }
        let levels = 9
        func budget(_ level: Int, of count: Int) -> Double {
            largest * Elementary.power(10, -3 * Double(count - 1 - level) / Double(count - 1))
        }
        var points: [Point] = []
        guard usual.inputs.count == 2 else {
            for level in 0..<20 {
                points.append([usual.inputs[0]: .number(rounded(budget(level, of: 20) / usual.factor))])
            }
            try self.init(points, for: law)
            return
        }
        for level in 0..<levels {
            let compute = budget(level, of: levels)
            var options = PlanOptions(.budget(compute))
            options.set = set
            options.source = .delta
            let plan = try law.plan(options)
            guard let best = plan[usual.inputs[0]]?.value.value else { throw none }
            for step in -4...4 {
                let size = rounded(best * Elementary.power(8, Double(step) / 4))
                // Down, so that rounding costs no more than the budget.
                let data = rounded(0.98 * compute / (usual.factor * size))
                // No model has less than one parameter, and none sees less than one token.
                if size < 1 || data < 1 { continue }
                points.append([usual.inputs[0]: .number(size), usual.inputs[1]: .number(data)])
            }
        }
        if points.isEmpty { throw .next(.buysNothing(largest)) }
        try self.init(points, for: law)
    }
}

/// A published rule for a learning rate or a batch, asked of a run.
struct HyperparameterRule {
    let law: Law

    /// - Throws: ``ScalingError/next(_:)`` for a law of the atlas that says something else than was asked for.
    init(_ law: Law, isBatch: Bool) throws(ScalingError) {
        self.law = law
        let unit = law.response?.unit
        let says = unit == nil || (unit == "tokens") == isBatch
        if !says || (law.field ?? "hyperparameters") != "hyperparameters" {
            throw .next(.noRule(law.id, option: isBatch ? "--batch" : "--lr"))
        }
    }

    /// The rule's value where a run has these inputs: N and D of the run, C its cost, L its predicted loss.
    ///
    /// - Throws: ``ScalingError/next(_:)`` where the rule reads anything else.
    func value(_ point: Point, cost: Double, loss: Double) throws(ScalingError) -> Double {
        var own = Point()
        for input in law.inputs {
            if let value = point[input.name] {
                own[input.name] = value
            } else if input.name == "C" {
                own["C"] = .number(cost)
            } else if input.name == "L" || input.name == "loss" {
                own[input.name] = .number(loss)
            } else {
                throw .next(.ruleNeeds(input.name, rule: law.id))
            }
        }
        return try law.predict(at: own).value
    }
}
