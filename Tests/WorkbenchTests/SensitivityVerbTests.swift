// sensitivity, as a request and a reply.

import Foundation
import Testing
import Workbench

/// The question that most tests begin with.
func chinchillaQuestion() -> SensitivityRequest {
    var request = SensitivityRequest(fit: chinchillaRequest())
    request.answers = ["beta/(alpha+beta)"]
    request.at = ["N=10B, D=200B"]
    return request
}

@Suite struct SensitivityVerbTests {
    @Test func `answers are those of the fit, with everything that moves them`() throws {
        let reply = try SensitivityVerb.answer(chinchillaQuestion()).reply
        let fit = try FitVerb.answer(chinchillaRequest()).reply
        let (alpha, beta) = (fit.parameters["alpha"]?.value ?? .nan, fit.parameters["beta"]?.value ?? .nan)
        #expect(reply.answers.map(\.name) == ["beta / (alpha + beta)", "loss at N = 10B, D = 200B"])
        #expect(isClose(reply.answers[0].estimate, beta / (alpha + beta)))
        #expect(reply.runs.count == 28 && reply.runs[0].shifts.count == 2)
        #expect(reply.alternatives.allSatisfy { $0.estimates.count == 2 })
        #expect(reply.sets.count == 4)
        let sizes = reply.runs.compactMap(\.size)
        #expect(sizes == sizes.sorted(by: >))
    }

    @Test func `rows that the condition leaves out are the two that stand out`() throws {
        var request = chinchillaQuestion()
        request.fit.condition = nil
        let reply = try SensitivityVerb.answer(request).reply
        #expect(reply.observations == 29 && reply.outliers.first?.name == "line 29")
    }

    @Test func `a reply reads back as it was`() throws {
        let answer = try SensitivityVerb.answer(chinchillaQuestion())
        #expect(try JSON.decode(SensitivityReply.self, from: answer.json) == answer.reply)
    }

    @Test func `what cannot be used is refused`() throws {
        func complaint(_ change: (inout SensitivityRequest) -> Void) -> String? {
            var request = chinchillaQuestion()
            change(&request)
            return message { try SensitivityVerb.answer(request) }
        }
        #expect(complaint { $0.answers = ["beta/"] }?.hasPrefix("--answer") == true)
        #expect(complaint { $0.answers = ["gamma"] }?.contains("gamma") == true)
        #expect(complaint { $0.at = ["N=1B"] }?.hasPrefix("D is missing") == true)
        #expect(complaint { $0.runs = 0 }?.hasPrefix("--runs: '0' cannot be used") == true)
        #expect(complaint { $0.group = "rnu" }?.contains("rnu") == true)
    }
}
