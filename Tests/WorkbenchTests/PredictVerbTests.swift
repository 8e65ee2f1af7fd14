// predict, as a function from a request to an answer.

import Foundation
import Testing
import Workbench

@Suite struct PredictVerbTests {
    @Test func `the default set of hoffmann-2022 is full precision`() throws {
        let reply = try PredictVerb.answer(PredictRequest(law: "hoffmann-2022", at: ["N=1e9, D=2e10"])).reply
        #expect(isClose(reply.predictions[0].value, 2.5306682, 1e-7))
        #expect(reply.set == "full-precision")
        #expect(reply.unit == "nats/token")
        #expect(reply.predictions[0].interval == nil)
        #expect(reply.predictions[0].distance == 1)
        #expect(reply.predictions[0].warnings.isEmpty)
    }

    @Test func `a set is chosen by name`() throws {
        var request = PredictRequest(law: "hoffmann-2022", at: ["N=1e9, D=2e10"])
        request.set = "rounded"
        #expect(isClose(try PredictVerb.answer(request).reply.predictions[0].value, 2.5800479, 1e-7))
    }

    @Test func `a point outside of the data has its distance and a warning`() throws {
        let reply = try PredictVerb.answer(PredictRequest(law: "hoffmann-2022", at: ["N=160B, D=20B"])).reply
        #expect(reply.predictions[0].distance == 10)
        #expect(reply.predictions[0].distances["N"]?.wrappedValue == 10)
        #expect(reply.predictions[0].distances["D"]?.wrappedValue == 1)
        #expect(reply.predictions[0].warnings.map(\.code) == ["extrapolation"])
    }

    @Test func `several points and grids are one list`() throws {
        let request = PredictRequest(law: "hoffmann-2022", at: ["N=1B..100B@3, D=20B", "N=1B, D=1B"])
        let reply = try PredictVerb.answer(request).reply
        let sizes = reply.predictions.map { if case .number(let size)? = $0.inputs["N"] { size } else { 0.0 } }
        #expect(zip(sizes, [1e9, 1e10, 1e11, 1e9]).allSatisfy { isClose($0, $1, 1e-14) })
        #expect(sizes.count == 4)
    }

    @Test func `the rows of a table are points`() throws {
        var request = PredictRequest(law: "hoffmann-2022")
        request.table = .text("params,tokens\n1B,20B\n1B,\n", name: "t.csv")
        request.columns = ["N": "params", "D": "tokens"]
        let answer = try PredictVerb.answer(request)
        #expect(isClose(answer.reply.predictions[0].value, 2.5306682, 1e-7))
        #expect(answer.reply.predictions[1].value == nil)
        #expect(answer.reply.predictions[1].inputs["D"] == .missing)
        #expect(answer.csv?.split(separator: "\n").last == "1000000000,,,,,")
        #expect(try JSON.decode(PredictReply.self, from: answer.json) == answer.reply)
    }

    @Test func `labels are inputs`() throws {
        try withFolder { folder in
            let path = folder.appending(path: "two.law").path
            let table = TableSource.text(
                "data,x,loss\nweb,1,5\nweb,2,3.5\nweb,3,3\nbooks,1,6\nbooks,2,4.5\nbooks,3,4\n", name: "two.csv")
            var fit = FitRequest(table: table, formula: "loss ~ E[data] + A/x")
            fit.save = path
            let reply = try FitVerb.answer(fit).reply
            #expect(isClose(reply.parameters["E[books]"]?.value, 3))
            let predicted = try PredictVerb.answer(PredictRequest(law: path, at: ["x=6, data=books"])).reply
            #expect(isClose(predicted.predictions[0].value, 3.5))
            #expect(predicted.predictions[0].inputs["data"] == .label("books"))
        }
    }

    @Test func `a law may be predicted through another`() throws {
        let reply = try PredictVerb.answer(chainRequest()).reply
        #expect(isClose(reply.predictions[0].value, 0.4838, 4e-4))
        #expect(reply.law == "bhagia-2024-accuracy")
        #expect(reply.through.map(\.input) == ["L"])
        #expect(reply.through.map(\.law) == ["bhagia-2024"])
        #expect(reply.through[0].intervals.map(\.wrappedValue) == [nil])
        #expect(reply.intervalsHold.isEmpty)
        #expect(reply.warnings.map(\.code).contains("step-without-interval"))
        var named = chainRequest()
        named.through = ["L=bhagia-2024"]
        #expect(try PredictVerb.answer(named).reply.predictions == reply.predictions)
        named.through = ["M=bhagia-2024"]
        #expect(message { try PredictVerb.answer(named) }?.hasPrefix("--through: ") ?? false)
    }

    @Test func `an accuracy is calibrated by compute and predicted through its loss`() throws {
        try withFolder { folder in
            func fit(_ name: String, _ formula: String) -> FitRequest {
                var request = FitRequest(table: .path(inventedRuns), formula: formula)
                request.condition = "loss < 9"
                request.save = folder.appending(path: name).path
                return request
            }
            var loss = fit("loss.law", "loss ~ E + A/N^alpha + B/D^beta")
            (loss.columns, loss.residual) = (["N": "params", "D": "tokens"], "log")
            _ = try BacktestVerb.answer(BacktestRequest(fit: loss))
            // An invented accuracy: a line in the loss, which is the table's.
            var second = fit("accuracy.law", "accuracy ~ a - b * L")
            second.columns = ["L": "loss", "accuracy": "1 - loss/10 + 0.0003*sin(tokens)"]
            (second.bootstrap, second.seed) = ("cluster:params:40", 3)
            var backtest = BacktestRequest(fit: second)
            backtest.by = "6*params*tokens"
            let tested = try BacktestVerb.answer(backtest).reply
            #expect(tested.warnings.map(\.code).contains("calibration-elsewhere"))
            var request = PredictRequest(law: folder.appending(path: "accuracy.law").path, at: ["N=20B, D=500B"])
            request.through = [folder.appending(path: "loss.law").path]
            request.interval = "new-run"
            let reply = try PredictVerb.answer(request).reply
            #expect(reply.intervalFrom == "calibrated")
            #expect(reply.through[0].intervalFrom == "calibrated")
            #expect(reply.intervalsHold == ["parameters", "run-noise", "extrapolation"])
            // Through a line of slope a tenth, with as much doubt about the line's own extrapolation.
            let before = try #require(reply.through[0].intervals[0].wrappedValue)
            let after = try #require(reply.predictions[0].interval)
            let ratio = 10 * (after.upper - after.lower) / (before.upper - before.lower)
            #expect(ratio > 1.02 && ratio < 4, "\(ratio)")
        }
    }

    @Test func `a request that cannot be used is refused`() {
        func refusal(_ change: (inout PredictRequest) -> Void) -> String? {
            var request = PredictRequest(law: "hoffmann-2022")
            change(&request)
            return message { try PredictVerb.answer(request) }?.split(separator: "\n").first.map(String.init)
        }
        #expect(refusal { _ in } == "nothing says where to predict")
        #expect(refusal { ($0.at, $0.table) = (["N=1, D=1"], tinyTable) } == "--at and --table are both given")
        #expect(refusal { ($0.at, $0.columns) = (["N=1, D=1"], ["N": "x"]) } == "--column has no table to look in")
        #expect(refusal { ($0.table, $0.columns) = (tinyTable, ["M": "x"]) } == "--column: 'M' is no input")
        #expect(refusal { ($0.at, $0.interval) = (["N=1, D=1"], "newrun") } == "--interval: 'newrun' cannot be used")
        #expect(refusal { ($0.at, $0.level) = (["N=1, D=1"], 2) } == "a level of 2 is no probability")
    }
}
