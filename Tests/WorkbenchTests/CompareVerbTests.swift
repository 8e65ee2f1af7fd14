// compare, as a request and a reply.

import Foundation
import Testing
import Workbench

/// Two recipes on one design, of our own ladder of small models.
let ladderRuns = fixtures.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Examples/byte-ladder/runs.csv").path

/// The comparison that most tests begin with.
func ladderComparison() -> CompareRequest {
    var fit = FitRequest(table: .path(ladderRuns), formula: "loss ~ E + A/N^alpha + B/D^beta")
    fit.columns = ["N": "params_non_embedding", "D": "tokens"]
    fit.residual = "log"
    fit.condition = "purpose == \"ladder\""
    fit.bounds = ["E": "0..", "A": "0..", "B": "0..", "alpha": "0..", "beta": "0.."]
    var request = CompareRequest(fit: fit, by: "recipe")
    request.draws = 200
    return request
}

@Suite struct CompareVerbTests {
    @Test func `the two recipes of the ladder are told apart`() throws {
        var request = ladderComparison()
        request.at = ["N=100k, D=2M"]
        let reply = try CompareVerb.answer(request).reply
        #expect(reply.recipes.map(\.name) == ["gated", "plain"] && reply.recipes.map(\.runs) == [28, 14])
        #expect(reply.shared == ["alpha", "beta"] && reply.baseline == "gated")
        #expect(reply.pairing.paired && reply.pairing.shared == 14)
        #expect(reply.targets[0].pairs[0].first == "gated")
        #expect((reply.targets[0].pairs[0].probabilityBetter ?? 0) > 0.99)
        let compute = try #require(reply.compute)
        #expect(compute.cost == "6 N D" && compute.path == "ray")
        #expect(compute.recipes[0].multipliers.allSatisfy { ($0.factor.value ?? 0) > 2 })
        #expect(compute.recipes[0].crossing.budget == nil)
    }

    @Test func `a reply reads back as it was`() throws {
        let answer = try CompareVerb.answer(ladderComparison())
        #expect(try JSON.decode(CompareReply.self, from: answer.json) == answer.reply)
    }

    @Test func `what cannot be used is refused`() throws {
        func complaint(_ change: (inout CompareRequest) -> Void) -> String? {
            var request = ladderComparison()
            change(&request)
            return message { try CompareVerb.answer(request) }
        }
        #expect(complaint { $0.by = "recpe" }?.contains("did you mean 'recipe'?") == true)
        #expect(complaint { $0.better = "more" }?.hasPrefix("--better: 'more' cannot be used") == true)
        #expect(complaint { $0.draws = 10 }?.contains("100 draws or more") == true)
        #expect(complaint { $0.path = "N=1M" }?.hasPrefix("D is missing") == true)
        #expect(complaint { $0.path = "N=0, D=1M" }?.hasPrefix("--path: N is not above zero") == true)
        #expect(complaint { $0.fit.priors = ["alpha ~ normal(0.3, 0.1)"] }?.hasPrefix("--prior cannot") == true)
        #expect(
            complaint {
                $0.fit.formula = "loss ~ E + A/tokens^alpha"
                $0.fit.columns = nil
                $0.fit.bounds = nil
                $0.path = "optimal"
            }?.hasPrefix("--path optimal: there is no choice") == true)
    }

    @Test func `a law without compute is compared at its targets alone`() throws {
        var request = ladderComparison()
        request.fit.formula = "loss ~ E + A*lr + B*steps"
        request.fit.columns = nil
        request.fit.bounds = nil
        request.at = ["lr=0.01, steps=1000"]
        let reply = try CompareVerb.answer(request).reply
        #expect(reply.compute == nil && reply.targets.count == 1)
        #expect(reply.warnings.contains { $0.code == "no-compute" })
    }
}
