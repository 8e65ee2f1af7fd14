// The distance of one fit from another, against the fits' own weights.

import Fitting
import Formulas
import Testing

@testable import Scaling

@Suite struct RunReachTests {
    private let noise = 0.01
    private let bent = RunHedge([.init(sd: 0.05, length: 2), .init(sd: 0.1, length: 0.7)])
    private let far = RunPlace(features: [2, -1, 1], logarithms: [3, 3], labels: [], slope: 1)

    private func reach(_ runs: [RunPlace], _ candidates: [RunPlace], _ hedge: RunHedge) -> RunReach {
        let other = RunPlace(features: [0.3, 1, -2], logarithms: [-3, 2], labels: [], slope: 1)
        return RunReach(
            runs: runs, candidates: candidates,
            wanted: [far, other].map { RunFunctional(features: $0.features, parts: [(1, $0)]) }, noise: noise,
            hedge: hedge)
    }

    @Test func `the distance is that of the weights which two fits give to every run`() {
        let (runs, candidates) = (RunPlace.random(6, seed: 1), RunPlace.random(9, seed: 2))
        let all = runs + candidates
        // w = (I + XᵀX/σ²)⁻¹ t by Gauss-Seidel, which converges for such a matrix; aᵢ = xᵢ·w/σ².
        func weights(_ rows: [RunPlace], _ t: [Double]) -> (w: [Double], a: [Double]) {
            var w = [Double](repeating: 0, count: 3)
            for _ in 0..<5000 {
                for i in 0..<3 {
                    var (diagonal, rest) = (1.0, t[i])
                    for row in rows {
                        diagonal += row.features[i] * row.features[i] / noise
                        for j in 0..<3 where j != i { rest -= row.features[i] * row.features[j] / noise * w[j] }
                    }
                    w[i] = rest / diagonal
                }
            }
            return (w, rows.map { row in zip(row.features, w).reduce(0) { $0 + $1.0 * $1.1 } / noise })
        }
        for hedge in [RunHedge.none, bent] {
            let made = reach(runs, candidates, hedge)
            var expected = made.whole
            for t in [far.features, [0.3, 1, -2]] {
                let (some, whole) = (weights(runs, t), weights(all, t))
                let step = zip(some.a + candidates.map { _ in 0 }, whole.a).map { $0 - $1 }
                // t̂ = Σ aᵢ zᵢ: parameters, noise and δ of the difference.
                for k in 0..<3 {
                    let slope = zip(all, step).reduce(0) { $0 + $1.0.features[k] * $1.1 }
                    expected += slope * slope
                }
                for (i, a) in step.enumerated() {
                    expected += noise * a * a
                    for (j, b) in step.enumerated() { expected += a * b * hedge.covariance(all[i], all[j]) }
                }
            }
            #expect((made.total - expected).magnitude < 1e-9 * expected)
        }
    }

    @Test func `to run a candidate is to have had it from the start`() {
        let (runs, candidates) = (RunPlace.random(6, seed: 3), RunPlace.random(9, seed: 4))
        var updated = reach(runs, candidates, bent)
        for candidate in [4, 0, 7] {
            let expected = updated.total(with: candidate)
            updated.run(candidate)
            #expect((updated.total - expected).magnitude < 1e-10 * expected)
        }
        let left = candidates.enumerated().filter { ![4, 0, 7].contains($0.offset) }.map(\.element)
        let anew = reach(runs + [4, 0, 7].map { candidates[$0] }, left, bent)
        #expect((updated.total - anew.total).magnitude < 1e-10 * anew.total)
        #expect((updated.whole - anew.whole).magnitude < 1e-10 * anew.whole)
    }

    @Test func `everything bought leaves no distance`() {
        let candidates = RunPlace.random(9, seed: 5)
        var made = reach(RunPlace.random(6, seed: 6), candidates, bent)
        #expect(made.total > 1.01 * made.whole)
        for candidate in candidates.indices { made.run(candidate) }
        #expect((made.total - made.whole).magnitude < 1e-9 * made.whole)
    }

    @Test func `a place that stands for three runs counts as three`() {
        let (runs, candidates) = (RunPlace.random(4, seed: 7), RunPlace.random(5, seed: 8))
        let wanted = [RunFunctional(features: far.features, parts: [(1, far)])]
        let three = RunReach(
            runs: runs, repeats: [3, 1, 1, 1], candidates: candidates, wanted: wanted, noise: noise, hedge: bent)
        let each = RunReach(
            runs: runs + [runs[0], runs[0]], candidates: candidates, wanted: wanted, noise: noise, hedge: bent)
        #expect((three.total - each.total).magnitude < 1e-10 * each.total)
        #expect((three.total(with: 2) - each.total(with: 2)).magnitude < 1e-10 * each.total)
    }

    @Test func `more runs in a corner that the law misses draw the fit away`() {
        // A law of one constant, the mean of all runs: three of five lie in one place and share what it leaves out there.
        func place(_ at: Double) -> RunPlace { RunPlace(features: [10], logarithms: [at], labels: [], slope: 1) }
        func made(_ hedge: RunHedge) -> RunReach {
            RunReach(
                runs: [0, 0, 0, 10, 20].map(place), candidates: [0, 30, 40, 50].map(place),
                wanted: [RunFunctional(features: [10], parts: [(1, place(60))])], noise: 1e-4, hedge: hedge)
        }
        let wrong = made(RunHedge(sd: 0.1, length: 1))
        #expect(wrong.total(with: 0) > 1.1 * wrong.total)
        #expect(wrong.total(with: 1) < wrong.total)
        let right = made(.none)
        #expect(right.total(with: 0) < right.total)
        #expect((right.total(with: 0) - right.total(with: 1)).magnitude < 1e-12)
    }
}
