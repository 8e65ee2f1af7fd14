// Covariances against dense algebra, and intervals against what they promise.

import Fitting
import Formulas
import Foundation
import Testing

struct SpreadTests {
    @Test(arguments: [Residual.raw, .log, .logit], [false, true])
    func squaredCovarianceEqualsDenseAlgebra(residual: Residual, weighted: Bool) throws {
        var random = RandomSource(seed: 31)
        let x = (0..<50).map { _ in exp(5 * random.uniform()) }
        let y = x.map { (0.2 + 0.6 * pow($0, -0.4)) * (1 + 0.02 * SecondOpinion.normal(&random)) }
        let w = x.map { _ in 0.5 + random.uniform() }
        let fit = try Laboratory.fit("y ~ a + b/x^c", Laboratory.table([("x", x), ("y", y), ("w", w)])) {
            $0.residual = residual
            if weighted { $0.weights = try Formula("w") }
        }
        let (a, b, c) = (fit.coefficients[0], fit.coefficients[1], fit.coefficients[2])
        let jacobian = x.map { x -> [Double] in
            let term = pow(x, -c)
            let f = a + b * term
            let slope: Double =
                switch residual {
                case .raw: 1
                case .log: 1 / f
                case .logit: 1 / (f * (1 - f))
                }
            return [slope, slope * term, -slope * b * term * log(x)]
        }
        let weights = weighted ? w : x.map { _ in 1 }
        let normal = (0..<3).map { i in
            (0..<3).map { j in x.indices.reduce(0.0) { $0 + weights[$1] * jacobian[$1][i] * jacobian[$1][j] } }
        }
        let inverse = SecondOpinion.inverse(normal)
        let variance = fit.objective / 47
        let covariance = try #require(fit.estimates.covariance)
        for i in 0..<3 {
            for j in 0..<3 {
                let size = (inverse[i][i] * inverse[j][j]).squareRoot() * variance
                #expect(abs(covariance[3 * i + j] - variance * inverse[i][j]) < 1e-8 * size)
            }
        }
        #expect(SecondOpinion.close(fit.noise, variance.squareRoot(), 1e-12))
        #expect(fit.degreesOfFreedom == 47)
    }

    /// A Huber threshold that no residual reaches leaves least squares with half the objective.
    @Test func aWideHuberThresholdGivesTheErrorsOfLeastSquares() throws {
        let table = Laboratory.chinchilla(rows: 80)
        let squared = try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table)
        let huber = try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table) { $0.loss = .huber(10) }
        for (a, b) in zip(try #require(squared.standardErrors), try #require(huber.standardErrors)) {
            #expect(SecondOpinion.close(a, b, 1e-5))
        }
    }

    /// How often the interval of a slope holds the truth over many worlds, and how wide its errors are on average.
    @Test(arguments: [Loss.squared, .huber(0.05), .huber(0.5), .absolute, .quantile(0.3)])
    func intervalsHoldTheTruthAsOftenAsTheySay(loss: Loss) throws {
        var (held, worlds) = (0, 600)
        if case .quantile = loss { worlds = 400 }
        for seed in 0..<worlds {
            var random = RandomSource(seed: UInt64(seed) + 5_000)
            let x = (0..<80).map { _ in random.uniform() }
            let y = x.map { 1 + 2 * $0 + 0.3 * SecondOpinion.normal(&random) }
            let fit = try Laboratory.fit("y ~ a + b*x", Laboratory.table([("x", x), ("y", y)])) { $0.loss = loss }
            let error = try #require(fit.standardErrors)[1]
            let t = StudentT(degreesOfFreedom: fit.degreesOfFreedom).quantile(0.95)
            if abs(fit.coefficients[1] - 2) <= t * error { held += 1 }
        }
        let share = Double(held) / Double(worlds)
        #expect(share > 0.85 && share < 0.95, "\(loss): \(share) of 90 %")
    }
}
