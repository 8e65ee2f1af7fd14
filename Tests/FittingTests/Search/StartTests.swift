// What became of the starts: counted, named by what was lost, and given ones used alone.

import Fitting
import Formulas
import Foundation
import Tables
import Testing

struct StartTests {
    private let formula = "loss ~ E + A/N^alpha + B/D^beta"

    @Test func everyStartIsAccountedFor() throws {
        let table = Laboratory.chinchilla(rows: 100, noise: 0.05)
        let automatic = try Laboratory.fit(formula, table) { $0.residual = .log }
        #expect(automatic.starts.first?.end == "best optimum")
        #expect(automatic.starts.first?.objective == automatic.objective)
        for starts in [1, 5, 40] {
            let fit = try Laboratory.fit(formula, table, starts: starts) { $0.residual = .log }
            let perturbed = 1
            #expect(fit.starts.reduce(0) { $0 + $1.count } <= starts + perturbed)
            #expect(fit.starts.reduce(0) { $0 + $1.count } >= min(starts, 5))
            #expect(SecondOpinion.close(fit.objective, automatic.objective, 1e-9))
        }
        let none = try Laboratory.fit(formula, table, starts: 0) { $0.residual = .log }
        #expect(none.objective.isFinite)
    }

    @Test func aGivenStartIsUsedAlone() throws {
        let table = Laboratory.chinchilla(rows: 50)
        let fit = try Laboratory.fit(formula, table) {
            $0.starts = ["E": 1.5, "A": 300, "alpha": 0.3, "B": 300, "beta": 0.3]
        }
        #expect(fit.starts.map(\.end) == ["best optimum"] && fit.starts.map(\.count) == [1])
        #expect(fit.starts.map(\.objective) == [fit.objective])
        #expect(fit.alternatives.isEmpty)
    }

    @Test func namesLeftOutAreAutomatic() throws {
        let table = Laboratory.chinchilla(rows: 50)
        let automatic = try Laboratory.fit(formula, table)
        for starts in [["alpha": 0.3, "beta": 0.3], ["alpha": 0.2], ["E": 1], ["A": 1000, "beta": 0.5]] {
            let fit = try Laboratory.fit(formula, table) { $0.starts = starts }
            #expect(SecondOpinion.close(fit.objective, automatic.objective, 1e-9), "\(starts)")
            #expect(fit.starts.map(\.count) == [1])
        }
    }

    /// Two frequencies explain the data nearly as well as each other: the start decides between them.
    @Test func aGivenStartChoosesItsOwnMinimum() throws {
        let x = (0..<60).map { Double($0) / 10 }
        let table = Laboratory.table([("x", x), ("y", x.map { sin(2 * $0) + 0.9 * sin(5 * $0) })])
        let fit = try Laboratory.fit("y ~ a*sin(w*x)", table) { $0.starts = ["w": 1.9] }
        #expect(SecondOpinion.close(fit.estimates["w"] ?? 0, 2, 0.05))
        let other = try Laboratory.fit("y ~ a*sin(w*x)", table) { $0.starts = ["w": 5, "a": 0.9] }
        #expect(SecondOpinion.close(other.estimates["w"] ?? 0, 5, 0.05))
        #expect(other.objective > fit.objective)
    }

    /// Nothing depends on D here.
    @Test func whatWasLostIsNamed() throws {
        var random = RandomSource(seed: 2)
        let n = (0..<40).map { _ in exp(14 + 8 * random.uniform()) }
        let d = (0..<40).map { _ in exp(20 + 4 * random.uniform()) }
        let y = n.map { (1.5 + 300 * pow($0, -0.35)) * exp(0.01 * SecondOpinion.normal(&random)) }
        let fit = try Laboratory.fit(formula, Laboratory.table([("N", n), ("D", d), ("loss", y)])) {
            $0.loss = .huber(1e-3)
            $0.residual = .log
            for name in ["E", "A", "B"] { $0.bounds[name] = Bound(lower: 0) }
        }
        let vanished = fit.starts.contains { $0.end == "the term in D vanished" }
        let warned = fit.warnings.contains {
            $0
                == Warning(
                    code: "term-vanished", message: "the term in D adds nothing at any row",
                    hint: "the data do not show this term; fit a formula without it")
        }
        #expect(vanished || warned, "\(fit.starts) \(fit.warnings.map(\.code)) \(fit.coefficients)")
    }

    @Test func nearlyEqualMinimaAreListed() throws {
        // Two bumps of nearly one height: fitting one leaves the other, at nearly the same cost.
        func bump(_ x: Double) -> Double { exp(-x * x) }
        let x = (0..<200).map { Double($0) / 10 }
        let table = Laboratory.table([("x", x), ("y", x.map { bump($0 - 5) + 0.999 * bump($0 - 14) })])
        let fit = try Laboratory.fit("y ~ a*exp(-(x - m)^2)", table, starts: 40)
        let alternative = try #require(fit.alternatives.first)
        #expect(alternative.objective > fit.objective && alternative.objective <= fit.objective * 1.01)
        let warning = try #require(fit.warnings.first { $0.code == "near-equal-minima" })
        #expect(
            warning.message == "1 other minimum is within 1 % of the best objective "
                + "\(Numeral.significant(fit.objective, digits: 6)): \(Numeral.significant(alternative.objective, digits: 6))"
        )
        #expect(warning.hint == "the data hardly choose between them; compare their predictions")
        #expect(fit.starts.contains { $0.end == "another optimum" })
    }

    @Test func termsThatOnlyChangedPlacesAreOneOptimum() throws {
        let x = (1...60).map(Double.init)
        let table = Laboratory.table([
            ("x", x), ("y", x.map { 3 * exp(-0.05 * $0) + 2 * exp(-0.4 * $0) + 0.01 * sin(9 * $0) }),
        ])
        let fit = try Laboratory.fit("y ~ a*exp(-b*x) + c*exp(-d*x)", table, starts: 30)
        #expect(fit.starts.count { $0.end == "best optimum" } == 1)
        #expect((fit.starts.first { $0.end == "best optimum" }?.count ?? 0) > 5)
        #expect(fit.alternatives.isEmpty)
        #expect(!fit.warnings.contains { $0.code == "near-equal-minima" })
    }

    @Test func exactFitsAreOneOptimumThoughRoundingDiffers() throws {
        let x = (1...30).map(Double.init)
        let fit = try Laboratory.fit(
            "y ~ a + b/x^c", Laboratory.table([("x", x), ("y", x.map { 2 + 3 * pow($0, -0.7) })]), starts: 12)
        #expect(fit.termination.reason == .exact)
        #expect(fit.starts.count { $0.end == "best optimum" } == 1)
        #expect(!fit.starts.contains { $0.end == "another optimum" })
    }

    @Test func theSeedIsKeptAndMovesOnlyThePerturbations() throws {
        let problem = try Laboratory.problem(formula, Laboratory.chinchilla(rows: 50))
        let (one, two) = (try Fit(problem, seed: 1), try Fit(problem, seed: 99))
        #expect(one.seed == 1 && two.seed == 99)
        #expect(SecondOpinion.close(one.objective, two.objective, 1e-10))
    }
}
