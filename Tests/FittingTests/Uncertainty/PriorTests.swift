// Priors: what is typed, and the fits that they give, against closed forms.

import Formulas
import Tables
import Testing

@testable import Fitting

@Suite("Priors")
struct PriorTests {
    @Test(
        "A prior is read as it is printed",
        arguments: [
            "alpha ~ normal(0.35, 0.1)", "A ~ lognormal(6, 0.5)", "E[C4] ~ student(1.7, 0.1, 4)",
            "beta / alpha ~ uniform(0.5, 2)",
        ])
    func text(text: String) throws {
        #expect("\(try Prior(text))" == text)
    }

    @Test(
        "What is no prior says why",
        arguments: [
            ("alpha", "no '~'"), ("alpha ~ 3", "no distribution"), ("alpha ~ norml(1, 2)", "did you mean 'normal'"),
            ("alpha ~ normal(1)", "takes 2 numbers"), ("alpha ~ normal(1, x)", "'x' is no number"),
            ("alpha ~ normal(1, 0)", "not above zero"), ("alpha ~ uniform(2, 1)", "not below"),
            ("alpha ~ student(0, 1, 0)", "degrees of freedom"),
        ])
    func refusals(text: String, reason: String) {
        let error = #expect(throws: FitError.self) { try Prior(text) }
        #expect(error.map { "\($0)" }?.contains(reason) == true)
    }

    @Test("A normal prior of a mean is one more observation with its own precision")
    func conjugate() throws {
        let y = [1.0, 1.4, 0.8, 1.1, 1.3, 0.9]
        let table = Laboratory.table([("y", y)])
        let fit = try Laboratory.fit("y ~ mu + 0*y", table) { $0.priors = [try Prior("mu ~ normal(2, 0.1)")] }
        let mu = fit.coefficients[0]
        // At the end s² = S/(n − γ), γ = n/s² / (n/s² + 1/0.1²), and the mean weighs both.
        let squares = y.reduce(0) { $0 + ($1 - mu) * ($1 - mu) }
        let data = 6 / (fit.noise * fit.noise)
        #expect((fit.degreesOfFreedom - (6 - data / (data + 100))).magnitude < 1e-6)
        #expect((fit.noise * fit.noise - squares / fit.degreesOfFreedom).magnitude < 1e-8)
        let mean = y.reduce(0, +) / 6
        #expect((mu - (data * mean + 100 * 2) / (data + 100)).magnitude < 1e-7)
        let error = try #require(fit.standardErrors)[0]
        #expect((error - (1 / (data + 100)).squareRoot()).magnitude < 1e-7)
        #expect(fit.priorCost > 0 && fit.priorCost < fit.objective)
    }

    @Test("A sharp prior holds the parameter, a wide one changes nothing")
    func limits() throws {
        let table = Laboratory.chinchilla(rows: 40)
        let formula = "loss ~ E + A/N^alpha + B/D^beta"
        let free = try Laboratory.fit(formula, table)
        let sharp = try Laboratory.fit(formula, table) { $0.priors = [try Prior("alpha ~ normal(0.5, 1e-6)")] }
        #expect(((sharp.estimates["alpha"] ?? 0) - 0.5).magnitude < 1e-4)
        #expect((sharp.degreesOfFreedom - 36).magnitude < 1e-3)
        let wide = try Laboratory.fit(formula, table) { $0.priors = [try Prior("alpha ~ normal(0.5, 1e4)")] }
        for (a, b) in zip(free.coefficients, wide.coefficients) { #expect((a / b - 1).magnitude < 1e-5) }
    }

    @Test("A log-normal prior is a normal one of the logarithm")
    func logNormal() throws {
        let table = Laboratory.chinchilla(rows: 30)
        let a = try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table) {
            $0.priors = [try Prior("A ~ lognormal(5, 0.2)")]
        }
        let b = try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table) {
            $0.priors = [try Prior("ln(A) ~ normal(5, 0.2)")]
        }
        #expect((a.objective / b.objective - 1).magnitude < 1e-10)
    }

    @Test("A uniform prior is a bound")
    func uniform() throws {
        let table = Laboratory.chinchilla(rows: 30)
        let fit = try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table) {
            $0.priors = [try Prior("alpha ~ uniform(0.1, 0.2)")]
        }
        #expect(fit.problem.parameters.contains { $0.name == "alpha" && $0.bound == Bound(lower: 0.1, upper: 0.2) })
        #expect(fit.warnings.contains { $0.code == "at-bound" })
    }

    @Test("With priors, fewer runs than parameters still give a finite answer with an interval")
    func fewRuns() throws {
        let table = Laboratory.chinchilla(rows: 3, noise: 0.01)
        let fit = try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table) {
            $0.priors = try [
                "alpha ~ normal(0.34, 0.02)", "beta ~ normal(0.28, 0.02)", "E ~ normal(1.7, 0.1)",
                "A ~ lognormal(6, 0.3)", "B ~ lognormal(6, 0.3)",
            ].map { try Prior($0) }
        }
        #expect(fit.termination.isConverged)
        #expect(fit.degreesOfFreedom > 0)
        let errors = try #require(fit.standardErrors)
        #expect(errors.allSatisfy { $0 > 0 && $0.isFinite })
        #expect(errors[fit.problem.parameterNames.firstIndex(of: "alpha") ?? 0] < 0.0201)
    }

    @Test("A prior of an unknown parameter is an error")
    func unknown() throws {
        let error = #expect(throws: FitError.self) {
            try Laboratory.fit("y ~ a + b*x", ProfileTests.line()) { $0.priors = [try Prior("c ~ normal(0, 1)")] }
        }
        #expect(error.map { "\($0)" }?.contains("--prior") == true)
    }
}
