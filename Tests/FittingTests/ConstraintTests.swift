// Bounds hold, fixed parameters stay, tied parameters follow.

import Fitting
import Formulas
import Foundation
import Testing

struct ConstraintTests {
    private let table = Laboratory.chinchilla(rows: 80)
    private let formula = "loss ~ E + A/N^alpha + B/D^beta"

    private func adjusted(_ loss: Loss, _ bounds: [String: Bound]) throws -> Fit {
        try Laboratory.fit(formula, table) {
            $0.loss = loss
            $0.residual = .log
            $0.bounds = bounds
        }
    }

    /// The bounded optimum lies on the bound, so it equals the fit with the parameter fixed there.
    @Test(
        arguments: [Loss.squared, .huber(1e-3), .absolute],
        [
            ["alpha": Bound(upper: 0.3)], ["alpha": Bound(lower: 0.4)], ["E": Bound(lower: 1.8, upper: 1.9)],
            ["E": Bound(lower: 0, upper: 1.2)], ["beta": Bound(lower: 0.1, upper: 0.2)],
        ]) func aBoundThatHoldsEqualsAFixedParameter(loss: Loss, bounds: [String: Bound]) throws
    {
        let fit = try adjusted(loss, bounds)
        let (name, bound) = try #require(bounds.first)
        let value = try #require(fit.estimates[name])
        #expect(value == bound.lower || value == bound.upper, "\(name) = \(value)")
        #expect(fit.termination.isConverged, "\(fit.termination.statement)")
        let fixed = try Laboratory.fit(formula, table) {
            $0.loss = loss
            $0.residual = .log
            $0.fixed = [name: value]
        }
        #expect(SecondOpinion.close(fit.objective, fixed.objective, 1e-10))
        let k = try #require(fit.problem.parameterNames.firstIndex(of: name))
        #expect(fit.standardErrors?[k] == 0)
        #expect(fit.degreesOfFreedom == 80 - 4)
        #expect(fit.warnings.contains { $0.code == "at-bound" })
    }

    @Test func aBoundThatDoesNotHoldChangesNothing() throws {
        let free = try adjusted(.huber(1e-3), [:])
        let wide = try adjusted(
            .huber(1e-3), ["alpha": Bound(lower: 0.01, upper: 3), "E": Bound(lower: 0), "A": Bound(lower: 0)])
        #expect(SecondOpinion.close(free.objective, wide.objective, 1e-12))
        for (a, b) in zip(free.coefficients, wide.coefficients) { #expect(SecondOpinion.close(a, b, 1e-6)) }
        #expect(!wide.warnings.contains { $0.code == "at-bound" })
    }

    @Test func aTermThatTheDataDenyEndsAtItsBoundOfZero() throws {
        var random = RandomSource(seed: 4)
        let x = (0..<40).map { _ in 1 + 9 * random.uniform() }
        let y = x.map { 3 - 0.2 * $0 + 0.01 * random.uniform() }
        for loss in [Loss.squared, .huber(0.01), .absolute, .quantile(0.4)] {
            let fit = try Laboratory.fit("y ~ a + b*x", Laboratory.table([("x", x), ("y", y)])) {
                $0.loss = loss
                $0.bounds = ["b": Bound(lower: 0)]
            }
            #expect(fit.estimates["b"] == 0)
            #expect(fit.termination.isConverged, "\(loss): \(fit.termination.statement)")
            #expect(
                fit.warnings.contains {
                    $0
                        == Warning(
                            code: "at-bound", message: "b = 0 is at its bound 0..",
                            hint: "its interval is one-sided; the others are computed as if it were fixed there")
                })
        }
    }

    @Test(arguments: [Loss.squared, .huber(1e-3), .quantile(0.6)]) func aTieEqualsTheFormulaWrittenOut(loss: Loss)
        throws
    {
        func fit(_ formula: String, _ adjust: (inout Specification) throws -> Void = { _ in }) throws -> Fit {
            try Laboratory.fit(formula, table) {
                $0.loss = loss
                $0.residual = .log
                try adjust(&$0)
            }
        }
        let plain = try fit(formula) { $0.ties = ["beta": try Formula("alpha")] }
        let written = try fit("loss ~ E + A/N^alpha + B/D^alpha")
        #expect(plain.problem.parameterNames == ["E", "A", "alpha", "B"])
        #expect(SecondOpinion.close(plain.objective, written.objective, 1e-12))
        let expression = try fit(formula) {
            $0.ties = ["beta": try Formula("alpha/2 + 0.1"), "B": try Formula("A^0.9")]
        }
        let long = try fit("loss ~ E + A/N^alpha + A^0.9/D^(alpha/2 + 0.1)")
        #expect(expression.problem.parameterNames == ["E", "A", "alpha"])
        #expect(SecondOpinion.close(expression.objective, long.objective, 1e-10))
    }

    @Test func aChainOfTiesIsFollowed() throws {
        let chained = try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table) {
            $0.ties = ["B": try Formula("2*A"), "A": try Formula("exp(10*alpha)*100")]
        }
        let written = try Laboratory.fit("loss ~ E + exp(10*alpha)*100/N^alpha + 2*exp(10*alpha)*100/D^beta", table)
        #expect(chained.problem.parameterNames == ["E", "alpha", "beta"])
        #expect(SecondOpinion.close(chained.objective, written.objective, 1e-10))
    }

    @Test func fixedEqualsTheNumberWrittenOut() throws {
        let fixed = try Laboratory.fit(formula, table) { $0.fixed = ["alpha": 0.34, "E": 1.7] }
        let written = try Laboratory.fit("loss ~ 1.7 + A/N^0.34 + B/D^beta", table)
        #expect(fixed.problem.parameterNames == ["A", "B", "beta"])
        #expect(fixed.objective == written.objective)
        #expect(fixed.coefficients == written.coefficients)
    }

    @Test func aStartOnABoundOrAtZeroIsNoTrap() throws {
        let free = try Laboratory.fit(formula, table) {
            $0.bounds = ["alpha": Bound(lower: 0, upper: 2), "E": Bound(lower: 0)]
        }
        for start in [["alpha": 0.0], ["alpha": 2], ["E": 0], ["E": 0, "A": 0, "B": 0, "alpha": 0.5, "beta": 0.5]] {
            let fit = try Laboratory.fit(formula, table) {
                $0.bounds = ["alpha": Bound(lower: 0, upper: 2), "E": Bound(lower: 0)]
                $0.starts = start
            }
            #expect(fit.objective <= free.objective * (1 + 1e-9), "\(start)")
            #expect(fit.termination.isConverged)
        }
    }

    /// A logarithmic scale stops at 1e-20 or so; the fit says that the bound holds all the same.
    @Test(arguments: [Loss.squared, .huber(1e-3), .absolute]) func aFactorThatTheDataDenyIsExactlyZero(loss: Loss)
        throws
    {
        var random = RandomSource(seed: 14)
        let z = (0..<50).map { _ in exp(3 * random.uniform()) }
        let y = z.map { 0.4 * exp(-0.05 * $0) * (1 + 0.02 * random.uniform()) - 0.01 }
        let fit = try Laboratory.fit("y ~ a*exp(-b*z) + c", Laboratory.table([("z", z), ("y", y)])) {
            $0.loss = loss
            $0.residual = .log
            $0.bounds = ["a": Bound(lower: 0), "c": Bound(lower: 0)]
        }
        #expect(fit.estimates["c"] == 0)
        #expect(fit.termination.isConverged, "\(fit.termination.statement)")
        #expect(fit.warnings.contains { $0.code == "at-bound" })
        #expect(fit.degreesOfFreedom == 48)
    }
}
