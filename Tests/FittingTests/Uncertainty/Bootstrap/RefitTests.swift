// Refits by weight and response beside whole fits of tables that were made by hand.

import Formulas
import Tables
import Testing

@testable import Fitting

@Suite struct RefitTests {
    private static let law = "loss ~ E + A/N^alpha + B/D^beta"

    private static func problem(_ loss: Loss, _ residual: Residual = .log, rows: Int = 60) throws -> Problem {
        try Laboratory.problem(law, Laboratory.chinchilla(rows: rows)) {
            $0.loss = loss
            $0.residual = residual
        }
    }

    private static func counts(_ rows: Int, seed: UInt64) -> [Int] {
        var random = RandomSource(seed: seed)
        var counts = [Int](repeating: 0, count: rows)
        for _ in 0..<rows { counts[Int(random.uniform() * Double(rows))] += 1 }
        return counts
    }

    @Test(
        "a refit by weights equals the fit of a table with copied rows",
        arguments: [Loss.squared, .huber(1e-3), .huber(0.1), .absolute], [Residual.log, .raw])
    func weightsEqualCopies(loss: Loss, residual: Residual) throws {
        let problem = try Self.problem(loss, residual)
        let refit = Refit(try Fit(problem))
        let table = Laboratory.chinchilla(rows: 60)
        for seed in 1...3 as ClosedRange<UInt64> {
            let counts = Self.counts(60, seed: seed)
            let found = try refit.minimum(of: Resample(problem, weights: counts.map(Double.init))).get()
            let copies = table.rows(at: counts.indices.flatMap { Array(repeating: $0, count: counts[$0]) })
            let dumb = try Laboratory.fit(Self.law, copies) {
                $0.loss = loss
                $0.residual = residual
            }
            #expect(SecondOpinion.close(found.value, dumb.objective, 1e-9), "\(found.value) \(dumb.objective)")
            if loss == .absolute { continue }  // its optimum need not be unique
            for (a, b) in zip(found.parameters, dumb.coefficients) { #expect(SecondOpinion.close(a, b, 1e-5)) }
        }
    }

    @Test("a refit of rows listed twice equals the fit of the table with these rows")
    func listedRows() throws {
        let problem = try Self.problem(.huber(1e-3))
        let rows = (0..<60).map { $0 % 45 }
        let resample = Resample(
            rows: rows.map(Int32.init), weights: nil, response: rows.map { problem.response[$0] })
        let found = try Refit(try Fit(problem)).minimum(of: resample).get()
        let dumb = try Laboratory.fit(Self.law, Laboratory.chinchilla().rows(at: rows)) {
            $0.loss = .huber(1e-3)
            $0.residual = .log
        }
        #expect(SecondOpinion.close(found.value, dumb.objective, 1e-9))
    }

    @Test("another response is fitted as if it had been observed")
    func otherResponse() throws {
        let problem = try Self.problem(.squared)
        let truth = [1.5, 300, 0.3, 500, 0.31]
        let response = Objective(problem).predictions(truth).map { Elementary.ln($0) }
        let found = try Refit(try Fit(problem)).minimum(of: Resample(problem, response: response)).get()
        for (a, b) in zip(found.parameters, truth) { #expect(SecondOpinion.close(a, b, 1e-6)) }
    }

    @Test("after a resample the data themselves give the fit again, with labels as well")
    func labelsFollowTheirRows() throws {
        var random = RandomSource(seed: 5)
        let sizes = (0..<40).map { _ in Elementary.exp(10 + 6 * random.uniform()) }
        let names = (0..<40).map { ["web", "code", "books"][$0 % 3] }
        let losses = zip(sizes, names).map { size, name in
            Double(name.count) + 40 * Elementary.power(size, -0.4) * (1 + 0.01 * random.uniform())
        }
        let table = Table(
            name: "runs.csv",
            columns: [
                Column(name: "N", numbers: sizes), Column(name: "loss", numbers: losses),
                Column(name: "data", labels: names),
            ])
        let formula = "loss ~ E[data] + A/N^alpha"
        let problem = try Laboratory.problem(formula, table)
        let fit = try Fit(problem)
        let refit = Refit(fit)
        let counts = Self.counts(40, seed: 2)
        let found = try refit.minimum(of: Resample(problem, weights: counts.map(Double.init))).get()
        let rows = counts.indices.flatMap { Array(repeating: $0, count: counts[$0]) }
        let dumb = try Laboratory.fit(formula, table.rows(at: rows))
        #expect(SecondOpinion.close(found.value, dumb.objective, 1e-9))
        let again = try refit.minimum(of: Resample(problem)).get()
        for (a, b) in zip(again.parameters, fit.coefficients) { #expect(SecondOpinion.close(a, b, 1e-8)) }

        let withoutCode = names.map { $0 == "code" ? 0.0 : 1.0 }
        guard case .failure(let reason) = refit.minimum(of: Resample(problem, weights: withoutCode)) else {
            Issue.record("a label without rows was fitted")
            return
        }
        #expect(reason == .labelWithoutRows)
    }

    @Test("fewer different rows than parameters are no refit")
    func tooFewRows() throws {
        let problem = try Self.problem(.squared)
        var weights = [Double](repeating: 0, count: 60)
        for row in 0..<4 { weights[row] = 15 }
        guard case .failure(let reason) = Refit(try Fit(problem)).minimum(of: Resample(problem, weights: weights))
        else {
            Issue.record("four rows gave five parameters")
            return
        }
        #expect(reason == .fewerRowsThanParameters)
    }

    @Test("a refit leaves its basin where another known minimum is lower")
    func leavesTheBasin() throws {
        // y = (x − c)² + noise in c has one minimum; sin has many, and the resample decides which is the lowest.
        let xs = (0..<40).map { Double($0) / 4 }
        let ys = xs.map { SecondOpinion.wave(1.3 * $0) }
        let table = Laboratory.table([("x", xs), ("y", ys)])
        let problem = try Laboratory.problem("y ~ sin(w*x)", table)
        let refit = Refit(problem, starts: [[1.3], [2.1]])
        let other = xs.map { SecondOpinion.wave(2.1 * $0) }
        let found = try refit.minimum(of: Resample(problem, response: other)).get()
        #expect(found.leftBasin)
        #expect(SecondOpinion.close(found.parameters[0], 2.1, 1e-9))
    }

    @Test("a search of its own finds the minimum that no start knows of")
    func searchesGlobally() throws {
        let problem = try Self.problem(.huber(1e-3))
        let fit = try Fit(problem)
        let far = Refit(problem, starts: [[1e-3, 1e-3, 3, 1e-3, 3]])
        let resample = Resample(problem)
        let found = try far.minimumSearchedGlobally(of: resample, seed: 1).get()
        #expect(SecondOpinion.close(found.value, fit.objective, 1e-9))
    }
}
