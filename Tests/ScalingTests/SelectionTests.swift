// Which law, and what several of them say together.

import Fitting
import Formulas
import Tables
import Testing

@testable import Scaling

private func runs(count: Int = 22) -> Table {
    var random = RandomSource(seed: 5, replicate: 0)
    let x = (0..<count).map { 100 * Elementary.power(1.5, Double($0)) }
    let y = x.map { (1.5 + 20 * Elementary.power($0, -0.5)) * (1 + 0.002 * random.normal()) }
    return Table(name: "runs.csv", columns: [Column(name: "x", numbers: x), Column(name: "y", numbers: y)])
}

private func candidate(_ text: String, _ table: Table) throws -> Candidate {
    var specification = Specification(formula: try Formula(text))
    specification.residual = .log
    let problem = try Problem(specification, table: table)
    let scale = try BacktestScale(specification, problem: problem, table: table)
    return try Candidate(
        name: text, specification, of: nil, table: table, scale: scale, plan: Averaging.plan())
}

@Suite struct SelectionTests {
    @Test func `the law that made the runs extrapolates best, and clearly`() throws {
        let table = runs()
        let selection = Selection([
            try candidate("y ~ A * x^-a", table), try candidate("y ~ E + A * x^-a", table),
            try candidate("y ~ E - A * ln(x)", table),
        ])
        #expect(selection.ranks[0].candidate.name == "y ~ E + A * x^-a")
        #expect(selection.ranks[0].behind == nil)
        #expect(selection.ranks.dropFirst().allSatisfy { ($0.behind ?? 0) > 0 })
        #expect(selection.undecided.isEmpty)
        #expect((selection.ranks.reduce(0) { $0 + $1.weight } - 1).magnitude < 1e-12)
        #expect(selection.ranks[0].weight > 0.5)
        let criteria = selection.ranks.map(\.candidate.correctedAkaike)
        #expect(criteria.min() == criteria[0])
    }

    @Test func `one law written twice cannot be told apart`() throws {
        let table = runs()
        let selection = Selection([
            try candidate("y ~ E + A * x^-a", table), try candidate("y ~ E + A / x^a", table),
        ])
        #expect(selection.undecided.count == 1)
        #expect((selection.ranks[0].weight - 0.5).magnitude < 1e-3)
    }

    @Test func `an average lies between its laws, and its interval holds their spread`() throws {
        let table = runs()
        let selection = Selection([
            try candidate("y ~ A * x^-a", table), try candidate("y ~ E + A * x^-a", table),
        ])
        let average = try selection.predict(at: "x=1e8", level: 0.9, interval: .observation)[0]
        let weights = selection.ranks.map(\.weight)
        let logs = average.values.map(Elementary.ln)
        let mean = zip(weights, logs).reduce(0) { $0 + $1.0 * $1.1 }
        let between = zip(weights, logs).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
        #expect((Elementary.ln(average.value) - mean).magnitude < 1e-12)
        #expect((average.spread - between.squareRoot()).magnitude < 1e-12)
        #expect(average.isCalibrated)
        let upper = try #require(average.interval?.upper)
        #expect(Elementary.ln(upper) - mean > 1.64 * average.spread)
    }

    @Test func `without shared cutoffs weights are those known beforehand`() {
        let averaging = Averaging.publicCurves
        let known = averaging.weights(["alabdulmohsin-2022-m1", "caballero-2022-1"], scores: nil)
        #expect(known[1] > 10 * known[0])
        #expect((known[0] + known[1] - 1).magnitude < 1e-12)
        #expect(averaging.weights(["hoffmann-2022", "caballero-2022-1"], scores: nil) == [0.5, 0.5])
        #expect(averaging.scores([[], []], runs: 10) == nil)
        // Half of an equal weight keeps one lucky cutoff from taking all; a law that is far behind gets nothing of it.
        let near = averaging.weights(["a", "b"], scores: [-3.5, -3])
        #expect((near[0] - (0.25 + 0.5 / (1 + Elementary.exp(-1.5)))).magnitude < 1e-12)
        #expect(averaging.weights(["a", "b"], scores: [-9, -3])[0] > 0.999)
    }
}

@Suite struct LeaveOneOutTests {
    @Test func `for a linear law it is what refits without each row say`() throws {
        let table = runs(count: 8)
        let specification = Specification(formula: try Formula("y ~ a + b * ln(x)"))
        let fit = try Fit(try Problem(specification, table: table))
        let residuals = try #require(fit.leaveOneOutResiduals(exactUpTo: 0))
        let (x, y) = (try table.numbers("x"), try table.numbers("y"))
        for row in x.indices {
            let rest = table.rows(at: x.indices.filter { $0 != row })
            let other = try Fit(try Problem(specification, table: rest))
            let predicted = (other.estimates["a"] ?? 0) + (other.estimates["b"] ?? 0) * Elementary.ln(x[row])
            #expect((residuals[row] - (y[row] - predicted)).magnitude < 1e-9)
        }
    }

    @Test func `for any law refits say it exactly, and the first order nearly`() throws {
        let table = runs(count: 12)
        var specification = Specification(formula: try Formula("y ~ E + A * x^-a"))
        specification.residual = .log
        let fit = try Fit(try Problem(specification, table: table))
        let (exact, near) = (
            try #require(fit.leaveOneOutResiduals()), try #require(fit.leaveOneOutResiduals(exactUpTo: 11))
        )
        let (x, y) = (try table.numbers("x"), try table.numbers("y"))
        var differs = false
        for row in x.indices {
            let rest = table.rows(at: x.indices.filter { $0 != row })
            let other = try Fit(try Problem(specification, table: rest)).estimates
            let power = Elementary.power(x[row], -(other["a"] ?? .nan))
            let predicted = Elementary.ln((other["E"] ?? .nan) + (other["A"] ?? .nan) * power)
            #expect((exact[row] - (Elementary.ln(y[row]) - predicted)).magnitude < 1e-7)
            #expect((near[row] - exact[row]).magnitude < 0.15 * exact[row].magnitude + 1e-4)
            if (near[row] - exact[row]).magnitude > 1e-7 { differs = true }
        }
        #expect(differs)
    }
}
