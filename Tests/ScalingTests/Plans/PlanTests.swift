// Plans against dumber ways to the same answer.

import Fitting
import Formulas
import Scaling
import Testing

private let names = ["E", "A", "B", "alpha", "beta"]
private let values = [1.8172, 482.01, 2085.43, 0.3478, 0.3658]
private let errors = [0.01, 20.0, 90.0, 0.004, 0.003]

private func saved(_ values: [Double] = values, draws: [Double]? = nil) throws -> Law {
    var covariance = [Double](repeating: 0, count: 25)
    for k in 0..<5 { covariance[k * 6] = errors[k] * errors[k] }
    var law = try sample()
    law.fit = SavedFit(
        estimates: Estimates(names: names, values: values, covariance: covariance, degreesOfFreedom: .infinity),
        objective: 1, observations: 240, table: "runs.csv", noise: 0.01, termination: "done", seed: 1, version: "0")
    law.fit?.draws = draws.map {
        Draws(
            names: names, kind: "pairs", estimates: values, requested: $0.count / 5, attempted: $0.count / 5, seed: 1,
            isGlobal: false, parameters: $0, failures: [], leftBasin: 0)
    }
    return law
}

private func near(_ a: Double?, _ b: Double?, _ tolerance: Double) -> Bool {
    guard let a, let b else { return false }
    return (a - b).magnitude <= tolerance * b.magnitude
}

@Suite struct PlanTests {
    private static let goals: [PlanOptions.Goal] = [
        .budget(1e18), .budget(5.76e23), .budget(1e28), .response(3), .response(2), .response(1.9),
    ]

    @Test("the solver finds what the closed form says, intervals and exponents included", arguments: goals)
    func closedForm(goal: PlanOptions.Goal) throws {
        var options = PlanOptions(goal)
        let law = try saved()
        let closed = try law.plan(options)
        options.usesClosedForms = false
        let solved = try law.plan(options)
        #expect(closed.isClosedForm && !solved.isClosedForm)
        for name in ["N", "D"] {
            #expect(near(solved[name]?.value.value, closed[name]?.value.value, 1e-7))
            #expect(near(solved[name]?.value.lower, closed[name]?.value.lower, 1e-6))
            #expect(near(solved[name]?.exponent?.value, closed[name]?.exponent?.value, 1e-8))
            #expect(near(solved[name]?.exponent?.upper, closed[name]?.exponent?.upper, 1e-6))
        }
        #expect(near(solved.response.value, closed.response.value, 1e-10))
        #expect(near(solved.spent.value, closed.spent.value, 1e-7))
        #expect(near(closed["N"]?.exponent?.value, 0.3658 / (0.3478 + 0.3658), 1e-12))
    }

    @Test("a size that is held has the budget that it is best for")
    func anchor() throws {
        let law = try saved()
        for usesClosedForms in [true, false] {
            var options = PlanOptions(.none)
            options.fixed = ["N": 7e9]
            options.usesClosedForms = usesClosedForms
            let held = try law.plan(options)
            let again = try law.plan(PlanOptions(.budget(held.spent.value)))
            #expect(near(again["N"]?.value.value, 7e9, 1e-7))
            #expect(near(again["D"]?.value.value, held["D"]?.value.value, 1e-7))
            #expect(held["N"]?.role == .anchor)
            #expect(held["N"]?.value.lower == nil)
            #expect(held.spent.lower != nil)
        }
    }

    @Test("the delta method is what plans with moved parameters say", arguments: [true, false])
    func delta(usesClosedForms: Bool) throws {
        func plan(_ values: [Double], _ goal: PlanOptions.Goal) throws -> Plan {
            var options = PlanOptions(goal)
            options.usesClosedForms = usesClosedForms
            return try saved(values).plan(options)
        }
        for goal in [PlanOptions.Goal.budget(1e22), .response(2.1)] {
            let here = try plan(values, goal)
            var variances = [0.0, 0, 0, 0]
            for k in 0..<5 {
                let step = 1e-4 * values[k]
                var (up, down) = (values, values)
                up[k] += step
                down[k] -= step
                let (high, low) = (try plan(up, goal), try plan(down, goal))
                func slope(_ read: (Plan) -> Double) -> Double { (read(high) - read(low)) / (2 * step) * errors[k] }
                let slopes = [
                    slope { Elementary.ln($0["N"]?.value.value ?? .nan) }, slope { $0.response.value },
                    slope { Elementary.ln($0.ratio?.value ?? .nan) }, slope { Elementary.ln($0.spent.value) },
                ]
                for q in 0..<4 { variances[q] += slopes[q] * slopes[q] }
            }
            let t = 1.959963984540054
            let size = try #require(here["N"]).value
            let upper = try #require(size.upper)
            #expect(near(Elementary.ln(upper / size.value), t * variances[0].squareRoot(), 1e-4))
            let ratio = try #require(here.ratio)
            #expect(near(Elementary.ln(try #require(ratio.upper) / ratio.value), t * variances[2].squareRoot(), 1e-4))
            if case .budget = goal {
                // The interval of the loss is symmetric in its logarithm: the law was fitted so.
                let end = here.response.value * Elementary.exp(t * variances[1].squareRoot() / here.response.value)
                #expect(near(here.response.upper, end, 1e-5))
                #expect(here.spent.upper == nil)
            } else {
                #expect(here.response.upper == nil)
                let end = here.spent.value * Elementary.exp(t * variances[3].squareRoot())
                #expect(near(here.spent.upper, end, 1e-3))
            }
        }
    }

    @Test("draws give percentiles of their own optima, and those without one are counted")
    func draws() throws {
        var random = RandomSource(seed: 7)
        var parameters: [Double] = []
        for draw in 0..<400 {
            for k in 0..<5 {
                let value = values[k] + errors[k] * random.normal()
                parameters.append(draw < 4 && k == 4 ? -value : value)
            }
        }
        let law = try saved(draws: parameters)
        var options = PlanOptions(.budget(1e22))
        let closed = try law.plan(options)
        options.usesClosedForms = false
        let solved = try law.plan(options)
        #expect(closed.source == .draws)
        #expect(closed.draws?.used == 400 && closed.draws?.without == 4)
        #expect(solved.draws?.without == 4)
        #expect(closed.warnings.contains { $0.code == "draws-without-optimum" })
        #expect(near(solved["N"]?.value.lower, closed["N"]?.value.lower, 1e-7))
        #expect(near(solved["N"]?.value.upper, closed["N"]?.value.upper, 1e-7))
        let sizes = (4..<400).map { draw -> Double in
            let p = parameters[(draw * 5)..<(draw * 5 + 5)].map(\.self)
            let g = Elementary.power(p[3] * p[1] / (p[4] * p[2]), 1 / (p[3] + p[4]))
            return g * Elementary.power(1e22 / 6, p[4] / (p[3] + p[4]))
        }.sorted()
        #expect(near(closed["N"]?.value.lower, DrawnDistribution(sizes, estimate: 0).quantile(0.025), 1e-9))
        options.source = .delta
        #expect(try law.plan(options).source == .delta)
    }

    @Test("no point on a grid is better than the plan, with three inputs and a limit")
    func bruteForce() throws {
        let law = try Atlas.embedded.law("krajewski-2024")
        var options = PlanOptions(.budget(1e21))
        // Finer experts cost routing.
        options.cost = try Formula("6*N*D*(1 + 0.01*G)")
        let plan = try law.plan(options)
        var points: [Point] = []
        for i in 0..<120 {
            for j in 0..<120 {
                let size = Elementary.exp(Elementary.ln(1e8) + 0.08 * Double(i))
                let grain = Elementary.exp(Elementary.ln(16) * Double(j) / 119)
                points.append([
                    "N": .number(size), "D": .number(1e21 / (6 * size * (1 + 0.01 * grain))), "G": .number(grain),
                ])
            }
        }
        let best = try #require(try law.predict(try Points(points, for: law)).values.min())
        #expect(best >= plan.response.value - 1e-12)
        #expect(best - plan.response.value < 1e-3)
        options.limits = [try Formula("N <= 2e9"), try Formula("G <= 4")]
        let limited = try law.plan(options)
        #expect(near(limited["N"]?.value.value, 2e9, 1e-7))
        #expect(limited.response.value > plan.response.value)
        #expect(limited.warnings.contains { $0.code == "limit-binds" && $0.message.contains("N <= 2e9") })
    }

    @Test("a model of another size loses what predictions say")
    func detours() throws {
        let law = try saved()
        let plan = try law.plan(PlanOptions(.budget(1e22)))
        let size = try #require(plan["N"]).value.value
        #expect(plan.detours.map(\.factor) == [0.5, 2])
        for detour in plan.detours {
            let other = size * detour.factor
            let there = try law.predict(at: ["N": .number(other), "D": .number(1e22 / (6 * other))]).value
            #expect(near(detour.response, there, 1e-10))
            let factor = try #require(detour.costFactor)
            let reached = try law.predict(at: ["N": .number(other), "D": .number(factor * 1e22 / (6 * other))]).value
            #expect(near(reached, plan.response.value, 1e-8))
            #expect(factor > 1)
        }
    }

    @Test("units of the law are those of the cost")
    func units() throws {
        let plain = try saved().plan(PlanOptions(.budget(1e22)))
        let scale = [1, Elementary.power(1e9, -0.3478), Elementary.power(1e9, -0.3658), 1, 1]
        var law = try saved(zip(values, scale).map { $0 * $1 })
        law.inputs[0].unit = "1e9 parameters"
        law.inputs[1].unit = "1e9 tokens"
        let plan = try law.plan(PlanOptions(.budget(1e22)))
        #expect(near((plan["N"]?.value.value).map { $0 * 1e9 }, plain["N"]?.value.value, 1e-9))
        #expect(near(plan.ratio?.value, plain.ratio?.value, 1e-9))
        var ratio = PlanOptions(.budget(1e22))
        ratio.ratio = 20
        #expect(near(try law.plan(ratio).ratio?.value, 20, 1e-12))
    }

    @Test("limits bind, and budgets that cannot be spent are not")
    func limits() throws {
        let law = try saved()
        var options = PlanOptions(.budget(1e24))
        options.mostParameters = 1e9
        let small = try law.plan(options)
        #expect(near(small["N"]?.value.value, 1e9, 1e-9))
        #expect(small["N"]?.limit == "max")
        #expect(near(small.spent.value, 1e24, 1e-7))
        options.bounds = ["D": Bound(lower: 1, upper: 1e10)]
        let smaller = try law.plan(options)
        #expect(near(smaller.spent.value, 6e19, 1e-7))
        #expect(smaller.warnings.contains { $0.code == "budget-not-spent" })
    }
}
