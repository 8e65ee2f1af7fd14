// Plans and valleys as verbs.

import Foundation
import Testing
import Workbench

@Suite struct PlanVerbTests {
    @Test func `a plan in JSON has a value for every input`() throws {
        let request = #"{"law": "besiroglu-2024", "set": "optimum", "budget": 5.76e23}"#
        let reply = try JSON.decode(PlanReply.self, from: try PlanVerb.answer(json: request))
        #expect(isClose(reply.ratio?.value, 17.92, 1e-3))
        #expect(isClose(reply.inputs["N"]?.value, 7.319e10, 1e-3))
        #expect(isClose(reply.cost.value, 5.76e23, 1e-12))
        #expect(reply.inputs["N"]?.interval == nil && reply.intervalFrom == nil)
        #expect(reply.method == "closed form" && reply.goal == "budget")
        #expect(reply.off.map(\.factor) == [0.5, 2])
    }

    @Test func `a fitted law gives intervals of everything`() throws {
        try withFolder { folder in
            var fit = chinchillaRequest()
            fit.save = folder.appending(path: "mine.law").path
            _ = try FitVerb.answer(fit)
            var request = PlanRequest(law: folder.appending(path: "mine.law").path, budget: 1e22)
            let delta = try PlanVerb.answer(request).reply
            for name in ["N", "D"] {
                let choice = try #require(delta.inputs[name])
                let (value, ends) = (try #require(choice.value), try #require(choice.interval))
                #expect(ends.lower < value && value < ends.upper)
                #expect(choice.exponent?.interval != nil)
            }
            #expect(delta.response.interval != nil && delta.ratio?.interval != nil)
            #expect(delta.intervalFrom == "delta")
            fit.bootstrap = "400"
            _ = try FitVerb.answer(fit)
            let drawn = try PlanVerb.answer(request).reply
            #expect(drawn.intervalFrom == "draws" && drawn.draws?.used == 400)
            // The same request, the same bytes.
            #expect(try PlanVerb.answer(request).json == PlanVerb.answer(request).json)
            request.budget = nil
            request.target = 2.2
            #expect(try PlanVerb.answer(request).reply.cost.interval != nil)
        }
    }

    @Test func `labels are held, and text is no number`() throws {
        var request = PlanRequest(law: "sun-2025-format", budget: 1e22)
        request.fixed = ["format": "E4M3", "B": "128"]
        let reply = try PlanVerb.answer(request).reply
        #expect(reply.labels == ["format": "E4M3"])
        request.fixed = ["format": "E4M3", "B": "many"]
        #expect(message { try PlanVerb.answer(request) }?.contains("'many' is no number for B") == true)
    }

    @Test func `valleys find the exponent that they were made with`() throws {
        let reply = try IsoFLOPVerb.answer(isoFLOPRequest()).reply
        let truth = 0.3658 / (0.3478 + 0.3658)
        let line = try #require(reply.lines["N"])
        let ends = try #require(line.exponent.interval)
        #expect(ends.lower < truth && truth < ends.upper)
        #expect(line.budgets == 5)
        #expect(reply.valleys.last?.reason == "the least loss is at the largest size")
        #expect(reply.approaches.map(\.name) == ["akima", "parabola", "cubic", "law", "surface"])
        for approach in reply.approaches { #expect(((approach.exponentN.value ?? 0) - truth).magnitude < 0.04) }
        #expect(reply.agreement?.agrees == true)
        #expect(reply.warnings.map(\.code) == ["budgets-left-out"])
        #expect(try IsoFLOPVerb.answer(isoFLOPRequest()).json == IsoFLOPVerb.answer(isoFLOPRequest()).json)
    }
}
