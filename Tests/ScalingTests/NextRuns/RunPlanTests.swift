// The plan behind an order: what it costs, what it leaves, and which of the named runs belong to it.

import Fitting
import Formulas
import Testing

@testable import Scaling

@Suite struct RunPlanTests {
    private func asked(_ target: String, _ law: Law) throws -> NextOptions {
        var options = NextOptions(try RunTarget(target, for: law), cost: try RunCost(nil, for: law))
        options.candidates = try Points("N=10M..1B@6, D=200M..20B@6", for: law)
        return options
    }

    @Test func `the first run of an order is the cheapest of its plan`() throws {
        let (fit, law, runs) = try Ladder.grid.fitted()
        var options = try asked("loss at N=10B, D=200B", law)
        options.overhead = .share(0.01)
        let next = try NextRuns(fit, law: law, runs: runs, options)
        let plan = try #require(next.plan)
        let first = try #require(next.purchases.first)
        #expect(plan.runs.count > 1)
        #expect(plan.runs.first?.candidate == first.candidate)
        #expect(plan.runs.first?.predicted == first.predicted)
        #expect(plan.runs.map(\.cost) == plan.runs.map(\.cost).sorted())
        #expect(plan.contains(first.candidate))
        let costs = plan.runs.reduce(0) { $0 + $1.cost }
        #expect((plan.cost / (costs + Double(plan.runs.count) * next.overhead) - 1).magnitude < 1e-12)
    }

    @Test func `what a plan leaves is what its runs leave once they are under way`() throws {
        let (fit, law, runs) = try Ladder.grid.fitted()
        var options = try asked("loss at N=10B, D=200B", law)
        options.hedge = RunHedge(sd: 0.01, length: 4.6)
        let next = try NextRuns(fit, law: law, runs: runs, options)
        let plan = try #require(next.plan)
        options.underWay = next.candidates.taking(plan.runs.map(\.candidate))
        let under = try #require(try NextRuns(fit, law: law, runs: runs, options).withUnderWay)
        #expect((plan.after.standardError / under.standardError - 1).magnitude < 1e-9)
        #expect((plan.after.doubt / under.doubt - 1).magnitude < 1e-9)
        #expect(plan.after.standardError < next.now.standardError)
        #expect(plan.after.standardError >= next.atBest.standardError)
    }

    @Test func `a batch is its own plan`() throws {
        let (fit, law, runs) = try Ladder.grid.fitted()
        var options = try asked("loss at N=10B, D=200B", law)
        options.spend = 1e21
        #expect(try NextRuns(fit, law: law, runs: runs, options).plan == nil)
    }

    @Test func `runs that are there as an insurance belong to no plan`() throws {
        func line(_ at: Double) -> RunPlace {
            RunPlace(features: [1, at], logarithms: [at], labels: [], slope: 1)
        }
        // A line known in 0 to 1 and wanted at 6: the candidate at 6 tells it, those at 0.5 next to nothing.
        let reach = RunReach(
            runs: [0, 0.5, 1].map(line), candidates: [0.5, 0.5, 6, 0.5].map(line),
            wanted: [RunFunctional(features: [1, 6], parts: [(1, line(6))])], noise: 0.01, hedge: .none)
        let costs = [1.0, 1, 3, 1]
        let rule = RunRule(insurance: 1)
        let plan = try #require(rule.plan(reach, costs: costs, left: [0, 1, 2, 3]))
        #expect(plan.batch == [2])
        #expect(plan.cost == 3)
        #expect(rule.sequence(reach, costs: costs, made: [1, 1, 1], most: 1) == [0])
        // Of what is left no batch reaches the aim.
        #expect(rule.plan(reach, costs: costs, left: [0]) == nil)
    }
}
