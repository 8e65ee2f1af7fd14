// How well intervals did: means over tests, then cutoffs, groups, families, tables.

import Formulas
import Scaling

/// Coverage, misses and interval score of one table.
public struct Tally: Sendable {
    public let table: String
    public let groups: Int
    public let coverage: Double
    /// The standard error of the coverage, clustered by group: from how much families of groups differ; NaN for one.
    public let error: Double
    public let families: Int
    /// Shares of runs above and below their intervals.
    public let above: Double
    public let below: Double
    /// Coverage at distances up to 2, up to 10 and beyond; NaN where nothing was tested.
    public let bands: [Double]
    /// The mean over groups of the logarithm of the interval score: width + 2/(1 − level) times what a run misses it by.
    public let logScore: Double

    public static let bandLimits: [ClosedRange<Double>] = [1...2, 2...10, 10...Double.infinity]

    /// What one run and its interval give.
    private struct Outcome {
        let distance: Double
        let isAbove: Bool
        let isBelow: Bool
        let score: Double
        var isInside: Bool { !isAbove && !isBelow }
    }

    /// Tallies of every table, in order of appearance.
    ///
    /// - Parameters:
    ///   - level: the nominal probability.
    ///   - intervals: lower and upper end on the scale of the residual, relative to the prediction.
    public static func of(
        _ cases: [Case], level: Double,
        intervals: (Case, BacktestCutoff) -> [(lower: Double, upper: Double)]
    ) -> [Tally] {
        var order: [String] = []
        for item in cases where !order.contains(item.table) { order.append(item.table) }
        return order.map { table in
            let own = cases.filter { $0.table == table }
            let sums = own.map { item in (item.family, Group(item, level: level, intervals: { intervals(item, $0) }))
            }
            var families: [String: [Group]] = [:]
            for (family, group) in sums { families[family, default: []].append(group) }
            let means = families.sorted { $0.key < $1.key }.map { Group(mean: $0.value) }
            let whole = Group(mean: means)
            let count = Double(means.count)
            let squares = means.reduce(0) { $0 + ($1.values[0] - whole.values[0]) * ($1.values[0] - whole.values[0]) }
            return Tally(
                table: table, groups: own.count, coverage: whole.values[0],
                error: count > 1 ? (squares / (count - 1) / count).squareRoot() : .nan, families: means.count,
                above: whole.values[1],
                below: whole.values[2], bands: Array(whole.values[4...]), logScore: whole.values[3])
        }
    }

    /// Coverage, above, below, log score, coverage by band: of one group, or the mean of several.
    private struct Group {
        let values: [Double]

        init(mean groups: [Group]) {
            values = (groups.first?.values ?? []).indices.map { k in Tally.mean(groups.map { $0.values[k] }) }
        }

        init(_ item: Case, level: Double, intervals: (BacktestCutoff) -> [(lower: Double, upper: Double)]) {
            var rows: [[Double]] = []
            var weights: [Double] = []
            for cutoff in item.cutoffs {
                let outcomes = zip(cutoff.tests, intervals(cutoff)).map { test, ends in
                    let (above, below) = (test.residual - ends.upper, ends.lower - test.residual)
                    // An interval that is not known holds nothing, and no width makes up for it.
                    let isKnown = ends.lower.isFinite && ends.upper.isFinite
                    return Outcome(
                        distance: test.distance, isAbove: !isKnown || above > 0, isBelow: isKnown && below > 0,
                        score: isKnown
                            ? ends.upper - ends.lower + 2 / (1 - level) * max(above, below, 0)
                            : 2 / (1 - level) * test.residual.magnitude)
                }
                let bands = Tally.bandLimits.map { band in
                    Tally.share(
                        outcomes.filter {
                            $0.distance <= band.upperBound && ($0.distance > band.lowerBound || band.lowerBound == 1)
                        }, \.isInside)
                }
                rows.append(
                    [
                        Tally.share(outcomes, \.isInside), Tally.share(outcomes, \.isAbove),
                        Tally.share(outcomes, \.isBelow), Tally.mean(outcomes.map(\.score)),
                    ] + bands)
                // Cutoffs between which no run lies are one fit that counts for each of them.
                weights.append(Double(cutoff.factors.count))
            }
            var means = rows[0].indices.map { k in Tally.mean(rows.map { $0[k] }, weights) }
            means[3] = Elementary.ln(means[3])
            values = means
        }
    }

    // Without what is not known; NaN where nothing is.
    static func mean(_ values: [Double], _ weights: [Double]? = nil) -> Double {
        var (sum, total) = (0.0, 0.0)
        for (position, value) in values.enumerated() where !value.isNaN {
            let weight = weights?[position] ?? 1
            sum += weight * value
            total += weight
        }
        return total > 0 ? sum / total : .nan
    }

    private static func share(_ outcomes: [Outcome], _ holds: (Outcome) -> Bool) -> Double {
        outcomes.isEmpty ? .nan : Double(outcomes.count(where: holds)) / Double(outcomes.count)
    }
}
