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
    /// By policy: the central 80 % of its compute by that of the better baseline, over worlds drawn anew; empty on a table,
    /// of which there is one.
    public let spreads: [ClosedRange<Double>]

    /// Random and cheapest first, which others are held against, as places among the policies.
    public static let baselines = [1, 2]

    /// The compute of a policy by that of the better baseline.
    func byBetter(_ policy: Int) -> Double {
        shares[policy] / (Self.baselines.map { shares[$0] }.min() ?? .nan)
    }

    /// Simulated worlds over so many decades.
    public static func simulated(decades: Double, worlds: Int, seed: UInt64, policies: [RunPolicy]) async throws
        -> NextScore
    {
        var random = RandomSource(seed: seed)
        var (pools, starts): ([RunPool], [[Int]]) = ([], [])
        var errors: [Double] = []
        for _ in 0..<worlds {
            let pool = try RunPool.world(decades: decades, &random)
            guard let (fit, law) = pool.fit(Array(0..<pool.count)) else { throw ExtrapolationError.noFit(pool.name) }
            errors.append(pool.error(fit, law: law, from: pool.truth))
            starts.append(pool.start(&random))
            pools.append(pool)
        }
        return try await NextScore(
            RunPool.worldName(decades: decades), pools: pools, starts: starts, limit: 2 * NextSpread.root(errors),
            policies: policies, whole: errors)
    }

    /// A public table, from so many random starts.
    public static func replayed(_ pool: RunPool, starts count: Int, seed: UInt64, policies: [RunPolicy])
        async throws -> NextScore
    {
        var random = RandomSource(seed: seed)
        let starts = (0..<count).map { _ in pool.start(&random) }
        return try await NextScore(
            pool.name, pools: Array(repeating: pool, count: count), starts: starts, limit: 2 * pool.standardError,
            policies: policies)
    }

    // `whole`: in simulated worlds, the error of the fit to each full pool.
    private init(
        _ name: String, pools: [RunPool], starts: [[Int]], limit: Double, policies: [RunPolicy],
        whole: [Double]? = nil
    ) async throws {
        self.name = name
        self.limit = limit
        let total =
            zip(pools, starts).map { pool, start in
                pool.costs.reduce(0, +) - start.reduce(0) { $0 + pool.costs[$1] }
            }.max() ?? 1
        var (shares, misses): ([Double], [Double]) = ([], [])
        var all: [[RunPath]] = []
        for policy in policies {
            let paths = try await RunPath.all(pools, starts: starts, policy: policy)
            all.append(paths)
            shares.append(RunPath.compute(paths, total: total, limit: limit))
            let reach = total * shares[0]
            let ends = paths.compactMap { path in
                path.misses.isEmpty ? nil : path.misses[(path.spent.lastIndex { $0 <= reach * (1 + 1e-9) } ?? 0)]
            }
            misses.append(ends.isEmpty ? .nan : NextSpread.root(ends))
        }
        (self.shares, self.misses) = (shares, misses)
        spreads =
            whole.map { NextSpread(whole: $0, total: total, paths: all, baselines: Self.baselines).central() } ?? []
    }
}
