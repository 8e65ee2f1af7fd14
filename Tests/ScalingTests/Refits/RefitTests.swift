// Laws of the atlas fitted again to the runs behind them, no start given: objective and coefficients as published.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

@Suite(.enabled(if: PublicTables.isAtHand, "the public tables are not at hand"))
struct RefitTests {
    @Test func besirogluComesBackToTheOptimumOfItsFile() throws {
        let refit = try Refit(
            "besiroglu-2024", PublicTables.table("chinchilla_digitized"),
            columns: ["N": "params", "D": "flops/(6*params)"], where: "dropped_by_source == 0")
        #expect(refit.fit.observations == 240)
        #expect(deviation(refit.fit.objective, 1.018274017800603e-3) < 1e-10)
        let optimum = try #require(refit.law.sets.first { $0.name == "optimum" })
        for value in optimum.values { #expect(deviation(refit[value.name], value.value) < 1e-7, "\(value.name)") }
    }

    @Test func theDenseModelsBesideTheRoutedOnesFollowTheirLaw() throws {
        let refit = try Refit(
            "clark-2022-dense", PublicTables.table("moe_routing"),
            columns: ["N": "params_dense", "loss": "loss_validation"],
            where: "router == \"Dense\" and is_last == 1 and flop_increase == 1")
        let published = try #require(refit.law.sets.first { $0.name == "refit" })
        for value in published.values { #expect(deviation(refit[value.name], value.value) < 5e-3, "\(value.name)") }
    }

    private static let columnsOfRouting = ["N": "params_dense", "E": "experts", "loss": "loss_validation"]

    @Test(arguments: [
        ("S-Base", "s-base-refit", 5.8935123e-4), ("RL-R", "rl-r-refit", 5.9588005e-4),
        ("Hash", "hash-refit", 4.8763391e-4),
    ])
    func clarkComesBackForEachRouter(router: String, set: String, objective: Double) throws {
        let refit = try Refit(
            "clark-2022", PublicTables.table("moe_routing"), columns: Self.columnsOfRouting,
            where: "router == \"\(router)\" and is_last == 1 and experts_per_token == 1 and routing_frequency == 0.5"
                + " and flop_increase == 1")
        let ln10 = 2.302585092994046
        // The reference squares log10 of the loss, the law file its natural logarithm.
        #expect(refit.fit.objective <= objective * ln10 * ln10 * (1 + 2e-8))
        let published = try #require(refit.law.sets.first { $0.name == set })
        for name in ["a", "b", "c", "d"] {
            #expect((refit[name] - (published[name] ?? 0)).magnitude < 0.001, "\(name)")
        }
    }

    @Test func muennighoffReachesTheBestMinimumAndListsTheOthers() throws {
        let law = try Law.load("muennighoff-2023")
        let published = try #require(law.defaultSet)
        let base = Dictionary(
            uniqueKeysWithValues: ["E", "A", "B", "alpha", "beta"].map { ($0, published[$0] ?? .nan) })
        let refit = try Refit(
            "muennighoff-2023", PublicTables.table("data_constrained"),
            columns: ["N": "params", "D": "tokens", "U": "unique_tokens"], where: "in_source_fit == 1", fixed: base)
        #expect(refit.fit.observations == 182)
        #expect(refit.fit.objective <= 1.580466247e-2 * (1 + 1e-9))
        #expect(refit.fit.warnings.contains { $0.code == "near-equal-minima" })
        #expect((refit["Rd"] - 95.37).magnitude < 0.01)
        for (repeats, excess) in [(47.0, 2.33), (160.7, 1.45), (15.37, 5.315)] {
            #expect(
                refit.fit.alternatives.contains {
                    deviation($0.parameters[0], repeats) < 2e-3 && deviation($0.parameters[1], excess) < 2e-3
                })
        }
    }

    @Test func aBrokenLawCatchesTheDropOfAddition() throws {
        let table = try PublicTables.table("addition_emergence")
        let columns = ["x": "train_examples", "y": "loss"]
        let broken = try Refit("caballero-2022-1", table, columns: columns, where: "split == \"fit\"")
        let plain = try Refit("alabdulmohsin-2022-m1", table, columns: columns, where: "split == \"fit\"")
        #expect((broken.fit.objective / 14).squareRoot() <= 5.986e-4)
        #expect(try LearningCurve.extrapolationError(broken, table, columns) < 0.0115)
        #expect(try LearningCurve.extrapolationError(plain, table, columns) > 0.8)
    }
}
