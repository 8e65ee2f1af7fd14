// Gradient and second derivatives of the objective against differences, in every combination.

import Fitting
import Formulas
import Foundation
import Tables
import Testing

struct ObjectiveTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let loss: Loss
        let residual: Residual
        let weighted: Bool
        let indexed: Bool
        let rows: Int
        var testDescription: String { "\(loss) \(residual) weights \(weighted) indexed \(indexed) \(rows) rows" }
    }

    static let cases: [Case] = [Loss.squared, .huber(0.05), .absolute, .quantile(0.7)].flatMap { loss in
        Residual.allCases.flatMap { residual in
            [false, true].flatMap { weighted in
                [false, true].flatMap { indexed in
                    [24, 513, 1_500].map {
                        Case(loss: loss, residual: residual, weighted: weighted, indexed: indexed, rows: $0)
                    }
                }
            }
        }
    }

    private func problem(_ test: Case) throws -> (problem: Problem, point: [Double]) {
        var random = RandomSource(seed: UInt64(test.rows))
        let x = (0..<test.rows).map { _ in 1 + 9 * random.uniform() }
        // Noise that stays clear of the corners and bends within the steps of the differences.
        let y = x.map { x in
            let side = random.uniform() < 0.5 ? -1.0 : 1.0
            let size = random.uniform() < 0.5 ? 0.03 : 0.09
            return test.residual.restored(test.residual.transformed(0.2 + 0.4 / x) + side * size)
        }
        let table = Table(
            name: "runs.csv",
            columns: [
                Column(name: "x", numbers: x), Column(name: "y", numbers: y),
                Column(name: "w", numbers: x.map { _ in 0.2 + random.uniform() }),
                Column(name: "group", labels: x.indices.map { "g\($0 % 3)" }),
            ])
        let formula = test.indexed ? "y ~ a[group] + b[group]/x^c" : "y ~ a + b/x^c"
        let problem = try Laboratory.problem(formula, table) {
            $0.loss = test.loss
            $0.residual = test.residual
            if test.weighted { $0.weights = try Formula("w") }
        }
        let point: [Double] = test.indexed ? [0.2, 0.2001, 0.1999, 0.4, 0.4001, 0.3999, 1] : [0.2, 0.4, 1]
        return (problem, point)
    }

    @Test(arguments: cases) func derivativesAgreeWithDifferences(test: Case) throws {
        let (problem, point) = try problem(test)
        let objective = Objective(problem)
        let evaluation = objective.evaluate(point)
        #expect(SecondOpinion.close(evaluation.value, objective.value(point), 1e-13))
        let (value, gradient) = objective.gradient(point)
        #expect(value == evaluation.value)
        #expect(gradient == evaluation.gradient)
        for k in point.indices {
            func moved(_ x: Double) -> [Double] {
                var moved = point
                moved[k] = x
                return moved
            }
            let step = 1e-3
            let slope = SecondOpinion.derivative(at: point[k], step: step) { objective.value(moved($0)) }
            let size = gradient.map(abs).max() ?? 0
            #expect(abs(gradient[k] - slope) <= 1e-7 * size, "∂ by \(problem.parameterNames[k])")
            for l in point.indices {
                let curve = SecondOpinion.derivative(at: point[k], step: step) {
                    objective.gradient(moved($0)).gradient[l]
                }
                let whole = (evaluation.hessian.elements.map(abs).max() ?? 0) + size
                #expect(abs(evaluation.hessian[k, l] - curve) <= 1e-7 * whole, "∂² by \(k) and \(l)")
                #expect(evaluation.hessian[k, l] == evaluation.hessian[l, k])
            }
        }
    }

    @Test func theCompanionIsConvexWhereTheHessianIsNot() throws {
        for test in Self.cases where test.rows == 24 {
            let (problem, point) = try problem(test)
            let companion = Objective(problem).evaluate(point.map { $0 * 1.3 }).companion
            let lowest = companion.unitDiagonal().eigenpairs().first?.value ?? 0
            #expect(lowest >= -1e-12, "\(test.testDescription)")
        }
    }

    @Test func residualsPredictionsAndSingleRowsAgree() throws {
        for test in Self.cases where test.rows == 513 {
            let (problem, point) = try problem(test)
            let objective = Objective(problem)
            let (residuals, predictions) = (objective.residuals(point), objective.predictions(point))
            for row in [0, 100, 511, 512] {
                #expect(objective.residual(point, row: row) == residuals[row])
                let y = test.residual.restored(problem.response[row])
                let expected =
                    SecondOpinion.scaled(test.residual, y) - SecondOpinion.scaled(test.residual, predictions[row])
                #expect(abs(residuals[row] - expected) < 1e-13)
                let gradient = objective.residualGradient(point, row: row)
                for k in point.indices {
                    let slope = SecondOpinion.derivative(at: point[k], step: 1e-2) { x in
                        var moved = point
                        moved[k] = x
                        return objective.residual(moved, row: row)
                    }
                    #expect(abs(gradient[k] - slope) < 1e-7 * max(1, abs(slope)))
                }
            }
        }
    }

    @Test func anUndefinedFormulaGivesNaNAndNoCrash() throws {
        let table = Laboratory.table([("x", [1, 2, 3]), ("y", [1, 2, 3])])
        let problem = try Laboratory.problem("y ~ ln(a - x) + b", table)
        #expect(Objective(problem).value([2.5, 0]).isNaN)
        #expect(Objective(problem).value([4, 0]).isFinite)
        let logarithm = try Laboratory.problem("y ~ a - x", table) { $0.residual = .log }
        #expect(!Objective(logarithm).value([2]).isFinite)
    }

    @Test func evaluationsAreCounted() throws {
        let objective = Objective(
            try Laboratory.problem("y ~ a*x", Laboratory.table([("x", [1, 2]), ("y", [1, 2])])))
        _ = objective.value([1])
        _ = objective.gradient([1])
        #expect(objective.evaluations == 2)
    }
}
