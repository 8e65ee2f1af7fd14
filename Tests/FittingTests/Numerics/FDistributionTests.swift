// Tails of the F distribution.

import Fitting
import Testing

@Suite struct FDistributionTests {
    // SciPy 1.17, scipy.stats.f.sf.
    @Test(arguments: [
        (1.41, 2.0, 43.0, 0.25520399617697404), (139, 3, 44, 1.8395340712300097e-22),
        (0.5, 1, 10, 0.4956475043831199), (3.2, 5, 7, 0.08063640059391591), (2, 10, 100, 0.04098813977040327),
        (4, 1, 200, 0.04685318618707097),
    ])
    func `tails agree with SciPy's`(_ f: Double, _ numerator: Double, _ denominator: Double, _ expected: Double) {
        let tail = FDistribution(numerator: numerator, denominator: denominator).probability(above: f)
        #expect((tail / expected - 1).magnitude < 1e-11)
    }

    @Test func `with one degree of freedom it is the square of Student's t`() {
        let t = StudentT(degreesOfFreedom: 7)
        let tail = FDistribution(numerator: 1, denominator: 7).probability(above: 2.5 * 2.5)
        #expect((tail - 2 * t.probability(below: -2.5)).magnitude < 1e-14)
    }

    @Test func `the whole probability lies above zero`() {
        #expect(FDistribution(numerator: 2, denominator: 5).probability(above: 0) == 1)
        #expect(FDistribution(numerator: 2, denominator: 5).probability(above: -1) == 1)
        #expect(FDistribution(numerator: 2, denominator: 5).probability(above: .infinity) == 0)
    }
}
