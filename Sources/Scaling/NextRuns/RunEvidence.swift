// From runs, candidates and a target to a belief, by the linearised law or by draws.

import Fitting
import Formulas

/// Everything that a belief is made of, but for the doubt about the law.
struct RunEvidence {
    let runs: [RunPlace]
    /// Runs that may be made, then those that are under way.
    let candidates: [RunPlace]
    let wanted: RunFunctional
    let noise: Double
    let drawn: DrawnPlaces?

    /// More runs than this are thinned: every place kept then stands for several.
    private static let most = 600

    func belief(_ hedge: RunHedge) -> RunBelief {
        let (kept, repeats) = thinned()
        guard let drawn else {
            return RunBelief(
                runs: kept, repeats: repeats, candidates: candidates, wanted: [wanted], noise: noise * noise,
                hedge: hedge)
        }
        // Draws know the runs; what is left of the discrepancy is learned from them by itself.
        let places = zip(candidates, drawn.features).map { place, features in
            var place = place
            place.features = features
            return place
        }
        let known = kept.map { place in
            var place = place
            place.features = []
            return place
        }
        return RunBelief(
            runs: hedge.sd > 0 ? known : [], repeats: repeats, candidates: places,
            wanted: [RunFunctional(features: drawn.wanted, parts: wanted.parts)], noise: noise * noise, hedge: hedge)
    }

    /// The same for a law that is right.
    func plain() -> PlainBelief {
        let (kept, repeats) = thinned()
        let precision = RunPrecision(
            kept, repeats: repeats, wanted: wanted, free: Array(wanted.features.indices), ridge: noise * noise)
        return PlainBelief(precision, drawn: drawn == nil ? nil : belief(.none), noise: noise * noise)
    }

    /// The variance that is left of the target once these are made, which are no candidates, and the law is right.
    ///
    /// - Parameter drawn: the same places by draws.
    func variance(with others: [RunPlace], drawn: DrawnPlaces) -> Double {
        RunEvidence(runs: runs, candidates: others, wanted: wanted, noise: noise, drawn: drawn).belief(.none)
            .total(withAll: others.count)
    }

    /// How far fits to some of the first candidates lie from the fit to all of them; by the linearised law, draws or not.
    ///
    /// - Parameters:
    ///   - count: of those that may be made.
    ///   - noise: the standard deviation of a run.
    func reach(_ hedge: RunHedge, candidates count: Int, noise: Double) -> RunReach {
        let (kept, repeats) = thinned()
        let begun = candidates[count...]
        return RunReach(
            runs: kept + begun, repeats: repeats + begun.map { _ in 1 }, candidates: Array(candidates.prefix(count)),
            wanted: [wanted], noise: noise * noise, hedge: hedge)
    }

    private func thinned() -> (runs: [RunPlace], repeats: [Double]) {
        guard runs.count > Self.most else { return (runs, Array(repeating: 1, count: runs.count)) }
        let order = runs.indices.sorted { a, b in
            if runs[a].labels != runs[b].labels { return runs[a].labels.lexicographicallyPrecedes(runs[b].labels) }
            if runs[a].logarithms != runs[b].logarithms {
                return runs[a].logarithms.lexicographicallyPrecedes(runs[b].logarithms)
            }
            return a < b
        }
        let places = (0..<Self.most).map { order[$0 * runs.count / Self.most] }
        return (places.map { runs[$0] }, Array(repeating: Double(runs.count) / Double(Self.most), count: Self.most))
    }
}

/// Candidates and target at every draw of the parameters, as features: normal scores by √(draws − 1).
///
/// Draws have long tails where parameters are weakly identified, and a covariance is made of its tails: one draw in a
/// thousand may say which run tells most. So each number has its draws replaced by the normal quantiles of their ranks
/// (van der Waerden 1952), times half the width of the draws' central 95 % by 1.96. The covariances are then those of the
/// Gaussian copula with these margins (Liu, Lafferty & Wasserman 2009): for normal draws the usual ones, and otherwise
/// unmoved by how far out the outermost lie.
///
/// What a run is worth beside such draws is not its noise alone. They are as wide as the estimator that made them, and a
/// robust loss or unequal noise makes that wider than least squares would be; the next run meets the same estimator. So the
/// noise is taken to be what makes the leverages of the fitted runs sum to the number of parameters, as those of least
/// squares do: σ² = Σ Var zᵢ / p.
struct DrawnPlaces {
    let features: [[Double]]
    let wanted: [Double]
    /// The standard deviation of a run that these draws go with.
    let noise: Double

    /// Draws at which the target has no value are left out.
    /// - Parameters:
    ///   - runs: those that were fitted.
    ///   - parameters: how many were.
    init(
        _ draws: Draws, _ law: Law, runs: Points, parameters: Int, _ candidates: Points, _ target: RunWanted,
        _ residual: Residual
    ) throws(ScalingError) {
        let estimates = Estimates(names: draws.names, values: draws.estimates)
        var values: [Double?] = []
        if let points = target.points {
            try Predictor(law, estimates, points).values(ofDraws: draws) { block in values = block[0] }
        } else {
            for place in 0..<draws.count { values.append(target.evaluate(Array(draws.draw(place)))) }
        }
        let kept = values.indices.filter { place in
            values[place].map { target.scale.transformed($0).isFinite } ?? false
        }
        let scores = Self.scores(kept.count)
        wanted = Self.scored(kept.map { target.scale.transformed(values[$0] ?? .nan) }, scores)
        var features: [[Double]] = []
        try Predictor(law, estimates, candidates).values(ofDraws: draws) { block in
            for values in block {
                features.append(Self.scored(kept.map { residual.transformed(values[$0]) }, scores))
            }
        }
        self.features = features
        let step = max(1, runs.count / Self.mostRuns)
        let some = stride(from: 0, to: runs.count, by: step).map { $0 }
        var variance = 0.0
        try Predictor(law, estimates, runs.taking(some)).values(ofDraws: draws) { block in
            for values in block {
                let own = values.map(residual.transformed).filter { !$0.isNaN }.sorted()
                let width = own.count > 1 ? Self.width(own) : 0
                variance += width * width
            }
        }
        noise = (variance * Double(runs.count) / Double(max(1, some.count)) / Double(max(1, parameters))).squareRoot()
    }

    /// Of more runs every second, third and so on is looked at.
    private static let mostRuns = 500

    /// Φ⁻¹((rank − ½)/n), standardised.
    static func scores(_ count: Int) -> [Double] {
        let normal = StudentT(degreesOfFreedom: .infinity)
        let raw = (0..<count).map { normal.quantile((Double($0) + 0.5) / Double(count)) }
        let size = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return size > 0 ? raw.map { $0 / size } : raw
    }

    /// Draws that are undefined say nothing, equal ones have the mean of their scores.
    static func scored(_ values: [Double], _ scores: [Double]) -> [Double] {
        let order = values.indices.filter { !values[$0].isNaN }.sorted {
            values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1]
        }
        var result = [Double](repeating: 0, count: values.count)
        guard order.count > 1 else { return result }
        let scores = order.count == scores.count ? scores : Self.scores(order.count)
        let width = Self.width(order.map { values[$0] })
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            let mean = scores[start..<end].reduce(0, +) / Double(end - start)
            for k in start..<end { result[order[k]] = width * mean }
            start = end
        }
        return result
    }

    // Of the central 95 %, else of the central half where that reaches to infinity.
    private static func width(_ sorted: [Double]) -> Double {
        func quantile(_ p: Double) -> Double {
            let place = p * Double(sorted.count - 1)
            let low = Int(place)
            let high = min(low + 1, sorted.count - 1)
            if low == high || sorted[low] == sorted[high] { return sorted[low] }
            return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
        }
        let normal = StudentT(degreesOfFreedom: .infinity)
        for share in [0.95, 0.5] {
            let tail = (1 - share) / 2
            let width = (quantile(1 - tail) - quantile(tail)) / (2 * normal.quantile(1 - tail))
            if width.isFinite { return width }
        }
        return 0
    }
}

extension RunBelief {
    /// The belief about candidates after the runs of a fit, for the law's value at some points: enough to choose one run.
    ///
    /// - Parameters:
    ///   - runs: those that were fitted, and those under way.
    package init(
        _ fit: Fit, law: Law, runs: Points, candidates: Points, wanted: Points, hedge: RunHedge
    ) throws(ScalingError) {
        let model = RunModel(RunOrigin(fit), law: law, prior: RunPrior(), over: [runs, candidates, wanted])
        let sd = RunNoise(fit).value
        self.init(
            runs: try model.places(runs).places, repeats: Array(repeating: 1, count: runs.count),
            candidates: try model.places(candidates).places,
            wanted: try model.places(wanted).places.map(RunFunctional.init(at:)),
            noise: sd * sd, hedge: hedge, forOne: true)
    }
}

extension RunReach {
    /// That of a fit, for the law's value at some points.
    ///
    /// - Parameters:
    ///   - hedge: the doubt about the law; what residuals say of it unless given.
    ///   - parameters: where the law is made linear; at the estimates unless given.
    package init(
        _ fit: Fit, law: Law, runs: Points, candidates: Points, wanted: Points, hedge: RunHedge? = nil,
        at parameters: [String: Double]? = nil
    ) throws(ScalingError) {
        let model = RunModel(
            RunOrigin(fit, at: parameters), law: law, prior: RunPrior(), over: [runs, candidates, wanted])
        let known = try model.places(runs).places
        let (hedge, noise) = RunHedge.taken(hedge, known, residuals: fit.residuals(), RunNoise(fit))
        self.init(
            runs: known, candidates: try model.places(candidates).places,
            wanted: try model.places(wanted).places.map(RunFunctional.init(at:)),
            noise: noise * noise, hedge: hedge)
    }
}
