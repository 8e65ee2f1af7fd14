// Profiles against closed forms, and against refits with the parameter held.

import Formulas
import Tables
import Testing

@testable import Fitting

@Suite("Profile likelihood")
struct ProfileTests {
    static func line() -> Table {
        let x = [1.0, 2, 3, 4, 5, 6, 7, 8]
        return Laboratory.table([("x", x), ("y", [2.1, 3.9, 6.2, 7.8, 10.1, 12.2, 13.8, 16.1])])
    }

    static func ends(_ interval: ConfidenceInterval) throws -> (Double, Double) {
        guard case .at(let low) = interval.lower, case .at(let high) = interval.upper else {
            throw OpenEnd(interval: interval)
        }
        return (low, high)
    }

    struct OpenEnd: Error { let interval: ConfidenceInterval }

    @Test("A linear model's profile is Student's interval", arguments: [0.5, 0.9, 0.99])
    func linear(level: Double) throws {
        let fit = try Laboratory.fit("y ~ a + b*x", Self.line())
        let profile = ProfileLikelihood(fit)
        for name in ["a", "b"] {
            let estimand = try Estimand(parameter: name, of: fit.problem)
            let (low, high) = try Self.ends(profile.profile(estimand, level: level).interval)
            let (deltaLow, deltaHigh) = try Self.ends(
                #require(DeltaMethod(fit).interval(estimand, level: level)))
            #expect((low - deltaLow).magnitude < 1e-5 * (high - low))
            #expect((high - deltaHigh).magnitude < 1e-5 * (high - low))
        }
    }

    @Test(
        "Held at an end of its interval, a parameter costs what the quantile of F says",
        arguments: ["squared", "huber:0.02"])
    func ends(loss: String) throws {
        let table = Laboratory.chinchilla(rows: 60, noise: 0.01)
        func fit(_ adjust: (inout Specification) -> Void = { _ in }) throws -> Fit {
            try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table) {
                $0.loss = try Loss(loss)
                $0.residual = .log
                adjust(&$0)
            }
        }
        let free = try fit()
        let quantile = StudentT(degreesOfFreedom: free.degreesOfFreedom).quantile(0.95)
        for name in free.problem.parameterNames {
            let estimand = try Estimand(parameter: name, of: free.problem)
            let profile = ProfileLikelihood(free).profile(estimand, level: 0.9)
            let (low, high) = try Self.ends(profile.interval)
            #expect(profile.isIdentified && profile.isComplete)
            let costs = try [low, high].map { end in try fit { $0.fixed[name] = end }.objective - free.objective }
            #expect((costs[0] / costs[1] - 1).magnitude < 1e-4)
            if loss == "squared" {
                let dispersion = 2 * free.objective / free.degreesOfFreedom
                #expect((2 * costs[0] / dispersion / (quantile * quantile) - 1).magnitude < 1e-4)
            }
            for point in profile.curve where point.root != 0 {
                let held = try fit { $0.fixed[name] = point.value }
                #expect(point.objective <= held.objective * (1 + 1e-7))
            }
        }
    }

    @Test("A derived quantity has the interval of the parameter that it is when the law is written in it")
    func reparametrised() throws {
        let table = Laboratory.chinchilla(rows: 40, noise: 0.01)
        let first = try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table)
        let second = try Laboratory.fit("loss ~ E + A/N^(s*(1-a)) + B/D^(s*a)", table) {
            $0.bounds["a"] = Bound(lower: 0, upper: 1)
        }
        let derived = try Estimand(Formula("beta/(alpha+beta)"), of: first.problem)
        let own = try Estimand(parameter: "a", of: second.problem)
        let (low, high) = try Self.ends(ProfileLikelihood(first).profile(derived, level: 0.9).interval)
        let (ownLow, ownHigh) = try Self.ends(ProfileLikelihood(second).profile(own, level: 0.9).interval)
        #expect((low - ownLow).magnitude < 1e-4 * (high - low))
        #expect((high - ownHigh).magnitude < 1e-4 * (high - low))
    }

    @Test("The interval of the law at a point is that of its floor when the law is written around the point")
    func prediction() throws {
        let table = Laboratory.chinchilla(rows: 40, noise: 0.01)
        let first = try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table)
        let second = try Laboratory.fit(
            "loss ~ L + A*(N^-alpha - 1e12^-alpha) + B*(D^-beta - 1e13^-beta)", table)
        let point = try Estimand(predictionAt: ["N": 1e12, "D": 1e13], of: first.problem)
        #expect(point.name == "loss at N = 1T, D = 10T")
        let (low, high) = try Self.ends(ProfileLikelihood(first).profile(point, level: 0.9).interval)
        let floor = try Estimand(parameter: "L", of: second.problem)
        let (ownLow, ownHigh) = try Self.ends(ProfileLikelihood(second).profile(floor, level: 0.9).interval)
        #expect((low - ownLow).magnitude < 1e-4 * (high - low))
        #expect((high - ownHigh).magnitude < 1e-4 * (high - low))
    }

    @Test("A term that the data hardly show leaves its exponent open")
    func open() throws {
        let x = (1...12).map { Double($0) }
        let y = x.enumerated().map { 2 + ($0 % 3 == 0 ? 0.05 : -0.02) + 0.001 * $1 }
        let fit = try Laboratory.fit("y ~ E + A*exp(-k*x)", Laboratory.table([("x", x), ("y", y)])) {
            $0.bounds["k"] = Bound(lower: 0)
        }
        let interval = ProfileLikelihood(fit).profile(try Estimand(parameter: "k", of: fit.problem), level: 0.95)
            .interval
        #expect(interval.upper == .unbounded)
        #expect(interval.contains(1e30))
    }

    @Test("A bound within reach ends the interval, and the end says so")
    func bound() throws {
        let fit = try Laboratory.fit("y ~ a + b*x", Self.line()) { $0.bounds["b"] = Bound(upper: 2.01) }
        let interval = ProfileLikelihood(fit).profile(try Estimand(parameter: "b", of: fit.problem), level: 0.99)
            .interval
        guard case .bound(let end) = interval.upper else {
            Issue.record("\(interval.upper)")
            return
        }
        #expect((end - 2.01).magnitude < 1e-9)
        #expect(!interval.isSetByData)
    }

    @Test("Inputs in exact proportion leave both exponents unidentified, and the law along the ray identified")
    func collinear() throws {
        var random = RandomSource(seed: 5)
        let n = (0..<30).map { Elementary.exp(16 + 5 * Double($0) / 29) }
        let d = n.map { 20 * $0 }
        let loss = n.map {
            (1.8 + 400 * Elementary.power($0, -0.34) + 1100 * Elementary.power(20 * $0, -0.37))
                * (1 + 0.004 * (2 * random.uniform() - 1))
        }
        let fit = try Laboratory.fit(
            "loss ~ E + A/N^alpha + B/D^beta", Laboratory.table([("N", n), ("D", d), ("loss", loss)]))
        let profile = ProfileLikelihood(fit)
        for name in ["alpha", "beta", "A", "B"] {
            let found = profile.profile(try Estimand(parameter: name, of: fit.problem), level: 0.9)
            #expect(!found.isIdentified || !found.interval.isSetByData, "\(name): \(found.interval)")
        }
        let ray = try Estimand(predictionAt: ["N": 1e12, "D": 2e13], of: fit.problem)
        #expect(profile.profile(ray, level: 0.9).isIdentified)
    }

    @Test("Without degrees of freedom every interval is open")
    func noFreedom() throws {
        let table = Laboratory.table([("x", [1, 2]), ("y", [1, 3])])
        let fit = try Laboratory.fit("y ~ a + b*x", table)
        let profile = ProfileLikelihood(fit).profile(try Estimand(parameter: "b", of: fit.problem), level: 0.9)
        #expect(profile.interval.lower == .unbounded && profile.interval.upper == .unbounded)
        #expect(!profile.isIdentified)
    }

    @Test("Absolute loss has profiles too")
    func absolute() throws {
        let fit = try Laboratory.fit("loss ~ E + A/N^alpha", Laboratory.chinchilla(rows: 80, noise: 0.02)) {
            $0.loss = .absolute
            $0.residual = .log
        }
        let estimand = try Estimand(parameter: "alpha", of: fit.problem)
        let interval = ProfileLikelihood(fit).profile(estimand, level: 0.9).interval
        #expect(interval.contains(fit.coefficients[fit.problem.parameterNames.firstIndex(of: "alpha") ?? 0]))
        let (low, high) = try Self.ends(interval)
        let (deltaLow, deltaHigh) = try Self.ends(#require(DeltaMethod(fit).interval(estimand, level: 0.9)))
        #expect((high - low) / (deltaHigh - deltaLow) > 0.5 && (high - low) / (deltaHigh - deltaLow) < 2)
    }
}
