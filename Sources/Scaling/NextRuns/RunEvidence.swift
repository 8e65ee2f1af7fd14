// From runs, candidates and a target to a belief, by the linearised law or by draws.

import Fitting
import Formulas

/// Everything that a belief is made of, but for the doubt about the law.
struct RunEvidence {
    let runs: [RunPlace]
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
            wanted: [RunFunctional(features: drawn.wanted, parts: wanted.parts)], noise: noise * noise, hedge: hedge,
            parameters: runs.first?.features.count, made: runs.count)
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

/// Candidates and target at every draw of the parameters, as features: z less its mean, by √(draws − 1).
struct DrawnPlaces {
    let features: [[Double]]
    let wanted: [Double]

    /// Draws at which the target has no value are left out.
    init(_ draws: Draws, _ law: Law, _ candidates: Points, _ target: RunWanted, _ residual: Residual)
        throws(ScalingError)
    {
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
        wanted = Self.centred(kept.map { target.scale.transformed(values[$0] ?? .nan) })
        var features: [[Double]] = []
        try Predictor(law, estimates, candidates).values(ofDraws: draws) { block in
            for values in block {
                features.append(Self.centred(kept.map { residual.transformed(values[$0]) }))
            }
        }
        self.features = features
    }

    private static func centred(_ values: [Double]) -> [Double] {
        let finite = values.filter(\.isFinite)
        let mean = finite.reduce(0, +) / Double(max(1, finite.count))
        let scale = 1 / Double(max(1, finite.count - 1)).squareRoot()
        return values.map { $0.isFinite ? ($0 - mean) * scale : 0 }
    }
}

extension RunBelief {
    /// The belief about candidates after the runs of a fit, for the law's value at some points: enough to choose one run.
    ///
    /// - Parameters:
    ///   - runs: those that were fitted, and those under way.
    ///   - noise: of one run on the scale of the residual; that of repeated runs or residuals unless given.
    package init(
        _ fit: Fit, law: Law, runs: Points, candidates: Points, wanted: Points, noise: Double? = nil, hedge: RunHedge,
        prior: RunPrior = RunPrior()
    ) throws(ScalingError) {
        let model = RunModel(RunOrigin(fit), law: law, prior: prior, over: [runs, candidates, wanted])
        let sd = noise ?? RunNoise(fit).value
        self.init(
            runs: try model.places(runs).places, repeats: Array(repeating: 1, count: runs.count),
            candidates: try model.places(candidates).places,
            wanted: try model.places(wanted).places.map { RunFunctional(features: $0.features, parts: [(1, $0)]) },
            noise: sd * sd, hedge: hedge, forOne: true)
    }
}
