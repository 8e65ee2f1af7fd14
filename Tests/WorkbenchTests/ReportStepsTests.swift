// Reports of laws in two steps: where their runs' sizes stand, what another law says beside them, and their words.

import Foundation
import Reports
import Scaling
import Testing
import Workbench

/// The report of an accuracy through its loss.
func taskReport(in folder: URL) throws -> ReportRequest {
    let (loss, accuracy) = (folder.appending(path: "ladder.law").path, folder.appending(path: "accuracy.law").path)
    for (var fit, path) in [(Gallery.ladderFit(), loss), (Gallery.accuracyFit(), accuracy)] {
        fit.save = path
        _ = try FitVerb.answer(fit)
    }
    var request = ReportRequest(law: accuracy)
    (request.through, request.at) = ([loss], ["N=4M, D=80M"])
    return request
}

@Suite struct ReportStepsTests {
    /// A fit that is saved beside the laws of the report.
    private func saved(_ fit: FitRequest, _ name: String, in folder: URL) throws -> String {
        var fit = fit
        fit.save = folder.appending(path: name).path
        _ = try FitVerb.answer(fit)
        return fit.save ?? ""
    }

    /// The ladder with other names for its sizes.
    private func renamed() throws -> TableSource {
        let text = try String(contentsOf: URL(filePath: Gallery.ladder), encoding: .utf8)
        let lines = text.split(separator: "\n", maxSplits: 1)
        let header = lines[0].replacing("params_total", with: "size").replacing(",tokens,", with: ",seen tokens,")
        return .text("\(header)\n\(lines[1])", name: "renamed.csv")
    }

    private func text(_ answer: Answer<ReportReply>) -> String {
        ReportFormat.text(width: 400, plots: nil).render(answer.report).split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }

    private func caption(_ request: ReportRequest) throws -> String {
        var found = ""
        for case .figure(let plate) in try ReportVerb.answer(request).report.blocks where plate.name == "task" {
            found = plate.caption.text
        }
        return found
    }

    // MARK: - Columns

    @Test func `columns say what the sizes of either step are called in the table`() throws {
        try withFolder { folder in
            var request = try taskReport(in: folder)
            request.table = try renamed()
            request.without = ["sensitivity"]
            request.columns = ["accuracy": "1 - 0.8/(1 + exp(-6*(loss - 1.5))) + 0.004*sin(`seen tokens`)"]
            let without = try ReportVerb.answer(request)
            #expect(without.reply.backtest == nil)
            #expect(
                without.reply.absent.first { $0.part == "backtest" }?.reason
                    == "The backtest was not made: renamed.csv has no column 'N'; --column N=COLUMN.")
            #expect(text(without).contains("none stands over compute: --column N=COLUMN --column D=COLUMN"))
            request.columns?["N"] = "size"
            request.columns?["D"] = "`seen tokens`"
            let with = try ReportVerb.answer(request)
            #expect(with.reply.backtest?.by == "6 * N * D")
            #expect(!text(with).contains("none stands over compute"))
            // Every run stands over compute.
            let rows = try #require(with.csv).split(separator: "\n").filter {
                $0.hasPrefix("task,") && $0.contains(",dots,runs,")
            }
            #expect(Set(rows.map { $0.split(separator: ",")[1] }).count == 2)
            // As of the table that the laws were fitted to.
            let original = try ReportVerb.answer(try taskReport(in: folder))
            #expect(with.reply.predictions == original.reply.predictions)
            // A column that is named has to be there.
            request.columns?["N"] = "nosuch"
            let refusal = message { try ReportVerb.answer(request) } ?? ""
            #expect(refusal.hasPrefix("no column 'nosuch'\n  renamed.csv, header: "), "\(refusal)")
            var plot = PlotRequest(kind: "task", law: request.law)
            (plot.table, plot.through, plot.at) = (request.table, request.through, request.at)
            plot.columns = request.columns
            #expect(message { try PlotVerb.answer(plot) }?.hasPrefix("no column 'nosuch'\n") == true)
            // A name that no step knows, a parameter of a law among them, is told which there are.
            for name in ["M", "k"] {
                request.columns = [name: "size"]
                let refusal = message { try ReportVerb.answer(request) } ?? ""
                #expect(refusal.contains("'\(name)' is no input"), "\(refusal)")
                #expect(refusal.contains(": N, D, L, accuracy\n"), "\(refusal)")
            }
        }
    }

    @Test func `a table that is fitted here takes columns of both steps, too`() throws {
        try withFolder { folder in
            var fit = Gallery.accuracyFit()
            fit.table = try renamed()
            fit.columns?["accuracy"] = "1 - 0.8/(1 + exp(-6*(loss - 1.5))) + 0.004*sin(`seen tokens`)"
            fit.columns?["N"] = "size"
            fit.columns?["D"] = "`seen tokens`"
            var request = ReportRequest(fit: fit)
            request.through = [try saved(Gallery.ladderFit(), "ladder.law", in: folder)]
            request.without = ["sensitivity"]
            let answer = try ReportVerb.answer(request)
            #expect(answer.reply.backtest?.by == "6 * N * D")
            #expect(answer.reply.predictions?.predictions.count == 1)
        }
    }

    // MARK: - Another law beside

    @Test func `a law beside is asked what the step that it stands for is asked`() throws {
        try withFolder { folder in
            var request = try taskReport(in: folder)
            request.without = ["backtest", "sensitivity"]
            // In place of the first step.
            var other = Gallery.ladderFit()
            other.formula = "loss ~ A/N^alpha + B/D^alpha"
            request.published = try saved(other, "other.law", in: folder)
            let step = try ReportVerb.answer(request)
            let beside = try #require(step.reply.published?.predictions)
            #expect(beside.through.map(\.law) == ["other"] && beside.predictions.count == 1)
            // What comes last is the law itself.
            let own = step.reply.predictions
            #expect(beside.response == "accuracy" && beside.law == own?.law && beside.formula == own?.formula)
            #expect(beside.predictions[0].value != step.reply.predictions?.predictions[0].value)
            #expect(text(step).contains("It stands in place of the step before, by which L is predicted."))
            for what in ["accuracy at N = 4M, D = 80M", "L at N = 4M, D = 80M"] {
                let rows = text(step).components(separatedBy: "Beside other")[1]
                #expect(rows.contains(what), "\(what)")
            }
            #expect(try #require(step.csv).contains(",curve,other,"))
            // In place of the last one.
            var line = Gallery.accuracyFit()
            line.formula = "accuracy ~ a + b*L"
            request.published = try saved(line, "line.law", in: folder)
            let last = try ReportVerb.answer(request)
            #expect(last.reply.published?.predictions?.through.map(\.law) == ["ladder"])
            #expect(last.reply.published?.predictions?.law == "line")
            #expect(last.reply.published?.predictions?.response == "accuracy")
            #expect(text(last).contains("It reads L as the law does, from the same steps."))
            let panels = Set(
                try #require(last.csv).split(separator: "\n").filter { $0.contains(",curve,line,") }.map {
                    $0.split(separator: ",")[1]
                })
            #expect(panels.count == 2)
            // For both at once.
            var whole = Gallery.accuracyFit()
            whole.formula = "accuracy ~ a + b*ln(N*D)"
            whole.columns?.merge(["N": "params_total", "D": "tokens"]) { $1 }
            whole.columns?["L"] = nil
            request.published = try saved(whole, "whole.law", in: folder)
            let both = try ReportVerb.answer(request)
            #expect(both.reply.published?.predictions?.through.isEmpty == true)
            #expect(both.reply.published?.predictions?.response == "accuracy")
            #expect(text(both).contains("It predicts accuracy without L."))
            // For neither: said so.
            request.published = "gadre-2024"
            let none = try ReportVerb.answer(request)
            #expect(none.reply.published?.predictions == nil)
            #expect(text(none).contains("it predicts neither what both steps do, nor what one of them does"))
        }
    }

    @Test func `steps that both have keep the set that is asked for, and the law beside takes its own`() throws {
        var request = ReportRequest(law: "bhagia-2024-accuracy")
        (request.through, request.at) = (["bhagia-2024"], ["N=7B, D=4T"])
        request.published = "bhagia-2024-ceiling"
        func loss(_ reply: PredictReply?) -> PredictReply.Input? { reply?.predictions.first?.inputs["L"] }
        let usual = try ReportVerb.answer(request).reply
        request.set = "arc-easy"
        let easy = try ReportVerb.answer(request).reply
        #expect(loss(easy.predictions) != nil && loss(easy.predictions) == loss(easy.published?.predictions))
        #expect(loss(easy.predictions) != loss(usual.predictions))
        // In place of a step: the last law, which both have, keeps its set.
        request.published = "bhagia-2024"
        let same = try ReportVerb.answer(request).reply
        #expect(same.published?.predictions?.predictions.first?.value == same.predictions?.predictions.first?.value)
        let atlas = try Atlas.embedded.law("bhagia-2024")
        let values = try atlas.estimates(set: "arc-easy")
        #expect(
            same.published?.coefficients
                == Dictionary(zip(values.names, values.values)) { first, _ in first })
    }

    @Test func `a law beside without a value of a label is shown, and the page says why it is not asked`() throws {
        try withFolder { folder in
            var text = "corpus,N,D,loss,score\n"
            for (corpus, floor) in [("one", 1.9), ("two", 1.7)] {
                for (place, (size, data)) in [
                    (1e7, 1e9), (3e7, 1e9), (1e8, 3e9), (3e8, 1e10), (1e7, 1e10), (1e8, 1e9), (3e7, 3e9), (3e8, 3e9),
                ].enumerated() {
                    let loss = floor + 400 / pow(size, 0.34) + 410 / pow(data, 0.28) + 0.002 * sin(Double(7 * place))
                    text +=
                        "\(corpus),\(Int(size)),\(Int(data)),\(loss),\(1 - loss / 8 + 0.001 * cos(Double(5 * place)))\n"
                }
            }
            let table = TableSource.text(text, name: "two.csv")
            var first = FitRequest(table: table, formula: "loss ~ E[corpus] + A/N^alpha + B/D^beta")
            first.residual = "log"
            let loss = try saved(first, "loss.law", in: folder)
            first.condition = "corpus == \"one\""
            let one = try saved(first, "one.law", in: folder)
            let score = try saved(
                FitRequest(table: table, formula: "score ~ a + b*loss"), "score.law", in: folder)
            for through in [nil, [loss]] {
                var request = ReportRequest(law: through == nil ? loss : score)
                (request.through, request.table, request.published) = (through, table, one)
                request.without = ["backtest", "sensitivity", "next", "plan"]
                request.at = ["N=1B, D=100B, corpus=two"]
                let answer = try ReportVerb.answer(request)
                #expect(answer.reply.predictions?.predictions.count == 1)
                let beside = try #require(answer.reply.published)
                #expect(beside.predictions == nil && beside.coefficients["alpha"] != nil)
                let page = self.text(answer)
                #expect(page.contains("It is shown and not asked: ") && page.contains("E[two]"), "\(page)")
                // The figure of the law is drawn without it.
                let drawn = try #require(answer.csv)
                #expect(drawn.contains(through == nil ? "\nfit," : "\ntask,") && !drawn.contains(",curve,one,"))
            }
        }
    }

    // MARK: - Words

    @Test(arguments: [
        (["N=4M, D=80M"], "the sizes growing together from those of the point."),
        (["N=4M, D=80M", "N=8M, D=160M"], "from those of the points, which lie on one line."),
        (["N=4M, D=80M", "N=2M, D=200M"], "from those of the points, a line each."),
        (["N=4M, D=80M", "N=8M, D=160M", "N=2M, D=200M"], "from those of the points, on 2 lines."),
        (["N=1M..5M@5, D=80M"], "from those of the points, a line each."),
        (["N=1M..6M@6, D=80M"], "from those of the largest run."),
        (["N=1M..3M@3, D=80M..200M@3"], "9 points are left to the table of predictions."),
    ])
    func `the caption says where the lines over compute begin`(_ at: [String], _ words: String) throws {
        try withFolder { folder in
            var request = try taskReport(in: folder)
            (request.at, request.without) = (at, ["backtest", "sensitivity"])
            let caption = try caption(request)
            #expect(caption.contains(words), "\(caption)")
            #expect(caption.contains("Over L the law and its runs, over compute both steps together"))
        }
    }

    @Test func `without runs the first points say where to look, and no ground is shaded`() throws {
        var request = ReportRequest(law: "bhagia-2024-accuracy")
        (request.through, request.at) = (["bhagia-2024"], ["N=1B..6B@6, D=1T"])
        let caption = try caption(request)
        #expect(caption.contains("a line each.") && caption.contains("1 point is left to the table"))
        #expect(!caption.contains("runs"))
    }

    @Test func `parts that two steps do not have say so, and what makes them`() throws {
        try withFolder { folder in
            let answer = try ReportVerb.answer(try taskReport(in: folder))
            let absent = Dictionary(uniqueKeysWithValues: answer.reply.absent.map { ($0.part, $0.reason) })
            #expect(absent["plan"]?.contains("best sizes by ladder") == true)
            #expect(absent["next"]?.contains("those for ladder") == true)
        }
    }
}
