// docs/json.md names every key of every reply.

import Foundation
import Testing
import Workbench

@Suite struct JSONDocumentationTests {
    @Test func `every key of a reply is documented`() throws {
        let page = fixtures.deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/json.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        var fit = chinchillaRequest()
        (fit.fixed, fit.ties, fit.bounds) = (["E": 1.8], ["beta": "alpha"], ["A": "..100"])
        var plot = PlotRequest(kind: "fit", law: "hoffmann-2022")
        (plot.table, plot.columns) = (.path(inventedRuns), ["N": "params", "D": "tokens"])
        var plan = PlanRequest(law: "hoffmann-2022", budget: 1e22)
        (plan.gpu, plan.gpus, plan.price, plan.uniqueTokens) = ("h100", 64, 2.5, 1e11)
        plan.shape = ["layers": 12, "width": 768, "heads": 12, "vocab": 50257, "context": 1024]
        var forecast = ForecastRequest(table: runningCurve, law: "tissue-2024")
        forecast.schedules = ["constant peak=3e-4 steps=6000"]
        forecast.until = 2500
        let families = ["wsd peak=3e-4 decay=5%..50% steps=2400"]
        var select = SelectRequest(table: .path(inventedRuns), laws: ["hoffmann-2022", "kaplan-2020-parameters"])
        (select.columns, select.condition) = (["N": "params", "D": "tokens"], "loss < 9")
        select.at = ["N=10B, D=200B"]
        var next = NextRequest(fit: chinchillaRequest())
        next.target = "loss at N=70B, D=1.4T"
        var ladder = LadderRequest(law: "besiroglu-2024")
        (ladder.target, ladder.spend) = ("loss at N=7B, D=140B", 1e20)
        ladder.folder = FileManager.default.temporaryDirectory.appending(path: "ladder-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: ladder.folder ?? "") }
        let replies: [(section: String, json: String)] = [
            ("backtest", try BacktestVerb.answer(BacktestRequest(fit: chinchillaRequest())).json),
            ("compare", try CompareVerb.answer(ladderComparison()).json),
            ("select", try SelectVerb.answer(select).json),
            ("fit", try FitVerb.answer(fit).json),
            ("ladder", try LadderVerb.answer(ladder).json),
            ("ladder status", try LadderStatusVerb.answer(LadderStatusRequest(folder: ladder.folder ?? "")).json),
            ("next", try NextVerb.answer(next).json),
            ("forecast", try ForecastVerb.answer(forecast).json),
            ("schedule", try ScheduleVerb.answer(ScheduleRequest(law: "luo-2025", families: families)).json),
            ("predict", try PredictVerb.answer(PredictRequest(law: "hoffmann-2022", at: ["N=1T, D=1T"])).json),
            ("predict", try PredictVerb.answer(chainRequest()).json), ("plot", try PlotVerb.answer(plot).json),
            (
                "count",
                try CountVerb.answer(
                    CountRequest(shape: ["layers": 2, "width": 8, "heads": 2, "vocab": 10, "context": 4])
                ).json
            ),
            ("plan", try PlanVerb.answer(plan).json), ("isoflop", try IsoFLOPVerb.answer(isoFLOPRequest()).json),
            ("sensitivity", try SensitivityVerb.answer(chinchillaQuestion()).json),
            ("read", try ReadVerb.answer(ReadRequest(sources: [fixtures.appending(path: "logs/trainer").path])).json),
            ("laws", try LawsVerb.answer(LawsRequest(field: "language")).json),
            ("laws search", try LawsSearchVerb.answer(LawsSearchRequest(query: "repeated data")).json),
            ("laws show", try LawsShowVerb.answer(LawsShowRequest(law: "hoffmann-2022")).json),
            ("laws lint", try LawsLintVerb.answer(LawsLintRequest(files: [inventedRuns])).json),
        ]
        // Objects by name have the user's names for keys.
        let byName: Set = [
            "parameters", "roles", "domain", "inputs", "distances", "values", "labels", "methods", "optimum", "lines",
            "shape", "operations", "coefficients", "held", "choices", "alone", "point", "estimates",
        ]
        func keys(_ value: Any) -> Set<String> {
            if let list = value as? [Any] { return list.map(keys).reduce(into: []) { $0.formUnion($1) } }
            guard let object = value as? [String: Any] else { return [] }
            return object.reduce(into: Set(object.keys)) { found, pair in
                guard byName.contains(pair.key), let inner = pair.value as? [String: Any] else {
                    return found.formUnion(keys(pair.value))
                }
                for value in inner.values { found.formUnion(keys(value)) }
            }
        }
        for (section, json) in replies {
            let start = try #require(text.range(of: "\n## \(section)\n")).upperBound
            let end = text.range(of: "\n## ", range: start..<text.endIndex)?.lowerBound ?? text.endIndex
            let missing = keys(try JSONSerialization.jsonObject(with: Data(json.utf8)))
                .filter { !text[start..<end].contains("`\($0)`") }
            #expect(missing.sorted() == [], "\(section)")
        }
    }
}
