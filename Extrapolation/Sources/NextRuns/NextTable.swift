// The score of choosing runs, as it is printed: compute by policy, ratios, and what decides.

import Formulas
import Scaling

/// All scores, simulated and replayed.
public struct NextTable: Sendable {
    /// Worlds for each number of decades, and starts for each table. The rule was settled before it met these seeds.
    public static let worlds = 1000
    public static let starts = 50
    public static let worldSeed: UInt64 = 61
    public static let seed: UInt64 = 7

    public static let policies: [(name: String, policy: RunPolicy)] = [
        ("next", .rule(.usual)), ("random", .random), ("cheapest", .cheapest), ("D-optimal", .dOptimal),
        ("c-optimal", .cOptimal),
    ]
    /// In simulated worlds besides: what could be had by one who knows the law.
    public static let clairvoyant: (name: String, policy: RunPolicy) = ("clairvoyant", .clairvoyant)

    private let simulated: [NextScore]
    private let replayed: [NextScore]

    /// Scores every policy.
    ///
    /// - Parameters:
    ///   - share: of the worlds and starts, for a quick look.
    ///   - progress: told the name of each pool when it is done.
    public init(folder: String, share: Double = 1, progress: (String) -> Void) async throws {
        let policies = Self.policies.map(\.policy)
        func some(_ count: Int) -> Int { max(3, Int(share * Double(count))) }
        var (simulated, replayed): ([NextScore], [NextScore]) = ([], [])
        for decades in [2.0, 3] {
            simulated.append(
                try await .simulated(
                    decades: decades, worlds: some(Self.worlds), seed: Self.worldSeed,
                    policies: policies + [Self.clairvoyant.policy]))
            progress(simulated[simulated.count - 1].name)
        }
        for pool in try RunPool.all(folder: folder) {
            replayed.append(
                try await .replayed(pool, starts: some(Self.starts), seed: Self.seed, policies: policies))
            progress(pool.name)
        }
        (self.simulated, self.replayed) = (simulated, replayed)
    }

    public var text: String {
        let names = Self.policies.map(\.name)
        func percent(_ share: Double) -> String { Numeral.fixed(100 * share, decimals: 1) }
        let shares =
            [["compute, % of pool"] + names + [Self.clairvoyant.name, "within"]]
            + (simulated + replayed).map { score in
                let known = score.shares.map(percent)
                let unknown = Array(repeating: "-", count: names.count + 1 - known.count)
                return [score.name] + known + unknown + [percent(score.limit)]
            }
        let misses =
            [["off what was measured, %"] + names]
            + replayed.map { [$0.name] + $0.misses.map { Numeral.fixed(100 * $0, decimals: 2) } }
        return Lines.text(shares) + "\n" + Lines.text(ratios) + "\n" + Lines.text(misses) + "\n"
            + Lines.text(surenesses) + "\n" + verdict.joined(separator: "\n") + "\n"
    }

    private var surenesses: [[String]] {
        let names = Self.policies.map(\.name) + [Self.clairvoyant.name]
        let shown = names.indices.filter { !NextScore.baselines.contains($0) }
        func cell(_ ratio: Double, _ spread: ClosedRange<Double>) -> String {
            let numbers = [ratio, spread.lowerBound, spread.upperBound].map { Numeral.fixed($0, decimals: 2) }
            return "\(numbers[0]) (\(numbers[1])..\(numbers[2]))"
        }
        return [["by the better of both"] + shown.map { names[$0] }]
            + simulated.map { score in
                [score.name] + shown.map { cell(score.byBetter($0), score.spreads[$0]) }
            }
    }

    private func ratio(_ score: NextScore, _ policy: Int, to other: Int) -> Double {
        score.shares[policy] / score.shares[other]
    }

    private var ratios: [[String]] {
        let shown = Self.policies.indices.filter { $0 != 1 && $0 != 2 }
        var rows = [["geometric mean over tables"] + shown.map { Self.policies[$0].name }]
        for (name, other) in [("by random", 1), ("by cheapest", 2)] {
            rows.append([name] + shown.map { Numeral.fixed(mean($0, other), decimals: 2) })
            rows.append(
                ["  worst"]
                    + shown.map { policy in
                        Numeral.fixed(replayed.map { ratio($0, policy, to: other) }.max() ?? .nan, decimals: 2)
                    })
        }
        return rows
    }

    private func mean(_ policy: Int, _ other: Int) -> Double {
        let logarithms = replayed.map { Elementary.ln(ratio($0, policy, to: other)) }
        return Elementary.exp(logarithms.reduce(0, +) / Double(logarithms.count))
    }

    // The bars that were set beforehand.
    private var verdict: [String] {
        func line(_ what: String, _ value: Double, _ bar: Double) -> String {
            "\(what): \(Numeral.fixed(value, decimals: 2)), at most \(Numeral.fixed(bar, decimals: 2)): "
                + (value <= bar ? "passes" : "FAILS")
        }
        var lines = simulated.map { score in
            line("\(score.name), by the better of both", score.byBetter(0), 0.65)
        }
        lines.append(line("replayed, geometric mean by random", mean(0, 1), 0.75))
        lines.append(line("replayed, geometric mean by cheapest", mean(0, 2), 1))
        let worst = replayed.map { max(ratio($0, 0, to: 1), ratio($0, 0, to: 2)) }.max() ?? .nan
        lines.append(line("replayed, worst by either", worst, 1.5))
        return lines
    }
}
