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
    /// The same of the first policy where it is told what may be spent, and asked again after each run with what is left.
    public let told: (share: Double, miss: Double)
    public let limit: Double
    /// The central 80 % of the first policy's compute by the better of the second and third, told the budget and not, over
    /// worlds drawn anew; nil on a table, of which there is one.
    public let spread: (told: ClosedRange<Double>, first: ClosedRange<Double>)?

    static func name(decades: Double) -> String { "simulated, \(Numeral.short(decades, digits: 2)) decades" }

    /// Simulated worlds over so many decades.
    public static func simulated(decades: Double, worlds: Int, seed: UInt64, policies: [RunPolicy]) throws
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
        return try NextScore(
            name(decades: decades), pools: pools, starts: starts, limit: 2 * NextSpread.root(errors),
            policies: policies, whole: errors)
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

    // `whole`: in simulated worlds, the error of the fit to each full pool.
    private init(
        _ name: String, pools: [RunPool], starts: [[Int]], limit: Double, policies: [RunPolicy],
        whole: [Double]? = nil
    ) throws {
        self.name = name
        self.limit = limit
        let total =
            zip(pools, starts).map { pool, start in
                pool.costs.reduce(0, +) - start.reduce(0) { $0 + pool.costs[$1] }
            }.max() ?? 1
        var (shares, misses): ([Double], [Double]) = ([], [])
        var all: [[RunPath]] = []
        for policy in policies {
            let paths = try zip(pools, starts).enumerated().map { place, pair in
                try RunPath(pair.0, start: pair.1, policy: policy, seed: UInt64(place) + 1)
            }
            all.append(paths)
            shares.append(RunPath.compute(paths, total: total, limit: limit))
            let reach = total * shares[0]
            let ends = paths.compactMap { path in
                path.misses.isEmpty ? nil : path.misses[(path.spent.lastIndex { $0 <= reach * (1 + 1e-9) } ?? 0)]
            }
            misses.append(ends.isEmpty ? .nan : NextSpread.root(ends))
        }
        (self.shares, self.misses) = (shares, misses)
        let budgets = try Self.told(policies[0], pools, starts, total: total, limit: limit)
        let share = NextSpread.least(budgets.map { ($0.share, $0.errors) }, limit, Array(pools.indices))
        told = (share, budgets.first { $0.share == share }?.miss ?? .nan)
        spread = whole.map { whole in
            NextSpread(
                whole: whole, total: total, paths: all, baselines: [1, 2], told: budgets.map { ($0.share, $0.errors) }
            ).central()
        }
    }

    /// Errors of all that was bought with a budget: of a half of `total` and twenty a decade below it, until they are well
    /// beyond `limit`; with the root mean square of what was measured.
    private static func told(
        _ policy: RunPolicy, _ pools: [RunPool], _ starts: [[Int]], total: Double, limit: Double
    ) throws -> [(share: Double, errors: [Double], miss: Double)] {
        var budgets: [(share: Double, errors: [Double], miss: Double)] = []
        for step in 6...80 {
            let share = Elementary.power(10, -Double(step) / 20)
            let paths = try zip(pools, starts).map { pool, start in
                try RunPath(pool, start: start, policy: policy, seed: 1, spend: share * total)
            }
            let errors = paths.compactMap(\.errors.last)
            budgets.append((share, errors, NextSpread.root(paths.compactMap(\.misses.last))))
            if !(NextSpread.root(errors) <= Self.beyond * limit) { break }
        }
        return budgets
    }

    private static let beyond = 1.15
}
