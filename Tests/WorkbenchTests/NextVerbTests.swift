// next as a verb: its answer to a question that other verbs answer, too, is theirs.

import Foundation
import Testing

@testable import Workbench

@Suite struct NextVerbTests {
    private func next(_ fit: FitRequest, _ target: String, _ change: (inout NextRequest) -> Void = { _ in }) throws
        -> NextReply
    {
        var request = NextRequest(fit: fit)
        request.target = target
        request.runs = 2
        change(&request)
        return try NextVerb.answer(request).reply
    }

    @Test func `now is what predict and plan say of the law that fit saves`() throws {
        try withFolder { folder in
            var fit = chinchillaRequest()
            fit.save = folder.appending(path: "mine.law").path
            _ = try FitVerb.answer(fit)
            let law = try #require(fit.save)
            for level in [0.8, 0.95] {
                fit.level = level
                var predict = PredictRequest(law: law, at: ["N=70B, D=1.4T"])
                predict.level = level
                let predicted = try #require(try PredictVerb.answer(predict).reply.predictions.first)
                let asked = try next(fit, "loss at N=70B, D=1.4T")
                #expect(isClose(asked.now.interval?.lower, try #require(predicted.interval).lower))
                #expect(isClose(asked.now.interval?.upper, try #require(predicted.interval).upper))
                #expect(isClose(asked.now.standardError, try #require(predicted.standardError)))
                #expect(asked.intervalFrom == "delta")
                var plan = PlanRequest(law: law, budget: 1e23)
                plan.level = level
                let size = try #require(try PlanVerb.answer(plan).reply.inputs["N"])
                let optimum = try next(fit, "optimal N at 1e23")
                #expect(isClose(optimum.now.interval?.lower, try #require(size.interval).lower))
                #expect(isClose(optimum.now.interval?.upper, try #require(size.interval).upper))
            }
        }
    }

    @Test func `a saved law keeps its draws and its calibration`() throws {
        try withFolder { folder in
            let law = folder.appending(path: "mine.law").path
            var fit = chinchillaRequest()
            (fit.save, fit.bootstrap) = (law, "wild:200")
            _ = try FitVerb.answer(fit)
            var again = FitRequest(table: fit.table, law: law)
            again.columns = fit.columns
            let drawn = try #require(
                try PredictVerb.answer(PredictRequest(law: law, at: ["N=70B, D=1.4T"])).reply.predictions.first)
            let asked = try next(again, "loss at N=70B, D=1.4T")
            #expect(asked.intervalFrom == "draws")
            #expect(isClose(asked.now.interval?.lower, try #require(drawn.interval).lower, 1e-5))
            // A backtest keeps its calibration with the law.
            let calibrated = folder.appending(path: "calibrated.law").path
            var backtest = BacktestRequest(fit: chinchillaRequest())
            backtest.fit.save = calibrated
            _ = try BacktestVerb.answer(backtest)
            let widened = try #require(
                try PredictVerb.answer(PredictRequest(law: calibrated, at: ["N=70B, D=1.4T"])).reply.predictions.first
            )
            again.law = calibrated
            let wide = try next(again, "loss at N=70B, D=1.4T")
            #expect(wide.intervalFrom == "calibrated")
            #expect(isClose(wide.now.interval?.upper, try #require(widened.interval).upper, 1e-5))
        }
    }

    @Test func `one after another has an overhead of a hundredth, a batch has none`() throws {
        let one = try next(chinchillaRequest(), "loss at N=70B, D=1.4T")
        #expect(one.overhead > 0)
        #expect(isClose(one.runs.last?.spent, one.runs.reduce(0) { $0 + $1.cost } + 2 * one.overhead))
        let batch = try next(chinchillaRequest(), "loss at N=70B, D=1.4T") { $0.spend = 1e21 }
        #expect(batch.overhead == 0)
        let bare = try next(chinchillaRequest(), "loss at N=70B, D=1.4T") { $0.overhead = "0" }
        #expect(bare.overhead == 0)
        #expect(
            message { try next(chinchillaRequest(), "loss at N=1B, D=1B") { $0.overhead = "lots" } }?.contains(
                "--overhead: 'lots' is no cost of a run") == true)
    }

    @Test func `the plan that runs belong to is in the reply, and a batch has none`() throws {
        let one = try next(chinchillaRequest(), "loss at N=70B, D=1.4T")
        let plan = try #require(one.plan)
        #expect(one.runs[0].inPlan == true)
        #expect(plan.runs[0].candidate == one.runs[0].candidate)
        #expect(plan.runs[0].inputs == one.runs[0].inputs)
        for run in one.runs { #expect(run.inPlan == plan.runs.contains { $0.candidate == run.candidate }) }
        #expect(isClose(plan.cost, plan.runs.reduce(0) { $0 + $1.cost + one.overhead }))
        #expect(try #require(plan.after.standardError) < (try #require(one.runs[0].after.standardError)))
        let batch = try next(chinchillaRequest(), "loss at N=70B, D=1.4T") { $0.spend = 1e21 }
        #expect(batch.plan == nil)
        #expect(batch.runs[0].inPlan == nil)
    }

    @Test func `runs under way are waited for, and are no runs to make`() throws {
        let fit = chinchillaRequest()
        let asked = try next(fit, "loss at N=70B, D=1.4T") { $0.underWay = ["N=1B, D=100B"] }
        let plain = try next(fit, "loss at N=70B, D=1.4T")
        #expect(asked.now == plain.now)
        #expect(plain.withUnderWay == nil)
        let then = try #require(asked.withUnderWay?.standardError)
        #expect(then < (try #require(asked.now.standardError)))
        // The same with draws, which know of finished runs alone.
        let drawn = try next(fit, "loss at N=70B, D=1.4T") {
            $0.underWay = ["N=1B, D=100B"]
            $0.fit.bootstrap = "parametric:300"
        }
        #expect(try #require(drawn.withUnderWay?.standardError) < (try #require(drawn.now.standardError)))
    }

    @Test func `draws promise about what the linearised law promises`() throws {
        let linear = try next(chinchillaRequest(), "loss at N=70B, D=1.4T") { $0.overhead = "0" }
        let drawn = try next(chinchillaRequest(), "loss at N=70B, D=1.4T") {
            $0.fit.bootstrap = "parametric:400"
            $0.overhead = "0"
        }
        func left(_ reply: NextReply) throws -> Double {
            try #require(reply.atBest.standardError) / (try #require(reply.now.standardError))
        }
        #expect(try (left(drawn) / left(linear) - 1).magnitude < 0.3)
    }
}
