// Beliefs about runs that were not made: rank-one updates against conditioning from the start.

import Fitting
import Formulas
import Testing

@testable import Scaling

@Suite struct RunBeliefTests {
    private let hedge = RunHedge(sd: 0.05, length: 2)

    private func belief(_ runs: [RunPlace], _ candidates: [RunPlace], forOne: Bool = false) -> RunBelief {
        let far = RunPlace(features: [2, -1, 1], logarithms: [3, 3], labels: [], slope: 1)
        return RunBelief(
            runs: runs, repeats: Array(repeating: 1, count: runs.count), candidates: candidates,
            wanted: [RunFunctional(features: far.features, parts: [(1, far)])], noise: 0.01, hedge: hedge,
            forOne: forOne)
    }

    @Test func `to run a candidate is to have had it from the start`() {
        let (runs, candidates) = (RunPlace.random(6, seed: 1), RunPlace.random(9, seed: 2))
        var updated = belief(runs, candidates)
        for candidate in [4, 0, 4] { updated.run(candidate) }
        let anew = belief(runs + [candidates[4], candidates[0], candidates[4]], candidates)
        #expect((updated.total - anew.total).magnitude < 1e-10 * anew.total)
        for candidate in candidates.indices {
            #expect((updated.gain(candidate) - anew.gain(candidate)).magnitude < 1e-10)
            #expect((updated.information(candidate) - anew.information(candidate)).magnitude < 1e-8)
        }
    }

    @Test func `what is expected to fall away falls away`() {
        let (runs, candidates) = (RunPlace.random(6, seed: 3), RunPlace.random(5, seed: 4))
        for candidate in candidates.indices {
            var after = belief(runs, candidates)
            let before = after.total
            let gain = after.gain(candidate)
            after.run(candidate)
            #expect((before - after.total - gain).magnitude < 1e-12)
            #expect(gain >= 0)
        }
    }

    @Test func `enough for one choice is the same choice`() {
        let (runs, candidates) = (RunPlace.random(7, seed: 5), RunPlace.random(20, seed: 6))
        let (whole, quick) = (belief(runs, candidates), belief(runs, candidates, forOne: true))
        #expect(candidates.indices.allSatisfy { (whole.gain($0) - quick.gain($0)).magnitude < 1e-12 })
        #expect(candidates.indices.allSatisfy { (whole.spreads[$0] - quick.spreads[$0]).magnitude < 1e-12 })
    }

    @Test func `runs of other labels share no discrepancy`() {
        let one = RunPlace(features: [1], logarithms: [0], labels: ["a"], slope: 1)
        let other = RunPlace(features: [1], logarithms: [0], labels: ["b"], slope: 1)
        #expect(hedge.covariance(one, one) == 0.05 * 0.05)
        #expect(hedge.covariance(one, other) == 0)
    }
}
