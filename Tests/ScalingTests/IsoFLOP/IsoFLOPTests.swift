// Whole isoFLOP tables, made from a law that is known.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

private let truth = 0.3658 / (0.3478 + 0.3658)

private func loss(_ size: Double, _ data: Double) -> Double {
    1.8172 + 482.01 * Elementary.power(size, -0.3478) + 2085.43 * Elementary.power(data, -0.3658)
}

@Suite struct IsoFLOPTests {
    /// Sizes from 3M to 3B at six budgets, with noise.
    private static func valleys(noise: Double, jitter: Double = 0) -> Table {
        var random = RandomSource(seed: 3)
        var (flops, sizes, losses): ([Double], [Double], [Double]) = ([], [], [])
        for budget in [1e18, 3e18, 1e19, 3e19, 1e20, 3e20] {
            for k in 0..<16 {
                let size = 2e7 * Elementary.power(1.4, Double(k))
                let spent = budget * (1 + jitter * random.uniform())
                flops.append(spent)
                sizes.append(size)
                losses.append(loss(size, spent / (6 * size)) * (1 + noise * random.normal()))
            }
        }
        return Table(
            name: "valleys.csv",
            columns: [
                Column(name: "flops", numbers: flops), Column(name: "params", numbers: sizes),
                Column(name: "loss", numbers: losses),
            ])
    }

    @Test("without noise every method has the exponent of the law, and the surface has no bias")
    func exact() throws {
        var options = IsoFLOPOptions(IsoFLOPColumns(budget: try Formula("flops")))
        options.draws = 40
        options.noise = try Formula("1e-4")
        let result = try IsoFLOP(Self.valleys(noise: 0), options)
        #expect(result.valleys.allSatisfy { $0.size != nil })
        for approach in result.approaches {
            let limit = approach.name == "surface" ? 1e-6 : 0.01
            #expect((approach.size.value - truth).magnitude < limit, "\(approach.name)")
            // The surface is the truth here, so that the bias is the whole error.
            if let bias = approach.bias, approach.name != "surface" {
                #expect((approach.size.value - truth - bias).magnitude < 2e-3, "\(approach.name)")
            }
        }
    }

    @Test("budgets that nearly agree are one valley")
    func tolerance() throws {
        var options = IsoFLOPOptions(IsoFLOPColumns(budget: try Formula("flops")))
        options.draws = 40
        options.budgetTolerance = 0.05
        let result = try IsoFLOP(Self.valleys(noise: 1e-3, jitter: 0.03), options)
        #expect(result.valleys.count == 6)
        #expect(result.valleys.allSatisfy { $0.runs == 16 })
        #expect((try #require(result.noise) / 1e-3 - 1).magnitude < 0.6)
        options.budgetTolerance = 0
        #expect(message { try IsoFLOP(Self.valleys(noise: 1e-3, jitter: 0.03), options) }.contains("has a valley"))
    }

    @Test("the envelope of training curves grows as the frontier")
    func envelope() throws {
        var (flops, sizes, losses, runs): ([Double], [Double], [Double], [String?]) = ([], [], [], [])
        for k in 0..<24 {
            let size = 2e6 * Elementary.power(1.4, Double(k))
            for step in 0..<60 {
                let data = size * Elementary.power(10, -0.5 + 3.5 * Double(step) / 59)
                flops.append(6 * size * data)
                sizes.append(size)
                losses.append(loss(size, data))
                runs.append("run \(k)")
            }
        }
        let table = Table(
            name: "curves.csv",
            columns: [
                Column(name: "flops", numbers: flops), Column(name: "params", numbers: sizes),
                Column(name: "loss", numbers: losses), Column(name: "run", labels: runs),
            ])
        var columns = IsoFLOPColumns(budget: try Formula("flops"))
        columns.run = "run"
        let result = try IsoFLOP(table, IsoFLOPOptions(columns))
        let envelope = try #require(result.approaches.first)
        #expect(envelope.name == "envelope")
        #expect((envelope.size.value - truth).magnitude < 0.03)
        let (low, high) = (try #require(envelope.size.lower), try #require(envelope.size.upper))
        #expect(low < truth && truth < high)
    }
}
