// Intervals of a few numbers, counted by hand.

import Testing

@testable import Fitting

@Suite struct DrawnDistributionTests {
    private static func ends(_ interval: ConfidenceInterval) -> [Double] {
        [interval.lower.value ?? -.infinity, interval.upper.value ?? .infinity]
    }

    @Test("a quantile lies between neighbours in proportion")
    func quantiles() {
        let draws = DrawnDistribution([4, 1, 3, 2, 5], estimate: 3)
        #expect(draws.quantile(0) == 1)
        #expect(draws.quantile(0.5) == 3)
        #expect(draws.quantile(0.9) == 4.6)
        #expect(draws.quantile(1) == 5)
        #expect(DrawnDistribution([], estimate: 1).quantile(0.5).isNaN)
    }

    @Test("the basic interval is the percentile interval mirrored at the estimate")
    func basic() {
        let draws = DrawnDistribution((0...100).map(Double.init), estimate: 40)
        #expect(Self.ends(draws.percentileInterval(level: 0.5)) == [25, 75])
        #expect(Self.ends(draws.basicInterval(level: 0.5)) == [5, 55])
    }

    @Test("without bias the correction changes nothing, with bias it moves towards the estimate")
    func biasCorrected() {
        let centred = DrawnDistribution((0...100).map(Double.init), estimate: 50)
        for (a, b) in zip(
            Self.ends(centred.biasCorrectedInterval(level: 0.9)), Self.ends(centred.percentileInterval(level: 0.9)))
        {
            #expect(SecondOpinion.close(a, b, 1e-9))
        }
        // A share of Φ(−0.5) = 0.3085 of the draws lies below: the ends are at Φ(−1 ± z).
        let shifted = DrawnDistribution((0..<10_000).map { Double($0) }, estimate: 3085.4)
        let ends = Self.ends(shifted.biasCorrectedInterval(level: 0.6826895))
        #expect(abs(ends[0] - 227.5) < 2 && abs(ends[1] - 5_000) < 2, "\(ends)")
        #expect(
            Self.ends(DrawnDistribution([1, 2, 3], estimate: 9).biasCorrectedInterval(level: 0.5)) == [
                -.infinity, .infinity,
            ])
    }

    @Test("draws without end make an open end, undefined ones are counted")
    func endless() {
        let values = (1...80).map(Double.init) + (1...20).map { 1e11 * Double($0) }
        let draws = DrawnDistribution(values + [.nan], estimate: 40)
        #expect(draws.undefined == 1)
        let interval = draws.percentileInterval(level: 0.8)
        #expect(interval.upper == .unbounded)
        #expect(SecondOpinion.close(interval.lower.value ?? .nan, draws.quantile(0.1), 1e-12))
        #expect(draws.basicInterval(level: 0.8).lower == .unbounded)
        #expect(DrawnDistribution([1, 2, .infinity, .infinity], estimate: 1).quantile(0.9) == .infinity)
    }

    @Test("the expanded interval reaches as far as Student's t does")
    func expanded() {
        // t of 7 degrees of freedom at 0.95 is 1.8946, and Φ(−1.8946) = 0.02907.
        let draws = DrawnDistribution((0...10_000).map(Double.init), estimate: 5_000)
        let ends = Self.ends(draws.expandedInterval(level: 0.9, degreesOfFreedom: 7))
        #expect(abs(ends[0] - 290.7) < 0.5 && abs(ends[1] - 9_709.3) < 0.5, "\(ends)")
    }

    @Test("no draw at all leaves both ends open")
    func noDraws() {
        let none = DrawnDistribution([], estimate: 1)
        #expect(none.percentileInterval(level: 0.9).lower == .unbounded)
        #expect(none.biasCorrectedInterval(level: 0.9).upper == .unbounded)
        #expect(none.standardError.isNaN)
    }
}
