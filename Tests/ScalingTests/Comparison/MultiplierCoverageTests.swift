// Whether the interval of a multiplier holds a multiplier that is known.

import Fitting
import Formulas
import Testing

@testable import Scaling

@Suite struct MultiplierCoverageTests {
    /// 40 pairs of 20 runs each, 0.5 % noise, half of it common to a cell, three times the compute.
    @Test func `95 per cent intervals hold the truth about as often as they say`() throws {
        var (inside, differences, widths): (Int, Int, [Double]) = (0, 0, [])
        let worlds = 40
        for world in 0..<worlds {
            let table = KnownRecipes.table(
                [("new", 1), ("old", 3)], seed: UInt64(500 + world), noise: 0.005, shared: 0.5)
            var settings = ComparisonSettings()
            settings.replicates = 200
            settings.sharing = .parameters(["alpha", "beta"])
            settings.baseline = "new"
            let comparison = try Comparison(
                try KnownRecipes.specification(), table: table, by: "recipe", settings: settings)
            // At the largest budget that both have runs at.
            let factor = try #require(comparison.compute).recipes[0].multipliers[2].factor
            if factor.interval.contains(3) { inside += 1 }
            if let low = factor.interval.lower.value, let high = factor.interval.upper.value {
                widths.append(high / low)
            }
            let target = comparison.targets[0]
            let (n, d) = (target.point.number("N") ?? 0, target.point.number("D") ?? 0)
            let truth = KnownRecipes.loss(n, d) - KnownRecipes.loss(n, d, factor: 3)
            if target.pairs[0].difference.interval.contains(truth) { differences += 1 }
        }
        // 38 are expected, give or take 1.4.
        #expect((33...40).contains(inside), "\(inside) of \(worlds) multipliers")
        #expect((33...40).contains(differences), "\(differences) of \(worlds) differences")
        // Not by width: an end within a factor of two of the other.
        #expect(widths.count == worlds && widths.sorted()[worlds / 2] < 2)
    }
}
