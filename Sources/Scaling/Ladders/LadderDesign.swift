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
    /// Runs outside of what a rule for the learning rate or the batch was made from: `rule-outside-range`.
    public let warnings: [Warning]

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
        let rate = try options.learningRate.map { law throws(ScalingError) in
            try HyperparameterRule(law, isBatch: false)
        }
        let batch = try options.batch.map { law throws(ScalingError) in
            try HyperparameterRule(law, isBatch: true)
        }
        var runs: [Run] = []
        for purchase in choice.purchases.sorted(by: { $0.cost < $1.cost }) {
            let point = choice.candidates[purchase.candidate]
            func value(_ rule: HyperparameterRule?) throws(ScalingError) -> Double? {
                try rule.map { rule throws(ScalingError) in
                    try rule.value(point, cost: purchase.cost, loss: purchase.predicted)
                }
            }
            runs.append(
                Run(
                    point: point, cost: purchase.cost, predicted: purchase.predicted,
                    learningRate: try value(rate),
                    batch: try value(batch)?.rounded()))
        }
        self.runs = runs
        warnings = [rate, batch].compactMap(\.self).flatMap { rule in
            rule.warnings(runs, of: law)
        }
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
