// The score of choosing runs, as it is printed: compute by policy, ratios, and what decides.

import Formulas
import Scaling

/// All scores, simulated and replayed.
public struct NextTable: Sendable {
    /// Worlds for each number of decades, and starts for each table. The rule was settled before it met the seed of these
    /// worlds; the tables' was met before.
    public static let worlds = 200
    public static let starts = 50
    public static let worldSeed: UInt64 = 23
    public static let seed: UInt64 = 1

    public static let policies: [(name: String, policy: RunPolicy)] = [
        ("next", .rule(.usual)), ("random", .random), ("cheapest", .cheapest), ("D-optimal", .dOptimal),
        ("c-optimal", .cOptimal),
    ]
    /// In simulated worlds besides: what could be had by one who knows the law.
    public static let clairvoyant: (name: String, policy: RunPolicy) = ("clairvoyant", .clairvoyant)

    /// The first of them where it is told what may be spent.
    private static let told = "next --spend"

    private let simulated: [NextScore]
    private let replayed: [NextScore]

    /// Scores every policy.
    ///
    /// - Parameters:
    ///   - share: of the worlds and starts, for a quick look.
    ///   - only: pools whose names begin so; all unless given.
    ///   - progress: told the name of each pool when it is done.
    public init(folder: String, share: Double = 1, only: String? = nil, progress: (String) -> Void) throws {
        let policies = Self.policies.map(\.policy)
        func some(_ count: Int) -> Int { max(3, Int(share * Double(count))) }
        var (simulated, replayed): ([NextScore], [NextScore]) = ([], [])
        func isWanted(_ name: String) -> Bool { name.hasPrefix(only ?? "") }
        for decades in [2.0, 3] where isWanted(NextScore.name(decades: decades)) {
            simulated.append(
                try .simulated(
                    decades: decades, worlds: some(Self.worlds), seed: Self.worldSeed,
                    policies: policies + [Self.clairvoyant.policy]))
            progress(simulated[simulated.count - 1].name)
        }
        for pool in try RunPool.all(folder: folder) where isWanted(pool.name) {
            replayed.append(
                try .replayed(pool, starts: some(Self.starts), seed: Self.seed, policies: policies))
            progress(pool.name)
        }
        if simulated.isEmpty, replayed.isEmpty { throw ExtrapolationError.noPool(only ?? "") }
        (self.simulated, self.replayed) = (simulated, replayed)
    }

    public var text: String {
        let names = Self.policies.map(\.name)
        func percent(_ share: Double) -> String { Numeral.fixed(100 * share, decimals: 1) }
        let shares =
            [["compute, % of pool", Self.told] + names + [Self.clairvoyant.name, "within"]]
            + (simulated + replayed).map { score in
                let known = score.shares.map(percent)
                let unknown = Array(repeating: "-", count: names.count + 1 - known.count)
                return [score.name, percent(score.told.share)] + known + unknown + [percent(score.limit)]
            }
        let misses =
            [["off what was measured, %", Self.told] + names]
            + replayed.map { score in
                [score.name] + ([score.told.miss] + score.misses).map { Numeral.fixed(100 * $0, decimals: 2) }
            }
        let tables = [shares] + (replayed.isEmpty ? [] : [ratios, misses])
        return tables.map { Lines.text($0) + "\n" }.joined() + Lines.text(verdict)
    }

    // nil is the first policy where it is told the budget.
    private func ratio(_ score: NextScore, _ policy: Int?, to other: Int) -> Double {
        (policy.map { score.shares[$0] } ?? score.told.share) / score.shares[other]
    }

    private var ratios: [[String]] {
        let shown = [nil] + Self.policies.indices.filter { $0 != 1 && $0 != 2 }.map(Optional.some)
        var rows = [["geometric mean over tables"] + shown.map { $0.map { Self.policies[$0].name } ?? Self.told }]
        for (name, other) in [("by random", 1), ("by cheapest", 2)] {
            rows.append([name] + shown.map { Numeral.fixed(mean($0, other), decimals: 2) })
            rows.append(["  worst"] + shown.map { Numeral.fixed(worst($0, other), decimals: 2) })
        }
        return rows
    }

    private func mean(_ policy: Int?, _ other: Int) -> Double {
        let logarithms = replayed.map { Elementary.ln(ratio($0, policy, to: other)) }
        return Elementary.exp(logarithms.reduce(0, +) / Double(logarithms.count))
    }

    private func worst(_ policy: Int?, _ other: Int) -> Double {
        replayed.map { ratio($0, policy, to: other) }.max() ?? .nan
    }

    // The bars that were set beforehand, for both ways to ask.
    private var verdict: [[String]] {
        func line(
            _ what: String, _ bar: Double, _ spreads: [ClosedRange<Double>?] = [nil, nil], _ value: (Int?) -> Double
        ) -> [String] {
            func fixed(_ value: Double) -> String { Numeral.fixed(value, decimals: 2) }
            return [what, fixed(bar)]
                + zip([nil, 0], spreads).map { policy, spread in
                    let value = value(policy)
                    let range = spread.map { " (\(fixed($0.lowerBound))..\(fixed($0.upperBound)))" } ?? ""
                    return fixed(value) + range + (value <= bar ? " passes" : " FAILS")
                }
        }
        var lines = [["", "at most", Self.told, Self.policies[0].name]]
        for score in simulated {
            lines.append(
                line("\(score.name), by the better", 0.65, [score.spread?.told, score.spread?.first]) { policy in
                    max(ratio(score, policy, to: 1), ratio(score, policy, to: 2))
                })
        }
        guard !replayed.isEmpty else { return lines }
        lines.append(line("replayed, geometric mean by random", 0.75) { mean($0, 1) })
        lines.append(line("replayed, geometric mean by cheapest", 1) { mean($0, 2) })
        lines.append(line("replayed, worst by either", 1.5) { max(worst($0, 1), worst($0, 2)) })
        return lines
    }
}
