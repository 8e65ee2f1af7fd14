// Our own small models, bought one after another: how soon the target is known as well as all of them tell it.

import Fitting
import Formulas
import Scaling
import Tables

/// The ladder's runs as a pool, from its cheapest on, with the first promised run as the target.
public struct ClosedLoop: Sendable {
    public static let starts = 10
    private static let condition = "recipe == \"gated\" and (purpose == \"ladder\" or purpose == \"seed\")"
    private static let target = (size: 599_536.0, data: 8e6)
    private static let factors = [2, 1.5, 1.25, 1.1, 1]
    private static let policies: [(name: String, policy: RunPolicy)] = [
        ("next", .rule(.usual)), ("cheapest", .cheapest), ("random", .random), ("D-optimal", .dOptimal),
    ]
    /// The factor whose loss is shown.
    private static let shown = 1.25
    /// Of random starts each has so many runs of the cheapest two fifths.
    private static let few = 8
    private static let seed: UInt64 = 1

    private let pool: RunPool
    private let measured: Double

    /// - Parameter path: `Examples/byte-ladder/runs.csv`.
    public init(path: String) throws {
        let table = try Table.read(path: path)
        var specification = Specification(formula: try Formula("loss ~ E + A/N^alpha + B/D^beta"))
        specification.residual = .log
        for name in ["E", "A", "B", "alpha", "beta"] { specification.bounds[name] = Bound(lower: 0) }
        specification.columns = try ["N": "params_non_embedding", "D": "tokens"].mapValues { try Formula($0) }
        let runs = try PublicTable.kept(table, Self.condition)
        let promised = try PublicTable.kept(
            table, "purpose == \"promise\" and params_non_embedding == \(Expression.decimal(Self.target.size))")
        measured = try promised.numbers("loss").first ?? .nan
        let targets = Table(
            name: "target",
            columns: [
                Column(name: "params_non_embedding", numbers: [Self.target.size]),
                Column(name: "tokens", numbers: [Self.target.data]),
            ])
        pool = RunPool(
            name: "byte-ladder", specification: specification, table: runs,
            costs: try runs.numbers("flops_6nd"), targets: targets, truth: [1], measured: [], standardError: 0)
    }

    /// The standard error of ln loss at the target, by the delta method; with it the loss itself.
    private func sureness(_ rows: [Int]) throws -> (error: Double, value: Double) {
        guard let (_, law) = pool.fit(rows) else { return (.infinity, .nan) }
        let made = try law.predict(try pool.points(pool.targets, law), source: .delta)
        return (made.standardErrors?.first ?? .infinity, made.values[0])
    }

    /// In words: by policy, the share of the compute at which the standard error comes to a multiple of that of all runs,
    /// and stays there; from the cheapest runs, and in the mean over random starts among the cheap ones.
    ///
    /// - Parameter orders: how many random orders, and random starts, are averaged over.
    public func text(orders: Int = 20) throws -> String {
        let all = Array(0..<pool.count)
        let whole = try sureness(all)
        let order = all.sorted { pool.costs[$0] < pool.costs[$1] }
        let cheapest = Array(order.prefix(Self.starts))
        let total = pool.costs.reduce(0, +)
        let begun = cheapest.reduce(0) { $0 + pool.costs[$1] }
        var random = RandomSource(seed: Self.seed)
        let starts = (0..<orders).map { _ in pool.start(of: Self.few, &random) }
        let head = Self.factors.map { "×\(Numeral.short($0, digits: 3))" }
        func percent(_ share: Double) -> String { Numeral.fixed(100 * share, decimals: 1) + " %" }
        func shares(_ paths: [Path]) -> [String] {
            Self.factors.map { factor in
                percent(paths.reduce(0) { $0 + $1.share(within: factor * whole.error) } / Double(paths.count))
            }
        }
        var one = [["from the \(Self.starts) cheapest"] + head + ["loss then"]]
        var many = [["from \(Self.few) cheap ones, mean"] + head + ["as near"]]
        for (name, policy) in Self.policies {
            let isRandom = policy == .random
            let same = try (0..<(isRandom ? orders : 1)).map { try path(policy, cheapest, seed: $0) }
            let loss = isRandom ? "" : Numeral.fixed(same[0].value(within: Self.shown * whole.error), decimals: 3)
            one.append([name] + shares(same) + [loss])
            let paths = try starts.enumerated().map { try path(policy, $1, seed: $0) }
            let errors = paths.map { path in
                RunPath(spent: path.shares, errors: path.values.map { Elementary.ln($0 / whole.value) })
            }
            many.append([name] + shares(paths) + [percent(RunPath.compute(errors, total: 1, limit: whole.error))])
        }
        return """
            \(pool.count) runs of \(Numeral.short(total, digits: 4)) FLOP; the \(Self.starts) cheapest take \
            \(Numeral.fixed(100 * begun / total, decimals: 2)) % of it.
            all runs: loss \(Numeral.fixed(whole.value, decimals: 3)) at the target, standard error \
            \(Numeral.fixed(100 * whole.error, decimals: 2)) %; measured \(Numeral.fixed(measured, decimals: 3))


            """ + Lines.text(one) + "\n" + Lines.text(many)
    }

    private func path(_ policy: RunPolicy, _ start: [Int], seed: Int) throws -> Path {
        let total = pool.costs.reduce(0, +)
        var bought = start
        var left = Array(0..<pool.count).filter { !start.contains($0) }
        var random = RandomSource(seed: UInt64(seed) + 1)
        var path = Path()
        while true {
            let (error, value) = try sureness(bought)
            path.shares.append(bought.reduce(0) { $0 + pool.costs[$1] } / total)
            path.errors.append(error)
            path.values.append(value)
            guard !left.isEmpty, let (fit, law) = pool.fit(bought) else { return path }
            let next = try policy.choose(pool, bought: bought, left: left, fit: fit, law: law, &random)
            bought.append(next)
            left.removeAll { $0 == next }
        }
    }

    /// After each purchase: the share of all compute, the start included, the standard error at the target, the loss there.
    struct Path {
        var (shares, errors, values): ([Double], [Double], [Double]) = ([], [], [])

        // Where the error comes within the limit and stays there; the end, if it never does.
        private func place(_ limit: Double) -> Int {
            min((errors.lastIndex { !($0 <= limit * (1 + 1e-6)) } ?? -1) + 1, errors.count - 1)
        }

        func share(within limit: Double) -> Double { shares[place(limit)] }
        func value(within limit: Double) -> Double { values[place(limit)] }
    }
}
