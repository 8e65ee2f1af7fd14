// Losses as text, and each against its sum written out.

import Fitting
import Formulas
import Foundation
import Testing

struct LossTests {
    @Test(arguments: [
        ("squared", Loss.squared), ("absolute", .absolute), ("huber:1e-3", .huber(1e-3)), ("huber:2", .huber(2)),
        ("quantile:0.9", .quantile(0.9)),
    ]) func aLossIsReadFromItsText(text: String, loss: Loss) throws {
        #expect(try Loss(text) == loss)
        #expect(try Loss(loss.description) == loss)
    }

    @Test(arguments: [
        ("huber", "huber needs a threshold above zero: huber:1e-3"),
        ("huber:0", "huber needs a threshold above zero: huber:1e-3"),
        ("huber:-1", "huber needs a threshold above zero: huber:1e-3"),
        ("huber:1e999", "huber needs a threshold above zero: huber:1e-3"),
        ("quantile:1", "quantile needs a number between 0 and 1: quantile:0.9"),
        ("quantile:0", "quantile needs a number between 0 and 1: quantile:0.9"),
        ("quantile", "quantile needs a number between 0 and 1: quantile:0.9"),
        ("squared:1", "a loss is squared, huber:δ, absolute or quantile:q"),
        ("square", "a loss is squared, huber:δ, absolute or quantile:q"),
        ("", "a loss is squared, huber:δ, absolute or quantile:q"),
    ]) func otherTextIsRefusedWithWhatALossIs(text: String, reason: String) throws {
        let error = #expect(throws: FitError.self) { try Loss(text) }
        #expect(error?.description == "--loss: '\(text)' cannot be used\n  help: \(reason)")
    }

    static let losses: [Loss] = [.squared, .huber(0.02), .absolute, .quantile(0.8)]

    /// Every loss on every scale, from 1 to 1,500 rows, weighted and not.
    @Test(arguments: losses, Residual.allCases) func theObjectiveIsItsSumWrittenOut(loss: Loss, residual: Residual)
        throws
    {
        var random = RandomSource(seed: 11)
        for count in [1, 7, 512, 513, 1_500] {
            let x = (0..<count).map { _ in 1 + 9 * random.uniform() }
            let y = x.map { 0.2 + 0.5 / $0 + 0.1 * random.uniform() }
            let w = x.map { _ in 0.5 + random.uniform() }
            let table = Laboratory.table([("x", x), ("y", y), ("w", w)])
            for weighted in [false, true] {
                let problem = try Laboratory.problem("y ~ a + b/x^c", table) {
                    $0.loss = loss
                    $0.residual = residual
                    if weighted { $0.weights = try Formula("w") }
                }
                let (a, b, c) = (0.21, 0.47, 1.1)
                let expected = SecondOpinion.objective(
                    loss, residual, y, x.map { a + b / pow($0, c) }, weighted ? w : nil)
                let objective = Objective(problem)
                #expect(SecondOpinion.close(objective.value([a, b, c]), expected, 1e-12))
                #expect(SecondOpinion.close(objective.gradient([a, b, c]).value, expected, 1e-12))
            }
        }
    }

    /// A law with one corner and one bend, each loss on each scale: no simplex finds a lower place.
    @Test(arguments: losses, Residual.allCases) func noSimplexFindsALowerPlace(loss: Loss, residual: Residual) throws
    {
        for seed in 1...6 {
            var random = RandomSource(seed: UInt64(seed))
            let x = (0..<40).map { _ in exp(6 * random.uniform()) }
            let y = x.map { (0.1 + 0.6 * pow($0, -0.4)) * (1 + 0.05 * SecondOpinion.normal(&random) / 3) }
            let fit = try Laboratory.fit("y ~ a + b/x^c", Laboratory.table([("x", x), ("y", y)])) {
                $0.loss = loss
                $0.residual = residual
            }
            #expect(fit.termination.isConverged, "\(fit.termination.statement)")
            let best = SecondOpinion.simplexMinimum(from: [0.1, 0.6, 0.4]) { point in
                SecondOpinion.objective(loss, residual, y, x.map { point[0] + point[1] * pow($0, -point[2]) })
            }
            #expect(fit.objective <= best.value * (1 + 1e-9))
            #expect(fit.objective >= best.value * (1 - 1e-3), "the simplex came close")
        }
    }
}
