// Which runs to make next: the ones that tell most of a target for what they cost.

import Fitting
import Formulas

/// What is asked about the next runs.
public struct NextOptions: Sendable {
    public var target: RunTarget
    /// Runs that may be made; nil for a grid over what was run and tenfold beyond.
    public var candidates: Points?
    /// Where candidates are not given: the least and the most of an input.
    public var ranges: [String: Bound] = [:]
    /// Runs that were bought and have not ended.
    public var underWay: Points?
    public var cost: RunCost
    /// What each run costs besides; nothing unless the request says so.
    public var overhead = RunOverhead.none
    /// The most that all of them may cost; nil for one after another, as long as it is worth it.
    public var spend: Double?
    /// The most that one run may cost; nil for ten times the most costly so far, where candidates are not given.
    public var largest: Double?
    /// How many runs to name.
    public var most = 10
    /// The standard deviation of one run on the scale of the residual; nil for repeated runs or residuals.
    public var noise: Double?
    /// The doubt about the law; nil for what residuals say of it, see ``RunHedge``.
    public var hedge: RunHedge?
    /// Of candidates that are a list, `usual`.
    public var rule = RunRule.grid
    public var level = 0.95
    public var draws: Draws?

    public init(_ target: RunTarget, cost: RunCost) {
        self.target = target
        self.cost = cost
    }
}

/// The next runs in the order in which to make them, and how sure the target is after each.
public struct NextRuns: Sendable {
    /// How sure the target is, or is expected to be.
    public struct Sureness: Hashable, Sendable {
        /// The standard error where the law is right, on the scale of ``NextRuns/scale``.
        public let standardError: Double
        /// The same with the doubt about the law.
        public let doubt: Double
        /// Where the law is right; nil without degrees of freedom.
        public let interval: ConfidenceInterval?
        public let hedgedInterval: ConfidenceInterval?
    }

    /// A run that is worth making.
    public struct Purchase: Hashable, Sendable {
        /// Among the candidates.
        public let candidate: Int
        /// Without ``NextRuns/overhead``.
        public let cost: Double
        /// Of this run and all before it, with what each of them costs besides.
        public let spent: Double
        /// What the law predicts of it.
        public let predicted: Double
        /// How sure the target is once it is in.
        public let after: Sureness
        /// By how many standard deviations, of noise and what is not known beforehand, its response would have to be off
        /// for the law to be in doubt; its spread as a share of the response for a logarithmic residual.
        public let spread: Double
        /// Whether it is so cheap that it is made for the case that the law is wrong: were it right, it would not be needed.
        public let isInsurance: Bool
    }

    /// Where the doubt about the law comes from.
    public enum HedgeOrigin: String, Hashable, Sendable, CaseIterable {
        case given
        /// Learned from the residuals of the fit.
        case residuals
        /// What is believed before any run.
        case assumed
    }

    public let law: Law
    /// How many of them are free.
    public let parameters: Int
    public let asked: RunTarget
    public let target: String
    public let value: Double
    /// Intervals are symmetric on this scale.
    public let scale: Residual
    public let level: Double
    public let runs: Int
    public let underWay: Int
    public let candidates: Points
    public let cost: RunCost
    /// What each run costs besides, in the same unit.
    public let overhead: Double
    public let spentSoFar: Double
    public let spend: Double?
    public let noise: RunNoise
    public let hedge: RunHedge
    public let hedgeOrigin: HedgeOrigin
    /// The draws that stand for the doubt about the parameters; nil for the linearised law.
    public let draws: Int?
    /// As `predict`, `plan` and profiles have it.
    public let now: Sureness
    public let intervalOrigin: IntervalOrigin
    /// Once those under way are in; nil where none are.
    public let withUnderWay: Sureness?
    /// If every candidate were run.
    public let atBest: Sureness
    public let purchases: [Purchase]
    /// What the first of them was chosen for; nil for a batch, and where no candidates reach what is aimed at.
    public let plan: RunPlan?
    public let warnings: [Warning]

    /// Chooses runs.
    ///
    /// - Parameters:
    ///   - fit: of the runs at hand.
    ///   - law: the law that the fit gives. With the draws and the calibration of a saved fit its intervals are theirs.
    ///   - runs: the points of the fitted rows.
    /// - Throws: ``ScalingError/next(_:)`` for a target, a cost or candidates that cannot be used, and where no candidate
    ///   can tell the target.
    public init(_ fit: Fit, law: Law, runs: Points, _ options: NextOptions) throws(ScalingError) {
        var law = law
        if let saved = law.fit?.estimates, saved.names == fit.estimates.names {
            let clusters = options.draws?.clusterCount.map { Double($0 - 1) } ?? .infinity
            // What a saved law's predictions are made with.
            law.fit?.estimates = Estimates(
                names: saved.names, values: saved.values, covariance: DeltaMethod(fit).covariance,
                degreesOfFreedom: min(saved.degreesOfFreedom, clusters))
        }
        if let draws = options.draws { law.fit?.draws = draws }
        try self.init(RunOrigin(fit), law: law, runs: runs, options)
    }

    /// The same from what is known of the parameters before any run.
    init(_ origin: RunOrigin, law: Law, runs: Points, _ options: NextOptions) throws(ScalingError) {
        if law.readsCurves { throw .next(.schedule(law: law.id)) }
        guard options.level > 0, options.level < 1 else { throw .badLevel(options.level) }
        let costsSoFar = try options.cost.values(runs, law)
        let overhead = options.overhead.value(largest: costsSoFar.max() ?? options.largest ?? options.spend)
        let (candidates, costs) = try Self.candidates(options, law, runs, costsSoFar, overhead)
        let under = options.underWay
        if let under, candidates.count + under.count > 2 * Points.mostCandidates {
            throw .next(.tooManyUnderWay(under.count, most: Points.mostCandidates))
        }
        let wantedPoints = try Self.points(of: options.target, law)
        let all = [runs, candidates] + [under, wantedPoints].compactMap(\.self)
        let model = RunModel(origin, law: law, prior: RunPrior(), over: all)
        let wanted = try RunWanted(options.target, model, origin, law, cost: options.cost)
        guard wanted.functional.features.contains(where: { $0 != 0 }) else {
            throw .next(.noCovariance(target: options.target.name(law)))
        }
        let (places, values) = try model.places(candidates)
        if let row = values.firstIndex(where: { !$0.isFinite }) {
            throw .next(.undefined(at: candidates[row].text(law), law: law.id))
        }
        let known = try model.places(runs).places
        let begun = try under.map { points throws(ScalingError) in try model.places(points).places } ?? []
        var warnings: [Warning] = []
        if let separation = RunSeparation(known + begun + places, wanted: wanted.functional, model: model) {
            let names = separation.parameters
            if separation.reachesTarget {
                throw .next(
                    .cannotSeparate(
                        target: options.target.name(law), parameters: names, candidates: candidates.count,
                        same: Self.same(origin.problem)))
            }
            warnings.append(.collinear(names, target: options.target.name(law)))
        }
        let noise = options.noise.map(RunNoise.init(given:)) ?? origin.noise
        // Draws know no places that they were not asked about: these, and then the runs under way.
        func byDraws(_ places: Points) throws(ScalingError) -> DrawnPlaces? {
            guard let draws = options.draws else { return nil }
            return try DrawnPlaces(
                draws, law, runs: runs, parameters: origin.fit?.freeParameters.count ?? origin.parameters.count,
                Points(joining: [places] + [under].compactMap(\.self)), wanted, model.residual)
        }
        let drawn = try byDraws(candidates)
        // A noise that is given stands to that of the draws as it does to that of the fit.
        let drawnNoise = drawn.flatMap { $0.noise > 0 ? $0.noise * noise.value / origin.noise.value : nil }
        let evidence = RunEvidence(
            runs: known, candidates: places + begun, wanted: wanted.functional, noise: drawnNoise ?? noise.value,
            drawn: drawn)
        let (hedge, choiceNoise) = RunHedge.taken(
            options.hedge, known, residuals: origin.fit?.residuals() ?? [], noise)
        let anchor = try origin.fit.flatMap { fit throws(ScalingError) in
            try RunAnchor(fit, law, options.target, wanted, cost: options.cost, level: options.level)
        }
        var progress = RunProgress(
            evidence, precision: RunPrecision(origin, model, runs: known, wanted: wanted.functional), wanted,
            anchor: anchor, hedge: hedge, level: options.level,
            degreesOfFreedom: origin.degreesOfFreedom,
            lossRatio: origin.problem.loss.varianceRatio(noise: noise.value),
            scales: try anchor?.scales(
                Points(joining: [candidates] + [under].compactMap(\.self)), law) ?? [])
        now = progress.sureness
        for place in begun.indices { progress.run(candidates.count + place) }
        let before = progress
        withUnderWay = begun.isEmpty ? nil : before.sureness
        atBest = before.withAll(candidates.count)
        let reach = evidence.reach(hedge, candidates: candidates.count, noise: choiceNoise)
        let wholeCosts = costs.map { $0 + overhead }
        let order: [Int]
        var insurance: Set<Int> = []
        var plan: RunPlan?
        if let spend = options.spend {
            let batch = options.rule.batch(reach, costs: wholeCosts, spend: spend, most: options.most)
            order = RunThrift.kept(
                batch, before.hedged, degreesOfFreedom: origin.degreesOfFreedom + Double(begun.count),
                level: options.level)
        } else {
            let underWay = try under.map { points throws(ScalingError) in try options.cost.values(points, law) } ?? []
            let planned = options.rule.order(
                reach, costs: wholeCosts, made: (costsSoFar + underWay).map { $0 + overhead }, most: options.most)
            (order, insurance) = (planned.candidates, planned.insurance)
            plan = planned.plan.map {
                RunPlan($0.batch, costs: costs, overhead: overhead, values: values, before: before)
            }
        }
        var purchases: [Purchase] = []
        var spent = 0.0
        for candidate in order {
            let spread = (max(0, progress.hedged.spreads[candidate]) + progress.hedged.noise).squareRoot()
            progress.run(candidate)
            spent += costs[candidate] + overhead
            purchases.append(
                Purchase(
                    candidate: candidate, cost: costs[candidate], spent: spent, predicted: values[candidate],
                    after: progress.sureness, spread: spread, isInsurance: insurance.contains(candidate)))
        }
        let chosen = RunNotices(
            target: options.target.name(law), scale: wanted.scale, law: law, cost: options.cost, model: model,
            candidates: candidates,
            places: places, costs: costs, before: before, after: progress)
        let isKnown = warnings.contains { $0.code == "collinear-design" }
        if !isKnown { warnings += chosen.ties(noise: noise.value) }
        warnings += try chosen.ray(Points(joining: [runs] + [under].compactMap(\.self)), named: order) {
            points throws(ScalingError) in
            let others = try model.places(points).places
            let believed = try byDraws(points).map { evidence.variance(with: others + begun, drawn: $0) }
            return before.with(others, believed: believed, scales: try anchor?.scales(points, law) ?? [])
        }
        if anchor != nil { warnings += chosen.gain(order, plan: plan, isBatch: options.spend != nil) }
        self.purchases = purchases
        self.plan = plan
        self.law = law
        parameters = origin.parameters.count
        asked = options.target
        target = options.target.name(law)
        value = wanted.value
        scale = wanted.scale
        level = options.level
        intervalOrigin = anchor?.source ?? .noise
        self.runs = runs.count
        underWay = under?.count ?? 0
        self.candidates = candidates
        cost = options.cost
        self.overhead = overhead
        spentSoFar = costsSoFar.reduce(0, +)
        spend = options.spend
        self.noise = noise
        self.hedge = hedge
        hedgeOrigin = options.hedge != nil ? .given : origin.fit == nil ? .assumed : .residuals
        draws = options.draws?.count
        self.warnings = warnings + origin.warnings
    }

    private static func points(of target: RunTarget, _ law: Law) throws(ScalingError) -> Points? {
        guard case .value(let point) = target else { return nil }
        return try Points([point], for: law)
    }

    // Runs that all lie on one ray say so.
    private static func same(_ problem: Problem) -> String? {
        guard let weak = WeakDirection(problem) else { return nil }
        guard weak.range.upperBound < weak.range.lowerBound * 1.02 else { return nil }
        return "\(weak.name) is \(Numeral.quantity(weak.range.upperBound, digits: 3)) in every run"
    }

    private static func candidates(
        _ options: NextOptions, _ law: Law, _ runs: Points, _ costsSoFar: [Double], _ overhead: Double
    )
        throws(ScalingError) -> (Points, [Double])
    {
        for (option, value, example) in [
            ("--spend", options.spend, "1e21"), ("--largest", options.largest, "1e21"),
            ("--noise", options.noise, "0.003"),
        ] {
            // Its square is what counts.
            if let value, !(value > 1e-100 && value < 1e100) {
                throw .next(.notPositive(option, value, example: example))
            }
        }
        if let spend = options.spend, overhead >= spend { throw .next(.overheadIsAll(overhead, spend: spend)) }
        let points: Points
        if let given = options.candidates {
            points = given
        } else {
            points = try Points(freely: law, runs: runs, ranges: options.ranges)
        }
        let costs = try options.cost.values(points, law)
        let usual = options.candidates == nil ? options.spend ?? 10 * (costsSoFar.max() ?? .infinity) : .infinity
        let limit = min(options.largest ?? usual, (options.spend ?? .infinity) - overhead)
        let kept = costs.indices.filter { costs[$0] <= limit * (1 + 1e-12) }
        guard !kept.isEmpty else {
            throw .next(.noCandidates(limit: limit, least: costs.min() ?? .nan))
        }
        guard kept.count <= Points.mostCandidates else {
            throw .next(.tooManyCandidates(kept.count, most: Points.mostCandidates))
        }
        return (points.taking(kept), kept.map { costs[$0] })
    }
}
