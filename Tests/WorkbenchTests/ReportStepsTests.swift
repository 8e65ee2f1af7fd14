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
            #expect(text(without).contains("none stands over compute: --column N=… --column D=…"))
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
            // A name that no step knows is told which there are.
            request.columns?["M"] = "size"
            #expect(message { try ReportVerb.answer(request) }?.contains("'M' is no input") == true)
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
            #expect(text(both).contains("It predicts accuracy without L."))
            // For neither: said so.
            request.published = "gadre-2024"
            let none = try ReportVerb.answer(request)
            #expect(none.reply.published?.predictions == nil)
            #expect(text(none).contains("it predicts neither what both steps do, nor what one of them does"))
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
