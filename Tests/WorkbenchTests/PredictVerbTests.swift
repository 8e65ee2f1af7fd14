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
