// Which run to buy next: what it tells of the target for its cost, and while little is known, what it tells at all.

import Formulas

/// A rule that orders purchases.
///
/// The score of a candidate is
///
///     (−ln (1 − share) + curiosity · (p/(n − p))^fade · ½ ln (1 + v/σ²)) / costᵞ
///
/// with `share` of the target's variance that it removes, v the variance of its response under ``RunBelief``, σ² the noise
/// of a run, p parameters and n runs. The first term alone is greedy c-optimal design. The second is what the run says of all
/// parameters together (D-optimal design): with few runs the estimates, and with them the first term, may be far off, and
/// what moves them at all is worth having; it fades as degrees of freedom come in.
public struct RunRule: Hashable, Sendable {
    /// γ: 1 for reduction of doubt by cost.
    public var power: Double
    /// How much the second term weighs, and how fast that fades.
    public var curiosity: Double
    public var fade: Double
    /// What a batch for a given budget tries instead of one γ: it takes the one that leaves least doubt.
    public var batchPowers: [Double]

    public init(power: Double, curiosity: Double, fade: Double = 1, batchPowers: [Double] = [0, 0.25, 0.5, 0.75, 1]) {
        self.power = power
        self.curiosity = curiosity
        self.fade = fade
        self.batchPowers = batchPowers
    }

    /// See docs/next.md for what they were chosen by.
    public static let usual = RunRule(power: 1, curiosity: 0.6, fade: 1)

    /// A batch ends where no candidate takes off more than this share of what is left of the variance, and of two batches
    /// that leave as much standard error within one part in a hundred the one of fewer runs is taken.
    private static let negligible = 0.002
    private static let alike = 1.01

    /// The candidates in the order in which they are bought, `most` of them at most.
    ///
    /// - Parameter spend: what all of them together may cost; nil for one after another.
    package func order(_ belief: RunBelief, costs: [Double], spend: Double? = nil, most: Int) -> [Int] {
        guard let spend else { return greedy(belief, costs, power, nil, most).order }
        let batches = batchPowers.map { greedy(belief, costs, $0, spend, most) }
        guard let least = batches.map(\.total).min() else { return [] }
        let good = batches.filter { $0.total <= least * Self.alike * Self.alike }
        return good.min { $0.order.count < $1.order.count }?.order ?? []
    }

    private func greedy(_ belief: RunBelief, _ costs: [Double], _ power: Double, _ spend: Double?, _ most: Int) -> (
        order: [Int], total: Double
    ) {
        var belief = belief
        var left = Array(costs.indices)
        var (order, cost): ([Int], Double) = ([], 0)
        let weights = costs.map { power == 0 ? 1 : Elementary.power($0, power) }
        while order.count < most {
            let whole = max(belief.total, 1e-300)
            let weight = curiosity * Elementary.power(belief.openness, fade)
            var best: (score: Double, place: Int)?
            for (place, candidate) in left.enumerated() {
                if let spend, cost + costs[candidate] > spend * (1 + 1e-12) { continue }
                let share = min(belief.gain(candidate) / whole, 1 - 1e-12)
                if spend != nil, share < Self.negligible { continue }
                let told = -Elementary.log1p(-share) + weight * belief.information(candidate)
                let score = told / weights[candidate]
                if best.map({ score > $0.score }) ?? true { best = (score, place) }
            }
            guard let best else { break }
            let candidate = left.remove(at: best.place)
            order.append(candidate)
            cost += costs[candidate]
            if order.count < most || spend != nil { belief.run(candidate) }
        }
        return (order, belief.total)
    }
}
