// Doubts have stable codes, and each comes exactly when it should.

import Fitting
import Formulas
import Foundation
import Tables
import Testing

struct JudgementTests {
    private let formula = "loss ~ E + A/N^alpha + B/D^beta"

    private func world(rows: Int = 60, noise: Double = 0.01, tokens: (Double, inout RandomSource) -> Double) -> Table
    {
        var random = RandomSource(seed: 21)
        let n = (0..<rows).map { _ in exp(16 + 6 * random.uniform()) }
        let d = n.map { tokens($0, &random) }
        let y = (0..<rows).map { k in
            (1.7 + 400 * pow(n[k], -0.34) + 400 * pow(d[k], -0.28)) * (1 + noise * (2 * random.uniform() - 1))
        }
        return Laboratory.table([("N", n), ("D", d), ("loss", y)])
    }

    private func codes(_ fit: Fit) -> [String] { fit.warnings.map(\.code) }

    @Test func aSoundFitRaisesNoDoubt() throws {
        let fit = try Laboratory.fit(formula, Laboratory.chinchilla(rows: 100)) { $0.residual = .log }
        #expect(fit.warnings.isEmpty, "\(fit.warnings)")
    }

    @Test func tokensInAFixedRatioToParametersAreCollinear() throws {
        let exact = try Laboratory.fit(formula, world { n, _ in 20 * n }) { $0.residual = .log }
        #expect(
            exact.warnings.contains {
                $0
                    == Warning(
                        code: "collinear-design",
                        message:
                            "N and D move together (correlation of logarithms 1.0000): their exponents cannot be told apart well",
                        hint: "add runs with another ratio of D to N")
            })
        let near = try Laboratory.fit(formula, world { n, random in 20 * n * (0.95 + 0.1 * random.uniform()) })
        #expect(codes(near).contains("collinear-design"))
        let apart = try Laboratory.fit(formula, world { n, random in 20 * n * exp(3 * random.uniform()) })
        #expect(!codes(apart).contains("collinear-design"))
    }

    @Test func parametersThatOnlyMoveTogetherAreNotIdentified() throws {
        let table = Laboratory.table([("x", [1, 2, 3, 4, 5]), ("y", [2.1, 3.9, 6.2, 7.8, 10.1])])
        let fit = try Laboratory.fit("y ~ a*b*x", table)
        #expect(codes(fit) == ["not-identified"])
        #expect(
            fit.warnings.first?.message
                == "the data cannot separate a, b: they can move together without changing the fit")
        #expect(
            fit.warnings.first?.hint.hasPrefix(
                "fix or tie one of them, or add runs that move one input without the others; no single run") == true)
        #expect(fit.standardErrors == nil)
        #expect(fit.termination.isConverged)
        let sum = try Laboratory.fit("y ~ (a + b)*x", table)
        #expect(codes(sum) == ["not-identified"])
        #expect(sum.termination.isConverged)
    }

    @Test func aParameterWithoutEffectIsNotIdentifiedAlone() throws {
        let x = (1...10).map(Double.init)
        let fit = try Laboratory.fit(
            "y ~ a*x + max(x - 20, 0)*b", Laboratory.table([("x", x), ("y", x.map { 2 * $0 + sin($0) })]))
        #expect(
            fit.warnings.contains {
                $0
                    == Warning(
                        code: "not-identified",
                        message: "the data say nothing of b: it can move without changing the fit",
                        hint: "fix it, or fit a formula without it")
            }, "\(fit.warnings)")
    }

    @Test func anErrorLargerThanItsValueIsWeakIdentification() throws {
        let fit = try Laboratory.fit(
            formula, world(rows: 30, noise: 0.05) { n, random in 20 * n * (0.9 + 0.2 * random.uniform()) })
        let warning = try #require(fit.warnings.first { $0.code == "weakly-identified" }, "\(fit.warnings)")
        #expect(warning.message.hasPrefix("the standard error of "))
        #expect(warning.message.contains("; parameters trade along "))
        #expect(warning.message.contains(" %"))
        #expect(
            warning.hint.hasPrefix("do not read these parameters one by one; predictions may still be sharp; "))
        #expect(warning.hint.contains("would part them"))
    }

    @Test func fewerPointsThanParametersAndAsManyAreTold() throws {
        let rows = (0..<5).map { Laboratory.chinchilla(rows: 20).rows(at: Array(0...$0)) }
        for (k, table) in rows.enumerated() {
            let fit = try Laboratory.fit(formula, table) { $0.residual = .log }
            if k < 4 {
                #expect(
                    fit.warnings.contains {
                        $0
                            == Warning(
                                code: "fewer-points-than-parameters",
                                message:
                                    "\(k + 1) observation\(k == 0 ? "" : "s") for 5 parameters: many parameter values fit equally well",
                                hint: "add runs, or fix or tie parameters")
                    }, "\(fit.warnings)")
            } else {
                #expect(
                    fit.warnings.contains {
                        $0
                            == Warning(
                                code: "no-degrees-of-freedom",
                                message:
                                    "as many observations as parameters: the fit passes through them and says nothing of its error",
                                hint: "add runs, or fix or tie parameters")
                    })
            }
            #expect(fit.standardErrors == nil)
            #expect(fit.noise.isNaN)
            #expect(fit.degreesOfFreedom == 0)
        }
    }

    @Test func parametersThatAreHeldDoNotCount() throws {
        let table = Table(
            name: "runs.csv",
            columns: [
                Column(name: "y", numbers: [1, 2, 3]), Column(name: "x", numbers: [1, 2, 2.5]),
                Column(name: "g", labels: ["a", "b", "a"]),
            ])
        let fit = try Laboratory.fit("y ~ E[g] + b*x", table) { $0.fixed = ["E[a]": 0.1] }
        #expect(!codes(fit).contains("no-degrees-of-freedom"))
        #expect(fit.degreesOfFreedom == 1)
        #expect(fit.standardErrors?[0] == 0)
    }

    @Test func aFitWithoutMinimumSaysThatItDidNotConverge() throws {
        // The best exponential through a straight line with a floor bends ever less: its optimum lies at infinity.
        let x = (0..<20).map(Double.init)
        let fit = try Laboratory.fit(
            "y ~ a + b*exp(c*x)", Laboratory.table([("x", x), ("y", x.map { 1 + 0.1 * $0 + ($0 == 9 ? 0.3 : 0) })])
        ) {
            $0.bounds = ["b": Bound(lower: 0), "c": Bound(lower: 0)]
        }
        if !fit.termination.isConverged {
            let warning = try #require(fit.warnings.first)
            #expect(warning.code == "not-converged")
            #expect(warning.message == "the fit did not converge: \(fit.termination.statement)")
            #expect(warning.hint == "give bounds or more starts, or a formula with fewer parameters")
        } else {
            #expect(!fit.warnings.isEmpty)
        }
    }

    @Test func everyCodeIsStable() throws {
        let known: Set = [
            "at-bound", "captured-name", "collinear-design", "fewer-points-than-parameters", "near-equal-minima",
            "no-degrees-of-freedom", "not-converged", "not-identified", "term-vanished", "weakly-identified",
        ]
        for rows in [1, 2, 3, 6, 12] {
            for loss in [Loss.squared, .huber(1e-3), .absolute] {
                let fit = try Laboratory.fit(formula, Laboratory.chinchilla(rows: rows, noise: 0.2)) {
                    $0.loss = loss
                }
                #expect(known.isSuperset(of: codes(fit)))
                #expect(Set(fit.warnings).count == fit.warnings.count)
            }
        }
    }
}
