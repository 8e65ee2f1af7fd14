// Worlds: what their tables hold, and that they depend on nothing but seed, cell and number.

import Fitting
import Formulas
import Testing

@testable import Coverage

@Suite struct WorldTests {
    @Test("A world is the same whichever cells and worlds are drawn beside it, and differs from its neighbours")
    func reproducible() throws {
        let settings = try Laboratory.settings()
        let cell = Cell(runs: 12, design: .random, noise: .normal, deviation: 0.02)
        let world = World(cell, 7, settings)
        #expect(try World(cell, 7, Settings(Laboratory.settingsText())).law == world.law)
        #expect(try losses(World(cell, 7, settings)) == losses(world))
        #expect(World(cell, 8, settings).law != world.law)
        let other = Cell(runs: 12, design: .random, noise: .normal, deviation: 0.004)
        #expect(World(other, 7, settings).law != world.law)
    }

    @Test("Laws lie within the settings' ranges, and their optimum at the centre of the design has the drawn ratio")
    func laws() throws {
        let settings = try Laboratory.settings()
        for cell in settings.cells {
            for index in 0..<5 {
                let law = World(cell, index, settings).law
                #expect(settings.range(.floor).contains(law.E))
                #expect(settings.range(.alpha).contains(law.alpha))
                #expect(settings.range(.beta).contains(law.beta))
            }
        }
    }

    @Test("Designs stand where they say", arguments: [12, 35, 200])
    func designs(runs: Int) throws {
        let settings = try Laboratory.settings()
        for index in 0..<10 {
            func points(_ design: Design) throws -> (world: World, points: [(N: Double, D: Double)]) {
                let world = World(Cell(runs: runs, design: design, noise: .normal, deviation: 0.02), index, settings)
                let (sizes, tokens) = (try world.table.numbers("N"), try world.table.numbers("D"))
                #expect(sizes.count == runs)
                return (world, Array(zip(sizes, tokens)))
            }
            for point in try points(.collinear).points { #expect(abs(point.D / point.N - 20) < 1e-9) }
            for point in try points(.nearCollinear).points { #expect((15...25).contains(point.D / point.N)) }
            let (world, flops) = try points(.isoFLOP)
            let budgets = Set(flops.map { (1e6 * Elementary.ln(6 * $0.N * $0.D)).rounded() })
            #expect((3...6).contains(budgets.count))
            for point in flops {
                let factor = point.N / world.law.optimalSize(compute: 6 * point.N * point.D)
                #expect(factor > 0.2499 && factor < 4.001)
            }
            let compute = try points(.random).points.map { 6 * $0.N * $0.D }
            #expect(compute.allSatisfy { $0 >= 1e17 * 0.999 && $0 <= 1e22 * 1.001 })
        }
    }

    @Test(
        "Both kinds of noise have mean 0 and standard deviation 1, and one has heavier tails",
        arguments: Noise.allCases)
    func noise(_ noise: Noise) {
        var random = RandomSource(seed: 11)
        let count = 200_000
        let draws = (0..<count).map { _ in noise.draw(&random) }
        let mean = draws.reduce(0, +) / Double(count)
        let variance = draws.reduce(0) { $0 + $1 * $1 } / Double(count)
        let far = Double(draws.count { abs($0) > 3 }) / Double(count)
        #expect(abs(mean) < 0.01)
        #expect(abs(variance - 1) < (noise == .normal ? 0.02 : 0.15))
        // P(|z| > 3), and P(|t₃| > 3√3) from tables.
        #expect(abs(far - (noise == .normal ? 0.0027 : 0.0138)) < 0.001)
    }

    @Test("Targets: the truth is the law's own, and N* has the least loss for its compute")
    func targets() throws {
        let settings = try Laboratory.settings()
        let world = World(Cell(runs: 12, design: .isoFLOP, noise: .normal, deviation: 0.02), 3, settings)
        #expect(world.targets.map(\.name) == Target.names)
        #expect(Array(world.targets.prefix(5)).map(\.truth) == world.law.values)
        guard case .optimalSize(let compute) = world.targets[6].kind else {
            Issue.record("the last target is the optimal size")
            return
        }
        let N = world.targets[6].truth
        let least = world.law.loss(N: N, D: compute / (6 * N))
        for factor in [0.9, 0.999, 1.001, 1.1] {
            #expect(world.law.loss(N: N * factor, D: compute / (6 * N * factor)) > least)
        }
        #expect(abs(world.targets[5].truth - least) < 1e-12)
        let largest = try zip(world.table.numbers("N"), world.table.numbers("D")).map { 6 * $0 * $1 }.max()
        #expect(abs(compute / (100 * (largest ?? 0)) - 1) < 1e-12)
    }

    @Test("The engine's estimands have the values and gradients worked out by hand")
    func estimands() throws {
        let settings = try Laboratory.settings()
        for index in 0..<5 {
            let world = World(Cell(runs: 35, design: .random, noise: .normal, deviation: 0.02), index, settings)
            let problem = try Recipe.squared.problem(world)
            for target in world.targets {
                let local = try target.estimand(problem).derivatives(world.law.values)
                let expected: (value: Double, gradient: [Double])
                switch target.kind {
                case .parameter(let place):
                    expected = (world.law.values[place], (0..<5).map { $0 == place ? 1 : 0 })
                case .loss(let N, let D): expected = (world.law.loss(N: N, D: D), world.law.lossGradient(N: N, D: D))
                case .optimalSize(let compute):
                    let size = world.law.optimalSize(compute: compute)
                    expected = (size, world.law.logOptimalSizeGradient(compute: compute).map { $0 * size })
                }
                #expect(abs(local.value - expected.value) <= 1e-11 * abs(expected.value))
                for (a, b) in zip(local.gradient, expected.gradient) { #expect(abs(a - b) <= 1e-9 * abs(b)) }
            }
        }
    }

    private func losses(_ world: World) throws -> [Double] { try world.table.numbers("loss") }
}
