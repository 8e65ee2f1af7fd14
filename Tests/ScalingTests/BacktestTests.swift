// Backtests: which runs are fitted and predicted, and what that teaches intervals.

import Fitting
import Formulas
import Tables
import Testing

@testable import Scaling

/// Runs of y = 2 + 30 x^-0.4, times noise of 0.3 %, at 24 sizes a factor 1.6 apart.
private func runs(_ bend: Double = 0, count: Int = 24, seed: UInt64 = 3) -> Table {
    var random = RandomSource(seed: seed, replicate: 0)
    var (x, y): ([Double], [Double]) = ([], [])
    for place in 0..<count {
        let size = 100 * Elementary.power(1.6, Double(place))
        let curve = 2 + 30 * Elementary.power(size, -0.4) + bend * Elementary.ln(size / 100)
        x.append(size)
        y.append(curve * (1 + 0.003 * random.normal()))
    }
    return Table(name: "runs.csv", columns: [Column(name: "x", numbers: x), Column(name: "y", numbers: y)])
}

private func specification() throws -> Specification {
    var specification = Specification(formula: try Formula("y ~ E + A * x^-a"))
    specification.residual = .log
    for name in ["E", "A", "a"] { specification.bounds[name] = Bound(lower: 0) }
    return specification
}

@Suite struct BacktestTests {
    @Test func `runs up to the cutoff are fitted and all above predicted`() throws {
        let table = runs()
        let scale = try table.numbers("x")
        let backtest = try Backtest(
            try specification(), table: table, scale: scale, plan: BacktestPlan(factors: [10, 3]))
        #expect(backtest.cutoffs.map(\.factors) == [[10], [3]])
        for cutoff in backtest.cutoffs {
            let limit = (scale.max() ?? 0) / cutoff.factors[0]
            #expect(cutoff.runs == scale.count { $0 <= limit })
            #expect(cutoff.limit == scale.filter { $0 <= limit }.max())
            #expect(cutoff.tests.map(\.row) == scale.indices.filter { scale[$0] > limit })
            for test in cutoff.tests {
                #expect(test.distance == scale[test.row] / cutoff.limit)
                #expect(
                    (Elementary.ln(test.observed) - Elementary.ln(test.predicted) - test.residual).magnitude < 1e-12)
            }
        }
    }

    @Test func `a test is what a fit of the smaller runs predicts`() throws {
        let table = runs()
        let scale = try table.numbers("x")
        let cutoff = try Backtest(
            try specification(), table: table, scale: scale, plan: BacktestPlan(factors: [3])
        ).cutoffs[0]
        let below = table.rows(at: scale.indices.filter { scale[$0] <= cutoff.limit })
        let fit = try Fit(try Problem(try specification(), table: below))
        for test in cutoff.tests {
            let estimand = try Estimand(predictionAt: ["x": scale[test.row]], of: fit.problem)
            #expect((estimand.value(fit.coefficients) / test.predicted - 1).magnitude < 1e-12)
            let error = (DeltaMethod(fit).standardError(estimand) ?? .nan) / test.predicted
            #expect((error / (test.standardError ?? 0) - 1).magnitude < 1e-9)
        }
    }

    @Test func `cutoffs with too little below, or nothing above, are skipped with their reason`() throws {
        let table = runs(count: 14)
        let scale = try table.numbers("x")
        let few = try Backtest(
            try specification(), table: table, scale: scale, plan: BacktestPlan(factors: [100, 1.01]))
        #expect(few.skipped.map(\.factor) == [100])
        #expect(few.skipped[0].reason == .fewRuns(4, needed: 12))
        #expect(few.cutoffs.map(\.runs) == [13])
        let alike = try Backtest(
            try specification(), table: table, scale: scale, sizes: scale.map { _ in 1 },
            plan: BacktestPlan(factors: [1.01]))
        #expect(alike.skipped[0].reason == .fewSizes(1, needed: 3))
    }

    @Test func `factors between which no run lies share one fit`() throws {
        let table = runs()
        let backtest = try Backtest(
            try specification(), table: table, scale: try table.numbers("x"), plan: BacktestPlan(factors: [3, 3.01]))
        #expect(backtest.cutoffs.map { $0.factors.sorted() } == [[3, 3.01]])
    }

    @Test func `the runs below a cutoff alone calibrate it`() throws {
        let table = runs()
        let scale = try table.numbers("x")
        let whole = try Backtest(
            try specification(), table: table, scale: scale, plan: BacktestPlan(factors: [10], calibrates: true)
        ).cutoffs[0]
        let rows = scale.indices.filter { scale[$0] <= whole.limit }
        let part = try Backtest(
            try specification(), table: table.rows(at: rows), scale: rows.map { scale[$0] },
            plan: BacktestPlan().calibrating())
        #expect(whole.own.map(\.limit) == part.cutoffs.map(\.limit))
        #expect(whole.own.flatMap(\.tests).map(\.residual) == part.tests.map(\.residual))
        #expect(whole.factor(.publicTables) == Widening.publicTables.factor(part.cutoffs, runs: rows.count))
    }

    @Test func `a law that bends away is found out, and its intervals widened`() throws {
        func calibration(_ bend: Double) throws -> Calibration {
            let table = runs(bend)
            let scale = try table.numbers("x")
            let backtest = try Backtest(
                try specification(), table: table, scale: scale, plan: BacktestPlan().calibrating())
            let problem = try Problem(try specification(), table: table)
            return Calibration(
                backtest, scale: try Formula("x"), values: scale, responses: problem.response, widening: .publicTables
            )
        }
        let (straight, bent) = (try calibration(0).factor, try calibration(0.15).factor)
        #expect(straight < 1.5)
        #expect(bent > 1.5 * straight, "\(bent), \(straight)")
        #expect(try calibration(0).cutoffs > 3)
    }

    @Test func `the slope is that of the least squares line`() {
        let scale = [1.0, 2, 4, 8, 16]
        let line = scale.map { 3 - 0.25 * Elementary.ln($0) }
        #expect((Slope.of(line, against: scale) - 0.25).magnitude < 1e-14)
        #expect(Slope.of([1, 2], against: [5, 5]) == 0)
    }
}

@Suite struct WideningTests {
    private let widening = Widening.publicTables

    @Test func `width grows with ln distance for ever`() {
        func spread(_ distance: Double) -> Double {
            widening.spread(standardError: 0, noise: 0, slope: 0.05, distance: distance, price: 1)
        }
        let step = spread(1e3) - spread(1e2)
        #expect((spread(1e6) - spread(1e5) - step).magnitude < 1e-12)
        #expect((step - widening.rate * 0.05 * Elementary.ln(10)).magnitude < 1e-12)
        #expect(spread(0.3) == spread(1))
    }

    @Test func `own cutoffs never narrow`() {
        #expect(widening.factor([], runs: 10) == 1)
        func cutoff(_ residual: Double) -> BacktestCutoff {
            BacktestCutoff(
                factors: [3], limit: 1, runs: 10, parameters: 3, noise: 0.01, degreesOfFreedom: 7,
                price: Widening.price(7), slope: 0.05, converged: true,
                tests: (0..<5).map {
                    BacktestTest(
                        row: $0, distance: 3, observed: 1, predicted: 1, residual: residual, standardError: 0.01)
                }, own: [])
        }
        #expect(widening.factor([cutoff(1e-4)], runs: 12) == 1)
        let one = widening.factor([cutoff(0.2)], runs: 12)
        #expect(one > 1.5)
        // More cutoffs that say the same outweigh the public tables.
        #expect(widening.factor([cutoff(0.2), cutoff(0.2)], runs: 12) > one)
    }

    @Test func `the price of few degrees of freedom is Student's`() {
        #expect((Widening.price(5) - 2.015048 / 1.644854).magnitude < 1e-6)
        #expect((Widening.price(.infinity) - 1).magnitude < 1e-9)
        #expect(Widening.price(0).isNaN)
    }

    @Test func `a level of 90 % has the multiple that was learned`() {
        #expect((widening.multiple(at: 0.9) - widening.multiple).magnitude < 1e-12)
        #expect(widening.multiple(at: 0.99) > widening.multiple(at: 0.9))
    }
}

@Suite struct CalibratedPredictionTests {
    private func law() throws -> Law {
        let table = runs()
        let specification = try specification()
        let fit = try Fit(try Problem(specification, table: table))
        var law = Law(fit, specification: specification, id: "mine", title: "Mine", version: "0", table: table)
        let scale = try table.numbers("x")
        law.fit?.calibration = Calibration(
            try Backtest(specification, table: table, scale: scale, plan: BacktestPlan().calibrating()),
            scale: try Formula("x"), values: scale, responses: fit.problem.response, widening: .publicTables)
        return law
    }

    @Test func `beyond the runs the interval is the calibration's, inside it is the law's own`() throws {
        let law = try law()
        let calibration = try #require(law.fit?.calibration)
        let (inside, beyond) = (Point(["x": .number(1e4)]), Point(["x": .number(calibration.limit * 20)]))
        let made = try law.predict(try Points([inside, beyond], for: law), level: 0.9, interval: .observation)
        let plain = try law.predict(
            try Points([inside, beyond], for: law), level: 0.9, interval: .observation, source: .delta)
        #expect(made.source == .calibrated)
        #expect(made.doubts == [.parameters, .runNoise, .extrapolation])
        #expect(plain.doubts == [.parameters, .runNoise])
        #expect(made[0].interval == plain[0].interval)
        let half = calibration.halfWidth(
            level: 0.9, standardError: try #require(made.standardErrors)[1], noise: try #require(law.fit?.noise),
            distance: 20, degreesOfFreedom: try #require(law.fit?.estimates.degreesOfFreedom))
        let upper = try #require(made[1].interval?.upper)
        #expect((Elementary.ln(upper / made[1].value) - half).magnitude < 1e-9)
        #expect(made[1].warnings.contains { $0.code == "beyond-calibration" } == (20 > calibration.testedReach))
    }

    @Test func `a law file keeps the calibration`() throws {
        let law = try law()
        let read = try LawFile.parse(LawFile.print(law), name: "mine.law")
        #expect(read.fit?.calibration == law.fit?.calibration)
        let broken = LawFile.print(law).replacing("factor: ", with: "factor: -")
        #expect(throws: ScalingError.self) { try LawFile.parse(broken, name: "mine.law") }
    }

    @Test func `without a calibration it cannot be asked for`() throws {
        var law = try law()
        law.fit?.calibration = nil
        #expect(throws: ScalingError.self) {
            try law.predict(try Points([Point(["x": .number(1)])], for: law), source: .calibrated)
        }
    }
}
