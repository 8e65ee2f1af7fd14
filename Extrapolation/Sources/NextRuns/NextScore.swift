// How much compute each policy needs until the target is known as well as the pool can tell it, twice over.

import Fitting
import Formulas
import Scaling

/// The score of policies on pools.
public struct NextScore: Sendable {
    public let name: String
    /// By policy: the share of the pool's compute, beyond the start, that it took.
    public let shares: [Double]
    /// By policy: root mean square of ln (predicted / measured) over seeds, once it has spent what the first policy needs.
    public let misses: [Double]
    public let limit: Double

    /// Simulated worlds over so many decades.
    public static func simulated(decades: Double, worlds: Int, seed: UInt64, policies: [RunPolicy]) throws
        -> NextScore
    {
        var random = RandomSource(seed: seed)
        var (pools, starts): ([RunPool], [[Int]]) = ([], [])
        var squares = 0.0
        for _ in 0..<worlds {
            let pool = try RunPool.world(decades: decades, &random)
            guard let (fit, law) = pool.fit(Array(0..<pool.count)) else { throw ExtrapolationError.noFit(pool.name) }
            let error = pool.error(fit, law: law, from: pool.truth)
            squares += error * error
            starts.append(pool.start(&random))
            pools.append(pool)
        }
        let limit = 2 * (squares / Double(worlds)).squareRoot()
        return try NextScore(
            RunPool.worldName(decades: decades), pools: pools, starts: starts, limit: limit,
            policies: policies)
    }

    /// A public table, from so many random starts.
    public static func replayed(_ pool: RunPool, starts count: Int, seed: UInt64, policies: [RunPolicy]) throws
        -> NextScore
    {
        var random = RandomSource(seed: seed)
        let starts = (0..<count).map { _ in pool.start(&random) }
        return try NextScore(
            pool.name, pools: Array(repeating: pool, count: count), starts: starts, limit: 2 * pool.standardError,
            policies: policies)
    }

    private init(_ name: String, pools: [RunPool], starts: [[Int]], limit: Double, policies: [RunPolicy]) throws {
        self.name = name
        self.limit = limit
        let total =
            zip(pools, starts).map { pool, start in
                pool.costs.reduce(0, +) - start.reduce(0) { $0 + pool.costs[$1] }
            }.max() ?? 1
        var (shares, misses): ([Double], [Double]) = ([], [])
        for policy in policies {
            let paths = try zip(pools, starts).enumerated().map { place, pair in
                try RunPath(pair.0, start: pair.1, policy: policy, seed: UInt64(place) + 1)
            }
            shares.append(RunPath.compute(paths, total: total, limit: limit))
            let reach = total * shares[0]
            let ends = paths.compactMap { path in
                path.misses.isEmpty ? nil : path.misses[(path.spent.lastIndex { $0 <= reach * (1 + 1e-9) } ?? 0)]
            }
            let square = ends.reduce(0) { $0 + $1 * $1 } / Double(max(1, ends.count))
            misses.append(ends.isEmpty ? .nan : square.squareRoot())
        }
        (self.shares, self.misses) = (shares, misses)
    }
}
