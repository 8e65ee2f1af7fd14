// What a plan refuses, and how it says so.

import Fitting
import Formulas
import Scaling
import Testing

@Suite struct PlanRefusalTests {
    private func refusal(_ law: String, _ options: PlanOptions) -> String {
        message { try Atlas.embedded.law(law).plan(options) }
    }

    private func budget(_ budget: Double) -> PlanOptions { PlanOptions(.budget(budget)) }

    private func budget(_ budget: Double, _ change: (inout PlanOptions) throws -> Void) rethrows -> PlanOptions {
        var options = PlanOptions(.budget(budget))
        try change(&options)
        return options
    }

    @Test("budgets are above zero", arguments: [0, -1e20, .infinity, .nan])
    func budgets(budget: Double) {
        #expect(refusal("hoffmann-2022", PlanOptions(.budget(budget))).contains("--flops: "))
    }

    @Test("nothing to spend")
    func nothing() {
        #expect(refusal("hoffmann-2022", PlanOptions(.none)).hasPrefix("nothing says how much may be spent"))
    }

    @Test("a law without the inputs that the cost needs")
    func cost() throws {
        #expect(
            refusal("konz-2024", budget(1e20)).contains("has no parameters and tokens that 6*N*D could be made of"))
        let wrong = try budget(1e20) { $0.cost = try Formula("6*N*S") }
        #expect(refusal("hoffmann-2022", wrong).hasPrefix("the cost 6 * N * S needs 'S', which is no input"))
    }

    @Test("without an interior optimum there is no answer")
    func noOptimum() throws {
        // Streams are not in the cost: more are always better.
        let streams = try budget(1e21) { $0.cost = try Formula("6*N*1e11") }
        let text = refusal("chen-2025", streams)
        #expect(text.contains("no interior optimum"))
        #expect(text.contains("P") && text.contains("--max P"))
        // Only data cost anything here.
        let free = try budget(1e21) { $0.cost = try Formula("6*D") }
        #expect(refusal("hoffmann-2022", free).contains("no interior optimum: more N is better without end"))
    }

    @Test("conditions that exclude each other are named")
    func infeasible() throws {
        let options = budget(1e20) {
            $0.bounds = ["N": Bound(lower: 1e12, upper: .infinity), "D": Bound(lower: 1e14, upper: .infinity)]
        }
        let text = refusal("hoffmann-2022", options)
        #expect(text.contains("no choice meets all conditions"))
        #expect(text.contains("the budget") && text.contains("N at least 1T") && text.contains("D at least 100T"))
    }

    @Test("a loss below the floor is never reached")
    func unreachable() {
        #expect(refusal("hoffmann-2022", PlanOptions(.response(1.6))).contains("the lowest it comes to is 1.6934"))
    }

    @Test("a plan cannot choose a schedule or a label")
    func schedules() {
        #expect(refusal("tissue-2024", budget(1e20)).contains("a law of whole schedules"))
        #expect(refusal("sun-2025-format", budget(1e20)).contains("takes text for format"))
    }

    @Test("everything fixed leaves nothing to choose")
    func nothingFree() {
        let options = budget(1e20) { $0.fixed = ["N": 1e9, "D": 1e10] }
        #expect(refusal("hoffmann-2022", options).contains("nothing is left to choose"))
    }

    @Test("hardware that nobody knows")
    func hardware() throws {
        #expect(message { try Hardware.catalogue.accelerator("h1000") }.contains("did you mean 'h100'?"))
        #expect(try Hardware.catalogue.accelerator("H100-SXM").flops == 989.4e12)
        let fleet = Fleet(try Hardware.catalogue.accelerator("a100"), utilisation: 0.5)
        #expect(fleet.operations(hours: 1) == 3600 * 156e12)
        #expect((fleet.hours(operations: fleet.operations(hours: 12)) - 12).magnitude < 1e-12)
    }
}
