// laws and its verbs, as functions from a request to an answer.

import Foundation
import Testing
import Workbench

@Suite struct LawsVerbTests {
    @Test func `every law of the atlas is an entry`() throws {
        let laws = try LawsVerb.answer(LawsRequest()).reply
        let hoffmann = try #require(laws.first { $0.id == "hoffmann-2022" })
        #expect(hoffmann.kind == "law")
        #expect(hoffmann.field == "language")
        #expect(hoffmann.inputs == ["N", "D"])
        #expect(hoffmann.sets == ["full-precision", "rounded"])
        #expect(laws.contains { $0.kind == "claim" && $0.formula == nil })
        #expect(laws.map(\.id) == laws.map(\.id).sorted())
    }

    @Test func `a field chooses`() throws {
        let laws = try LawsVerb.answer(LawsRequest(field: "language")).reply
        #expect(!laws.isEmpty && laws.allSatisfy { $0.field == "language" })
        let fault = message { try LawsVerb.answer(LawsRequest(field: "langage")) }
        #expect(fault?.contains("did you mean 'language'?") == true)
    }

    @Test func `a folder of one's own adds laws`() throws {
        try withFolder { folder in
            let law = "allometry-law: 1\ntitle: Quokkas\nfield: animals\nformula: joy ~ a * n\n\n[input n]\n"
            try law.write(to: folder.appending(path: "me-2026.law"), atomically: true, encoding: .utf8)
            let own = [folder.path]
            #expect(try LawsVerb.answer(LawsRequest(field: "animals", atlas: own)).reply.map(\.id) == ["me-2026"])
            let found = try LawsSearchVerb.answer(LawsSearchRequest(query: "quokka", atlas: own)).reply
            #expect(found.map(\.id) == ["me-2026"])
            #expect(try LawsShowVerb.answer(LawsShowRequest(law: "me-2026", atlas: own)).reply.title == "Quokkas")
        }
    }

    @Test func `a search finds repeated data`() throws {
        let found = try LawsSearchVerb.answer(LawsSearchRequest(query: "repeated data")).reply
        #expect(found.contains { $0.id.hasPrefix("muennighoff-2023") })
        #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
        #expect(found.allSatisfy { !$0.line.isEmpty })
    }

    @Test func `a law shows what it says`() throws {
        let answer = try LawsShowVerb.answer(LawsShowRequest(law: "hoffmann-2022"))
        #expect(answer.reply.symbols.first?.unit == "parameters")
        #expect(answer.reply.sets.first?.values["A"] == 406.401018)
        #expect(answer.reply.latex?.contains("\\frac{A}{N^{\\alpha}}") == true)
        #expect(try JSON.decode(LawReply.self, from: answer.json) == answer.reply)
    }

    @Test func `a damaged file is an element of the reply`() throws {
        try withFolder { folder in
            let path = folder.appending(path: "bad-2026.law").path
            try "allometry-law: 9\n".write(toFile: path, atomically: true, encoding: .utf8)
            let reply = try LawsLintVerb.answer(LawsLintRequest(files: [path, "nothing.law"])).reply
            #expect(reply[0].error?.contains("newer version") == true)
            #expect(reply[1].error?.hasPrefix("cannot read 'nothing.law'") == true)
        }
    }
}
