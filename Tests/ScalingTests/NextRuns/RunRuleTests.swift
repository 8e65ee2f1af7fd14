// The order of purchases: what is kept of a budget, of an aim and of the cheapest runs.

import Fitting
import Formulas
import Testing

@testable import Scaling

@Suite struct RunRuleTests {
    private func line(_ at: Double) -> RunPlace {
        RunPlace(features: [1, at], logarithms: [at], labels: [], slope: 1)
    }

    private func reach(
        _ runs: [Double], _ candidates: [Double], target: Double, hedge: RunHedge = .none
    ) -> RunReach {
        RunReach(
            runs: runs.map(line), candidates: candidates.map(line),
            wanted: [RunFunctional(features: [1, target], parts: [(1, line(target))])], noise: 0.01, hedge: hedge)
    }

    @Test func `of runs that tell as much the cheaper comes first, and a budget is kept`() {
        let twins = reach([0, 0.5, 1], [2, 2, 2, 2], target: 3)
        let costs = [3.0, 1, 2, 4]
        #expect(RunRule.usual.sequence(twins, costs: costs, made: [1, 1, 1], most: 4) == [1, 2, 0, 3])
        func batch(_ spend: Double, _ most: Int) -> RunRule.Batch {
            RunRule.usual.batch(twins, costs: costs, made: [1, 1, 1], spend: spend, most: most)
        }
        #expect(!batch(3.5, 4).chosen.isEmpty && batch(3.5, 4).chosen.reduce(0) { $0 + costs[$1] } <= 3.5)
        #expect(batch(0.5, 4) == RunRule.Batch())
        #expect(batch(100, 2).chosen.count == 2)
        #expect(batch(100, 4).insurance == [])
    }

    @Test func `a law that is off by three times the noise is in doubt by a half, one that is right not at all`() {
        #expect(reach([0, 1], [2], target: 3).doubt(at: 0) == 0)
        let doubtful = reach([0, 1], [2], target: 3, hedge: RunHedge(sd: 0.3, length: 1))
        #expect((doubtful.doubt(at: 0) - 0.5).magnitude < 1e-12)
    }

    @Test func `without doubt only runs of the cheapest way are bought before it is gone`() throws {
        // A line known in 0 to 1 and wanted at 6: the candidate at 6 tells it, those at 0.5 next to nothing.
        let state = reach([0, 0.5, 1], [0.5, 0.5, 6, 0.5], target: 6)
        let costs = [1.0, 1, 3, 1]
        #expect(RunRule(insurance: 100).sequence(state, costs: costs, made: [1, 1, 1], most: 1) == [2])
        // In doubt by a half; all runs at cost 1 come to six.
        let doubted = reach([0, 0.5, 1], [0.5, 0.5, 6, 0.5], target: 6, hedge: RunHedge(sd: 0.3, length: 100))
        let plan = try #require(RunRule.grid.plan(doubted, costs: costs, left: [0, 1, 2, 3]))
        #expect(plan.batch.contains(2))
        let edge = 6 / (0.5 * (3 + plan.cost))
        func first(_ insurance: Double) -> [Int] {
            RunRule(insurance: insurance).sequence(doubted, costs: costs, made: [1, 1, 1], most: 1)
        }
        #expect(first(1.01 * edge) == [0])
        #expect(first(0.99 * edge) == RunRule.grid.sequence(doubted, costs: costs, made: [1, 1, 1], most: 1))
        #expect(first(0.99 * edge) == [2])
    }

    @Test func `a batch insures itself with its cheapest runs, and keeps its budget and its number`() {
        let costs = [1.0, 1, 3, 1]
        let doubted = reach([0, 0.5, 1], [0.5, 0.5, 6, 0.5], target: 6, hedge: RunHedge(sd: 0.3, length: 100))
        func batch(_ insurance: Double, _ spend: Double, _ most: Int = 10) -> RunRule.Batch {
            RunRule(insurance: insurance).batch(doubted, costs: costs, made: [1, 1, 1], spend: spend, most: most)
        }
        // Three made and three to make at cost 1, of nine in all, in doubt by a half.
        #expect(batch(1.34, 6) == RunRule.Batch(insurance: [0, 1, 3], chosen: [2]))
        #expect(batch(1.32, 6).insurance == [])
        #expect(batch(1.32, 6).chosen.contains(2))
        #expect(batch(100, 2.5).insurance == [0, 1])
        #expect(batch(100, 6, 4).insurance == [0, 1])
        #expect(batch(100, 6, 4).all.count <= 4)
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
