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
    /// The product's rule.
    case rule(RunRule, RunHedge)

    /// The candidate to buy.
    func choose(
        _ pool: RunPool, bought: [Int], left: [Int], fit: Fit, law: Law, _ random: inout RandomSource
    ) throws -> Int {
        switch self {
        case .cheapest: return left.min { pool.costs[$0] < pool.costs[$1] } ?? left[0]
        case .random: return left[random.index(below: left.count)]
        case .dOptimal:
            let belief = try belief(pool, bought, left, fit, law, .none)
            let scores = left.indices.map { belief.information($0) / pool.costs[left[$0]] }
            return left[scores.indices.max { scores[$0] < scores[$1] } ?? 0]
        case .rule(let rule, let hedge):
            let belief = try belief(pool, bought, left, fit, law, hedge)
            return left[rule.order(belief, costs: left.map { pool.costs[$0] }, most: 1)[0]]
        }
    }

    private func belief(
        _ pool: RunPool, _ bought: [Int], _ left: [Int], _ fit: Fit, _ law: Law, _ hedge: RunHedge
    ) throws -> RunBelief {
        try RunBelief(
            fit, law: law, runs: try pool.points(pool.table.rows(at: bought), law),
            candidates: try pool.points(pool.table.rows(at: left), law), wanted: try pool.points(pool.targets, law),
            hedge: hedge)
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
