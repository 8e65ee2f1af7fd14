// Tables at the edge of sense: never a crash, always a result, an error or a warning.

import Fitting
import Formulas
import Foundation
import Tables
import Testing

struct FitTests {
    private static let losses: [Loss] = [.squared, .huber(1e-3), .absolute, .quantile(0.8)]
    private let formula = "loss ~ E + A/N^alpha + B/D^beta"

    private func expectSensible(_ fit: Fit, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(fit.objective.isFinite && fit.objective >= 0, sourceLocation: sourceLocation)
        #expect(fit.coefficients.allSatisfy { $0.isFinite }, sourceLocation: sourceLocation)
        #expect(fit.residuals().allSatisfy { $0.isFinite }, sourceLocation: sourceLocation)
        #expect(!fit.starts.isEmpty, sourceLocation: sourceLocation)
        #expect(fit.estimates.covariance?.allSatisfy { $0.isFinite } ?? true, sourceLocation: sourceLocation)
    }

    @Test(arguments: losses, [Residual.raw, .log]) func oneRunTwoRunsAndRunsOfOneSize(loss: Loss, residual: Residual)
        throws
    {
        let tables = [
            Laboratory.table([("N", [1e8]), ("D", [2e9]), ("loss", [3])]),
            Laboratory.table([("N", [1e8, 1e9]), ("D", [2e9, 2e10]), ("loss", [3, 2.5])]),
            Laboratory.table([
                ("N", Array(repeating: 1e8, count: 9)), ("D", (1...9).map { 1e9 * Double($0) }),
                ("loss", (1...9).map { 3 - 0.1 * Double($0) }),
            ]),
            Laboratory.table([
                ("N", Array(repeating: 1e8, count: 9)), ("D", Array(repeating: 1e9, count: 9)),
                ("loss", (1...9).map { 3 - 0.1 * Double($0) }),
            ]),
            Laboratory.table([
                ("N", (1...9).map { 1e8 * Double($0) }), ("D", (1...9).map { 3e9 / Double($0) }),
                ("loss", Array(repeating: 2.5, count: 9)),
            ]),
        ]
        for table in tables {
            let fit = try Laboratory.fit(formula, table) {
                $0.loss = loss
                $0.residual = residual
            }
            expectSensible(fit)
            #expect(!fit.warnings.isEmpty)
        }
    }

    @Test(arguments: losses) func aConstantIsItsOwnFit(loss: Loss) throws {
        let fit = try Laboratory.fit("y ~ a*x", Laboratory.table([("x", [1, 1, 1, 1]), ("y", [2, 2, 2, 2])])) {
            $0.loss = loss
        }
        #expect(SecondOpinion.close(fit.coefficients[0], 2, 1e-12))
        #expect(fit.termination.reason == .exact)
        expectSensible(fit)
        let zero = try Laboratory.fit("y ~ a*x + b", Laboratory.table([("x", [1, 2, 3, 4]), ("y", [0, 0, 0, 0])])) {
            $0.loss = loss
        }
        expectSensible(zero)
        #expect(zero.objective == 0)
        #expect(zero.termination.isConverged)
    }

    @Test(arguments: losses) func missingAndInfiniteCellsAreLeftOut(loss: Loss) throws {
        let table = Laboratory.table([
            ("x", [1, 2, .nan, 4, 5, .infinity, -.infinity, 8]), ("y", [2.1, 3.9, 6, 8.2, .infinity, 12, 14, 15.9]),
        ])
        let fit = try Laboratory.fit("y ~ a + b*x", table) { $0.loss = loss }
        #expect(fit.observations == 4)
        #expect(fit.problem.omissions.reduce(0) { $0 + $1.count } == 4)
        expectSensible(fit)
    }

    @Test func aFormulaUndefinedOnSomeRowsIsAnErrorThatSaysWhatToDo() throws {
        let table = Laboratory.table([("x", [-1, 2, 3, 4]), ("y", [1, 2, 3, 4])])
        #expect(throws: FitError.self) { try Laboratory.fit("y ~ a + b*ln(x)", table) }
        let fit = try Laboratory.fit("y ~ a + b*ln(x)", table) { $0.condition = try Formula("x > 0") }
        #expect(fit.observations == 3)
    }

    @Test(arguments: losses, [Residual.raw, .log]) func hugeAndTinyUnitsGiveTheSameLaw(loss: Loss, residual: Residual)
        throws
    {
        let plain = Laboratory.chinchilla(rows: 60)
        func fit(_ units: [String: Double]) throws -> Fit {
            var table = plain
            for (name, unit) in units {
                table = table.adding(column: Column(name: name, numbers: try plain.numbers(name).map { $0 * unit }))
            }
            return try Laboratory.fit(formula, table) {
                $0.loss = loss
                $0.residual = residual
            }
        }
        let reference = try fit([:])
        for units in [["N": 1e-9, "D": 1e-9], ["N": 1e60], ["N": 1e-60, "D": 1e80]] {
            let other = try fit(units)
            expectSensible(other)
            for name in ["E", "alpha", "beta"] {
                #expect(
                    SecondOpinion.close(other.estimates[name] ?? 0, reference.estimates[name] ?? 1, 1e-6), "\(units)")
            }
        }
    }

    @Test func extremeResponsesAreFitted() throws {
        for unit in [1e-150, 1e-30, 1e30, 1e140] {
            let x = (1...20).map(Double.init)
            let table = Laboratory.table([("x", x), ("y", x.map { unit * (2 + 3 / $0 + 0.01 * sin($0)) })])
            let fit = try Laboratory.fit("y ~ a + b/x^c", table)
            expectSensible(fit)
            #expect(SecondOpinion.close(fit.coefficients[2], 1, 0.05), "\(unit): \(fit.coefficients)")
        }
    }

    @Test func fiftyParametersAreFitted() throws {
        var random = RandomSource(seed: 6)
        let rows = 400
        let names = (0..<49).map { "x\($0)" }
        let columns = names.map { ($0, (0..<rows).map { _ in random.uniform() }) }
        let y = (0..<rows).map { row in
            columns.enumerated().reduce(1.0) { $0 + Double($1.offset % 7) * $1.element.1[row] } + 0.1
                * random.uniform()
        }
        let sum = (0..<49).map { "p\($0)*x\($0)" }.joined(separator: " + ")
        let linear = try Laboratory.fit("y ~ q + " + sum, Laboratory.table(columns + [("y", y)])) { specification in
            specification.columns = [:]
        }
        #expect(linear.coefficients.count == 50)
        for k in 0..<49 { #expect(abs((linear.estimates["p\(k)"] ?? .nan) - Double(k % 7)) < 0.2) }
        let curved = (0..<25).map { "p\($0)*x\($0)^q\($0)" }.joined(separator: " + ")
        var fit: Fit?
        let took = try ContinuousClock().measure {
            fit = try Laboratory.fit("y ~ " + curved, Laboratory.table(columns + [("y", y)]), starts: 2)
        }
        expectSensible(try #require(fit))
        #expect(took < .seconds(60))
    }

    @Test func predictionsAndResidualsAddUp() throws {
        let table = Laboratory.chinchilla(rows: 30)
        let fit = try Laboratory.fit(formula, table)
        let observed = try table.numbers("loss")
        for ((y, f), r) in zip(zip(observed, fit.predictions()), fit.residuals()) { #expect(abs(y - f - r) < 1e-14) }
        #expect(SecondOpinion.close(fit.residuals().reduce(0) { $0 + $1 * $1 }, fit.objective, 1e-13))
        #expect(fit.estimates["alpha"] == fit.coefficients[2])
        #expect(fit.estimates["gamma"] == nil)
    }
}
