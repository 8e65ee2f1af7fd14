// Plans with draws: the closed form, and the solver with two and with three free inputs.

import Fitting
import Formulas
import Scaling

enum PlanTimes {
    /// Seconds of a plan with so many draws of each kind, searches, intervals, exponents and detours included.
    static func run(draws: Int) throws {
        let chinchilla = try drawn("besiroglu-2024", draws)
        var options = PlanOptions(.budget(1e22))
        AllometryBenchmarks.report("closed", try seconds(chinchilla, options))
        options.inferenceTokens = 1e12
        AllometryBenchmarks.report("two inputs", try seconds(chinchilla, options))
        var precision = PlanOptions(.budget(1e22))
        precision.cost = try Formula("6/16*N*D*P_w")
        precision.ties = ["P_a": try Formula("P_w"), "P_kv": try Formula("P_w")]
        AllometryBenchmarks.report("three inputs", try seconds(try drawn("kumar-2024", draws), precision))
    }

    private static func seconds(_ law: Law, _ options: PlanOptions) throws -> Double {
        var shortest = Double.infinity
        for _ in 0..<5 {
            let start = Clock.seconds()
            let plan = try law.plan(options)
            shortest = min(shortest, Clock.seconds() - start)
            precondition(plan.draws?.without == 0, "every draw has an optimum")
        }
        return shortest
    }

    /// A law of the atlas with draws a hundredth about its coefficients.
    private static func drawn(_ id: String, _ count: Int) throws -> Law {
        var law = try Atlas.embedded.law(id)
        let estimates = try law.estimates()
        var state: UInt64 = 1
        var parameters: [Double] = []
        for _ in 0..<count {
            for value in estimates.values {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                parameters.append(value * (1 + 0.01 * (Double(state >> 11) * 0x1p-53 - 0.5)))
            }
        }
        law.fit = SavedFit(
            estimates: estimates, objective: 1, observations: 1, table: "none", termination: "", seed: 1, version: "")
        law.fit?.draws = Draws(
            names: estimates.names, kind: "pairs", estimates: estimates.values, requested: count, attempted: count,
            seed: 1, isGlobal: false, parameters: parameters, failures: [], leftBasin: 0)
        return law
    }
}
