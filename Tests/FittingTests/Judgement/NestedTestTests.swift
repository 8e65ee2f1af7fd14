// Tests of a smaller law within a larger one.

import Formulas
import Tables
import Testing

@testable import Fitting

@Suite struct NestedTestTests {
    private func lines(difference: Double, seed: UInt64, noise: Double = 0.3) -> Table {
        var random = RandomSource(seed: seed)
        let x = (0..<24).map { Double($0 / 2) }
        let labels = (0..<24).map { $0 % 2 == 0 ? "a" : "b" }
        let y = x.indices.map { 1 + (2 + (labels[$0] == "b" ? difference : 0)) * x[$0] + noise * random.normal() }
        return Table(
            name: "lines.csv",
            columns: [
                Column(name: "x", numbers: x), Column(name: "y", numbers: y),
                Column(name: "g", labels: labels),
            ])
    }

    private func pair(_ table: Table, _ loss: Loss = .squared) throws -> (smaller: Fit, larger: Fit) {
        func fit(_ formula: String) throws -> Fit { try Laboratory.fit(formula, table) { $0.loss = loss } }
        return (try fit("y ~ a[g] + b*x"), try fit("y ~ a[g] + b[g]*x"))
    }

    @Test func `for least squares it is the F test of the analysis of covariance`() throws {
        let (smaller, larger) = try pair(lines(difference: 0.02, seed: 4))
        let test = try NestedTest(smaller, in: larger)
        let expected = (smaller.objective - larger.objective) / (larger.objective / 20)
        #expect((test.statistic / expected - 1).magnitude < 1e-9)
        #expect(test.numerator == 1 && test.denominator == 20)
        let tail = FDistribution(numerator: 1, denominator: 20).probability(above: expected)
        #expect((test.pValue - tail).magnitude < 1e-12)
        #expect(test.bootstrapPValue == nil && test.decisive == test.pValue)
    }

    @Test func `a difference is seen, and no difference is not`() throws {
        for loss in [Loss.squared, .huber(0.1)] {
            let (same, apart) = (
                try pair(lines(difference: 0, seed: 8), loss), try pair(lines(difference: 0.4, seed: 8), loss)
            )
            let without = try NestedTest(same.smaller, in: same.larger, replicates: 199)
            let with = try NestedTest(apart.smaller, in: apart.larger, replicates: 199)
            #expect(without.decisive > 0.05 && with.decisive < 0.02)
            #expect(with.draws > 190)
            #expect((with.bootstrapPValue ?? 1) >= 1 / 200.0)
        }
    }

    @Test func `the bootstrap's chance is about even where the smaller law is true`() throws {
        var below = 0
        for seed in 0..<30 {
            let (smaller, larger) = try pair(lines(difference: 0, seed: UInt64(100 + seed)), .huber(0.05))
            let test = try NestedTest(smaller, in: larger, replicates: 99)
            if test.decisive < 0.2 { below += 1 }
        }
        // 20 % of 30 are 6, give or take 2.
        #expect((1...12).contains(below))
    }
}
