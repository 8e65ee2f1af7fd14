// Plans that papers printed.

import Fitting
import Formulas
import Scaling
import Testing

@Suite struct PlanPaperTests {
    @Test(
        "tokens per parameter at the budget of Gopher depend on the coefficients",
        arguments: [
            ("hoffmann-2022", "full-precision", 58.9), ("hoffmann-2022", "rounded", 92.6),
            ("besiroglu-2024", "published", 18.4), ("besiroglu-2024", "optimum", 17.9),
        ])
    func tokensPerParameter(law: String, set: String, expected: Double) throws {
        for usesClosedForms in [true, false] {
            var options = PlanOptions(.budget(5.76e23))
            (options.set, options.usesClosedForms) = (set, usesClosedForms)
            let plan = try Atlas.embedded.law(law).plan(options)
            #expect(plan.isClosedForm == usesClosedForms)
            #expect((try #require(plan.ratio).value - expected).magnitude < 0.05)
        }
    }

    @Test("a model that will serve is smaller and trained longer (Sardana et al., 6.00B and 1.18 times)")
    func inference() throws {
        let law = try Atlas.embedded.law("sardana-2024")
        var seven = PlanOptions(.none)
        seven.fixed = ["N": 7e9]
        let trained = try law.plan(seven)
        var options = PlanOptions(.response(trained.response.value))
        options.inferenceTokens = 1e11
        let served = try law.plan(options)
        let (size, data) = (try #require(served["N"]).value.value, try #require(served["D"]).value.value)
        #expect((size / 6.00e9 - 1).magnitude < 0.002)
        #expect((data / (try #require(trained["D"]).value.value) - 1.18).magnitude < 0.005)
        #expect((served.response.value - trained.response.value).magnitude < 1e-9)
        // Equation of the paper: elasticities are to each other as 1 + D_inf / (3 D_tr).
        let (a, b) = (0.336 * 406.4 * Elementary.power(size, -0.336), 0.283 * 410.7 * Elementary.power(data, -0.283))
        #expect((a / b - (1 + 1e11 / (3 * data))).magnitude < 1e-7)
    }

    @Test("with 25 billion different tokens the plan is no worse than the one that the paper prints")
    func repeatedData() throws {
        let law = try Atlas.embedded.law("muennighoff-2023")
        let budget = 6 * 6.34e9 * 242e9
        var options = PlanOptions(.budget(budget))
        options.uniqueTokens = 25e9
        let plan = try law.plan(options)
        #expect(plan.response.value <= 2.2256440889984477)
        #expect(plan.response.value > 2.2254)
        #expect((try #require(plan["N"]).value.value / 6.34e9 - 1).magnitude < 0.08)
        #expect((try #require(plan["D"]).value.value / 242e9 - 1).magnitude < 0.08)
        #expect((try #require(plan.epochs).value - 9.04).magnitude < 0.01)
        // No size on a fine grid is better.
        let sizes = (0..<400).map { Elementary.exp(Elementary.ln(1e9) + 0.01 * Double($0)) }
        let points = sizes.map { size -> Point in ["N": .number(size), "D": .number(budget / (6 * size)), "U": 25e9] }
        let values = try law.predict(try Points(points, for: law)).values
        #expect(try #require(values.min()) >= plan.response.value - 1e-12)
    }

    @Test("Kaplan's exponents follow from the law of steps at the critical batch")
    func kaplan() throws {
        let law = try Atlas.embedded.law("kaplan-2020-steps")
        // C = 6 N B S with B = B* / L^(1/alpha_B), in PF-days.
        let loss = "((6.5e13/N)^0.077 + (2.1e3/S_min)^0.76)"
        var options = PlanOptions(.budget(1))
        options.cost = try Formula("6*N*S_min*2e8/\(loss)^(1/0.21)/8.64e19")
        let plan = try law.plan(options)
        let alpha = 1 / (1 / 0.76 + 1 / 0.21 + 1 / 0.077)
        #expect((try #require(plan["N"]?.exponent).value - alpha / 0.077).magnitude < 1e-8)
        #expect((try #require(plan["S_min"]?.exponent).value - alpha / 0.76).magnitude < 1e-8)
        #expect((alpha - 0.052).magnitude < 0.001)
        // Under 6ND the law of size and data gives what the paper's readers got.
        let plain = try Atlas.embedded.law("kaplan-2020").plan(PlanOptions(.budget(1e24)))
        #expect((try #require(plain["N"]?.exponent).value - 0.575).magnitude < 0.001)
    }

    @Test("the best precision is 7 to 8 bits at any budget", arguments: [1e20, 1e22, 1e24, 1e26])
    func bits(budget: Double) throws {
        var options = PlanOptions(.budget(budget))
        options.cost = try Formula("6/16*N*D*P_w")
        options.ties = ["P_a": try Formula("P_w"), "P_kv": try Formula("P_w")]
        let plan = try Atlas.embedded.law("kumar-2024").plan(options)
        let bits = try #require(plan["P_w"])
        #expect((7.0...8.0).contains(bits.value.value))
        #expect(try #require(bits.exponent).value.magnitude < 1e-9)
        #expect(plan["P_a"]?.value.value == bits.value.value)
    }

    @Test("with a fixed size bits grow with the budget")
    func bitsOfAFixedSize() throws {
        let law = try Atlas.embedded.law("kumar-2024")
        func bits(_ budget: Double) throws -> Double {
            var options = PlanOptions(.budget(budget))
            options.cost = try Formula("6/16*N*D*P_w")
            options.ties = ["P_a": try Formula("P_w"), "P_kv": try Formula("P_w")]
            options.fixed = ["N": 1e8]
            return try #require(try law.plan(options)["P_w"]).value.value
        }
        #expect(try bits(1e18) < bits(1e19))
        #expect(try bits(1e19) < bits(1e20))
    }

    @Test(
        "beyond the critical data more tokens raise the loss, and the plan stops there",
        arguments: [(8.0, 7.0, 1730e12, 1e-3), (4, 3, 27.3e12, 2e-3), (2, 1, 0.393e12, 2e-3)])
    func criticalData(exponent: Double, mantissa: Double, expected: Double, tolerance: Double) throws {
        var options = PlanOptions(.budget(1e40))
        options.fixed = ["N": 1e9, "E": .number(exponent), "M": .number(mantissa), "B": 128]
        let plan = try Atlas.embedded.law("sun-2025").plan(options)
        #expect((try #require(plan["D"]).value.value / expected - 1).magnitude < tolerance)
        #expect(plan.warnings.contains { $0.code == "budget-not-spent" })
        let formula = try Atlas.embedded.law("sun-2025-critical-data")
            .predict(at: ["N": 1e9, "E": .number(exponent), "M": .number(mantissa), "B": 128]).value
        #expect((try #require(plan["D"]).value.value / formula - 1).magnitude < 1e-6)
    }

    @Test(
        "the best layouts of bits are those of the paper",
        arguments: [(4.0, 2.0, 1.0), (5, 2, 2), (6, 3, 2), (7, 3, 3), (8, 4, 3), (16, 8, 7)])
    func layouts(width: Double, exponent: Double, mantissa: Double) throws {
        var options = PlanOptions(.budget(width))
        options.cost = try Formula("E + M + 1")
        options.fixed = ["N": 1e9, "D": 1e11, "B": 128]
        // The law was fitted up to 8 bits of exponent, the end at which 16 bits stand.
        options.bounds = ["E": Bound(lower: 1, upper: 10), "M": Bound(lower: 1, upper: 12)]
        options.whole = ["E", "M"]
        let plan = try Atlas.embedded.law("sun-2025").plan(options)
        #expect(plan["E"]?.value.value == exponent)
        #expect(plan["M"]?.value.value == mantissa)
    }

    @Test("three points of a valley give the vertex of their parabola (Engram, 0.70)")
    func engram() throws {
        // Through (1, 1.7248), (0.8, 1.7109) and (0.4, 1.7248): c ((rho − 0.7)² − 0.09) + 1.7248.
        let curvature = (1.7248 - 1.7109) / (0.09 - 0.01)
        let text = """
            allometry-law: 1
            title: Share of experts
            formula: loss ~ a + b * rho + c * rho^2

            [input rho]
            unit: fraction
            range: 0.4..1

            [response loss]
            direction: decrease

            [set parabola]
            values: a = \(1.7248 + curvature * 0.4), b = \(-1.4 * curvature), c = \(curvature)

            """
        let plan = try LawFile.parse(text, name: "engram.law").plan(PlanOptions(.none))
        #expect((try #require(plan["rho"]).value.value - 0.7).magnitude < 1e-7)
        #expect((plan.response.value - (1.7248 - 0.09 * curvature)).magnitude < 1e-9)
        #expect(plan.cost == nil)
    }
}
