// What is known as runs come in, one after another: by belief, and by the runs alone.

import Formulas

/// The state of knowledge after some runs, with how sure the target is then.
struct RunProgress {
    /// With the doubt about the law: what runs are chosen by.
    private(set) var hedged: RunBelief
    /// Without it; nothing of it is printed but the difference.
    private var plain: PlainBelief
    private(set) var precision: RunPrecision
    private let outlook: RunOutlook
    private let places: [RunPlace]
    /// How large each run is by the calibration; empty without one.
    private let scales: [Double]
    private var runs = 0
    private var farthest = 0.0

    /// - Parameters:
    ///   - precision: of the runs at hand.
    ///   - lossRatio: see `Loss.varianceRatio`.
    init(
        _ evidence: RunEvidence, precision: RunPrecision, _ wanted: RunWanted, anchor: RunAnchor?, hedge: RunHedge,
        level: Double, degreesOfFreedom: Double, lossRatio: Double, scales: [Double]
    ) {
        hedged = evidence.belief(hedge)
        plain = evidence.plain()
        self.precision = precision
        self.scales = scales
        places = evidence.candidates
        let isDrawn = evidence.drawn != nil
        outlook = RunOutlook(
            wanted: wanted, anchor: anchor, level: level, degreesOfFreedom: degreesOfFreedom,
            first: isDrawn ? plain.variance : precision.variance, noise: evidence.noise * evidence.noise * lossRatio)
    }

    /// Makes one of the candidates.
    mutating func run(_ candidate: Int) {
        hedged.run(candidate)
        plain.run(candidate, places[candidate])
        precision.add(places[candidate])
        runs += 1
        if scales.indices.contains(candidate) { farthest = max(farthest, scales[candidate]) }
    }

    /// With one of the candidates made.
    func running(_ candidate: Int) -> RunProgress {
        var result = self
        result.run(candidate)
        return result
    }

    var sureness: NextRuns.Sureness {
        sureness(plain.variance, precision, hedged: hedged.total, runs, farthest)
    }

    /// Were the first so many candidates made, all of them.
    func withAll(_ count: Int) -> NextRuns.Sureness {
        var precision = precision
        for place in places.prefix(count) { precision.add(place) }
        return sureness(
            plain.variance(withAll: places.prefix(count)), precision, hedged: hedged.total(withAll: count),
            runs + count, max(farthest, scales.prefix(count).max() ?? 0))
    }

    /// Were these made, which are no candidates, the law taken for right.
    ///
    /// - Parameters:
    ///   - believed: the variance that draws then leave; nil without draws.
    ///   - scales: how large each is by the calibration.
    func with(_ others: [RunPlace], believed: Double?, scales: [Double]) -> NextRuns.Sureness {
        var precision = precision
        for place in others { precision.add(place) }
        let believed = believed ?? plain.variance(withAll: others[...])
        return sureness(
            believed, precision, hedged: believed, runs + others.count, max(farthest, scales.max() ?? 0))
    }

    /// Without the doubt about the law.
    var undoubted: NextRuns.Sureness {
        sureness(plain.variance, precision, hedged: plain.variance, runs, farthest)
    }

    private func sureness(
        _ believed: Double, _ precision: RunPrecision, hedged: Double, _ runs: Int, _ farthest: Double
    ) -> NextRuns.Sureness {
        outlook.sureness(
            plain.isDrawn ? believed : precision.variance, believed: believed, doubt: max(0, hedged - believed),
            runs: runs, farthest: farthest)
    }
}

/// The belief for a law that is right: by the linearised law in the space of its parameters, else by draws.
struct PlainBelief {
    private var precision: RunPrecision
    private var drawn: RunBelief?
    private let noise: Double

    init(_ precision: RunPrecision, drawn: RunBelief?, noise: Double) {
        (self.precision, self.drawn, self.noise) = (precision, drawn, noise)
    }

    var isDrawn: Bool { drawn != nil }

    var variance: Double { drawn?.total ?? noise * precision.variance }

    /// Were these made, the first of the candidates.
    func variance(withAll places: ArraySlice<RunPlace>) -> Double {
        if let drawn { return drawn.total(withAll: places.count) }
        var precision = precision
        for place in places { precision.add(place) }
        return noise * precision.variance
    }

    mutating func run(_ candidate: Int, _ place: RunPlace) {
        if drawn == nil { precision.add(place) } else { drawn?.run(candidate) }
    }
}
