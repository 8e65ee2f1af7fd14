// Quantiles of Student's t distribution against values computed with forty digits (mpmath).

import Fitting
import Testing

struct StudentTTests {
    /// Degrees of freedom, probability, quantile.
    private static let quantiles: [(Double, Double, Double)] = [
        (1, 0.6, 0.3249196962329063), (1, 0.95, 6.313751514675043), (1, 0.975, 12.7062047361747),
        (1, 0.995, 63.65674116287158), (1, 0.99995, 6366.197671315936), (2, 0.6, 0.2886751345948129),
        (2, 0.95, 2.919985580353726), (2, 0.975, 4.302652729749464), (2, 0.995, 9.924843200918293),
        (2, 0.99995, 99.99249984374453), (3, 0.6, 0.2766706623326899), (3, 0.95, 2.353363434801824),
        (3, 0.975, 3.18244630528371), (3, 0.995, 5.840909309733357), (3, 0.99995, 28.00013001094898),
        (5, 0.6, 0.2671808657041451), (5, 0.95, 2.015048373333024), (5, 0.975, 2.570581835636316),
        (5, 0.995, 4.032142983555228), (5, 0.99995, 11.17771007027861), (10, 0.6, 0.2601848294920802),
        (10, 0.95, 1.812461122811676), (10, 0.975, 2.228138851986275), (10, 0.995, 3.169272672616951),
        (10, 0.99995, 6.211050891290663), (30, 0.6, 0.2556053649519128), (30, 0.95, 1.697260886593958),
        (30, 0.975, 2.042272456301238), (30, 0.995, 2.749995653567225), (30, 0.99995, 4.482417175409747),
        (55, 0.6, 0.2545760705922177), (55, 0.95, 1.673033965289912), (55, 0.975, 2.004044783289146),
        (55, 0.995, 2.668215988486194), (55, 0.99995, 4.195541782955936), (235, 0.6, 0.2536341130059694),
        (235, 0.95, 1.65136354353851), (235, 0.975, 1.970110062268104), (235, 0.995, 2.596911700009584),
        (235, 0.99995, 3.958412982023702), (1000, 0.6, 0.2534145158394988), (1000, 0.95, 1.646378817285465),
        (1000, 0.975, 1.962339080826408), (1000, 0.995, 2.580754698065951), (1000, 0.99995, 3.906343736701381),
        (1e6, 0.6, 0.2533471705378417), (1e6, 0.95, 1.64485515072204), (1e6, 0.975, 1.959966356814107),
        (1e6, 0.995, 2.575834220105334), (1e6, 0.99995, 3.890607581803066), (.infinity, 0.6, 0.2533471031357998),
        (.infinity, 0.95, 1.644853626951473), (.infinity, 0.975, 1.959963984540054),
        (.infinity, 0.995, 2.575829303548901),
        (.infinity, 0.99995, 3.890591886413094),
    ]

    @Test(arguments: quantiles) private func quantilesHaveTheirKnownValues(freedom: Double, p: Double, t: Double) {
        let distribution = StudentT(degreesOfFreedom: freedom)
        #expect(SecondOpinion.close(distribution.quantile(p), t, 1e-10))
        #expect(SecondOpinion.close(distribution.quantile(1 - p), -t, 1e-10))
        #expect(abs(distribution.probability(below: t) - p) < 1e-11)
        #expect(abs(distribution.probability(below: -t) - (1 - p)) < 1e-11)
    }

    @Test func oneAndTwoDegreesOfFreedomHaveAClosedForm() {
        for t in [0.1, 1, 3, 50] {
            let two = StudentT(degreesOfFreedom: 2).probability(below: t)
            #expect(abs(two - (0.5 + t / (2 * (2 + t * t).squareRoot()))) < 1e-14)
        }
        #expect(abs(StudentT(degreesOfFreedom: 1).probability(below: 1) - 0.75) < 1e-14)
    }

    @Test func theMiddleIsZeroAndTheTailsMirror() {
        for freedom in [0.5, 1, 7.3, 1e4, .infinity] {
            let t = StudentT(degreesOfFreedom: freedom)
            #expect(t.quantile(0.5) == 0)
            #expect(t.probability(below: 0) == 0.5)
            #expect(SecondOpinion.close(t.quantile(0.1), -t.quantile(0.9), 1e-14))
            #expect(t.probability(below: 1e200) == 1)
            #expect(t.probability(below: -1e200) < 1e-90)
        }
    }

    @Test func manyDegreesOfFreedomJoinTheNormalDistributionSmoothly() {
        let (before, after) = (StudentT(degreesOfFreedom: 0.999_999e7), StudentT(degreesOfFreedom: 1.000_001e7))
        #expect(abs(before.quantile(0.975) - after.quantile(0.975)) < 1e-9)
        #expect(abs(StudentT(degreesOfFreedom: 1e9).quantile(0.975) - 1.959963986912325) < 1e-12)
        #expect(abs(StudentT(degreesOfFreedom: 0.5).quantile(0.975) - 164.55767348048818) < 1e-7)
    }
}
