// Worlds whose law is known: sixty runs over two or three decades of compute, and a target ten times beyond.

import Fitting
import Formulas
import Scaling
import Tables

extension RunPool {
    /// What worlds over so many decades are called.
    static func worldName(decades: Double) -> String { "simulated, \(Numeral.short(decades, digits: 2)) decades" }

    /// A world of E + A/N^α + B/D^β with noise of half a per cent.
    ///
    /// The smallest budget is 10^17 to 10^19, exponents 0.25 to 0.45, E 1.5 to 2.2, and both terms together 0.6 to 1.4 in
    /// the middle, all drawn evenly; sizes lie up to a factor of ten on either side of the best of their budget. Wanted
    /// is the loss at the best size of ten times the largest budget. Costs are shares of the pool.
    static func world(decades: Double, _ random: inout RandomSource) throws -> RunPool {
        func even(_ low: Double, _ high: Double) -> Double { low + (high - low) * random.uniform() }
        func power(_ base: Double, _ exponent: Double) -> Double { Elementary.power(base, exponent) }
        let least = power(10, even(17, 19))
        let (alpha, beta) = (even(0.25, 0.45), even(0.25, 0.45))
        let reducible = even(0.6, 1.4)
        let floor = even(1.5, 2.2)
        let ratio = 10 * power(4, random.uniform())
        let middle = least * power(10, decades / 2)
        let size = (middle / (6 * ratio)).squareRoot()
        let a = reducible * beta / (alpha + beta) * power(size, alpha)
        let b = reducible * alpha / (alpha + beta) * power(ratio * size, beta)
        func best(_ compute: Double) -> Double {
            power(alpha * a / (beta * b), 1 / (alpha + beta)) * power(compute / 6, beta / (alpha + beta))
        }
        func loss(_ n: Double, _ d: Double) -> Double { floor + a / power(n, alpha) + b / power(d, beta) }
        var (sizes, data, losses, costs): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        for _ in 0..<runs {
            let compute = least * power(10, decades * random.uniform())
            let n = best(compute) * power(10, even(-1, 1))
            sizes.append(n)
            data.append(compute / (6 * n))
            losses.append(loss(n, compute / (6 * n)) * Elementary.exp(noise * random.normal()))
            costs.append(compute)
        }
        let total = costs.reduce(0, +)
        let beyond = 10 * least * power(10, decades)
        let (n, d) = (best(beyond), beyond / (6 * best(beyond)))
        func table(_ n: [Double], _ d: [Double], _ loss: [Double]?) -> Table {
            Table(
                name: "world",
                columns: [Column(name: "N", numbers: n), Column(name: "D", numbers: d)]
                    + (loss.map { [Column(name: "loss", numbers: $0)] } ?? []))
        }
        var specification = Specification(formula: try Formula("loss ~ E + A/N^alpha + B/D^beta"))
        specification.residual = .log
        for name in ["E", "A", "B"] { specification.bounds[name] = Bound(lower: 0) }
        for name in ["alpha", "beta"] { specification.bounds[name] = Bound(lower: 0, upper: 2) }
        var pool = RunPool(
            name: "world", specification: specification, table: table(sizes, data, losses),
            costs: costs.map { $0 / total }, targets: table([n], [d], nil), truth: [loss(n, d)], measured: [],
            standardError: 0)
        pool.parameters = ["E": floor, "A": a, "B": b, "alpha": alpha, "beta": beta]
        return pool
    }

    private static let runs = 60
    private static let noise = 0.005
}
