// allometry laws and its commands, as they are typed.

import Foundation
import Testing

@Suite struct LawsCommandTests {
    private func list(_ run: Run) throws -> [[String: Any]] {
        try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    }

    @Test func `the list has ids, fields, kinds, inputs and sets`() throws {
        let laws = try list(try Binary.run(["laws", "--format", "json"]))
        let hoffmann = try #require(laws.first { $0["id"] as? String == "hoffmann-2022" })
        #expect(hoffmann["field"] as? String == "language")
        #expect(hoffmann["kind"] as? String == "law")
        #expect(hoffmann["inputs"] as? [String] == ["N", "D"])
        #expect(hoffmann["sets"] as? [String] == ["full-precision", "rounded"])
    }

    @Test func `the list in text has a line a law and fits in 80 columns`() throws {
        let run = try Binary.run(["laws", "--field", "language"])
        #expect(run.output.contains("\n  hoffmann-2022 "))
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func `claims stand last, and the end says how many there are`() throws {
        let text = try Binary.run(["laws"]).output
        let laws = try list(try Binary.run(["laws", "--format", "json"]))
        let claims = laws.filter { $0["kind"] as? String == "claim" }
        let start = try #require(text.firstRange(of: "\nclaims\n"))
        for law in laws {
            let id = try #require(law["id"] as? String)
            let line = try #require(text.firstRange(of: "\n  \(id) "))
            #expect((line.lowerBound > start.lowerBound) == (law["kind"] as? String == "claim"), "\(id)")
        }
        #expect(
            text.hasSuffix(
                "\n\(laws.count - claims.count) laws and \(claims.count) claims. allometry laws show ID tells all of one.\n"
            ))
    }

    @Test func `a search shows the line with the most words, rather not the title`() throws {
        let found = try list(try Binary.run(["laws", "search", "chinchilla rounded", "--format", "json"]))
        #expect(!found.isEmpty)
        let one = try list(try Binary.run(["laws", "search", "compute-optimal", "--format", "json"]))
        let hoffmann = try #require(one.first { $0["id"] as? String == "hoffmann-2022" })
        #expect((hoffmann["line"] as? String)?.hasPrefix("title: ") == true)
        let more = try list(try Binary.run(["laws", "search", "tokens", "--format", "json"]))
        #expect(more.allSatisfy { ($0["line"] as? String)?.hasPrefix("id: ") == false })
    }

    @Test func `a search finds repeated data`() throws {
        let run = try Binary.run(["laws", "search", "repeated data"])
        #expect(run.output.contains("muennighoff-2023"))
        let none = try Binary.run(["laws", "search", "zyxwv"])
        #expect(none.status == 0)
        #expect(none.output.hasPrefix("No law holds every word of 'zyxwv'."))
    }

    @Test func `a law is shown with all that is known of it`() throws {
        let run = try Binary.run(["laws", "show", "sample-2026.law"], in: fixtures)
        #expect(run.status == 0)
        try Snapshot.check(run.output, "laws-show")
    }

    @Test func `remarks on a law file give status 1, none give 0`() throws {
        try withFolder { folder in
            let text = "allometry-law: 1\ntitle: Short\nformula: y ~ a*x\n\n[input x]\n"
            try text.write(to: folder.appending(path: "me-2026.law"), atomically: true, encoding: .utf8)
            let run = try Binary.run(["laws", "lint", "me-2026.law"], in: folder)
            #expect(run.status == 1)
            #expect(run.output.contains("me-2026.law: 'authors' is missing (no-source)"))
            let fine = try Binary.run(["laws", "lint", "sample-2026.law"], in: fixtures)
            #expect(fine.status == 0)
            #expect(fine.output == "sample-2026.law: nothing to remark\n")
        }
    }

    @Test func `a folder of one's own is an atlas`() throws {
        let run = try Binary.run(["predict", "sample-2026", "--atlas", ".", "--at", "N=1M", "--format", "csv"])
        #expect(run.status == 0)
        #expect(run.output == "N,value,lower,upper,distance\n1000000,2.1,,,1\n")
    }
}
