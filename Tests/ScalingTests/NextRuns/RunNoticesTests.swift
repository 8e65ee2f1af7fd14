// What a run costs besides, and what is said of runs that hardly tell.

import Fitting
import Formulas
import Tables
import Testing

@testable import Scaling

@Suite struct RunNoticesTests {
    private func asked(_ target: String, _ law: Law) throws -> NextOptions {
        NextOptions(try RunTarget(target, for: law), cost: try RunCost(nil, for: law))
    }

    @Test(arguments: [
        ("5e18", RunOverhead.amount(5e18)), ("0", .none), ("1%", .share(0.01)), ("0.5%", .share(0.005)),
        ("2B", .amount(2e9)),
    ])
    func `an overhead is a cost or a share of one`(_ text: String, _ expected: RunOverhead) {
        #expect(RunOverhead(text) == expected)
    }

    @Test(arguments: ["", "%", "-1", "-1%", "much", "inf", "1 %%"])
    func `what is no overhead is none`(_ text: String) { #expect(RunOverhead(text) == nil) }

    @Test func `with an overhead fewer and larger runs are bought, and it is paid`() throws {
        let (fit, law, runs) = try Ladder.grid.fitted()
        var options = try asked("loss at N=3B, D=60B", law)
        (options.most, options.candidates) = (5, try Points("N=10M..1B@7, D=200M..20B@7", for: law))
        let bare = try NextRuns(fit, law: law, runs: runs, options)
        options.overhead = .share(0.1)
        let dear = try NextRuns(fit, law: law, runs: runs, options)
        let largest = zip(Ladder.grid.sizes, Ladder.grid.data).map { 6 * $0 * $1 }.max() ?? 0
        #expect(dear.overhead == 0.1 * largest)
        #expect(bare.overhead == 0)
        func costs(_ next: NextRuns) -> Double { next.purchases.reduce(0) { $0 + $1.cost } }
        #expect(costs(dear) > 3 * costs(bare))
        let last = try #require(dear.purchases.last)
        #expect((last.spent / (costs(dear) + 5 * dear.overhead) - 1).magnitude < 1e-12)
        // Of a batch the overhead is part of what is spent.
        (options.spend, options.most, options.overhead) = (1e20, 100, .amount(2e19))
        let batch = try NextRuns(fit, law: law, runs: runs, options)
        #expect(batch.purchases.count <= 4)
        #expect(try #require(batch.purchases.last).spent <= 1e20)
    }

    @Test func `a run that tells next to nothing says so, and is not bought before one that tells`() throws {
        let many = Ladder(
            sizes: Array(repeating: Ladder.grid.sizes, count: 20).flatMap(\.self),
            data: Array(repeating: Ladder.grid.data, count: 20).flatMap(\.self))
        let (fit, law, runs) = try many.fitted()
        var options = try asked("loss at N=3B, D=60B", law)
        // In the middle of what was run, and one far out that costs as much as all: that one is worth it.
        options.candidates = try Points([["N": 5e7, "D": 2e9], ["N": 3e10, "D": 6e11]], for: law)
        let next = try NextRuns(fit, law: law, runs: runs, options)
        #expect(next.purchases.first?.candidate == 1)
        #expect(!next.warnings.contains { $0.code == "little-to-gain" })
        options.candidates = try Points([["N": 5e7, "D": 2e9]], for: law)
        let alone = try NextRuns(fit, law: law, runs: runs, options)
        let warning = try #require(alone.warnings.first { $0.code == "little-to-gain" })
        #expect(warning.message.contains("off the interval"))
        #expect(warning.hint.contains("give larger ones"))
        options.candidates = try Points([["N": 3e9, "D": 6e10]], for: law)
        #expect(try !NextRuns(fit, law: law, runs: runs, options).warnings.contains { $0.code == "little-to-gain" })
    }

    @Test func `runs near one ray are told what the same cost off it would tell`() throws {
        // With more noise the fit loses a term, and a ray is as good as anything.
        let (fit, law, runs) = try Ladder.ray.fitted(noise: 0.0003)
        var options = try asked("loss at N=10B, D=1T", law)
        options.candidates = try Points([1e8, 3e8, 1e9].map { ["N": .number($0), "D": .number(22 * $0)] }, for: law)
        let next = try NextRuns(fit, law: law, runs: runs, options)
        let ray = try #require(next.warnings.first { $0.code == "one-ray" }, "\(fit.coefficients)")
        #expect(ray.message.contains("D/N = 20..22"))
        #expect(ray.message.contains("times narrower"))
        let (wide, other, points) = try Ladder.grid.fitted()
        let grid = try NextRuns(wide, law: other, runs: points, try asked("loss at N=10B, D=1T", other))
        #expect(!grid.warnings.contains { $0.code == "one-ray" || $0.code == "nearly-collinear" })
    }

    @Test func `by draws a ray is a ray, too`() throws {
        let (fit, law, runs) = try Ladder.ray.fitted(noise: 0.0003)
        var options = try asked("loss at N=10B, D=1T", law)
        options.candidates = try Points([1e8, 3e8, 1e9].map { ["N": .number($0), "D": .number(22 * $0)] }, for: law)
        func times(_ options: NextOptions) throws -> Double {
            let next = try NextRuns(fit, law: law, runs: runs, options)
            let ray = try #require(next.warnings.first { $0.code == "one-ray" })
            let words = ray.message.split(separator: " ").map(String.init)
            let place = try #require(words.lastIndex(of: "times"))
            return try #require(Double(words[place - 1]))
        }
        let linear = try times(options)
        options.draws = try Bootstrap(.parametric, replicates: 400, seed: 1).draws(of: fit).kept
        #expect(try (times(options) / linear - 1).magnitude < 0.5)
        // A run under way that is off the ray leaves nothing to say.
        options.underWay = try Points("N=100M, D=200B", for: law)
        #expect(try !NextRuns(fit, law: law, runs: runs, options).warnings.contains { $0.code == "one-ray" })
    }

    @Test func `parameters that stay tied are named with their correlation`() throws {
        var precision = RunPrecision(
            [], wanted: RunFunctional(features: [1, 0, 0], parts: []), free: [0, 1, 2])
        for (a, b) in [(1.0, 1.0), (1, 1.001), (2, 2)] { precision.add([a, b, 0.3], times: 1) }
        precision.add([0, 0, 1], times: 1)
        let ties = RunTies(precision, names: ["E", "A", "alpha"], noise: 1)
        #expect(ties.pairs.first.map { [$0.first, $0.second] } == ["E", "A"])
        #expect(try #require(ties.pairs.first).correlation < -0.99)
        #expect(ties.parameters.contains("A") && ties.parameters.contains("E"))
        #expect(try #require(ties.vaguest).place < 2)
        // Both are known well where runs hardly scatter, tied or not.
        let sharp = RunTies(precision, names: ["E", "A", "alpha"], noise: 1e-6)
        #expect(sharp.pairs.isEmpty && sharp.vaguest == nil)
        // Of two more runs the one that moves A without E parts them.
        let places = [[1, 1, 0.3], [0.0, 1, 0]].map {
            RunPlace(features: $0, logarithms: [0], labels: [], slope: 1)
        }
        let shares = precision.shares(places, ofDeviate: 1)
        #expect(shares[1] > 0.9 && shares[0] < 0.1)
    }

    /// How many of twenty designs of eight runs are called nearly collinear; sizes lie within a factor about the ray.
    private func said(within factor: Double) throws -> Int {
        var random = RandomSource(seed: 9)
        var count = 0
        for seed in 1...20 {
            func even(_ low: Double, _ high: Double) -> Double { low + (high - low) * random.uniform() }
            let spread = Elementary.ln(factor)
            var (ladder, pool) = (Ladder(sizes: [], data: []), [Point]())
            for place in 0..<30 {
                let compute = 1e18 * Elementary.exp(even(0, Elementary.ln(place < 8 ? 15 : 200)))
                let size = (compute / 120).squareRoot() * Elementary.exp(even(-spread, spread))
                let data = compute / (6 * size)
                if place < 8 {
                    ladder.sizes.append(size)
                    ladder.data.append(data)
                } else {
                    pool.append(["N": .number(size), "D": .number(data)])
                }
            }
            let (fit, law, runs) = try ladder.fitted(seed: UInt64(seed), noise: 0.005)
            var options = try asked("loss at N=10B, D=200B", law)
            options.candidates = try Points(pool, for: law)
            options.most = 5
            let next = try NextRuns(fit, law: law, runs: runs, options)
            if next.warnings.contains(where: { $0.code == "nearly-collinear" }) { count += 1 }
        }
        return count
    }

    @Test func `eight runs far off a ray are not called nearly collinear, and near it they are`() throws {
        let (wide, near) = (try said(within: 10), try said(within: 1.25))
        #expect(wide <= 3)
        #expect(near >= 10)
    }

    @Test func `to have run every candidate is to have run each`() {
        var random = RandomSource(seed: 3)
        let places = (0..<12).map { _ in
            RunPlace(
                features: (0..<3).map { _ in random.normal() }, logarithms: [random.normal()], labels: [], slope: 1)
        }
        let wanted = RunFunctional(features: [2, 1, -1], parts: [(1, places[11])])
        var belief = RunBelief(
            runs: Array(places[..<4]), repeats: [1, 1, 1, 1], candidates: Array(places[4..<11]), wanted: [wanted],
            noise: 0.04, hedge: RunHedge(sd: 0.1, length: 1))
        belief.run(6)
        let whole = belief.total(withAll: 6)
        for candidate in 0..<6 { belief.run(candidate) }
        #expect((whole / belief.total - 1).magnitude < 1e-9)
    }

    @Test func `a batch leaves out what hardly tells, and has what tells most first`() throws {
        let (fit, law, runs) = try Ladder.grid.fitted()
        var options = try asked("loss at N=3B, D=60B", law)
        (options.spend, options.most, options.hedge) = (1e21, 1_000, RunHedge(sd: 0.01, length: 4.6))
        options.candidates = try Points("N=10M..1B@9, D=200M..20B@9", for: law)
        let next = try NextRuns(fit, law: law, runs: runs, options)
        #expect(next.purchases.count > 1 && next.purchases.count < 40)
        // Each run takes less off than the one before, but for what several tell together.
        var last = next.now.doubt
        var falls: [Double] = []
        for purchase in next.purchases {
            falls.append(last * last - purchase.after.doubt * purchase.after.doubt)
            last = purchase.after.doubt
        }
        #expect(try #require(falls.first) == falls.max())
        #expect(falls.reduce(0, +) > 0)
    }

    @Test func `of runs that tell the same one is kept, and enough for degrees of freedom`() {
        let twin = RunPlace(features: [1, 0], logarithms: [0], labels: [], slope: 1)
        let tiny = RunPlace(features: [1e-4, 0], logarithms: [0], labels: [], slope: 1)
        let belief = RunBelief(
            runs: [], repeats: [], candidates: [tiny, twin, tiny, tiny],
            wanted: [RunFunctional(features: [1, 0.1], parts: [])], noise: 1e-4, hedge: .none)
        #expect(RunThrift.kept([0, 1, 2, 3], belief, degreesOfFreedom: 1_000, level: 0.95) == [1])
        #expect(RunThrift.kept([0, 1, 2, 3], belief, degreesOfFreedom: -2, level: 0.95).count == 4)
        #expect(RunThrift.kept([], belief, degreesOfFreedom: 5, level: 0.95) == [])
    }

    @Test func `what is missing of a target is asked for there`() throws {
        let law = try sample()
        let text = message { try RunTarget("loss at N=7B", for: law) }
        #expect(text.contains("D is missing"))
        #expect(text.contains("help: --target 'loss at N=7B, D=…'"))
        #expect(!text.contains("--at"))
        #expect(message { try Points("N=7B", for: law, option: "--under-way") }.contains("--under-way 'N=7B, D=…'"))
    }
}

@Suite struct DrawnPlacesTests {
    @Test func `scores of normal draws have their covariance`() {
        var random = RandomSource(seed: 11)
        let first = (0..<4_000).map { _ in random.normal() }
        let second = first.map { 0.6 * $0 + 0.8 * random.normal() }
        let scores = DrawnPlaces.scores(first.count)
        let (a, b) = (DrawnPlaces.scored(first, scores), DrawnPlaces.scored(second, scores))
        func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
        #expect((dot(a, a) - 1).magnitude < 0.08)
        #expect((dot(a, b) - 0.6).magnitude < 0.05)
    }

    @Test func `a few draws far out change next to nothing`() {
        var random = RandomSource(seed: 12)
        let first = (0..<1_000).map { _ in random.normal() }
        let second = first.map { 0.5 * $0 + random.normal() }
        let scores = DrawnPlaces.scores(first.count)
        func covariance(_ x: [Double], _ y: [Double]) -> Double {
            zip(DrawnPlaces.scored(x, scores), DrawnPlaces.scored(y, scores)).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let before = covariance(first, second)
        var (far, away) = (first, second)
        for place in 0..<10 { (far[place], away[place]) = (1e6, -.infinity) }
        let after = covariance(far, away)
        #expect((after / before - 1).magnitude < 0.15)
    }

    @Test func `equal draws are equal, and undefined ones say nothing`() {
        let scores = DrawnPlaces.scores(4)
        let made = DrawnPlaces.scored([2, 2, 2, 2], scores)
        #expect(made == [0, 0, 0, 0])
        let some = DrawnPlaces.scored([1, .nan, 3, 2], scores)
        #expect(some[1] == 0 && some[0] < 0 && some[2] > 0 && some[3].magnitude < 1e-12)
    }
}
