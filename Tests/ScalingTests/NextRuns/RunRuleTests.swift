// The order of purchases: what is kept of a budget, of an aim and of the cheapest runs.

import Fitting
import Formulas
import Testing

@testable import Scaling

@Suite struct RunRuleTests {
    private func line(_ at: Double) -> RunPlace {
        RunPlace(features: [1, at], logarithms: [at], labels: [], slope: 1)
    }

    private func reach(_ runs: [Double], _ candidates: [Double], target: Double) -> RunReach {
        RunReach(
            runs: runs.map(line), candidates: candidates.map(line),
            wanted: [RunFunctional(features: [1, target], parts: [(1, line(target))])], noise: 0.01, hedge: .none)
    }

    @Test func `of runs that tell as much the cheaper comes first, and a budget is kept`() {
        let twins = reach([0, 0.5, 1], [2, 2, 2, 2], target: 3)
        let costs = [3.0, 1, 2, 4]
        #expect(RunRule.usual.sequence(twins, costs: costs, made: [1, 1, 1], most: 4) == [1, 2, 0, 3])
        let batch = RunRule.usual.batch(twins, costs: costs, spend: 3.5, most: 4)
        #expect(!batch.isEmpty && batch.reduce(0) { $0 + costs[$1] } <= 3.5)
        #expect(RunRule.usual.batch(twins, costs: costs, spend: 0.5, most: 4) == [])
        #expect(RunRule.usual.batch(twins, costs: costs, spend: 100, most: 2).count == 2)
    }

    @Test func `without insurance only runs of the cheapest way are bought before it is gone`() {
        // A line known in 0 to 1 and wanted at 6: the candidate at 6 tells it, those at 0.5 next to nothing.
        let state = reach([0, 0.5, 1], [0.5, 0.5, 6, 0.5], target: 6)
        let costs = [1.0, 1, 3, 1]
        #expect(RunRule(insurance: 0).sequence(state, costs: costs, made: [1, 1, 1], most: 1) == [2])
        // All runs at cost 1 come to six, everything that is spent and planned to six as well.
        let insured = RunRule(insurance: 1).order(state, costs: costs, made: [1, 1, 1], most: 4)
        #expect(insured.candidates == [0, 1, 3, 2])
        #expect(insured.insurance == [0, 1, 3])
        #expect(insured.plan?.batch == [2])
        #expect(RunRule(insurance: 0.9).sequence(state, costs: costs, made: [1, 1, 1], most: 1) == [2])
    }

    @Test func `a farther look buys one costly run where a nearer one buys several cheap ones`() {
        // Cheap runs shorten the interval step by step, the one at the target does it at once.
        let state = reach([0, 0.5, 1], [1.2, 1.2, 1.2, 1.2, 5], target: 5)
        let costs = [1.0, 1, 1, 1, 6]
        let near = RunRule(look: 1.3, insurance: 0).sequence(state, costs: costs, made: [1, 1, 1], most: 1)
        let far = RunRule(look: 50, insurance: 0).sequence(state, costs: costs, made: [1, 1, 1], most: 1)
        #expect(near == [0])
        #expect(far == [4])
    }
}
