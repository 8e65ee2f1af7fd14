// Absolute and quantile loss: multipliers within limits, the right share of rows below, also where corners pile up.

import Fitting
import Formulas
import Foundation
import Tables
import Testing

struct CornerSolverTests {
    private func noisyLine(_ rows: Int, seed: UInt64) -> (x: [Double], y: [Double]) {
        var random = RandomSource(seed: seed)
        let x = (0..<rows).map { _ in 10 * random.uniform() }
        return (x, x.map { 3 + 0.5 * $0 + SecondOpinion.normal(&random) })
    }

    /// An optimum of a line passes through two points, so the best of all pairs is the optimum.
    @Test(arguments: [Loss.absolute, .quantile(0.1), .quantile(0.5), .quantile(0.83)])
    func aLineEqualsTheBestOfAllPairs(loss: Loss) throws {
        for seed in 1...10 {
            let (x, y) = noisyLine(31, seed: UInt64(seed))
            let fit = try Laboratory.fit("y ~ a + b*x", Laboratory.table([("x", x), ("y", y)])) { $0.loss = loss }
            var best = Double.infinity
            for i in x.indices {
                for j in 0..<i {
                    let b = (y[i] - y[j]) / (x[i] - x[j])
                    let a = y[i] - b * x[i]
                    best = min(best, SecondOpinion.objective(loss, .raw, y, x.map { a + b * $0 }))
                }
            }
            #expect(fit.termination.reason == .corner)
            #expect(SecondOpinion.close(fit.objective, best, 1e-12))
        }
    }

    @Test(arguments: [0.1, 0.25, 0.5, 0.9]) func aQuantileCrossesItsShareOfTheRows(q: Double) throws {
        for seed in 1...5 {
            let (x, y) = noisyLine(401, seed: UInt64(seed))
            let fit = try Laboratory.fit("y ~ a + b*x^c", Laboratory.table([("x", x), ("y", y)])) {
                $0.loss = .quantile(q)
            }
            let below = fit.residuals().count { $0 < -1e-9 }, above = fit.residuals().count { $0 > 1e-9 }
            #expect(Double(below) <= q * 401 && Double(above) <= (1 - q) * 401, "\(below) below, \(above) above")
            #expect(401 - below - above == 3, "as many points passed through as parameters")
            #expect(fit.termination.isConverged)
            #expect(fit.termination.value <= fit.termination.limit)
        }
    }

    /// Zero lies between the least and the largest slope in every direction, looked at by hand.
    @Test(arguments: [Loss.absolute, .quantile(0.3)], Residual.allCases)
    func noDirectionLeadsDown(loss: Loss, residual: Residual) throws {
        for seed in 1...12 {
            var random = RandomSource(seed: UInt64(seed))
            let x = (0..<50).map { _ in exp(5 * random.uniform()) }
            let y = x.map {
                residual.restored(
                    residual.transformed(0.1 + 0.5 * pow($0, -0.5)) + 0.05 * SecondOpinion.normal(&random))
            }
            let problem = try Laboratory.problem("y ~ a + b/x^c", Laboratory.table([("x", x), ("y", y)])) {
                $0.loss = loss
                $0.residual = residual
            }
            let fit = try Fit(problem)
            #expect(fit.termination.isConverged, "\(loss) \(residual) \(seed): \(fit.termination.statement)")
            let objective = Objective(problem)
            for _ in 0..<400 {
                let direction = (0..<3).map { _ in SecondOpinion.normal(&random) }
                for size in [1e-3, 1e-5, 1e-7] {
                    let moved = zip(fit.coefficients, direction).map { $0 * (1 + size * $1) }
                    #expect(objective.value(moved) >= fit.objective * (1 - 1e-13))
                }
            }
        }
    }

    @Test func repeatedRowsAreOneOptimum() throws {
        let (x, y) = noisyLine(25, seed: 3)
        let once = Laboratory.table([("x", x), ("y", y)])
        for loss in [Loss.absolute, .quantile(0.7)] {
            let single = try Laboratory.fit("y ~ a + b*x", once) { $0.loss = loss }
            for copies in [2, 3, 10] {
                let table = once.rows(at: (0..<25).flatMap { Array(repeating: $0, count: copies) })
                let fit = try Laboratory.fit("y ~ a + b*x", table) { $0.loss = loss }
                #expect(fit.termination.isConverged, "\(copies) copies: \(fit.termination.statement)")
                #expect(SecondOpinion.close(fit.objective, Double(copies) * single.objective, 1e-12))
            }
        }
    }

    @Test func manyPointsOnTheCurveBesideOutliersAreCertified() throws {
        let x = (1...40).map(Double.init)
        let y = x.map { $0.truncatingRemainder(dividingBy: 9) == 0 ? 7 + $0 : 1 + 4 * pow($0, -0.5) }
        for loss in [Loss.absolute, .quantile(0.4)] {
            let fit = try Laboratory.fit("y ~ a + b/x^c", Laboratory.table([("x", x), ("y", y)])) { $0.loss = loss }
            #expect(fit.termination.reason == .corner, "\(fit.termination.statement)")
            for (value, truth) in zip(fit.coefficients, [1.0, 4, 0.5]) {
                #expect(SecondOpinion.close(value, truth, 1e-9))
            }
        }
    }

    @Test func betweenTwoMediansAnyPlaceIsAnOptimum() throws {
        let table = Laboratory.table([("x", [1, 1, 1, 1]), ("y", [1, 2, 4, 8])])
        let fit = try Laboratory.fit("y ~ a*x", table) { $0.loss = .absolute }
        #expect(fit.objective == 9)
        #expect(fit.coefficients[0] >= 2 && fit.coefficients[0] <= 4)
        #expect(fit.termination.isConverged, "\(fit.termination.statement)")
    }

    @Test func anExactLawIsExactUnderEveryLoss() throws {
        let x = (1...30).map(Double.init)
        let table = Laboratory.table([("x", x), ("y", x.map { 2 + 3 / $0 })])
        for loss in [Loss.squared, .huber(1e-3), .absolute, .quantile(0.9)] {
            for residual in [Residual.raw, .log] {
                let fit = try Laboratory.fit("y ~ a + b/x^c", table) {
                    $0.loss = loss
                    $0.residual = residual
                }
                #expect(fit.termination.reason == .exact, "\(loss) \(residual) \(fit.termination.statement)")
                for (value, truth) in zip(fit.coefficients, [2.0, 3, 1]) {
                    #expect(SecondOpinion.close(value, truth, 1e-9))
                }
            }
        }
    }

    @Test func fewerPointsThanParametersEndWithoutACrash() throws {
        for rows in 1...4 {
            let (x, y) = noisyLine(rows, seed: 9)
            let fit = try Laboratory.fit("y ~ a + b*x + c*x^2 + d*x^3", Laboratory.table([("x", x), ("y", y)])) {
                $0.loss = .absolute
            }
            #expect(fit.objective < 1e-9)
            #expect(fit.termination.isConverged)
        }
    }

    @Test func weightsMoveTheMedian() throws {
        let table = Laboratory.table([("y", [1.0, 2, 3, 4, 5]), ("w", [1, 1, 1, 1, 10]), ("one", [1, 1, 1, 1, 1])])
        let fit = try Laboratory.fit("y ~ m*one", table) {
            $0.loss = .absolute
            $0.weights = try Formula("w")
        }
        #expect(fit.coefficients == [5])
        #expect(fit.objective == 10)
        #expect(SecondOpinion.close(fit.termination.value, 0.4, 1e-9))
    }
}
