// Whether what is promised of runs comes true: what `next` names is bought and fitted, and the intervals are compared.

import Fitting
import Formulas
import Scaling

/// The half-width of the interval that `predict` gives after so many purchases, by the one that `next` promised for then.
///
/// The runs are those that `next` names at the start, in its order: it is not asked again in between, and the promise is the
/// one that was made before the first. Half-widths are of ln of the law's value at the pool's most costly target. A fit
/// of few runs has a noise s that is itself a guess, and the promise is made with it, so the ratios are also given by s,
/// then and now: what is left is what the promise says of the design.
struct PromiseScore {
    /// After so many purchases.
    static let counts = [1, 3, 8]
    private static let level = 0.95

    let name: String
    /// By count, ascending: the widths as they are, and each by the noise of its fit.
    private(set) var widths: [[Double]]
    private(set) var shapes: [[Double]]

    /// - Parameter starts: the runs at hand in each pool, before any purchase.
    init(_ name: String, pools: [RunPool], starts: [[Int]]) throws {
        self.name = name
        widths = Self.counts.map { _ in [] }
        shapes = widths
        for (pool, start) in zip(pools, starts) {
            guard let (now, promises) = try Self.promises(pool, start) else { continue }
            for (place, promise) in promises {
                guard let (fit, law) = pool.fit(promise.rows),
                    let made = try Self.half(pool, fit, law), made.isFinite
                else { continue }
                widths[place].append(made / promise.half)
                shapes[place].append(made / promise.half * now.noise / fit.noise)
            }
        }
        widths = widths.map { $0.sorted() }
        shapes = shapes.map { $0.filter(\.isFinite).sorted() }
    }

    // What is promised of the first so many runs, where there is a fit that says something of errors.
    private static func promises(_ pool: RunPool, _ start: [Int]) throws -> (
        now: Fit, [(place: Int, (rows: [Int], half: Double))]
    )? {
        guard let (fit, law) = pool.fit(start) else { return nil }
        let left = (0..<pool.count).filter { !start.contains($0) }
        var options = NextOptions(.value(try target(pool, law)), cost: try cost(law))
        options.candidates = try pool.points(pool.table.rows(at: left), law)
        (options.rule, options.overhead) = (.usual, .usual)
        (options.most, options.level) = (counts[counts.count - 1], level)
        let runs = try pool.points(pool.table.rows(at: start), law)
        guard let next = try? NextRuns(fit, law: law, runs: runs, options) else { return nil }
        let bought = next.purchases.map { left[$0.candidate] }
        return (
            fit,
            counts.enumerated().compactMap { place, count in
                guard next.purchases.count >= count,
                    let interval = next.purchases[count - 1].after.interval, let half = half(interval)
                else { return nil }
                return (place, (start + bought.prefix(count), half))
            }
        )
    }

    // The last of them, which cost most.
    private static func target(_ pool: RunPool, _ law: Law) throws -> Point {
        let points = try pool.points(pool.targets, law)
        return points[points.count - 1]
    }

    // Routed models were all trained on as much: what a run costs is its size.
    private static func cost(_ law: Law) throws -> RunCost {
        if let usual = try? RunCost(nil, for: law) { return usual }
        return try RunCost(try Formula("N"), for: law)
    }

    // As `predict` has it of a law that was fitted to these runs.
    private static func half(_ pool: RunPool, _ fit: Fit, _ law: Law) throws -> Double? {
        var law = law
        law.take(try Uncertainty(fit, method: .delta))
        let made = try law.predict(try Points([try target(pool, law)], for: law), level: level)
        guard let low = made.lower?.first, let high = made.upper?.first else { return nil }
        return low > 0 ? Elementary.ln(high / low) / 2 : nil
    }

    private static func half(_ interval: ConfidenceInterval) -> Double? {
        guard let low = interval.lower.value, let high = interval.upper.value, low > 0, high.isFinite, high > low
        else { return nil }
        return Elementary.ln(high / low) / 2
    }
}

/// The score of promises as it is printed.
public struct PromiseTable: Sendable {
    static let worlds = 200
    static let starts = 50
    /// Runs at hand: as few as purchases are scored from, and as many as leave a fit that knows its noise.
    static let sizes = [7, 20]
    private static let worldSeed: UInt64 = 31
    private static let seed: UInt64 = 2

    private let rows: [[String]]

    /// Scores simulated worlds, and public tables where there is a folder with them.
    ///
    /// - Parameters:
    ///   - share: of the worlds and starts, for a quick look.
    ///   - progress: told the name of each pool when it is done.
    public init(folder: String?, share: Double = 1, progress: (String) -> Void) throws {
        func some(_ count: Int) -> Int { max(3, Int(share * Double(count))) }
        var scores: [(size: Int, score: PromiseScore)] = []
        for size in Self.sizes {
            for decades in [2.0, 3] {
                var random = RandomSource(seed: Self.worldSeed)
                var (pools, starts): ([RunPool], [[Int]]) = ([], [])
                for _ in 0..<some(Self.worlds) {
                    pools.append(try RunPool.world(decades: decades, &random))
                    starts.append(pools[pools.count - 1].start(of: size, &random))
                }
                let name = RunPool.worldName(decades: decades)
                scores.append((size, try PromiseScore(name, pools: pools, starts: starts)))
                progress("\(name), from \(size)")
            }
            for pool in try folder.map({ try RunPool.all(folder: $0) }) ?? [] {
                var random = RandomSource(seed: Self.seed)
                let starts = (0..<some(Self.starts)).map { _ in pool.start(of: size, &random) }
                scores.append(
                    (
                        size,
                        try PromiseScore(pool.name, pools: starts.map { _ in pool }, starts: starts)
                    ))
                progress("\(pool.name), from \(size)")
            }
        }
        rows = scores.map { size, score in
            [score.name, "\(size)", "\(score.widths[0].count)"]
                + PromiseScore.counts.indices.map { Self.text(score.widths[$0]) }
                + [Self.text(score.shapes[PromiseScore.counts.count - 1])]
        }
    }

    public var text: String {
        let counts = PromiseScore.counts.map { "after \($0)" }
        return Lines.text([["half-width by promised one", "from", "of"] + counts + ["the last by s"]] + rows)
    }

    // The median, and the central 80 %.
    private static func text(_ sorted: [Double]) -> String {
        guard sorted.count > 2 else { return "-" }
        func quantile(_ p: Double) -> String {
            let place = p * Double(sorted.count - 1)
            let (low, high) = (Int(place), min(Int(place) + 1, sorted.count - 1))
            return Numeral.fixed(sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low]), decimals: 2)
        }
        return "\(quantile(0.5)) (\(quantile(0.1))..\(quantile(0.9)))"
    }
}
