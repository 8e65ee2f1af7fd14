// fit, as a function from a request to an answer. Golden numbers: SciPy 1.17 least_squares on the same table.

import Foundation
import Testing
import Workbench

@Suite struct FitVerbTests {
    @Test func `least squares on logarithms gives what SciPy gives`() throws {
        let reply = try FitVerb.answer(chinchillaRequest()).reply
        #expect(isClose(reply.objective, 0.00028515784876061384, 1e-12))
        for (name, value, error) in [
            ("E", 1.79377206, 0.0237112984), ("A", 377.323213, 54.3009060), ("alpha", 0.336567561, 0.00921074303),
            ("B", 1376.68428, 276.644856), ("beta", 0.35566569, 0.0105727271),
        ] {
            #expect(isClose(reply.parameters[name]?.value, value, 1e-8), "\(name)")
            #expect(isClose(reply.parameters[name]?.standardError, error, 1e-5), "\(name)")
        }
        #expect(reply.observations == 28)
        #expect(reply.degreesOfFreedom == 23)
        #expect(reply.omitted.map(\.count) == [2])
        #expect(reply.termination.converged)
        #expect(reply.starts.first?.end == "best optimum")
        #expect(reply.names == ["E", "A", "alpha", "B", "beta"])
        #expect(reply.covariance?.map(\.count) == [5, 5, 5, 5, 5])
    }

    @Test func `weights are precisions`() throws {
        var request = chinchillaRequest()
        (request.residual, request.weights) = (nil, "1/se^2")
        let reply = try FitVerb.answer(request).reply
        #expect(isClose(reply.objective, 31.695470020841, 1e-11))
        #expect(isClose(reply.parameters["B"]?.value, 1372.8807, 1e-6))
        #expect(reply.weights == "1 / se^2")
    }

    @Test func `a tied parameter follows the other, with its standard error`() throws {
        var request = chinchillaRequest()
        request.ties = ["beta": "alpha"]
        let reply = try FitVerb.answer(request).reply
        #expect(isClose(reply.objective, 0.000309090663765265, 1e-11))
        #expect(reply.parameters["beta"]?.kind == "tied")
        #expect(reply.parameters["beta"]?.value == reply.parameters["alpha"]?.value)
        #expect(reply.parameters["beta"]?.standardError == reply.parameters["alpha"]?.standardError)
        #expect(reply.roles["beta"]?.expression == "alpha")
    }

    @Test func `a tie may be an expression of a fixed parameter`() throws {
        var request = FitRequest(table: tinyTable, formula: "loss ~ E + A/x^a")
        (request.ties, request.fixed) = (["a": "2*A - 5"], ["A": 3])
        let reply = try FitVerb.answer(request).reply
        #expect(reply.parameters["a"]?.value == 1)
        #expect(reply.parameters["A"]?.kind == "fixed")
        #expect(isClose(reply.parameters["E"]?.value, 2, 1e-12))
    }

    @Test func `every name has its role`() throws {
        var request = FitRequest(table: tinyTable, formula: "loss ~ E + A*z^a")
        (request.columns, request.fixed) = (["z": "1/x"], ["a": 1])
        let roles = try FitVerb.answer(request).reply.roles
        #expect(roles["z"]?.kind == "column")
        #expect(roles["z"]?.column == "1 / x")
        #expect(roles["E"]?.kind == "parameter")
        #expect(roles["a"]?.value == 1)
    }

    @Test func `a law brings its loss, residual and bounds, and the request overrides them`() throws {
        var request = FitRequest(table: .path(inventedRuns), law: "hoffmann-2022")
        request.columns = ["N": "params", "D": "tokens"]
        request.condition = "loss < 9"
        let plain = try FitVerb.answer(request).reply
        #expect(plain.loss == "huber:0.001")
        #expect(plain.residual == "log")
        #expect(plain.parameters["A"]?.bound == FitReply.Limits(lower: 0, upper: nil))
        (request.loss, request.bounds, request.fixed) = ("squared", ["A": "..300"], ["alpha": 0.34])
        let other = try FitVerb.answer(request).reply
        #expect(other.loss == "squared")
        #expect(other.parameters["A"]?.bound == FitReply.Limits(lower: nil, upper: 300))
        #expect(other.parameters["A"]?.atBound == true)
        #expect(other.parameters["A"]?.standardError == nil)
        #expect(other.parameters["alpha"]?.kind == "fixed")
        #expect(other.warnings.contains { $0.code == "at-bound" })
    }

    @Test func `a saved fit is a law that predicts and is fitted again without telling the columns`() throws {
        try withFolder { folder in
            let path = folder.appending(path: "mine.law").path
            var request = chinchillaRequest()
            request.save = path
            let first = try FitVerb.answer(request)
            #expect(first.reply.saved == path)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["mine.law"])
            let again = try FitVerb.answer(FitRequest(table: .path(inventedRuns), law: path)).reply
            #expect(isClose(again.objective, first.reply.objective ?? 0, 1e-12))
            #expect(again.condition == "loss < 9")
            let predicted = try PredictVerb.answer(PredictRequest(law: path, at: ["N=10B, D=200B"])).reply
            let prediction = try #require(predicted.predictions.first)
            #expect(isClose(prediction.value, 2.08799867, 1e-8))
            #expect(isClose(prediction.interval?.lower, 2.06914124, 1e-7))
            #expect(isClose(prediction.interval?.upper, 2.10702797, 1e-7))
            #expect(isClose(prediction.standardError, 0.00438563194, 1e-6))
            #expect(prediction.distance == 5)
            #expect(prediction.distances["D"]?.wrappedValue == 4)
            var newRun = PredictRequest(law: path, at: ["N=10B, D=200B"])
            newRun.interval = "new-run"
            let wider = try PredictVerb.answer(newRun).reply.predictions[0].interval
            #expect(isClose(wider?.lower, 2.06384639, 1e-7))
            #expect(isClose(wider?.upper, 2.11243358, 1e-7))
        }
    }

    @Test func `request and reply are the same after JSON`() throws {
        var request = chinchillaRequest()
        (request.seed, request.start) = (7, ["E": 1.5])
        #expect(try JSON.decode(FitRequest.self, from: JSON.encode(request)) == request)
        let answer = try FitVerb.answer(request)
        let back = try JSON.decode(FitReply.self, from: answer.json)
        #expect(back == answer.reply)
        #expect(JSON.encode(back) == answer.json)
        #expect(back.seed == 7)
        #expect(answer.json == (try FitVerb.answer(request)).json)
    }

    @Test func `what is not known is null`() throws {
        let table = TableSource.text("x,loss\n1,5\n2,3.5\n", name: "two.csv")
        let json = try FitVerb.answer(FitRequest(table: table, formula: "loss ~ E + A/x")).json
        #expect(json.contains("\"covariance\" : null"))
        #expect(json.contains("\"standardError\" : null"))
        #expect(json.contains("\"noise\" : null"))
        #expect(json.contains("\"law\" : null"))
    }

    @Test func `a request that cannot be used is refused`() {
        func refusal(_ formula: String?, _ change: (inout FitRequest) -> Void) -> String? {
            var request = FitRequest(table: tinyTable, formula: formula)
            change(&request)
            return message { try FitVerb.answer(request) }?.split(separator: "\n").first.map(String.init)
        }
        #expect(refusal(nil) { _ in } == "nothing says what to fit")
        #expect(refusal("loss ~ E") { $0.law = "hoffmann-2022" } == "--formula and --law are both given")
        #expect(refusal("loss ~ E") { $0.starts = 0 } == "--starts: '0' cannot be used")
        #expect(refusal("loss ~ E") { $0.bounds = ["E": "1"] } == "--bound: '1' is no range for E")
        #expect(refusal("loss ~ E") { $0.residual = "ln" } == "--residual: 'ln' cannot be used")
        #expect(refusal("loss ~ E") { $0.weightsAre = "precisions" } == "--weights-are: 'precisions' cannot be used")
        #expect(
            refusal("loss ~ E + A/x") { ($0.fixed, $0.ties) = (["E": 1], ["E": "A"]) } == "'E' is both fixed and tied"
        )
        #expect(
            refusal("loss ~ E") { $0.save = "/nowhere/a.law" }
                == "cannot write '/nowhere/a.law': there is no folder '/nowhere'")
    }
}
