// The score of choosing runs: worlds, paths and what compute means, on small examples.

import Fitting
import Foundation
import Scaling
import Testing

@testable import Extrapolation

@Suite struct NextScoreTests {
    @Test func `a world has sixty runs whose costs are shares, and the same seed the same world`() throws {
        var (one, other) = (RandomSource(seed: 4), RandomSource(seed: 4))
        let (world, again) = (try RunPool.world(decades: 2, &one), try RunPool.world(decades: 2, &other))
        #expect(world.count == 60)
        #expect((world.costs.reduce(0, +) - 1).magnitude < 1e-12)
        #expect((world.costs.max() ?? 0) / (world.costs.min() ?? 1) <= 100)
        #expect(world.costs == again.costs)
        #expect(world.truth == again.truth)
        let start = world.start(&one)
        #expect(Set(start).count == 7)
        let cheap = world.costs.sorted()[23]
        #expect(start.allSatisfy { world.costs[$0] <= cheap })
    }

    @Test func `compute is where errors stay small, not where they are small once`() {
        var path = RunPath(spent: [0, 0.1, 0.2, 0.5], errors: [1, 0.01, 1, 0.01])
        #expect((RunPath.compute([path], total: 1, limit: 0.1) - 0.5).magnitude < 0.002)
        path.errors = [1, 0.01, 0.01, 0.01]
        #expect((RunPath.compute([path], total: 1, limit: 0.1) - 0.1).magnitude < 0.001)
        path.errors = [1, 1, 1, 1]
        #expect(RunPath.compute([path], total: 1, limit: 0.1) == 1)
    }

    @Test func `where an interval comes within a limit and stays there is where it counts`() {
        let path = ClosedLoop.Path(shares: [0.1, 0.2, 0.5, 1], errors: [3, 1, 2, 1], values: [6, 7, 8, 9])
        #expect(path.share(within: 1) == 1)
        #expect(path.share(within: 2) == 0.2)
        #expect(path.value(within: 3) == 6)
        #expect(path.share(within: 0.5) == 1)
    }

    @Test func `our own small models end with all of them, and a surer number is never free`() throws {
        let table = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Examples/byte-ladder/runs.csv").path()
        let text = try ClosedLoop(path: table).text(orders: 1)
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("cheapest") }
        #expect(lines.count == 2)
        for line in lines {
            let shares = line.split(separator: " ").compactMap { Double($0) }.prefix(5)
            #expect(shares.count == 5 && shares.last == 100)
            #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }

    @Test func `how sure a ratio is comes from worlds drawn anew`() {
        func paths(_ places: [Double]) -> [RunPath] {
            places.map { RunPath(spent: [0, $0, 1], errors: [1, 0.01, 0.01]) }
        }
        let even = NextSpread(
            whole: [0.05, 0.05], total: 1, paths: [paths([0.1, 0.1]), paths([0.4, 0.4]), paths([0.2, 0.2])],
            baselines: [1, 2]
        ).central()
        #expect(even.map(\.lowerBound) == even.map(\.upperBound))
        #expect((even[0].lowerBound - 0.5).magnitude < 0.005)
        #expect(even[2] == 1...1)
        // The costlier of two worlds decides, unless it is not drawn.
        let uneven = NextSpread(
            whole: [0.05, 0.05], total: 1, paths: [paths([0.1, 0.4]), paths([0.4, 0.4])], baselines: [1]
        ).central()
        #expect((uneven[0].lowerBound - 0.25).magnitude < 0.005)
        #expect((uneven[0].upperBound - 1).magnitude < 0.005)
    }

    @Test func `every policy buys the whole pool once, and ends at the same fit`() throws {
        var random = RandomSource(seed: 8)
        let pool = try RunPool.world(decades: 2, &random)
        let start = pool.start(&random)
        let ends = try [RunPolicy.cheapest, .random, .dOptimal, .cOptimal, .rule(.usual), .clairvoyant].map {
            policy in
            let path = try RunPath(pool, start: start, policy: policy, seed: 1)
            #expect(path.spent.count == 54)
            #expect((path.spent.last ?? 0) + start.reduce(0) { $0 + pool.costs[$1] } > 1 - 1e-9)
            return path.errors.last ?? .nan
        }
        #expect(ends.allSatisfy { ($0 - ends[0]).magnitude < 1e-6 })
    }

    @Test func `what is promised of runs is about what comes of them`() throws {
        var random = RandomSource(seed: 5)
        let pools = try (0..<6).map { _ in try RunPool.world(decades: 2, &random) }
        let starts = pools.map { pool in
            Array(pool.costs.indices.sorted { pool.costs[$0] < pool.costs[$1] }.prefix(24))
        }
        let score = try PromiseScore("worlds", pools: pools, starts: starts)
        #expect(score.widths.map(\.count) == [6, 6, 6])
        for place in PromiseScore.counts.indices {
            #expect(score.widths[place] == score.widths[place].sorted())
            let median = score.shapes[place][3]
            #expect(median > 0.6 && median < 1.6)
        }
        // One more run tells more surely what is promised than eight.
        #expect(score.shapes[0][5] / score.shapes[0][0] < score.shapes[2][5] / score.shapes[2][0] * 1.5)
        // A start without degrees of freedom promises nothing.
        let none = try PromiseScore("few", pools: [pools[0]], starts: [[]])
        #expect(none.widths.map(\.count) == [0, 0, 0])
    }
}
