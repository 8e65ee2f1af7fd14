// What columns and points mean, against what a law wants, through the verbs; and what a refit keeps of its law.

import Foundation
import Testing
import Workbench

/// Losses of hoffmann-2022, rounded to four digits, at sizes counted without embeddings.
private let table = TableSource.text(
    "params_non_embedding,tokens,loss\n"
        + [1e8, 3e8, 1e9, 3e9].flatMap { n in
            [2e9, 1e10, 5e10].map { d in
                let loss = 1.6934 + 406.4 / pow(n, 0.3392) + 410.7 / pow(d, 0.2849)
                return "\(n),\(d),\((loss * 1e4).rounded() / 1e4)\n"
            }
        }.joined(), name: "runs.csv")

@Suite struct ConventionVerbTests {
    private func refit(_ path: String? = nil) throws -> Answer<FitReply> {
        var request = FitRequest(table: table, law: "hoffmann-2022")
        request.columns = ["N": "params_non_embedding", "D": "tokens"]
        request.save = path
        return try FitVerb.answer(request)
    }

    @Test func `a fit to parameters that are counted otherwise says so in reply, report and law`() throws {
        try withFolder { folder in
            let path = folder.appending(path: "mine.law").path
            let answer = try refit(path)
            #expect(answer.reply.warnings.map(\.code).contains("counting-mismatch"))
            #expect("\(answer.report)".contains("counting-mismatch"))
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.contains("counting-mismatch"))
            // What was fitted is stored: the next prediction from this column is no mismatch.
            #expect(text.contains("\ncounting: non-embedding\n"))
            var request = PredictRequest(law: path)
            request.table = table
            #expect(try PredictVerb.answer(request).reply.warnings.isEmpty)
        }
    }

    @Test func `a prediction from rows that are counted otherwise says so`() throws {
        var request = PredictRequest(law: "hoffmann-2022")
        (request.table, request.columns) = (table, ["N": "params_non_embedding", "D": "tokens"])
        #expect(try PredictVerb.answer(request).reply.warnings.map(\.code) == ["counting-mismatch"])
    }

    @Test func `operations given to a law in PF-days are a mismatch of units`() throws {
        let law = "kaplan-2020-compute"
        let answer = try PredictVerb.answer(PredictRequest(law: law, at: ["C=1e21"]))
        let warning = try #require(answer.reply.warnings.first { $0.code == "unit-mismatch" })
        #expect(warning.message.contains("divided by 8.64e19"))
        #expect(warning.message.contains("is it in FLOP?"))
        #expect("\(answer.report)".contains("unit-mismatch"))
        let fine = try PredictVerb.answer(PredictRequest(law: law, at: ["C=10"])).reply.warnings
        #expect(!fine.contains { $0.code == "unit-mismatch" })
        var rows = PredictRequest(law: law)
        (rows.table, rows.columns) = (.text("flops\n1e21\n2e21\n", name: "t.csv"), ["C": "flops"])
        #expect(try PredictVerb.answer(rows).reply.warnings.contains { $0.code == "unit-mismatch" })
    }

    @Test func `a refit names the law whose form it has, and nobody as its author`() throws {
        try withFolder { folder in
            let path = folder.appending(path: "mine.law").path
            _ = try refit(path)
            let shown = try LawsShowVerb.answer(LawsShowRequest(law: path)).reply
            let title = "Training compute-optimal large language models, fitted to runs.csv"
            #expect(shown.title == title)
            #expect(shown.notes == "Form of hoffmann-2022 (arXiv:2203.15556).")
            #expect(shown.authors == nil && shown.year == nil && shown.identifier == nil && shown.equation == nil)
            #expect(shown.traps.isEmpty && shown.bibTeX == nil)
            var again = FitRequest(table: table, law: path)
            again.save = path
            _ = try FitVerb.answer(again)
            let twice = try LawsShowVerb.answer(LawsShowRequest(law: path)).reply
            #expect(twice.title == title && twice.notes == shown.notes)
        }
    }
}
