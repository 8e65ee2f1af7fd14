// Forecasts and searches for schedules through the verbs, and schedules that options give.

import Testing
import Workbench

/// 3 + 0.5 S^−0.5 − 0.4 · annealing, S the sum of the rates: a curve under tissue-2024 with a little noise.
let runningCurve = TableSource.text(
    """
    step,loss
    250,5.0000
    500,4.2890
    750,4.0313
    1000,3.8851
    1250,3.7889
    1500,3.7175
    1750,3.6632
    2000,3.6185
    2250,3.5822
    2500,3.5521
    2750,3.5253
    3000,3.5028
    """, name: "curve.csv")

private let schedule = "constant peak=3e-4 steps=6000"

@Suite struct ForecastVerbTests {
    @Test func `a run in progress is forecast to the end of its schedule`() throws {
        var request = ForecastRequest(table: runningCurve, law: "tissue-2024")
        request.schedules = [schedule]
        let reply = try ForecastVerb.answer(request).reply
        #expect(reply.end.step == 5999 && reply.now.step == 3000 && reply.rows == 12)
        #expect(reply.forecast.count == 5 && reply.forecast.last == reply.end)
        let interval = try #require(reply.end.interval)
        let value = try #require(reply.end.value)
        #expect(interval.lower < value && value < interval.upper && value < 3.5028)
        #expect(reply.held == ["lambda": 0.999])
        #expect(reply.coefficients["alpha"]?.prior?.hasPrefix("alpha ~ lognormal(") == true)
        request.until = 2500
        let earlier = try ForecastVerb.answer(request).reply
        #expect(earlier.outcome?.loss == 3.5028 && earlier.outcome?.forecast.step == 3000)
    }

    @Test func `the same request gives the same bytes`() throws {
        var request = ForecastRequest(table: runningCurve, law: "tissue-2024")
        request.schedules = [schedule]
        #expect(try ForecastVerb.answer(request).json == ForecastVerb.answer(request).json)
    }

    @Test func `faults say what to type next`() {
        func refusal(_ change: (inout ForecastRequest) -> Void) -> String? {
            var request = ForecastRequest(table: runningCurve, law: "tissue-2024")
            change(&request)
            return message { try ForecastVerb.answer(request) }
        }
        #expect(refusal { _ in }?.contains("the law needs schedule") == true)
        #expect(
            refusal { $0.law = "hoffmann-2022" }
                == "'hoffmann-2022' reads no schedule\n  help: laws of whole curves do: allometry laws search schedule"
        )
        #expect(
            refusal { $0.schedules = [schedule, "constant peak=1 steps=9000"] }
                == """
                2 schedules are given for the same rows
                  constant peak=3e-4 steps=6000
                  constant peak=1 steps=9000
                  help: say whose each is: --schedule 'LABEL=constant peak=3e-4 steps=6000'
                """)
        #expect(
            refusal {
                $0.schedules = [schedule]
                $0.condition = "step < 0"
            }?.hasPrefix("no row of curve.csv is left to fit") == true)
        #expect(
            refusal {
                $0.schedules = [schedule]
                $0.points = 0
            } == "--curve: '0' cannot be used\n  help: give 1 or more: --curve 20")
    }

    @Test func `the best schedule of each family is found and typed`() throws {
        var request = ScheduleRequest(law: "luo-2025", families: ["wsd peak=3e-4 warmup=216 decay=5%..50%"])
        request.steps = 2400
        let best = try #require(try ScheduleVerb.answer(request).reply.best.first)
        #expect(best.family.hasSuffix("steps=2400") && best.schedule.hasPrefix("wsd peak=0.0003 warmup=216 decay="))
        var predict = PredictRequest(law: "luo-2025")
        predict.schedules = [best.schedule]
        let value = try PredictVerb.answer(predict).reply.predictions.first?.value
        #expect(value == best.value)
        #expect(
            message { try ScheduleVerb.answer(ScheduleRequest(law: "luo-2025", families: [])) }
                == """
                nothing says which schedules to search
                  help: --family 'wsd peak=3e-4 warmup=2160 decay=5%..40% steps=24000'
                """)
    }

    @Test func `a saved fit remembers the schedule of its runs, and a run in progress has its own`() throws {
        try withFolder { folder in
            let path = folder.appending(path: "curve.law").path
            var fit = FitRequest(table: runningCurve, law: "tissue-2024")
            fit.schedules = [schedule]
            fit.fixed = ["C": 0.4, "lambda": 0.999]
            fit.save = path
            _ = try FitVerb.answer(fit)
            #expect(try String(contentsOfFile: path, encoding: .utf8).contains("\nschedule: \(schedule)\n"))
            var report = ReportRequest(law: path)
            report.table = runningCurve
            report.without = ["backtest", "sensitivity"]
            #expect(try ReportVerb.answer(report).csv?.contains("\ncurve,") == true)
            let sensitivity = SensitivityRequest(fit: FitRequest(table: runningCurve, law: path))
            #expect(try SensitivityVerb.answer(sensitivity).reply.answers.map(\.name) == ["alpha"])
            guard case .text(let rows, _) = runningCurve else { return }
            _ = try FitVerb.answer(FitRequest(table: .text(rows, name: "moved/curve.csv"), law: path))
            // What was said of these runs says nothing of others, nor of how a run goes on.
            let other = FitRequest(table: .text(rows, name: "other.csv"), law: path)
            #expect(message { try FitVerb.answer(other) }?.contains("the law needs schedule") == true)
            let forecast = ForecastRequest(table: runningCurve, law: path)
            #expect(message { try ForecastVerb.answer(forecast) }?.contains("the law needs schedule") == true)
        }
    }

    @Test func `rates that runs logged are read again, unless a label says the schedule itself`() throws {
        func rows(_ label: String, logged rate: Double) -> String {
            let rows = stride(from: 0, through: 2000, by: 100).map { step in
                "\(label),\(step),\(rate),\(3 + 0.5 / (rate * Double(step + 1)).squareRoot())"
            }
            return "schedule,step,lr,loss\n" + rows.joined(separator: "\n") + "\n"
        }
        try withFolder { folder in
            let path = folder.appending(path: "curve.law").path
            var fit = FitRequest(table: .text(rows("a", logged: 3e-4), name: "a.csv"), law: "tissue-2024")
            fit.schedules = ["column rate=lr fill=linear"]
            fit.fixed = ["C": 0.4, "lambda": 0.999]
            fit.save = path
            #expect(try (#require(FitVerb.answer(fit).reply.parameters["A"]?.value) / 0.5 - 1).magnitude < 1e-6)
            for (label, logged) in [("b", 6e-4), ("constant peak=6e-4 steps=2001", 12e-4)] {
                // A column that says twice the rate of the label: only by the label the law is exact.
                let text = rows(label, logged: 6e-4).replacing(",0.0006,", with: ",\(logged),")
                let again = try FitVerb.answer(FitRequest(table: .text(text, name: "b.csv"), law: path)).reply
                #expect((try #require(again.parameters["A"]?.value) / 0.5 - 1).magnitude < 1e-6)
            }
        }
    }

    @Test func `schedules stand in place of points`() throws {
        var request = PredictRequest(law: "tissue-2024")
        request.schedules = [
            "short=cosine peak=3e-4 warmup=216 steps=2400", "constant peak=3e-4 warmup=216 steps=4800",
        ]
        let ends = try PredictVerb.answer(request).reply.predictions
        #expect(ends.map { $0.inputs["schedule"] } == [.label("short"), .label(request.schedules?[1] ?? "")])
        #expect(ends.map { $0.inputs["step"] } == [.number(2399), .number(4799)])
        request.curve = 4
        #expect(try PredictVerb.answer(request).reply.predictions.count == 8)
        request.schedules = nil
        #expect(
            message { try PredictVerb.answer(request) }
                == "--curve has no run to follow\n  help: add --schedule 'cosine peak=3e-4 warmup=2160 steps=24000'")
        let other = PredictRequest(law: "hoffmann-2022")
        var wrong = other
        wrong.schedules = ["constant peak=1 steps=3"]
        #expect(message { try PredictVerb.answer(wrong) }?.hasPrefix("'hoffmann-2022' reads no schedule") == true)
    }

    @Test func `a table has the schedule of its rates, of an option, or of its labels`() throws {
        let table = TableSource.text(
            """
            run,step,lr,loss
            a,0,1,5
            a,2,1,11
            b,0,2,8
            b,1,2,14
            b,2,0,14
            """, name: "curves.csv")
        var request = FitRequest(table: table, formula: "loss ~ a + b * ratesum(schedule, step)")
        request.columns = ["schedule": "run"]
        func fitted() throws -> [String: Double?] { try FitVerb.answer(request).reply.parameters.mapValues(\.value) }
        request.schedules = ["column fill=hold"]
        let values = try fitted()
        #expect(isClose(values["a"] ?? nil, 2) && isClose(values["b"] ?? nil, 3))
        request.schedules = ["a=constant peak=1 steps=3", "column"]
        #expect(isClose(try fitted()["a"] ?? nil, 2))
        request.schedules = ["column"]
        #expect(message { try fitted() }?.hasPrefix("no rate is given between the steps 0 and 2\n") == true)
        request.schedules = ["c=constant peak=1 steps=3"]
        #expect(
            message { try fitted() }
                == "--schedule: the column 'run' has no 'c'\n  labels: a, b")
        request.formula = "loss ~ a + b * step"
        request.columns = nil
        #expect(
            message { try fitted() }
                == """
                --schedule: the formula reads no schedule
                  loss ~ a + b * step
                  help: functions of schedules are ratesum, annealing, multipower and rate; see docs/schedules.md
                """)
    }
}
