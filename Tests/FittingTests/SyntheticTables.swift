// Tables of runs that never were: a known two-term law, noise and outliers, everything drawn from a seed.

import Fitting
import Formulas
import Tables

/// A world of runs with its truth, drawn from a seed.
struct SyntheticTable {
    let table: Table
    let problem: Problem
    let truth: [String: Double]

    /// 24 to 600 rows, noise 0.2 to 3 %, one row in twenty an outlier of up to 30 %, exponents 0.15 to 0.9, sizes over
    /// two to four decades, a floor of 0.3 to 3; Huber loss with δ = 1e-3 on logarithms, as the field fits.
    init(seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * random.uniform() }
        func magnitude(_ low: Double, _ high: Double) -> Double {
            Elementary.exp(between(Elementary.ln(low), Elementary.ln(high)))
        }
        let rows = Int(magnitude(24, 601))
        let noise = magnitude(0.002, 0.03)
        let (alpha, beta, floor) = (between(0.15, 0.9), between(0.15, 0.9), between(0.3, 3))
        let (smallest, span) = (magnitude(1e6, 1e8), magnitude(100, 1e4))
        let (fewest, reach) = (magnitude(1e8, 1e9), magnitude(100, 1e4))
        // Each term is worth 0.2 to 3 in the middle of the data.
        let a = between(0.2, 3) * Elementary.power(smallest * span.squareRoot(), alpha)
        let b = between(0.2, 3) * Elementary.power(fewest * reach.squareRoot(), beta)
        var (sizes, tokens, losses): ([Double], [Double], [Double]) = ([], [], [])
        for _ in 0..<rows {
            let (n, d) = (magnitude(smallest, smallest * span), magnitude(fewest, fewest * reach))
            let expected = floor + a * Elementary.power(n, -alpha) + b * Elementary.power(d, -beta)
            let normal = (-2 * Elementary.ln(1 - random.uniform())).squareRoot() * Self.cosine(random.uniform())
            let outlier = random.uniform() < 0.05 ? between(-0.3, 0.3) : 0
            sizes.append(n)
            tokens.append(d)
            losses.append(expected * Elementary.exp(noise * normal + outlier))
        }
        table = Table(
            name: "world \(seed)",
            columns: [
                Column(name: "N", numbers: sizes), Column(name: "D", numbers: tokens),
                Column(name: "loss", numbers: losses),
            ])
        var specification = Specification(formula: try Formula("loss ~ E + A/N^alpha + B/D^beta"))
        specification.loss = .huber(1e-3)
        specification.residual = .log
        for name in ["E", "A", "B"] { specification.bounds[name] = Bound(lower: 0) }
        problem = try Problem(specification, table: table)
        truth = ["E": floor, "A": a, "B": b, "alpha": alpha, "beta": beta]
    }

    // cos(2πu) by the column machine's own arithmetic.
    private static func cosine(_ u: Double) -> Double {
        let table = Table(name: "u", columns: [Column(name: "u", numbers: [u])])
        guard let formula = try? Formula("cos(2*pi*u)"), let value = try? table.values(of: formula.prediction)[0]
        else {
            return 0
        }
        return value
    }
}
