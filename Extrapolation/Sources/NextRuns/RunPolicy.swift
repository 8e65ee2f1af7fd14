// Who chooses the next run, and what came of it.

import Fitting
import Formulas
import Scaling
import Tables

/// A way to choose the next run of a pool.
public enum RunPolicy: Hashable, Sendable {
    case cheapest
    case random
    /// The most information about all parameters per cost, the law taken for right.
    case dOptimal
    /// The most of the target's variance per cost, the law taken for right.
    case cOptimal
    /// The product's rule.
    case rule(RunRule)
    /// The same by one who knows the true parameters, and that the law is right; for simulated worlds.
    case clairvoyant

    /// The candidate to buy.
    func choose(
        _ pool: RunPool, bought: [Int], left: [Int], fit: Fit, law: Law, _ random: inout RandomSource
    ) throws -> Int {
        func most(_ score: (RunBelief, Int) -> Double) throws -> Int {
            let belief = try belief(pool, bought, left, fit, law)
            let scores = left.indices.map { score(belief, $0) / pool.costs[left[$0]] }
            return left[scores.indices.max { scores[$0] < scores[$1] } ?? 0]
        }
        switch self {
        case .cheapest: return left.min { pool.costs[$0] < pool.costs[$1] } ?? left[0]
        case .random: return left[random.index(below: left.count)]
        case .dOptimal: return try most { $0.information($1) }
        case .cOptimal: return try most { $0.gain($1) }
        case .rule(let rule): return try next(rule, nil, at: nil, pool, bought, left, fit, law)
        case .clairvoyant:
            guard let parameters = pool.parameters else {
                return try next(.usual, nil, at: nil, pool, bought, left, fit, law)
            }
            return try next(RunRule(insurance: 0), RunHedge.none, at: parameters, pool, bought, left, fit, law)
        }
    }

    private func next(
        _ rule: RunRule, _ hedge: RunHedge?, at parameters: [String: Double]?, _ pool: RunPool, _ bought: [Int],
        _ left: [Int], _ fit: Fit, _ law: Law
    ) throws -> Int {
        let reach = try RunReach(
            fit, law: law, runs: try pool.points(pool.table.rows(at: bought), law),
            candidates: try pool.points(pool.table.rows(at: left), law), wanted: try pool.points(pool.targets, law),
            hedge: hedge, at: parameters)
        return left[
            rule.sequence(reach, costs: left.map { pool.costs[$0] }, made: bought.map { pool.costs[$0] }, most: 1)[0]]
    }

    private func belief(
        _ pool: RunPool, _ bought: [Int], _ left: [Int], _ fit: Fit, _ law: Law
    ) throws -> RunBelief {
        try RunBelief(
            fit, law: law, runs: try pool.points(pool.table.rows(at: bought), law),
            candidates: try pool.points(pool.table.rows(at: left), law), wanted: try pool.points(pool.targets, law),
            hedge: .none)
    }
}

/// What was spent and how far off the target was, after each purchase.
struct RunPath {
    var spent: [Double] = []
    /// From the truth, and from what was measured.
    var errors: [Double] = []
    var misses: [Double] = []

    init(spent: [Double], errors: [Double]) { (self.spent, self.errors) = (spent, errors) }

    init(_ pool: RunPool, start: [Int], policy: RunPolicy, seed: UInt64) throws {
        var (bought, spent) = (start, 0.0)
        var left = Array(0..<pool.count).filter { !start.contains($0) }
        var random = RandomSource(seed: seed)
        var last: (fit: Fit, law: Law)?
        while true {
            if let made = pool.fit(bought) { last = made }
            guard let (fit, law) = last else { throw ExtrapolationError.noFit(pool.name) }
            self.spent.append(spent)
            errors.append(pool.error(fit, law: law, from: pool.truth))
            if !pool.measured.isEmpty { misses.append(pool.error(fit, law: law, from: pool.measured)) }
            if left.isEmpty { return }
            let next = try policy.choose(pool, bought: bought, left: left, fit: fit, law: law, &random)
            spent += pool.costs[next]
            bought.append(next)
            left.removeAll { $0 == next }
        }
    }

    /// One path for each start, on as many threads as there are.
    static func all(_ pools: [RunPool], starts: [[Int]], policy: RunPolicy) async throws -> [RunPath] {
        try await withThrowingTaskGroup(of: (Int, RunPath).self) { group in
            for (place, (pool, start)) in zip(pools, starts).enumerated() {
                group.addTask {
                    (place, try RunPath(pool, start: start, policy: policy, seed: UInt64(place) + 1))
                }
            }
            var paths: [Int: RunPath] = [:]
            for try await (place, path) in group { paths[place] = path }
            return pools.indices.compactMap { paths[$0] }
        }
    }

    /// The share of a grid of spends, 10⁻⁴ to 1 of `total` in 4,000 steps, from which on the root mean square error over
    /// the paths stays within `limit`.
    static func compute(_ paths: [RunPath], total: Double, limit: Double) -> Double {
        let steps = 4000
        var places = paths.map { $0.spent.count - 1 }
        var least = 1.0
        for step in (0...steps).reversed() {
            let share = Elementary.power(10, -4 + 4 * Double(step) / Double(steps))
            var sum = 0.0
            for (k, path) in paths.enumerated() {
                while places[k] > 0, path.spent[places[k]] > total * share * (1 + 1e-9) { places[k] -= 1 }
                sum += path.errors[places[k]] * path.errors[places[k]]
            }
            if !((sum / Double(paths.count)).squareRoot() <= limit) { break }
            least = share
        }
        return least
    }
}
