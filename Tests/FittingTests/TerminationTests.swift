// Every stop is an inequality with both of its numbers.

import Fitting
import Formulas
import Testing

struct TerminationTests {
    private let table = Laboratory.table([("x", [1, 2, 3, 4]), ("y", [1, 3, 2, 5])])

    @Test func aConvergedFitStatesItsPromise() throws {
        let fit = try Laboratory.fit("y ~ a + b*x", table)
        #expect(fit.termination.reason == .converged)
        #expect(fit.termination.value <= fit.termination.limit)
        let statement = fit.termination.statement
        #expect(statement.hasPrefix("a Newton step promises to lower the objective by "))
        #expect(statement.hasSuffix(" ≤ \(Numeral.scientific(fit.termination.limit, digits: 3))"))
    }

    @Test func anExactFitSaysThatItPassesThroughEveryPoint() throws {
        let fit = try Laboratory.fit("y ~ a + b*x", Laboratory.table([("x", [1, 2, 4]), ("y", [3, 5, 9])]))
        #expect(fit.termination.reason == .exact)
        let (value, limit) = (fit.termination.value, fit.termination.limit)
        #expect(value <= limit)
        #expect(
            fit.termination.statement
                == "objective \(Numeral.scientific(value, digits: 3)) ≤ \(Numeral.scientific(limit, digits: 3)): "
                + "the formula passes through every point")
    }

    @Test func aCornerStatesItsLargestMultiplier() throws {
        let fit = try Laboratory.fit("y ~ a*x", Laboratory.table([("x", [1, 2, 4]), ("y", [1, 3, 5])])) {
            $0.loss = .absolute
        }
        // y/x is 1, 1.5 and 1.25 with weights 1, 2, 4: the weighted median is 1.25, and 1 − 2 + 4λ = 0.
        #expect(fit.coefficients[0] == 1.25)
        #expect(fit.termination.statement == "largest multiplier of a point passed through 2.50e-1 ≤ 1.00e0")
    }

    @Test func aStopWithoutCertificateSaysSo() {
        func statement(_ reason: Termination.Reason, _ value: Double) -> String {
            Termination(reason: reason, value: value, limit: 1e-12, iterations: 300).statement
        }
        #expect(
            statement(.stalled, 0.5)
                == "no step decreases the objective; a Newton step promises to lower it by 5.00e-1 > 1.00e-12")
        #expect(
            statement(.stalled, .infinity) == "no step decreases the objective, and nothing certifies a minimum")
        #expect(
            statement(.iterationLimit, 0.5)
                == "300 iterations; a Newton step promises to lower it by 5.00e-1 > 1.00e-12")
        #expect(statement(.iterationLimit, .infinity) == "300 iterations, and no minimum in sight")
    }

    @Test(arguments: [
        (Termination.Reason.converged, true), (.exact, true), (.corner, true), (.stalled, false),
        (.iterationLimit, false),
    ]) func onlyACertifiedStopIsConverged(reason: Termination.Reason, converged: Bool) {
        #expect(Termination(reason: reason, value: 0, limit: 1, iterations: 1).isConverged == converged)
    }
}
