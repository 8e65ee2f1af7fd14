// Our own small models, bought one after another: how soon the target is known as well as all of them tell it.

import Fitting
import Formulas
import Scaling
import Tables

/// The ladder's runs as a pool, from its ten cheapest on, with the first promised run as the target.
public struct ClosedLoop: Sendable {
    public static let starts = 10
    private static let condition = "recipe == \"gated\" and (purpose == \"ladder\" or purpose == \"seed\")"
    private static let target = (size: 599_536.0, data: 8e6)
    private static let factors = [2, 1.5, 1.25, 1.1, 1]
    private static let policies: [(name: String, policy: RunPolicy)] = [
        ("next", .rule(.usual)), ("cheapest", .cheapest), ("random", .random), ("D-optimal", .dOptimal),
    ]
    /// Random orders that are averaged over.
    private static let orders = 20

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
    /// and stays there.
    public func text() throws -> String {
        let all = Array(0..<pool.count)
        let whole = try sureness(all)
        let order = all.sorted { pool.costs[$0] < pool.costs[$1] }
        let start = Array(order.prefix(Self.starts))
        let total = pool.costs.reduce(0, +)
        let begun = start.reduce(0) { $0 + pool.costs[$1] }
        var rows = [
            ["share of all compute for"] + Self.factors.map { "×\(Numeral.short($0, digits: 3))" } + ["loss then"]
        ]
        for (name, policy) in Self.policies {
            let orders = policy == .random ? Self.orders : 1
            var sums = [Double](repeating: 0, count: Self.factors.count)
            var value = Double.nan
            for seed in 1...orders {
                let (shares, last) = try shares(policy, start, whole.error, total, seed: UInt64(seed))
                for k in sums.indices { sums[k] += shares[k] / Double(orders) }
                value = last
            }
            rows.append(
                [name] + sums.map { Numeral.fixed(100 * $0, decimals: 1) + " %" }
                    + [orders > 1 ? "" : Numeral.fixed(value, decimals: 3)])
        }
        return """
            \(pool.count) runs of \(Numeral.short(total, digits: 4)) FLOP; the \(Self.starts) cheapest take \
            \(Numeral.fixed(100 * begun / total, decimals: 2)) % of it.
            all runs: loss \(Numeral.fixed(whole.value, decimals: 3)) at the target, standard error \
            \(Numeral.fixed(100 * whole.error, decimals: 2)) %; measured \(Numeral.fixed(measured, decimals: 3))


            """ + Lines.text(rows)
    }

    // The share of compute, the start included, from which on the error is within each factor; the loss at 1.25.
    private func shares(_ policy: RunPolicy, _ start: [Int], _ error: Double, _ total: Double, seed: UInt64) throws
        -> ([Double], Double)
    {
        var bought = start
        var left = Array(0..<pool.count).filter { !start.contains($0) }
        var random = RandomSource(seed: seed)
        var path: [(share: Double, error: Double, value: Double)] = []
        while true {
            let (now, value) = try sureness(bought)
            path.append((bought.reduce(0) { $0 + pool.costs[$1] } / total, now, value))
            guard !left.isEmpty, let (fit, law) = pool.fit(bought) else { break }
            let next = try policy.choose(pool, bought: bought, left: left, fit: fit, law: law, &random)
            bought.append(next)
            left.removeAll { $0 == next }
        }
        func first(_ factor: Double) -> Int {
            (path.lastIndex { !($0.error <= factor * error * (1 + 1e-6)) } ?? -1) + 1
        }
        let places = Self.factors.map { min(first($0), path.count - 1) }
        return (places.map { path[$0].share }, path[places[2]].value)
    }
}
