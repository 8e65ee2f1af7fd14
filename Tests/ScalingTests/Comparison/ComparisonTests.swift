// Recipes compared.

import Fitting
import Formulas
import Tables
import Testing

@testable import Scaling

@Suite struct ComparisonTests {
    private func compared(
        _ table: Table, _ loss: Loss = .squared, path: PathChoice = .automatic, at points: [Point]? = nil,
        _ adjust: (inout ComparisonSettings) -> Void = { _ in }
    ) throws -> Comparison {
        var settings = ComparisonSettings()
        settings.replicates = 300
        adjust(&settings)
        return try Comparison(
            try KnownRecipes.specification(loss), table: table, by: "recipe", settings: settings,
            points: points.map { points in { _ in points } }, path: path)
    }

    // MARK: - Facts

    @Test func `without noise everything is exact`() throws {
        let table = KnownRecipes.table([("old", 3), ("new", 1)], seed: 1, noise: 1e-6)
        let point: Point = ["N": 1e9, "D": 2e10]
        let comparison = try compared(table, at: [point])
        #expect(comparison.recipes.names == ["new", "old"])
        #expect(comparison.recipes.runs == [20, 20])
        #expect(comparison.sharing.shared == ["alpha", "beta"])
        #expect(comparison.baseline == 0)
        let target = comparison.targets[0]
        for own in target.recipes {
            let truth = KnownRecipes.loss(1e9, 2e10, factor: own.recipe == 0 ? 1 : 3)
            #expect((own.value.value / truth - 1).magnitude < 1e-4)
        }
        #expect(target.recipes[0].rank == 1 && target.recipes[0].probabilityBest == 1)
        #expect(target.pairs[0].probabilityBetter == 1 && target.pairs[0].pValue < 1e-6)
        let compute = try #require(comparison.compute)
        #expect(compute.cost == ComputeCost(inputs: ["N", "D"], factor: 6, isCompute: true))
        for multiplier in compute.recipes[0].multipliers {
            #expect((multiplier.factor.value / 3 - 1).magnitude < 1e-2, "at \(multiplier.budget)")
        }
        #expect(compute.recipes[0].crossing.budget == nil && compute.recipes[0].crossing.probability == 0)
    }

    @Test func `the best split of every budget gives the same multiplier, and the closed form's split`() throws {
        let table = KnownRecipes.table([("new", 1), ("old", 3)], seed: 1, noise: 1e-6)
        let comparison = try compared(table, path: .optimal)
        for multiplier in try #require(comparison.compute).recipes[0].multipliers {
            #expect((multiplier.factor.value / 3 - 1).magnitude < 1e-2, "at \(multiplier.budget)")
        }
        // N* = G (C/6)^(β/(α+β)), G = (αA/βB)^(1/(α+β)) (Hoffmann et al. 2022, equation 4).
        typealias K = KnownRecipes
        let path = ComputePath.optimal(["N": 1e8, "D": 2e9])
        let cost = ComputeCost(inputs: ["N", "D"], factor: 6, isCompute: true)
        for compute in [1e19, 1e21] {
            let points = path.points([compute], cost: cost, names: ["N", "D"], label: ("recipe", ""))
            let values = points.map { K.loss($0.number("N") ?? 0, $0.number("D") ?? 0) }
            let best = path.best(values, lowerIsBetter: true)
            let g = Elementary.power(K.alpha * K.a / (K.beta * K.b), 1 / (K.alpha + K.beta))
            let n = g * Elementary.power(compute / 6, K.beta / (K.alpha + K.beta))
            let middle = (compute / 6 / 20).squareRoot()
            #expect((middle * Elementary.exp(best.shift) / n - 1).magnitude < 0.01)
            #expect((best.value / K.loss(n, compute / 6 / n) - 1).magnitude < 1e-5)
        }
    }

    @Test func `a crossing is found where it is, and its absence is an answer`() throws {
        // At N = D the curves 1 + 4/N^0.5 and 1 + 2/N^0.3 cross at N = 2^5 = 32.
        var (names, sizes, losses): ([String], [Double], [Double]) = ([], [], [])
        var random = RandomSource(seed: 2)
        for n in [4.0, 8, 16, 32, 64, 128, 256, 512] {
            for (name, value) in [("fast", 4 * Elementary.power(n, -0.5)), ("slow", 2 * Elementary.power(n, -0.3))] {
                names.append(name)
                sizes.append(n)
                losses.append(1 + value * Elementary.exp(0.002 * random.normal()))
            }
        }
        let table = Table(
            name: "crossing.csv",
            columns: [
                Column(name: "recipe", labels: names), Column(name: "C", numbers: sizes),
                Column(name: "loss", numbers: losses),
            ])
        var settings = ComparisonSettings()
        settings.replicates = 200
        var specification = Specification(formula: try Formula("loss ~ E + A/C^alpha"))
        specification.residual = .log
        let comparison = try Comparison(specification, table: table, by: "recipe", settings: settings)
        #expect(comparison.sharing.shared == [])
        #expect(comparison.sharing.tests[0].parameters == ["alpha"])
        let crossing = try #require(comparison.compute).recipes[0].crossing
        #expect(((crossing.budget ?? 0) / 32 - 1).magnitude < 0.1)
        #expect(crossing.probability == 1 && crossing.count == 1)
        let interval = try #require(crossing.interval)
        #expect(interval.contains(crossing.budget ?? 0))
        #expect((interval.upper.value ?? .infinity) < 1.5 * (interval.lower.value ?? 0))
    }

    // MARK: - Sharing

    @Test func `exponents that differ are not shared, unless one says so`() throws {
        var table = KnownRecipes.table([("new", 1), ("old", 1)], seed: 3, noise: 0.001)
        let (sizes, tokens) = (try table.numbers("N"), try table.numbers("D"))
        let losses = try table.numbers("loss").enumerated().map { row, loss in
            row % 2 == 0
                ? loss
                : 1.7 + 400 * Elementary.power(sizes[row], -0.30) + 2_000 * Elementary.power(tokens[row], -0.40)
        }
        table = table.adding(column: Column(name: "loss", numbers: losses))
        let apart = try compared(table)
        #expect(apart.sharing.shared.isEmpty && apart.sharing.tests[0].test.pValue < 1e-4)
        #expect(apart.degreesOfFreedom == 15)
        let forced = try compared(table) { $0.sharing = SharingChoice("alpha, beta") }
        #expect(forced.sharing.shared == ["alpha", "beta"])
        #expect(forced.sharing.fit.problem.parameters.count == 8)
        #expect(forced.degreesOfFreedom == 32)
        let floor = try compared(table) { $0.sharing = .parameters(["E"]) }
        #expect(floor.sharing.shared == ["E"] && floor.sharing.separate == ["A", "alpha", "B", "beta"])
        let none = try compared(table) { $0.sharing = SharingChoice("none") }
        #expect(none.sharing.shared.isEmpty)
    }

    @Test func `apart, the law of all is the laws of each`() throws {
        let table = KnownRecipes.table([("new", 1), ("old", 2)], seed: 4)
        let comparison = try compared(table) { $0.sharing = .nothing }
        let sum = comparison.recipes.fits.reduce(0) { $0 + $1.objective }
        #expect((comparison.sharing.fit.objective / sum - 1).magnitude < 1e-9)
        for recipe in 0..<2 {
            let own = comparison.recipes.fits[recipe]
            for (name, value) in comparison.parameters(ofRecipe: recipe) {
                #expect((value / (own.estimates[name] ?? .nan) - 1).magnitude < 1e-4, "\(name)")
            }
        }
    }

    @Test func `a robust loss is tested by draws as well`() throws {
        let table = KnownRecipes.table([("new", 1), ("old", 1.5)], seed: 5)
        let comparison = try compared(table, .huber(1e-3))
        #expect(comparison.sharing.tests.count == 2)
        let test = comparison.sharing.tests[0].test
        #expect(test.bootstrapPValue != nil && test.draws > 450)
        #expect(comparison.sharing.tests[1].test.decisive < 0.01)
        #expect(comparison.sharing.shared == ["alpha", "beta"])
    }

    // MARK: - Pairing

    @Test func `noise that a cell has in common leaves the difference`() throws {
        let table = KnownRecipes.table([("new", 1), ("old", 1.2)], seed: 6, noise: 0.01, shared: 0.9)
        let point: Point = ["N": 1e9, "D": 2e10]
        let paired = try compared(table, at: [point])
        let unpaired = try compared(table, at: [point]) { $0.cells = .none }
        #expect(paired.isPaired && !unpaired.isPaired)
        #expect((paired.correlation ?? 0) > 0.6)
        func width(_ comparison: Comparison) -> Double {
            let interval = comparison.targets[0].pairs[0].difference.interval
            return (interval.upper.value ?? .nan) - (interval.lower.value ?? .nan)
        }
        #expect(width(paired) < 0.7 * width(unpaired))
    }

    // MARK: - Several recipes

    @Test func `many recipes are ranked, and every pair is corrected for`() throws {
        let table = KnownRecipes.table(
            [("a", 1), ("b", 1.5), ("c", 2.5), ("d", 4)].shuffledBackwards, seed: 7)
        let comparison = try compared(table)
        #expect(comparison.recipes.names == ["a", "b", "c", "d"])
        let target = comparison.targets[0]
        #expect(target.recipes.map(\.rank) == [1, 2, 3, 4])
        #expect(target.pairs.count == 6)
        #expect(target.pairs.allSatisfy { $0.adjusted >= $0.pValue && $0.first < $0.second })
        #expect(abs(target.recipes.reduce(0) { $0 + $1.probabilityBest } - 1) < 1e-12)
        #expect(comparison.compute?.recipes.map(\.recipe) == [1, 2, 3])
        let other = try compared(table) { $0.baseline = "c" }
        #expect(other.compute?.recipes.map(\.recipe) == [0, 1, 3])
        #expect((other.compute?.recipes[0].multipliers[2].factor.value ?? 9) < 1)
    }

    // MARK: - Invariance

    @Test func `rows in another order and other names change no estimate`() throws {
        let table = KnownRecipes.table([("new", 1), ("old", 2)], seed: 8)
        let plain = try compared(table)
        let turned = try compared(table.rows(at: Array((0..<40).reversed())))
        let renamed = try compared(
            table.adding(
                column: Column(
                    name: "recipe", labels: (0..<40).map { $0 % 2 == 0 ? "x, y" : "z [1]" })))
        for other in [turned, renamed] {
            #expect(other.sharing.shared == plain.sharing.shared)
            #expect(
                (other.sharing.tests[0].test.statistic / plain.sharing.tests[0].test.statistic - 1).magnitude < 1e-4)
            for (a, b) in zip(plain.targets[0].recipes, other.targets[0].recipes) {
                #expect((a.value.value / b.value.value - 1).magnitude < 1e-6)
            }
            let (a, b) = (plain.compute?.recipes[0].multipliers, other.compute?.recipes[0].multipliers)
            for (a, b) in zip(a ?? [], b ?? []) {
                #expect((a.factor.value / b.factor.value - 1).magnitude < 1e-4)
            }
        }
    }

    @Test func `the same request gives the same draws`() throws {
        let table = KnownRecipes.table([("new", 1), ("old", 2)], seed: 9)
        let (first, second) = (try compared(table), try compared(table))
        #expect(first.draws == second.draws)
        #expect(first.targets[0].pairs == second.targets[0].pairs)
    }

    // MARK: - Errors

    @Test func `errors teach`() throws {
        let table = KnownRecipes.table([("new", 1), ("old", 2)], seed: 10)
        let odd = Array(stride(from: 1, to: 40, by: 2))
        #expect(
            complaint { try compared(table.rows(at: odd)) }?.hasPrefix(
                "all fitted rows of recipes.csv have recipe 'old'")
                == true)
        #expect(
            complaint { try compared(table.rows(at: odd + [0, 2, 4])) }?.hasPrefix(
                "recipe 'new' has 3 runs for 5 parameters") == true)
        let small = (0..<40).filter { ($0 % 2 == 0) == ($0 < 16) }
        #expect(
            complaint { try compared(table.rows(at: small)) }?.hasPrefix(
                "the runs of 'new' and 'old' have no range of N in common") == true)
        #expect(
            complaint { try compared(table) { $0.baseline = "nw" } }?.contains("did you mean 'new'?") == true)
        #expect(
            complaint { try compared(table) { $0.sharing = .parameters(["alhpa"]) } }?.contains(
                "did you mean 'alpha'?")
                == true)
        var indexed = try KnownRecipes.specification()
        indexed.formula = try Formula("loss ~ E[recipe] + A/N^alpha + B/D^beta")
        #expect(
            complaint { try Comparison(indexed, table: table, by: "recipe") }?.hasPrefix(
                "--by: the formula already reads 'recipe'") == true)
        #expect(
            complaint {
                try Comparison(try KnownRecipes.specification(), table: table, by: "recip")
            }?.contains("recipe") == true)
    }
}

extension [(String, Double)] {
    /// In another order than that of the names.
    fileprivate var shuffledBackwards: [(name: String, factor: Double)] {
        reversed().map { (name: $0.0, factor: $0.1) }
    }
}
