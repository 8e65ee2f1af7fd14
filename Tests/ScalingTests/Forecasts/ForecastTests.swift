// Forecasts of curves whose law is known: what the interval holds, and which runs leave their band.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

/// A run under tissue-2024 with coefficients near those of 100M, and noise that neighbours share.
struct SyntheticCurve {
    static let schedule = "wsd peak=3e-4 warmup=200 decay=30% steps=6000"
    var rho = 0.5
    var noise = 1e-3
    var seed: UInt64 = 1
    /// From this step on the loss is so much higher, relatively.
    var jump: (step: Double, by: Double)?

    private static let truth = Estimates(
        names: ["L0", "A", "alpha", "C", "lambda"], values: [2.9, 0.55, 0.48, 0.45, 0.999])

    func table(until last: Double = 5999) throws -> Table {
        let steps = Array(stride(from: 250.0, through: last, by: 50))
        let law = try Law.load("tissue-2024")
        let points = steps.map { Point(["schedule": .label(Self.schedule), "step": .number($0)]) }
        let values = try law.predict(try Points(points, for: law), estimates: Self.truth).values
        var random = RandomSource(seed: seed)
        var error = noise * random.normal()
        let losses = zip(steps, values).map { step, value in
            error = rho * error + (1 - rho * rho).squareRoot() * noise * random.normal()
            let lifted = jump.map { step >= $0.step ? 1 + $0.by : 1 } ?? 1
            return value * (1 + error) * lifted
        }
        return Table(
            name: "curve.csv",
            columns: [
                Column(name: "schedule", labels: steps.map { _ in Self.schedule }),
                Column(name: "step", numbers: steps),
                Column(name: "loss", numbers: losses),
            ])
    }

    static var end: Double {
        get throws {
            try Law.load("tissue-2024").predict(
                at: ["schedule": .label(schedule), "step": 5999], estimates: truth
            ).value
        }
    }
}

func tissueSpecification() throws -> Specification {
    var specification = try Law.load("tissue-2024").specification()
    specification.schedules[SyntheticCurve.schedule] = try Schedule(SyntheticCurve.schedule).rates
    return specification
}

@Suite struct ForecastTests {
    private func forecast(_ table: Table, _ change: (inout ForecastOptions) -> Void = { _ in }) throws -> Forecast {
        var options = ForecastOptions()
        change(&options)
        return try Forecast(try Law.load("tissue-2024"), try tissueSpecification(), table: table, options: options)
    }

    @Test func theIntervalHoldsTheEndOfRunsUnderTheLaw() throws {
        let end = try SyntheticCurve.end
        var inside = 0
        for seed in 1...20 {
            let table = try SyntheticCurve(seed: UInt64(seed)).table(until: 5000)
            let made = try forecast(table) { $0.level = 0.9 }
            if let lower = made.end.lower, let upper = made.end.upper, lower <= end, end <= upper { inside += 1 }
            #expect((made.end.value / end - 1).magnitude < 0.02)
            #expect(made.departure == nil, "seed \(seed)")
        }
        #expect(inside >= 16, "\(inside) of 20")
    }

    @Test func aRunThatIsLiftedLeavesItsBandWhereItWas() throws {
        let table = try SyntheticCurve(jump: (2500, 0.03)).table(until: 3600)
        let made = try forecast(table)
        let departure = try #require(made.departure)
        #expect(departure.step >= 2500 && departure.step <= 2700)
        #expect(departure.origin < departure.step)
        #expect(departure.excess > 0.015 && departure.excess < 0.045)
        #expect(made.warnings.map(\.code).contains("left-band"))
        let fallen = try forecast(try SyntheticCurve(jump: (2500, -0.03)).table(until: 3600))
        #expect((fallen.departure?.excess ?? 1) < 0)
    }

    @Test func whatTheRowsDoNotShowComesFromTheLaw() throws {
        let early = try SyntheticCurve().table(until: 3000)
        let made = try forecast(early)
        let warning = try #require(made.warnings.first { $0.code == "rests-on-law" })
        #expect(warning.message.hasPrefix("the rows say little of C, "))
        // Trust in the law narrows the interval.
        func width(_ forecast: Forecast) -> Double { (forecast.end.upper ?? .nan) - (forecast.end.lower ?? .nan) }
        #expect(width(try forecast(early) { $0.spread = 0.05 }) < 0.8 * width(made))
        #expect(made.held["lambda"] == 0.999)
        // A law of other runs says that it is one.
        let unlike = try forecast(early) { $0.spread = 0.005 }
        #expect(unlike.warnings.map(\.code).contains("unlike-law"))
    }

    @Test func laterRowsAreNotReadAndComeBackAsOutcome() throws {
        let whole = try SyntheticCurve().table()
        let made = try forecast(whole) { $0.until = 4000 }
        let early = try forecast(try SyntheticCurve().table(until: 4000))
        #expect(made.end == early.end)
        #expect(made.now == 4000 && made.rows == 76)
        #expect(made.outcome?.forecast.step == 5950)
        #expect(early.outcome == nil)
        #expect(made.omissions == [Omission(reason: "later than --until", count: 39)])
        #expect(made.values.count == 5 && made.end.step == 5999)
    }

    @Test func neighboursThatAreAlikeCountAsFewer() throws {
        let alike = try forecast(try SyntheticCurve(rho: 0.9).table(until: 4000))
        let apart = try forecast(try SyntheticCurve(rho: 0).table(until: 4000))
        #expect(alike.autocorrelation.coefficient > 0.6 && apart.autocorrelation.coefficient < 0.4)
        #expect(alike.fit.observations < 0.5 * apart.fit.observations)
    }

    @Test func autocorrelationIsThatOfAFirstOrderProcess() {
        var random = RandomSource(seed: 3)
        for rho in [0.0, 0.3, 0.6, 0.9] {
            var x = 0.0
            let series = (0..<20_000).map { _ in
                x = rho * x + random.normal()
                return x
            }
            #expect((Autocorrelation(series).coefficient - rho).magnitude < 0.02)
        }
        #expect(Autocorrelation([1, -1, 1, -1, 1, -1]).coefficient == 0)
        #expect(Autocorrelation([]).time == 1)
        #expect((Autocorrelation([0.5, 0.5, 0.5, 0.5]).time - 99) < 1e-9)
    }

    @Test func curvesThatCannotBeForecastSayWhy() throws {
        let whole = try SyntheticCurve().table()
        let few = whole.rows(at: Array(0..<5))
        let twice = whole.rows(at: Array(0..<40) + [7])
        func refusal(_ table: Table, _ change: (inout ForecastOptions) -> Void = { _ in }) -> String {
            message { try forecast(table, change) }
        }
        #expect(
            refusal(few)
                == "5 rows after the warm-up, of 8 that a forecast needs\n  help: log more often, or wait")
        #expect(
            refusal(twice)
                == "curve.csv:8: step 600 is there twice\n  help: a curve has one row a step: choose one run by --where"
        )
        #expect(
            refusal(whole) { $0.spread = 0 }
                == "--spread: 0 is no relative standard deviation\n  help: give a number above 0: --spread 0.2")
        #expect(refusal(whole) { $0.level = 1 }.hasPrefix("a level of 1 is no probability"))
        let end = Table(
            name: "curve.csv",
            columns: [
                Column(name: "schedule", labels: (0..<20).map { _ in SyntheticCurve.schedule }),
                Column(name: "step", numbers: (0..<20).map { 5999 - 100 * Double($0) }),
                Column(name: "loss", numbers: (0..<20).map { 3 + 0.001 * Double($0) }),
            ])
        #expect(
            refusal(end)
                == """
                the run has ended: its last row is that of step 5999
                  help: --until STEP says what would have been forecast then
                """)
    }
}
