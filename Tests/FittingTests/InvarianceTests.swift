// What must not matter does not: units, the order of rows, columns that nobody reads, the width of the arithmetic.

import Fitting
import Formulas
import Foundation
import Tables
import Testing

struct InvarianceTests {
    private static let losses: [Loss] = [.squared, .huber(1e-3), .absolute, .quantile(0.7)]
    private let table = Laboratory.chinchilla(rows: 120, noise: 0.02, seed: 8)

    private func fit(_ table: Table, _ loss: Loss, _ residual: Residual, _ level: VectorLevel = .best) throws -> Fit {
        try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table) {
            $0.loss = loss
            $0.residual = residual
            $0.level = level
        }
    }

    private func expectAlike(
        _ a: Fit, _ b: Fit, _ tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(
            SecondOpinion.close(a.objective, b.objective, tolerance), "\(a.objective) \(b.objective)",
            sourceLocation: sourceLocation)
        for (x, y) in zip(a.predictions(), b.predictions()) {
            #expect(SecondOpinion.close(x, y, 10 * tolerance), "\(x) \(y)", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: losses, [Residual.raw, .log]) func theUnitOfAColumnDoesNotMatter(loss: Loss, residual: Residual)
        throws
    {
        let plain = try fit(table, loss, residual)
        for (name, unit) in [("N", 1e9), ("N", 1e-9), ("D", 1e9), ("D", 1e-12)] {
            let scaled = table.adding(column: Column(name: name, numbers: try table.numbers(name).map { $0 * unit }))
            let other = try fit(scaled, loss, residual)
            expectAlike(plain, other, 1e-9)
            #expect(other.termination.isConverged)
        }
    }

    @Test(arguments: [Loss.squared, .absolute, .quantile(0.7)]) func theUnitOfTheResponseScalesTheObjective(
        loss: Loss
    ) throws {
        let plain = try fit(table, loss, .raw)
        let scaled = table.adding(column: Column(name: "loss", numbers: try table.numbers("loss").map { $0 * 1e6 }))
        let other = try fit(scaled, loss, .raw)
        #expect(SecondOpinion.close(other.objective, plain.objective * (loss == .squared ? 1e12 : 1e6), 1e-9))
    }

    @Test(arguments: losses, [Residual.raw, .log]) func theOrderOfRowsDoesNotMatter(loss: Loss, residual: Residual)
        throws
    {
        let plain = try fit(table, loss, residual)
        var random = RandomSource(seed: 5)
        for order in [Array((0..<120).reversed()), (0..<120).shuffled(using: &random)] {
            let other = try fit(table.rows(at: order), loss, residual)
            #expect(SecondOpinion.close(plain.objective, other.objective, 1e-12))
            let (a, b) = (plain.predictions(), other.predictions())
            for (place, row) in order.enumerated() { #expect(SecondOpinion.close(a[row], b[place], 1e-9)) }
        }
    }

    @Test(arguments: losses) func aColumnThatNobodyReadsDoesNotMatter(loss: Loss) throws {
        let wider = table.adding(column: Column(name: "note", labels: Array(repeating: "x", count: 120)))
            .adding(column: Column(name: "empty", numbers: Array(repeating: .nan, count: 120)))
        let (plain, other) = (try fit(table, loss, .log), try fit(wider, loss, .log))
        #expect(plain.coefficients == other.coefficients)
        #expect(plain.objective == other.objective)
        #expect(plain.starts == other.starts)
    }

    @Test(arguments: losses, Residual.allCases) func theSameRequestGivesTheSameBitsAtEveryWidth(
        loss: Loss, residual: Residual
    ) throws {
        let fraction = table.adding(column: Column(name: "loss", numbers: try table.numbers("loss").map { $0 / 100 }))
        let first = try fit(fraction, loss, residual)
        for level in [VectorLevel.best] + VectorLevel.allCases {
            let again = try fit(fraction, loss, residual, level)
            #expect(first.coefficients.map(\.bitPattern) == again.coefficients.map(\.bitPattern), "\(level)")
            #expect(first.objective.bitPattern == again.objective.bitPattern)
            #expect(first.starts == again.starts)
            #expect(first.termination == again.termination)
            #expect(first.alternatives == again.alternatives)
            #expect(first.estimates == again.estimates)
            #expect(first.warnings == again.warnings)
            #expect(first.noise.bitPattern == again.noise.bitPattern)
        }
    }
}
