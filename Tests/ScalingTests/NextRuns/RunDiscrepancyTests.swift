// What residuals say of a law's discrepancy: little when there are few, less of it where they are noise, more where they bend.

import Fitting
import Formulas
import Testing

@testable import Scaling

@Suite struct RunDiscrepancyTests {
    private let noise = 0.005

    // A line in ln x with a prior so weak that nothing hangs on it.
    private func places(_ count: Int) -> [RunPlace] {
        (0..<count).map { k in
            let at = 7 * Double(k) / Double(max(1, count - 1))
            return RunPlace(features: [1, at], logarithms: [at], labels: [], slope: 1)
        }
    }

    private func scattered(_ count: Int, seed: UInt64) -> [Double] {
        var random = RandomSource(seed: seed)
        return (0..<count).map { _ in noise * random.normal() }
    }

    // 0.5 · Σ (1/sdₖ) sdₖ² / Σ 1/sdₖ, over 0.2, 0.5, 1 and 2 %.
    private let before = (0.5 * 0.037 / 850).squareRoot()

    @Test func `without residuals it is what was believed beforehand`() {
        let learned = RunHedge.learned([], residuals: [], noise: noise)
        #expect((learned.hedge.sd - before).magnitude < 1e-12)
        #expect(learned.hedge.parts.map(\.length) == [1.15, 2.3, 4.6])
        #expect(learned.noise < noise && learned.noise > 0.55 * noise)
    }

    @Test(arguments: 1...5) func `noise about a law that is right makes it smaller`(seed: Int) {
        let learned = RunHedge.learned(places(60), residuals: scattered(60, seed: UInt64(seed)), noise: noise)
        #expect(learned.hedge.sd < 0.75 * before)
        #expect((learned.noise / noise - 1).magnitude < 0.25)
    }

    @Test(arguments: 1...5) func `a bend makes it as large as the bend`(seed: Int) {
        let runs = places(60)
        let residuals = zip(runs, scattered(60, seed: UInt64(seed))).map { run, noise in
            0.015 * Elementary.cosine(1.8 * run.logarithms[0]) + 0.3 * noise
        }
        let learned = RunHedge.learned(runs, residuals: residuals, noise: 0.011)
        #expect(learned.hedge.sd > 0.007 && learned.hedge.sd < 0.02)
        // What was taken for noise is no longer.
        #expect(learned.noise < 0.8 * 0.011)
    }

    @Test func `one outlier is no bend`() {
        var residuals = scattered(60, seed: 7)
        let without = RunHedge.learned(places(60), residuals: residuals, noise: noise).hedge.sd
        residuals[30] = 0.5
        let with = RunHedge.learned(places(60), residuals: residuals, noise: noise).hedge.sd
        #expect(with < 2 * without + 0.001)
    }

    @Test func `more runs than eighty are thinned`() {
        let learned = RunHedge.learned(places(1000), residuals: scattered(1000, seed: 9), noise: noise)
        #expect(learned.hedge.sd < before)
    }
}
