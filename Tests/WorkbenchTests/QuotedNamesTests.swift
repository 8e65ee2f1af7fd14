// Names that are no plain words: columns with spaces and signs go through every verb that puts them into words.

import Foundation
import Formulas
import Reports
import Scaling
import Testing
import Workbench

@Suite struct QuotedNamesTests {
    /// Three corpora, the first of which no fit keeps; names and labels need quotes.
    private static let table: TableSource = {
        var text = "data set,model-params,train tokens,final loss\n"
        for (corpus, floor) in [("bad", 9.0), ("\"it's, \"\"mixed\"\"\"", 1.9), ("plain", 1.7)] {
            for (place, (size, data)) in [
                (1e7, 1e9), (3e7, 1e9), (1e8, 3e9), (3e8, 1e10), (1e7, 1e10), (1e8, 1e9), (3e7, 3e9), (3e8, 3e9),
            ].enumerated() {
                let value = floor + 400 / pow(size, 0.34) + 410 / pow(data, 0.28) + 0.002 * sin(Double(7 * place))
                text += "\(corpus),\(Int(size)),\(Int(data)),\(value)\n"
            }
        }
        return .text(text, name: "names.csv")
    }()

    private func fit() -> FitRequest {
        var fit = FitRequest(
            table: Self.table,
            formula: "`final loss` ~ E[`data set`] + A/`model-params`^alpha + B/`train tokens`^beta")
        (fit.residual, fit.condition) = ("log", "`data set` != \"bad\"")
        return fit
    }

    @Test func `a report that asks by itself finds a label that was fitted`() throws {
        var request = ReportRequest(fit: fit())
        request.without = ["sensitivity", "backtest", "figures"]
        let answer = try ReportVerb.answer(request)
        let asked = try #require(answer.reply.predictions?.predictions.first?.inputs)
        #expect(asked["data set"] == .label("it's, \"mixed\""))
        #expect(asked["model-params"] == .number(3e9) && asked["train tokens"] == .number(1e11))
        #expect(!answer.reply.absent.contains { $0.part == "predictions" })
    }

    @Test func `labels that were fitted are found behind any number of others`() throws {
        var text = "corp,keep,N,D,loss\n"
        for place in 0..<250 { text += "junk\(place),0,\(place + 1)e7,\(place + 1)e9,9\n" }
        for (place, (size, data)) in [
            (1e7, 1e9), (3e7, 1e9), (1e8, 3e9), (3e8, 1e10), (1e7, 1e10), (1e8, 1e9), (3e7, 3e9), (3e8, 3e9),
        ].enumerated() {
            let loss = 1.8 + 400 / pow(size, 0.34) + 410 / pow(data, 0.28) + 0.002 * sin(Double(7 * place))
            text += "kept,1,\(size),\(data),\(loss)\n"
        }
        var fit = FitRequest(
            table: .text(text, name: "many.csv"), formula: "loss ~ E[corp] + A/N^alpha + B/D^beta")
        (fit.residual, fit.condition) = ("log", "keep == 1")
        #expect(
            ReportFormat.text(width: 400).render(try FitVerb.answer(fit).report).contains(
                "--at 'N=3B, D=100B, corp=kept'"))
        var request = ReportRequest(fit: fit)
        request.without = ["sensitivity", "backtest", "figures", "next", "plan"]
        let asked = try ReportVerb.answer(request).reply.predictions?.predictions.first?.inputs
        #expect(asked?["corp"] == .label("kept") && asked?["N"] == .number(3e9))
    }

    @Test func `what a map of contours is held at is typed as a point`() throws {
        try withFolder { folder in
            var fit = fit()
            fit.save = folder.appending(path: "mine.law").path
            _ = try FitVerb.answer(fit)
            var request = PlotRequest(kind: "contours", law: fit.save)
            request.table = Self.table
            (request.x, request.y) = ("model-params", "train tokens")
            func picture(_ at: String?) throws -> String {
                request.at = at.map { [$0] }
                return try PlotVerb.answer(request).reply.svg
            }
            let plain = try picture("`data set`=plain")
            #expect(try picture("`data set`=\"plain\"") == plain)
            #expect(try picture("`data set` = 'plain', `train tokens`=3B") == plain)
            for text in ["Q=1", "`train tokens`=1B..2B@3"] {
                let refusal = message { try picture(text) } ?? ""
                #expect(refusal.hasPrefix("--at: '\(text)' cannot be used\n"), "\(refusal)")
                #expect(refusal.contains("help: write --at '`data set`=plain'"), "\(refusal)")
            }
        }
    }

    @Test func `without its table a law of labels says what the point lacks`() throws {
        try withFolder { folder in
            var fit = fit()
            fit.save = folder.appending(path: "mine.law").path
            _ = try FitVerb.answer(fit)
            let absent = try ReportVerb.answer(ReportRequest(law: try #require(fit.save))).reply.absent
            #expect(
                absent.first { $0.part == "predictions" }?.reason
                    == "No point was asked for, and nothing says which data set is meant: add --at.")
        }
    }

    @Test func `what is to be typed after a fit can be typed`() throws {
        try withFolder { folder in
            var fit = fit()
            fit.condition = "`data set` == \"plain\""
            fit.save = folder.appending(path: "mine.law").path
            let page = ReportFormat.text(width: 400).render(try FitVerb.answer(fit).report)
            let at = "`model-params`=3B, `train tokens`=100B, `data set`=plain"
            #expect(page.contains("mine.law --at '\(at)'\n"), "\(page.suffix(300))")
            let law = try #require(fit.save)
            #expect(try PredictVerb.answer(PredictRequest(law: law, at: [at])).reply.predictions.count == 1)
            #expect(
                message { try PredictVerb.answer(PredictRequest(law: law)) }?.contains(
                    "--at '`model-params`=…, `train tokens`=…, `data set`=…'") == true)
            #expect(
                message { try PredictVerb.answer(PredictRequest(law: law, at: ["train tokens=1B"])) }?.contains(
                    "help: write `train tokens`=70B") == true)
        }
    }

    @Test func `a response of two words is found by the step that reads it`() throws {
        try withFolder { folder in
            let loss = folder.appending(path: "loss.law").path
            var first = FitRequest(
                table: Self.table, formula: "`my loss` ~ E + A/`model-params`^alpha + B/`train tokens`^beta")
            (first.columns, first.condition) = (["my loss": "`final loss`"], "`data set` == \"plain\"")
            (first.residual, first.save) = ("log", loss)
            _ = try FitVerb.answer(first)
            var request = PredictRequest(law: loss, at: ["`model-params`=1B, `train tokens`=30B"])
            let alone = try PredictVerb.answer(request).reply.predictions[0].value
            for (name, column) in [("my loss", "`final loss`"), ("final loss", nil)] {
                var second = FitRequest(table: Self.table, formula: "score ~ a + b*`\(name)`")
                second.columns = ["score": "1 - `final loss`/20 + `train tokens`*1e-12"]
                if let column { second.columns?[name] = column }
                second.condition = first.condition
                second.save = folder.appending(path: "score.law").path
                _ = try FitVerb.answer(second)
                (request.law, request.through) = (second.save ?? "", [loss])
                let inputs = try PredictVerb.answer(request).reply.predictions[0].inputs
                let known = try #require(alone)
                #expect(inputs[name] == .number(known))
            }
        }
    }

    @Test func `an option that names a column quotes it`() {
        #expect(Suggestion.column("N", "params") == "--column N=params")
        #expect(Suggestion.column("D", nil) == "--column D=COLUMN")
        #expect(Suggestion.column("D", "train tokens") == "--column 'D=`train tokens`'")
        #expect(Suggestion.column("my D", "it's") == "--column 'my D=`it'\\''s`'")
        var fit = FitRequest(table: Self.table, law: "hoffmann-2022")
        fit.columns = ["loss": "`final loss`", "N": "`model-params`"]
        #expect(message { try FitVerb.answer(fit) }?.contains("--column D=COLUMN") == true)
    }
}
