// How often the intervals of a plan hold the truth, in worlds whose law is known.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

@Suite struct PlanCoverageTests {
    private static let (floor, a, b, alpha, beta) = (1.8172, 482.01, 2085.43, 0.3478, 0.3658)

    // Sizes over two decades, 5 to 200 tokens a parameter, losses with a noise of 0.4 %.
    private static func world(_ rows: Int, _ random: inout RandomSource) -> (table: Table, largest: Double) {
        var (sizes, data, losses): ([Double], [Double], [Double]) = ([], [], [])
        for _ in 0..<rows {
            let size = 1e7 * Elementary.exp(random.uniform() * Elementary.ln(100))
            let tokens = 5 * size * Elementary.exp(random.uniform() * Elementary.ln(40))
            let loss = floor + a * Elementary.power(size, -alpha) + b * Elementary.power(tokens, -beta)
            sizes.append(size)
            data.append(tokens)
            losses.append(loss * Elementary.exp(0.004 * random.normal()))
        }
        let table = Table(
            name: "world",
            columns: [
                Column(name: "N", numbers: sizes), Column(name: "D", numbers: data),
                Column(name: "loss", numbers: losses),
            ])
        return (table, zip(sizes, data).map { 6 * $0 * $1 }.max() ?? 0)
    }

    @Test(
        "90 % intervals of N*, of the loss and of the exponent hold the truth, at 100 times the largest compute",
        arguments: [12, 35, 200])
    func coverage(rows: Int) throws {
        let worlds = 300
        var held = (size: 0, loss: 0, exponent: 0)
        for world in 0..<worlds {
            var random = RandomSource(seed: 99, replicate: world * 1000 + rows)
            let (table, largest) = Self.world(rows, &random)
            var specification = Specification(formula: try Formula("loss ~ E + A/N^alpha + B/D^beta"))
            specification.residual = .log
            let fit = try Fit(try Problem(specification, table: table))
            let law = Law(fit, specification: specification, id: "w", title: "w", version: "0", table: table)
            var options = PlanOptions(.budget(100 * largest))
            options.level = 0.9
            // A world whose fit has no frontier counts as missed.
            guard let plan = try? law.plan(options) else { continue }
            let sum = Self.alpha + Self.beta
            let g = Elementary.power(Self.alpha * Self.a / (Self.beta * Self.b), 1 / sum)
            let size = g * Elementary.power(100 * largest / 6, Self.beta / sum)
            let data = 100 * largest / 6 / size
            let loss =
                Self.floor + Self.a * Elementary.power(size, -Self.alpha) + Self.b
                * Elementary.power(data, -Self.beta)
            func holds(_ value: Plan.Value?, _ truth: Double) -> Bool {
                guard let low = value?.lower, let high = value?.upper else { return false }
                return low <= truth && truth <= high
            }
            if holds(plan["N"]?.value, size) { held.size += 1 }
            if holds(plan.response, loss) { held.loss += 1 }
            if holds(plan["N"]?.exponent, Self.beta / sum) { held.exponent += 1 }
        }
        for count in [held.size, held.loss, held.exponent] {
            #expect((0.82...0.97).contains(Double(count) / Double(worlds)), "\(held)")
        }
    }
}
