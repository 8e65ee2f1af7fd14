// A ladder from a published law: its budget, its rules, and what finished runs make of it.

import Fitting
import Formulas
import Tables
import Testing

@testable import Scaling

@Suite struct LadderTests {
    private func design(_ change: (inout LadderOptions) -> Void = { _ in }) throws -> (
        Law, LadderOptions, LadderDesign
    ) {
        let law = try Atlas.embedded.law("besiroglu-2024")
        var next = NextOptions(try RunTarget("loss at N=7B, D=140B", for: law), cost: try RunCost(nil, for: law))
        next.spend = 1e20
        next.most = LadderDesign.most
        var options = LadderOptions(next)
        change(&options)
        return (law, options, try LadderDesign(law, options))
    }

    @Test func `a ladder keeps to its budget and comes cheapest first`() throws {
        let (_, _, made) = try design()
        let costs = made.runs.map(\.cost)
        #expect(costs == costs.sorted())
        #expect(costs.reduce(0, +) <= 1e20)
        #expect(costs.allSatisfy { $0 <= 2.5e19 * (1 + 1e-9) })
        #expect(made.runs.count > 5)
        let after = try #require(made.choice.purchases.last).after
        #expect(after.interval != nil)
        #expect(after.standardError < 0.05)
    }

    @Test func `rates and batches come from the chosen laws`() throws {
        let (_, _, made) = try design {
            $0.learningRate = try? Atlas.embedded.law("li-2025-steplaw-lr")
            $0.batch = try? Atlas.embedded.law("bi-2024-batch")
        }
        let run = try #require(made.runs.first)
        let (n, d) = (try #require(run.point.number("N")), try #require(run.point.number("D")))
        let rate = 1.79 * Elementary.power(n, -0.713) * Elementary.power(d, 0.307)
        #expect((try #require(run.learningRate) / rate - 1).magnitude < 1e-9)
        let batch = 0.2920 * Elementary.power(run.cost, 0.3271)
        #expect(run.batch == batch.rounded())
    }

    @Test func `runs outside of what a rule was made from are named`() throws {
        let (_, _, made) = try design { $0.learningRate = try? Atlas.embedded.law("li-2025-steplaw-lr") }
        let warning = try #require(made.warnings.first { $0.code == "rule-outside-range" })
        #expect(warning.message.contains("N = 215M..1.07B"))
        #expect(warning.message.contains("outside, by "))
        #expect(try design().2.warnings.isEmpty)
        let (_, _, large) = try design {
            $0.learningRate = try? Atlas.embedded.law("li-2025-steplaw-lr")
            $0.next.candidates = try? Points("N=300M..1B@4, D=4B..20B@4", for: Atlas.embedded.law("besiroglu-2024"))
            $0.next.spend = 1e21
        }
        #expect(!large.warnings.contains { $0.code == "rule-outside-range" })
    }

    @Test func `what a ladder promises is what predict says of runs with that noise`() throws {
        let (law, _, made) = try design()
        let promised = try #require(made.choice.purchases.last).after.standardError
        var sum = 0.0
        for seed in 1...12 {
            var random = RandomSource(seed: UInt64(seed))
            let table = Table(
                name: "runs",
                columns: [
                    Column(name: "N", numbers: made.runs.compactMap { $0.point.number("N") }),
                    Column(name: "D", numbers: made.runs.compactMap { $0.point.number("D") }),
                    Column(
                        name: "loss",
                        numbers: made.runs.map { $0.predicted * Elementary.exp(0.005 * random.normal()) }),
                ])
            var specification = try law.specification()
            specification.loss = .squared
            let fit = try Fit(try Problem(specification, table: table))
            let own = Law(fit, specification: specification, id: "mine", title: "", version: "")
            sum += try #require(try own.predict(at: ["N": 7e9, "D": 1.4e11]).standardError) / fit.noise * 0.005
        }
        // Least squares does without the price of the law's robust loss.
        let price = law.fitting.loss?.varianceRatio(noise: 0.005).squareRoot() ?? 1
        #expect(price > 1.1)
        #expect((sum / 12 * price / promised - 1).magnitude < 0.15)
    }

    @Test func `a law that is no such rule is refused`() throws {
        let text = message { try design { $0.batch = try? Atlas.embedded.law("clark-2022") } }
        #expect(text.contains("--batch: 'clark-2022' is no rule for a batch in tokens"))
        let swapped = message { try design { $0.learningRate = try? Atlas.embedded.law("li-2025-steplaw-batch") } }
        #expect(swapped.contains("is no rule for a learning rate"))
    }

    @Test func `finished runs are fitted, and those that are left are ranked`() throws {
        let (law, options, made) = try design()
        func status(_ finished: Int, off: Double) throws -> LadderStatus {
            var random = RandomSource(seed: 3)
            let measured = made.runs.enumerated().map { place, run -> Double? in
                place < finished
                    ? run.predicted * 1.02 * Elementary.exp(0.002 * random.normal())
                        * (place % 2 == 0 ? 1 + off : 1 - off) : nil
            }
            return try LadderStatus(made, of: law, options, measured: measured)
        }
        let early = try status(3, off: 0)
        #expect(early.advice == .tooEarly)
        #expect(early.fit == nil)
        let half = try status(8, off: 0)
        #expect(half.advice == .goOn)
        #expect(Set(half.order) == Set(half.left))
        let next = try #require(half.next)
        #expect(next.atBest.standardError < next.now.standardError)
        let fit = try #require(half.fit)
        var own = half.law
        own.take(try Uncertainty(fit, method: .delta))
        let predicted = try own.predict(at: ["N": 7e9, "D": 1.4e11]).interval
        #expect(next.now.interval?.lower.value == predicted?.lower)
        #expect(next.now.interval?.upper.value == predicted?.upper)
        #expect(try status(made.runs.count, off: 0).advice == .complete)
        #expect(try status(8, off: 0.1).advice == .lawInDoubt)
    }

    @Test func `nothing to spend, and a law that no ladder is made for`() throws {
        #expect(message { try design { $0.next.spend = nil } }.contains("--spend"))
        let law = try Atlas.embedded.law("clark-2022")
        #expect(message { try RunCost(nil, for: law) }.contains("--cost"))
    }
}
