// Every verb is in the list, and speaks JSON.

import Foundation
import Testing
import Workbench

@Suite struct VerbTests {
    @Test func `every verb has its line in the list`() throws {
        let folder = fixtures.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/Workbench/Verbs")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix("Verb.swift") }.map { String($0.dropLast(6)) }.sorted()
        #expect(Verbs.all.map { "\($0)" } == files)
        #expect(Set(Verbs.all.map { $0.name }).count == files.count)
    }

    @Test func `a request in JSON gives a reply in JSON`() throws {
        let request = #"{"table": {"name": "t.csv", "text": "x,y\n1,3\n2,5\n3,7\n"}, "formula": "y ~ a + b*x"}"#
        let reply = try JSON.decode(FitReply.self, from: try FitVerb.answer(json: request))
        #expect(isClose(reply.parameters["b"]?.value, 2))
        let prediction = try PredictVerb.answer(json: #"{"law": "hoffmann-2022", "at": ["N=1e9, D=2e10"]}"#)
        #expect(prediction.contains("2.5306682"))
    }

    @Test func `the arithmetic may be chosen`() throws {
        var request = chinchillaRequest()
        request.arithmetic = "portable"
        #expect(isClose(try FitVerb.answer(request).reply.objective, 0.00028515784876061384, 1e-12))
        request.arithmetic = "abacus"
        #expect(message { try FitVerb.answer(request) }?.hasPrefix("arithmetic: 'abacus' cannot be used") == true)
    }
}
