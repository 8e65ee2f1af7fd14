// Plans whose cost is every matrix product of a shape, and plans whose loss a backtest widens.

import Fitting
import Formulas
import Tables
import Testing

@testable import Scaling

private let llama = ModelShape(
    layers: 32, width: 4096, heads: 32, feedForward: 11008, vocabulary: 32000, context: 4096, isGated: true)

@Suite struct ShapeFamilyTests {
    private static let mixture: ModelShape = {
        var shape = ModelShape(
            layers: 12, width: 768, heads: 12, feedForward: 1024, vocabulary: 50257, context: 1024, isTied: true,
            keyHeads: 4)
        (shape.experts, shape.activeExperts, shape.hasBiases, shape.learnsPositions) = (8, 2, true, true)
        return shape
    }()

    @Test(arguments: [0, 0.5, 1], [0.3, 1, 2.7])
    func `counts of a member are sums of three powers`(_ power: Double, _ s: Double) {
        for shape in [llama, Self.mixture] {
            let family = ShapeFamily(shape, depthPower: power)
            let member = family.scaled(s)
            let powers = [power + 2, power + 1, 1].map { Elementary.power(s, $0) }
            func sum(_ terms: [Double]) -> Double { zip(terms, powers).reduce(0) { $0 + $1.0 * $1.1 } }
            for counting in [ColumnMeaning.Counting.all, .nonEmbedding, .transformer, .active, .total] {
                let count = member.parameters(counting) ?? .nan
                #expect((sum(family.parameterTerms(counting)) / count - 1).magnitude < 1e-12, "\(counting)")
                let found = family.member(parameters: count, counting: counting)
                #expect((found.width / member.width - 1).magnitude < 1e-10)
            }
            #expect((sum(family.operationTerms) / member.operations(.exact) - 1).magnitude < 1e-12)
        }
    }
}

@Suite struct PlanShapeTests {
    @Test(arguments: [0, 1])
    func `what a plan spends is what its shape takes, and no other size is better`(_ power: Double) throws {
        let law = try Atlas.embedded.law("hoffmann-2022")
        var options = PlanOptions(.budget(1e22))
        options.shapes = ShapeFamily(llama, depthPower: power)
        let plan = try law.plan(options)
        let (size, data) = (try #require(plan["N"]?.value.value), try #require(plan["D"]?.value.value))
        let shape = try #require(plan.shape)
        #expect((shape.operations(.exact) * data / 1e22 - 1).magnitude < 1e-8)
        #expect(((shape.parameters(.all) ?? 0) / size - 1).magnitude < 1e-8)
        #expect(plan.spent.value == 1e22)
        #expect(!plan.isClosedForm)
        func loss(_ factor: Double) throws -> Double {
            let member = try #require(options.shapes).member(parameters: factor * size, counting: .all)
            return try law.predict(
                at: ["N": .number(factor * size), "D": .number(1e22 / member.operations(.exact))]
            ).value
        }
        #expect((try loss(1) / plan.response.value - 1).magnitude < 1e-9)
        for factor in [0.97, 1.03] { #expect(try loss(factor) > plan.response.value) }
        // 6·N·D leaves attention out and counts the embedding, which no product needs.
        let plain = try law.plan(PlanOptions(.budget(1e22)))
        let ratio = size / (plain["N"]?.value.value ?? .nan)
        #expect(ratio != 1 && (0.8...1.2).contains(ratio), "\(ratio)")
    }

    @Test func `a law that counts layers alone is planned by layers alone`() throws {
        var law = try Atlas.embedded.law("hoffmann-2022")
        law.inputs[0].counting = "transformer"
        var options = PlanOptions(.budget(1e20))
        options.shapes = ShapeFamily(llama)
        let plan = try law.plan(options)
        #expect(((plan.shape?.parameters(.transformer) ?? 0) / (plan["N"]?.value.value ?? 1) - 1).magnitude < 1e-8)
    }

    @Test func `a law without sizes has no shape`() throws {
        var options = PlanOptions(.budget(1e20))
        options.shapes = ShapeFamily(llama)
        #expect(
            message { try Atlas.embedded.law("kaplan-2020-parameters").plan(options) }.contains("--shape"))
    }
}

@Suite struct PlanWideningTests {
    /// Chinchilla's form fitted to forty runs, and what a backtest might have taught it.
    private func law(calibrated: Bool) throws -> (law: Law, fit: Fit) {
        var random = RandomSource(seed: 21, replicate: 0)
        var (sizes, data, losses): ([Double], [Double], [Double]) = ([], [], [])
        for _ in 0..<40 {
            let size = 1e7 * Elementary.exp(random.uniform() * Elementary.ln(100))
            let tokens = 5 * size * Elementary.exp(random.uniform() * Elementary.ln(40))
            let loss = 1.8 + 482 * Elementary.power(size, -0.35) + 2085 * Elementary.power(tokens, -0.37)
            sizes.append(size)
            data.append(tokens)
            losses.append(loss * Elementary.exp(0.003 * random.normal()))
        }
        let table = Table(
            name: "runs",
            columns: [
                Column(name: "N", numbers: sizes), Column(name: "D", numbers: data),
                Column(name: "loss", numbers: losses),
            ])
        var specification = Specification(formula: try Formula("loss ~ E + A/N^alpha + B/D^beta"))
        specification.residual = .log
        let fit = try Fit(try Problem(specification, table: table))
        var law = Law(fit, specification: specification, id: "runs", title: "runs", version: "", table: table)
        law.take(try Uncertainty(fit, method: .delta))
        if calibrated {
            law.fit?.calibration = Calibration(
                scale: try Formula("6 * N * D"), limit: zip(sizes, data).map { 6 * $0 * $1 }.max() ?? 1, slope: 0.06,
                factor: 1.2, cutoffs: 4, tests: 30, reach: 10, widening: .publicTables)
        }
        return (law, fit)
    }

    @Test func `the loss of a plan is as wide as the prediction there`() throws {
        let (law, _) = try law(calibrated: true)
        let plan = try law.plan(PlanOptions(.budget(1e22)))
        let point: Point = [
            "N": .number(try #require(plan["N"]?.value.value)), "D": .number(try #require(plan["D"]?.value.value)),
        ]
        let there = try #require(try law.predict(at: point).interval)
        #expect(((plan.response.lower ?? 0) / there.lower - 1).magnitude < 1e-9)
        #expect(((plan.response.upper ?? 0) / there.upper - 1).magnitude < 1e-9)
        #expect(plan.calibration == law.fit?.calibration)
        #expect(plan.warnings.map(\.code).contains("beyond-calibration"))
        // Only the loss: where the optimum lies is what the runs say.
        var delta = PlanOptions(.budget(1e22))
        delta.source = .delta
        let plain = try law.plan(delta)
        #expect(plain["N"]?.value == plan["N"]?.value)
        #expect(plain.calibration == nil)
        #expect((plain.response.upper ?? 0) < 0.99 * there.upper)
        let uncalibrated = try self.law(calibrated: false).law.plan(PlanOptions(.budget(1e22)))
        #expect(uncalibrated.response == plain.response)
    }

    @Test func `the interval of N* is that of the delta method whose coverage is scored`() throws {
        let (law, fit) = try law(calibrated: false)
        var options = PlanOptions(.budget(6e21))
        options.level = 0.9
        let plan = try law.plan(options)
        // As `coverage --method delta-log` asks for it.
        let formula = try Formula("(alpha*A/(beta*B))^(1/(alpha+beta)) * (6e21/6)^(beta/(alpha+beta))")
        let estimand = try Estimand(formula, of: fit.problem)
        let interval = try #require(DeltaMethod(fit).interval(estimand, level: 0.9, logarithmic: true))
        guard case .at(let lower) = interval.lower, case .at(let upper) = interval.upper else {
            Issue.record("an open end")
            return
        }
        #expect(((plan["N"]?.value.lower ?? 0) / lower - 1).magnitude < 1e-6)
        #expect(((plan["N"]?.value.upper ?? 0) / upper - 1).magnitude < 1e-6)
    }

    @Test func `a law that runs away elsewhere keeps its inner optimum, and says so`() throws {
        var law = Law(id: "bowl", title: "bowl")
        law.formula = try Formula("loss ~ 3 + 0.1 * (ln(x / c))^2 - 0.0025 * (ln(x / c))^4")
        law.inputs = [LawInput("x")]
        law.sets = [LawSet("one", values: [Coefficient("c", 1e9)])]
        let plan = try law.plan(PlanOptions(.none))
        #expect(((plan["x"]?.value.value ?? 0) / 1e9 - 1).magnitude < 1e-6)
        #expect(plan.runsAway == "x")
        #expect(plan.warnings.map(\.code).contains("runs-away"))
        // Held to where the bowl is, it does not run away.
        var held = PlanOptions(.none)
        held.bounds = ["x": Bound(lower: 1e8, upper: 1e10)]
        #expect(try law.plan(held).runsAway == nil)
        var tame = law
        tame.formula = try Formula("loss ~ 3 + 0.1 * (ln(x / c))^2")
        #expect(try tame.plan(PlanOptions(.none)).warnings.isEmpty)
    }
}
