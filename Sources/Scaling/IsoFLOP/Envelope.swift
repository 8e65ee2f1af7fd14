// Approach 1: the lower envelope of training curves. At each of many budgets the curve that is lowest there says which
// size is best.
//
// Source: Hoffmann et al. 2022, section 3.1.

import Fitting
import Formulas

extension IsoFLOPRuns {
    /// The last point of every curve: the finished runs.
    var ends: IsoFLOPRuns {
        var result = self
        result.runs = Dictionary(grouping: runs) { $0.label }.sorted { $0.key < $1.key }
            .compactMap { $0.value.max { $0.budget < $1.budget } }
        return result
    }
}

struct Envelope {
    let approach: IsoFLOP.Approach

    /// Nil where fewer than three sizes ever lead.
    init?(_ runs: IsoFLOPRuns, level: Double) {
        struct Curve {
            let size: Double
            let budgets: [Double]
            let losses: [Double]
            let data: [Double]
        }
        let curves = Dictionary(grouping: runs.runs) { $0.label }.sorted { $0.key < $1.key }.compactMap {
            _, points -> Curve? in
            let sorted = points.sorted { $0.budget < $1.budget }
            guard sorted.count > 1 else { return nil }
            return Curve(
                size: sorted[0].size, budgets: sorted.map { Elementary.ln($0.budget) }, losses: sorted.map(\.loss),
                data: sorted.map { Elementary.ln($0.data) })
        }
        guard let first = curves.map({ $0.budgets[0] }).min(), let last = curves.compactMap(\.budgets.last).max(),
            last > first
        else { return nil }
        let sizesRun = curves.map(\.size)
        let ends = (lower: sizesRun.min() ?? 0, upper: sizesRun.max() ?? 0)
        let count = 1_500
        var (budgets, sizes, data, leaders): ([Double], [Double], [Double], Set<Double>) = ([], [], [], [])
        for k in 0..<count {
            let budget = first + (last - first) * Double(k) / Double(count - 1)
            var best: (loss: Double, curve: Curve, data: Double)?
            for curve in curves where budget >= curve.budgets[0] && budget <= (curve.budgets.last ?? -.infinity) {
                let place = max(
                    0,
                    min(
                        curve.budgets.count - 2, (curve.budgets.firstIndex { $0 > budget } ?? curve.budgets.count) - 1
                    ))
                let width = curve.budgets[place + 1] - curve.budgets[place]
                let share = width > 0 ? (budget - curve.budgets[place]) / width : 0
                let loss = curve.losses[place] + share * (curve.losses[place + 1] - curve.losses[place])
                let tokens = curve.data[place] + share * (curve.data[place + 1] - curve.data[place])
                if best.map({ loss < $0.loss }) ?? true { best = (loss, curve, tokens) }
            }
            // The smallest and the largest size lead wherever the best lies beyond them.
            guard let best, best.curve.size > ends.lower, best.curve.size < ends.upper else { continue }
            budgets.append(Elementary.exp(budget))
            sizes.append(best.curve.size)
            data.append(Elementary.exp(best.data))
            leaders.insert(best.curve.size)
        }
        guard leaders.count >= 3 else { return nil }
        // Neighbouring budgets have the same leader: as many independent points as sizes that lead.
        let inflated = (Double(budgets.count) / Double(leaders.count)).squareRoot()
        let same = budgets.map { _ in 1.0 }
        guard let size = FrontierLine(budgets, sizes, errors: same, level: level),
            let tokens = FrontierLine(budgets, data, errors: same, level: level)
        else { return nil }
        func widened(_ line: FrontierLine) -> Plan.Value {
            let error = Self.plainError(line) * inflated
            let t = StudentT(degreesOfFreedom: Double(max(1, leaders.count - 2))).quantile(0.5 + level / 2)
            return Plan.Value(line.exponent, lower: line.exponent - t * error, upper: line.exponent + t * error)
        }
        approach = IsoFLOP.Approach(
            name: "envelope", meaning: "lowest curve at 1,500 budgets", size: widened(size), data: widened(tokens),
            count: leaders.count, bias: nil, largest: size.value(Elementary.exp(last)))
    }

    // With unit errors the line's own error carries max(1, scatter): the scatter alone is meant here.
    private static func plainError(_ line: FrontierLine) -> Double {
        line.standardError * (line.scatter / max(1, line.scatter)).squareRoot()
    }
}
