// What a weight means: a precision, or how many equal rows one stands for.

import Fitting
import Formulas
import Foundation
import Tables
import Testing

struct WeightsTests {
    private static let losses: [Loss] = [.squared, .huber(0.002), .huber(0.05), .absolute, .quantile(0.75)]

    private func weighted(_ weights: [Double]) -> Table {
        Laboratory.chinchilla(rows: weights.count, seed: 17).adding(column: Column(name: "w", numbers: weights))
    }

    private func fit(_ table: Table, _ loss: Loss, _ meaning: WeightMeaning?) throws -> Fit {
        try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table) {
            $0.loss = loss
            $0.residual = .log
            if let meaning {
                $0.weights = try Formula("w")
                $0.weightMeaning = meaning
            }
        }
    }

    private func expectEqual(
        _ a: Fit, _ b: Fit, _ tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(SecondOpinion.close(a.objective, b.objective, 1e-11), sourceLocation: sourceLocation)
        for (x, y) in zip(a.coefficients, b.coefficients) {
            #expect(SecondOpinion.close(x, y, tolerance), "\(x) \(y)", sourceLocation: sourceLocation)
        }
        let (first, second) = (try #require(a.standardErrors), try #require(b.standardErrors))
        for (x, y) in zip(first, second) {
            #expect(SecondOpinion.close(x, y, 10 * tolerance), "\(x) \(y)", sourceLocation: sourceLocation)
        }
        #expect(SecondOpinion.close(a.noise, b.noise, 10 * tolerance), sourceLocation: sourceLocation)
    }

    @Test(arguments: losses) func aFrequencyOfTwoIsARowTwice(loss: Loss) throws {
        let table = weighted((0..<60).map { Double($0 % 3 + 1) })
        let frequencies = try fit(table, loss, .frequency)
        let repeated = try fit(
            table.rows(at: (0..<60).flatMap { row in Array(repeating: row, count: row % 3 + 1) }), loss, nil)
        #expect(frequencies.observations == 120 && repeated.observations == 120)
        #expect(frequencies.degreesOfFreedom == 115 && repeated.degreesOfFreedom == 115)
        #expect(frequencies.termination.isConverged && repeated.termination.isConverged)
        try expectEqual(frequencies, repeated, 1e-6)
    }

    @Test(arguments: losses) func precisionsHaveNoUnit(loss: Loss) throws {
        let weights = (0..<60).map { 0.5 + Double($0 % 5) }
        let one = try fit(weighted(weights), loss, .precision)
        let other = try fit(weighted(weights.map { $0 * 1_000 }), loss, .precision)
        #expect(one.observations == 60 && one.degreesOfFreedom == 55)
        #expect(SecondOpinion.close(one.objective * 1_000, other.objective, 1e-10))
        for (x, y) in zip(one.coefficients, other.coefficients) { #expect(SecondOpinion.close(x, y, 1e-6)) }
        for (x, y) in zip(try #require(one.standardErrors), try #require(other.standardErrors)) {
            #expect(SecondOpinion.close(x, y, 1e-5))
        }
    }

    @Test(arguments: losses) func equalPrecisionsAreNoWeights(loss: Loss) throws {
        let table = weighted(Array(repeating: 1, count: 60))
        try expectEqual(try fit(table, loss, .precision), try fit(table, loss, nil), 1e-9)
    }

    @Test func frequenciesAndPrecisionsDifferOnlyInTheirErrors() throws {
        let table = weighted(Array(repeating: 4, count: 60))
        let (frequencies, precisions) = (try fit(table, .squared, .frequency), try fit(table, .squared, .precision))
        #expect(frequencies.coefficients == precisions.coefficients)
        #expect(frequencies.objective == precisions.objective)
        let ratio = (try #require(precisions.standardErrors))[0] / (try #require(frequencies.standardErrors))[0]
        #expect(SecondOpinion.close(ratio, ((240.0 - 5) / (60 - 5)).squareRoot(), 1e-10))
    }

    /// A straight line weighted by precisions has a closed form.
    @Test func aWeightedLineHasItsClosedForm() throws {
        let (x, y, w): ([Double], [Double], [Double]) = (
            [1, 2, 3, 5, 8], [2.1, 3.9, 6.2, 9.7, 16.3], [1, 4, 0.25, 2, 1]
        )
        let fit = try Laboratory.fit("y ~ a + b*x", Laboratory.table([("x", x), ("y", y), ("w", w)])) {
            $0.weights = try Formula("w")
        }
        let total = w.reduce(0, +)
        let (meanX, meanY) = (
            zip(w, x).reduce(0) { $0 + $1.0 * $1.1 } / total, zip(w, y).reduce(0) { $0 + $1.0 * $1.1 } / total
        )
        let sxx = x.indices.reduce(0.0) { $0 + w[$1] * pow(x[$1] - meanX, 2) }
        let slope = x.indices.reduce(0.0) { $0 + w[$1] * (x[$1] - meanX) * (y[$1] - meanY) } / sxx
        let rest = x.indices.reduce(0.0) { $0 + w[$1] * pow(y[$1] - meanY - slope * (x[$1] - meanX), 2) }
        #expect(SecondOpinion.close(fit.coefficients[1], slope, 1e-12))
        #expect(SecondOpinion.close(fit.objective, rest, 1e-12))
        #expect(SecondOpinion.close((try #require(fit.standardErrors))[1], (rest / 3 / sxx).squareRoot(), 1e-12))
    }

    @Test func aRowSplitInTwoOfHalfItsWeightChangesNothing() throws {
        let table = weighted((0..<60).map { 1 + Double($0 % 4) })
        let half = weighted((0..<60).map { (1 + Double($0 % 4)) / 2 })
        let split = half.rows(at: (0..<60).flatMap { [$0, $0] })
        for loss in [Loss.squared, .huber(0.002), .absolute] {
            let (whole, parts) = (try fit(table, loss, .precision), try fit(split, loss, .precision))
            #expect(SecondOpinion.close(whole.objective, parts.objective, 1e-11))
            for (x, y) in zip(whole.coefficients, parts.coefficients) { #expect(SecondOpinion.close(x, y, 1e-6)) }
        }
    }
}
