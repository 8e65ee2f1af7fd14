// Which runs to make next: what is promised comes true, collinear designs are refused, targets are read.

import Fitting
import Formulas
import Tables
import Testing

@testable import Scaling

/// Runs of E + A/N^α + B/D^β with noise, on a grid or on a ray.
struct Ladder {
    var sizes: [Double]
    var data: [Double]

    static let grid = Ladder(
        sizes: [1e7, 1e7, 1e7, 3e7, 3e7, 3e7, 1e8, 1e8, 1e8, 3e8, 3e8, 3e8],
        data: [2e8, 1e9, 4e9, 4e8, 2e9, 8e9, 1e9, 4e9, 1.6e10, 2e9, 8e9, 3e10])
    static let ray = Ladder(
        sizes: (0..<10).map { 1e7 * Elementary.exp(Double($0) / 2) },
        data: (0..<10).map { 2e8 * Elementary.exp(Double($0) / 2) })

    func table(seed: UInt64 = 5, noise: Double = 0.003) -> Table {
        var random = RandomSource(seed: seed)
        let losses = zip(sizes, data).map { n, d in
            (1.8 + 480 / Elementary.power(n, 0.35) + 2100 / Elementary.power(d, 0.37))
                * Elementary.exp(noise * random.normal())
        }
        return Table(
            name: "runs.csv",
            columns: [
                Column(name: "N", numbers: sizes), Column(name: "D", numbers: data),
                Column(name: "loss", numbers: losses),
            ])
    }

    func fitted(seed: UInt64 = 5, noise: Double = 0.003, formula: String = "loss ~ E + A/N^alpha + B/D^beta") throws
        -> (fit: Fit, law: Law, runs: Points)
    {
        var specification = Specification(formula: try Formula(formula))
        specification.residual = .log
        for name in ["E", "A", "B"] { specification.bounds[name] = Bound(lower: 0) }
        let table = table(seed: seed, noise: noise)
        let fit = try Fit(try Problem(specification, table: table))
        let law = Law(fit, specification: specification, id: "mine", title: "", version: "")
        return (fit, law, try Points(table, for: law))
    }
}

@Suite struct NextRunsTests {
    private func options(_ target: String, _ law: Law) throws -> NextOptions {
        NextOptions(try RunTarget(target, for: law), cost: try RunCost(nil, for: law))
    }

    @Test func `what is promised of a purchase is what the fit with it has`() throws {
        let (fit, law, runs) = try Ladder.grid.fitted()
        var asked = try options("loss at N=3B, D=60B", law)
        asked.candidates = try Points("N=10M..1B@6, D=200M..20B@6", for: law)
        asked.noise = 0.003
        asked.hedge = .none
        let next = try NextRuns(fit, law: law, runs: runs, asked)
        #expect(next.purchases.count == 10)
        var more = Ladder.grid
        for purchase in next.purchases {
            let point = next.candidates[purchase.candidate]
            more.sizes.append(try #require(point.number("N")))
            more.data.append(try #require(point.number("D")))
        }
        // Over several worlds: a standard error is itself an estimate.
        var sum = 0.0
        for seed in 1...6 {
            let (fit, law, _) = try more.fitted(seed: UInt64(seed))
            let made = try law.predict(at: ["N": 3e9, "D": 6e10]).standardError
            sum += try #require(made) / fit.noise * 0.003
        }
        let promised = try #require(next.purchases.last).after.standardError
        #expect((sum / 6 / promised - 1).magnitude < 0.2)
        #expect(promised < 0.8 * next.now.standardError)
    }

    @Test func `doubt about the law is never less than none, and falls with every purchase`() throws {
        let (fit, law, runs) = try Ladder.grid.fitted()
        let next = try NextRuns(fit, law: law, runs: runs, try options("optimal N at 1e22", law))
        var last = next.now
        for purchase in next.purchases {
            #expect(purchase.after.doubt >= purchase.after.standardError)
            #expect(purchase.after.standardError <= last.standardError * (1 + 1e-9))
            #expect(purchase.after.doubt <= last.doubt * (1 + 1e-9))
            last = purchase.after
        }
        #expect(next.atBest.standardError <= last.standardError)
        #expect(next.scale == .log)
    }

    @Test func `a design on a ray is refused for a target off it, with the names of what it cannot separate`() throws
    {
        let (fit, law, runs) = try Ladder.ray.fitted(formula: "loss ~ E + A/N^alpha + B/D^alpha")
        var asked = try options("loss at N=1B, D=1T", law)
        asked.candidates = try Points(
            [1e8, 3e8, 1e9].map { ["N": .number($0), "D": .number(20 * $0)] }, for: law)
        let text = message { try NextRuns(fit, law: law, runs: runs, asked) }
        #expect(text.hasPrefix("none of the 3 candidates can tell loss at N = 1B, D = 1T"))
        #expect(text.contains("cannot separate"))
        #expect(text.contains("A") && text.contains("B"))
        #expect(text.contains("D/N is 20 in every run"))
        #expect(text.contains("help: add candidates that move one input without the others"))
        // On the ray the same runs say what is asked; and a candidate off it separates.
        asked.target = try RunTarget("loss at N=10B, D=200B", for: law)
        let along = try NextRuns(fit, law: law, runs: runs, asked)
        #expect(along.warnings.contains { $0.code == "collinear-design" })
        asked.target = try RunTarget("loss at N=1B, D=1T", for: law)
        asked.candidates = try Points("N=100M, D=2B..200B@3", for: law)
        #expect(try NextRuns(fit, law: law, runs: runs, asked).purchases.count == 3)
    }

    @Test func `a run under way counts as made`() throws {
        let (fit, law, runs) = try Ladder.grid.fitted()
        var asked = try options("loss at N=3B, D=60B", law)
        // What residuals say of the law hangs on whether the noise is known.
        asked.hedge = RunHedge(sd: 0.01, length: 4.6)
        let before = try NextRuns(fit, law: law, runs: runs, asked)
        let first = try #require(before.purchases.first)
        asked.underWay = before.candidates.taking([first.candidate])
        asked.noise = before.noise.value
        let after = try NextRuns(fit, law: law, runs: runs, asked)
        #expect(after.now == before.now)
        let then = try #require(after.withUnderWay)
        #expect((then.standardError / first.after.standardError - 1).magnitude < 1e-6)
        #expect((then.doubt / first.after.doubt - 1).magnitude < 1e-6)
        #expect(after.underWay == 1)
    }

    @Test func `a batch keeps to its budget, and a run to its own limit`() throws {
        let (fit, law, runs) = try Ladder.grid.fitted()
        var asked = try options("loss at N=3B, D=60B", law)
        (asked.spend, asked.largest, asked.most) = (1e20, 2e19, 100)
        let next = try NextRuns(fit, law: law, runs: runs, asked)
        #expect(!next.purchases.isEmpty)
        #expect(try #require(next.purchases.last).spent <= 1e20)
        #expect(next.purchases.allSatisfy { $0.cost <= 2e19 })
        asked.spend = 1
        #expect(message { try NextRuns(fit, law: law, runs: runs, asked) }.hasPrefix("no candidate costs at most 1"))
    }

    @Test func `draws tell nearly what the linearised law tells`() throws {
        let (fit, law, runs) = try Ladder.grid.fitted()
        var asked = try options("loss at N=1B, D=20B", law)
        asked.noise = fit.noise
        let linear = try NextRuns(fit, law: law, runs: runs, asked)
        asked.draws = try Bootstrap(.parametric, replicates: 300, seed: 1).draws(of: fit)
        let drawn = try NextRuns(fit, law: law, runs: runs, asked)
        #expect((drawn.now.standardError / linear.now.standardError - 1).magnitude < 0.5)
        #expect(drawn.draws == 300)
        #expect(try #require(drawn.purchases.last).after.standardError < drawn.now.standardError)
    }

    @Test func `labels are inputs like others`() throws {
        var random = RandomSource(seed: 2)
        let sizes = [1e7, 3e7, 1e8, 3e8, 1e9, 1e7, 3e7, 1e8, 3e8]
        let corpora: [String?] = ["a", "a", "a", "a", "a", "b", "b", "b", "b"]
        let losses = zip(sizes, corpora).map { n, corpus in
            ((corpus == "a" ? 1.8 : 2.1) + 480 / Elementary.power(n, 0.35)) * Elementary.exp(0.002 * random.normal())
        }
        let table = Table(
            name: "runs",
            columns: [
                Column(name: "N", numbers: sizes), Column(name: "corpus", labels: corpora),
                Column(name: "loss", numbers: losses),
            ])
        var specification = Specification(formula: try Formula("loss ~ E[corpus] + A/N^alpha"))
        specification.residual = .log
        let fit = try Fit(try Problem(specification, table: table))
        let law = Law(fit, specification: specification, id: "mine", title: "", version: "")
        var asked = NextOptions(
            try RunTarget("loss at N=10B, corpus=b", for: law), cost: try RunCost(try Formula("N"), for: law))
        asked.hedge = .none
        let next = try NextRuns(fit, law: law, runs: try Points(table, for: law), asked)
        let labels = Set(next.candidates.map { $0["corpus"] })
        #expect(labels == [.label("a"), .label("b")])
        #expect(!next.purchases.isEmpty)
        #expect(next.purchases.allSatisfy { $0.after.standardError <= next.now.standardError })
    }
}

@Suite struct RunTargetTests {
    private func law() throws -> Law { try sample() }

    @Test func `targets are read`() throws {
        let law = try law()
        #expect(try RunTarget("loss at N=70B, D=1.4T", for: law) == .value(["N": 70e9, "D": 1.4e12]))
        #expect(try RunTarget("at N=70B, D=1.4T", for: law) == .value(["N": 70e9, "D": 1.4e12]))
        #expect(try RunTarget("optimal N at 1e24", for: law) == .optimum(input: "N", budget: 1e24))
        #expect(try RunTarget("beta/(alpha+beta)", for: law).name(law) == "beta / (alpha + beta)")
        #expect(try RunTarget("loss at D=1.4T, N=70B", for: law).name(law) == "loss at N = 70B, D = 1.4T")
    }

    @Test(arguments: [
        ("accuracy at N=1B, D=1B", "the law predicts 'loss', not 'accuracy'"),
        ("optimal M at 1e24", "has no optimal M to ask for"), ("optimal N at much", "'much' is no budget"),
        ("loss at N=1B..2B@3, D=1B", "names 3 points"), ("beta/(alpha", "cannot be read"),
    ])
    func `what cannot be read is quoted`(_ text: String, _ part: String) throws {
        let law = try law()
        let said = message { try RunTarget(text, for: law) }
        #expect(said.contains(part))
        #expect(said.contains("help:") || said.contains("inputs of"))
    }
}
