// Which run to buy next: the cheapest way to an aim, with a part of the compute for what the law may not know.

import Formulas

/// A rule that orders purchases by ``RunReach``.
///
/// *One after another.* The aim is a fit whose squared error is ``aim``² times what all candidates together would leave, or
/// ``look`` times less than now, whichever is nearer; once it is reached, seven tenths of what is left above the best. The
/// rule finds a batch that gets there for little: greedily by
///
///     ln (total before / total after) / costᵞ
///
/// for several γ, without the runs that then prove not to be needed, the most costly first, and of these batches the
/// cheapest. Of that batch the cheapest run is made first: what it tells may change the rest. Before it come runs that are
/// cheaper still, as long as all runs up to their cost, made and to make, come to no more than ``insurance`` of everything
/// that is spent and planned: small runs that the law, were it right, would not need.
///
/// *A batch for a budget.* Greedily as above within the budget, for several γ, and of these the batch that leaves least.
public struct RunRule: Hashable, Sendable {
    /// Of the standard error that all candidates would leave.
    public var aim: Double
    /// By what the variance is to fall, at most, in one look ahead.
    public var look: Double
    /// The share of compute for the cheapest runs.
    public var insurance: Double

    public init(aim: Double = 2, look: Double = 12, insurance: Double = 0.25) {
        (self.aim, self.look, self.insurance) = (aim, look, insurance)
    }

    /// For a list of runs; see docs/next.md for what it was chosen by.
    public static let usual = RunRule()
    /// For a grid, which has as many cheap places as one likes: no insurance, and plans of few runs.
    public static let grid = RunRule(look: 6, insurance: 0)

    package typealias Plan = (batch: [Int], cost: Double)

    /// The order of purchases.
    package struct Order {
        package var candidates: [Int] = []
        /// Those of them that are cheap runs for the case that the law is wrong.
        package var insurance: Set<Int> = []
        /// What the first of them was chosen for.
        package var plan: Plan?
    }

    private static let powers = [0.25, 0.5, 0.75, 1, 1.3]
    private static let batchPowers = [0, 0.25, 0.5, 0.75, 1]
    /// Of a larger batch no run is taken back: that takes the square of its size in time.
    private static let mostPruned = 64
    /// A batch ends where no candidate takes off more than this share of what is left, and of two batches that leave as
    /// much standard error within one part in a hundred the one of fewer runs is taken.
    private static let negligible = 0.002
    private static let alike = 1.01

    /// The candidates in the order in which they are bought one after another, `most` of them at most.
    ///
    /// - Parameter made: the costs of the runs at hand.
    package func sequence(_ reach: RunReach, costs: [Double], made: [Double], most: Int) -> [Int] {
        order(reach, costs: costs, made: made, most: most).candidates
    }

    /// The same with what each of them is for.
    package func order(_ reach: RunReach, costs: [Double], made: [Double], most: Int) -> Order {
        var (reach, made, left) = (reach, made, Array(costs.indices))
        var plan = plan(reach, costs: costs, left: left)
        var order = Order(plan: plan)
        while order.candidates.count < most, let cheapest = left.min(by: { costs[$0] < costs[$1] }) {
            let planned = plan?.batch.min { costs[$0] < costs[$1] } ?? cheapest
            let isInsurance = planned != cheapest && insures(cheapest, plan, costs, made, left)
            let next = isInsurance ? cheapest : planned
            if isInsurance { order.insurance.insert(next) }
            order.candidates.append(next)
            left.removeAll { $0 == next }
            made.append(costs[next])
            if order.candidates.count == most { break }
            reach.run(next)
            plan = self.plan(reach, costs: costs, left: left)
        }
        return order
    }

    // Whether all runs up to the cost of the cheapest come to no more than the share of everything made and planned.
    private func insures(_ cheapest: Int, _ plan: Plan?, _ costs: [Double], _ made: [Double], _ left: [Int]) -> Bool {
        let small =
            made.reduce(0) { $1 <= costs[cheapest] ? $0 + $1 : $0 }
            + left.reduce(0) { costs[$1] <= costs[cheapest] ? $0 + costs[$1] : $0 }
        return small <= insurance * (made.reduce(0, +) + (plan?.cost ?? 0))
    }

    /// The cheapest batch that was found to reach the aim, of the candidates that are left, and what it costs; nil where
    /// none does, and where there is nothing left to aim at. Its cheapest run is what ``sequence(_:costs:made:most:)`` makes
    /// first, but for the insurance.
    package func plan(_ reach: RunReach, costs: [Double], left: [Int]) -> Plan? {
        let aim = target(reach)
        var best: Plan?
        for power in Self.powers {
            let limit = best?.cost ?? .infinity
            guard let batch = batch(reach, to: aim, costs, left, power, limit) else { continue }
            let cost = batch.reduce(0) { $0 + costs[$1] }
            if cost < limit, !batch.isEmpty { best = (batch, cost) }
        }
        return best
    }

    private func target(_ reach: RunReach) -> Double {
        let now = reach.total
        var target = max(aim * aim * reach.whole, now / look)
        while now <= target * (1 + 1e-9), target > reach.whole * 1.001 {
            target = reach.whole + 0.7 * (target - reach.whole)
        }
        return target
    }

    // Nil where the aim is not reached within `limit`.
    private func batch(
        _ start: RunReach, to aim: Double, _ costs: [Double], _ candidates: [Int], _ power: Double, _ limit: Double
    ) -> [Int]? {
        var reach = start
        var left = candidates
        var (batch, cost): ([Int], Double) = ([], 0)
        let weights = costs.map { Elementary.power($0, power) }
        var now = reach.total
        while now > aim {
            guard !left.isEmpty, cost <= limit else { return nil }
            let (place, after) = best(reach, now, left, weights)
            let candidate = left.remove(at: place)
            reach.run(candidate)
            batch.append(candidate)
            cost += costs[candidate]
            now = after
        }
        guard batch.count <= Self.mostPruned else { return batch }
        for candidate in batch.sorted(by: { costs[$0] > costs[$1] }) where batch.count > 1 {
            var without = start
            for other in batch where other != candidate { without.run(other) }
            if without.total <= aim { batch.removeAll { $0 == candidate } }
        }
        return batch
    }

    // The place of the best of these, and the total with it. A run that pulls the fit the wrong way scores below zero, and
    // the costly ones least.
    // Runs that take off no more than a share `leastGain` are passed by.
    private func best(
        _ reach: RunReach, _ now: Double, _ left: [Int], _ weights: [Double], leastGain: Double? = nil
    ) -> (Int, Double) {
        var best = (score: -Double.infinity, place: 0, after: now)
        for (place, candidate) in left.enumerated() {
            let after = reach.total(with: candidate)
            if let leastGain, !(after < now * (1 - leastGain)) { continue }
            let gain = Elementary.ln(now / after)
            let score = gain > 0 ? gain / weights[candidate] : gain * weights[candidate]
            if score > best.score { best = (score, place, after) }
        }
        return (best.place, best.after)
    }

    /// The candidates of a batch that costs `spend` at most, in the order in which they were found.
    package func batch(_ reach: RunReach, costs: [Double], spend: Double, most: Int) -> [Int] {
        let batches = Self.batchPowers.map { greedy(reach, costs, $0, spend, most) }
        guard let least = batches.map(\.total).min() else { return [] }
        let good = batches.filter { $0.total <= least * Self.alike * Self.alike }
        return good.min { $0.order.count < $1.order.count }?.order ?? []
    }

    private func greedy(_ reach: RunReach, _ costs: [Double], _ power: Double, _ spend: Double, _ most: Int) -> (
        order: [Int], total: Double
    ) {
        var reach = reach
        var left = Array(costs.indices)
        var (order, cost, now): ([Int], Double, Double) = ([], 0, reach.total)
        let weights = costs.map { Elementary.power($0, power) }
        while order.count < most {
            left.removeAll { cost + costs[$0] > spend * (1 + 1e-12) }
            if left.isEmpty { break }
            let (place, after) = best(reach, now, left, weights, leastGain: Self.negligible)
            guard after < now * (1 - Self.negligible) else { break }
            let candidate = left.remove(at: place)
            order.append(candidate)
            cost += costs[candidate]
            reach.run(candidate)
            now = after
        }
        return (order, now)
    }
}
