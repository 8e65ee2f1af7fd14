// Su et al. 2024 in full: six parameters from trajectories at several batches, and what follows from them.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

@Suite struct UnravelingTests {
    private static let truth: [String: Double] = [
        "N_c": 1.5e14, "alpha_N": 0.076, "S_c": 2.6e3, "alpha_S": 0.67, "B_star": 1.7e8, "alpha_B": 0.205,
    ]

    /// Trajectories of three sizes at four batches; losses have the noise that is given, relatively.
    private func trajectories(noise: Double) throws -> Table {
        var (sizes, batches, steps): ([Double], [Double], [Double]) = ([], [], [])
        for size in [3e6, 1.5e7, 6e7] {
            for batch in [6.4e4, 2.5e5, 1e6, 4e6] {
                for k in 0..<12 {
                    sizes.append(size)
                    batches.append(batch)
                    steps.append((1000 * Elementary.power(1.6, Double(k))).rounded())
                }
            }
        }
        let law = try Law.load("su-2024")
        let points = sizes.indices.map { k -> Point in
            ["N": .number(sizes[k]), "B": .number(batches[k]), "S": .number(steps[k])]
        }
        var random = RandomSource(seed: 4)
        let losses = try law.predict(try Points(points, for: law)).values.map { $0 * (1 + noise * random.normal()) }
        return Table(
            name: "trajectories.csv",
            columns: [
                Column(name: "N", numbers: sizes), Column(name: "B", numbers: batches),
                Column(name: "S", numbers: steps), Column(name: "loss", numbers: losses),
            ])
    }

    @Test func sixParametersComeBackFromTrajectoriesAtFourBatches() throws {
        let fit = try Fit(try Problem(try Law.load("su-2024").specification(), table: try trajectories(noise: 0)))
        #expect(fit.termination.isConverged)
        for (name, value) in Self.truth {
            #expect(((fit.estimates[name] ?? .nan) / value - 1).magnitude < 1e-6, "\(name)")
        }
    }

    @Test func withNoiseTheyComeBackWithinTheirErrors() throws {
        let fit = try Fit(try Problem(try Law.load("su-2024").specification(), table: try trajectories(noise: 1e-3)))
        let errors = try #require(fit.estimates.standardErrors)
        for (position, name) in fit.estimates.names.enumerated() {
            let truth = try #require(Self.truth[name])
            #expect((fit.estimates.values[position] - truth).magnitude < 4 * errors[position], "\(name)")
        }
    }

    /// What is derived agrees with the trajectory itself: at the batch and steps of the other laws the loss is met.
    @Test func criticalBatchLeastStepsAndLeastTokensAgreeWithTheTrajectory() throws {
        func value(_ id: String, _ point: Point) throws -> Double { try Law.load(id).predict(at: point).value }
        let (size, loss) = (1e9, 2.7)
        let critical = try value("su-2024-batch", ["L": .number(loss)])
        #expect((critical / (1.7e8 / Elementary.power(loss, 1 / 0.205)) - 1).magnitude < 1e-12)
        let least = try value("su-2024-steps-to-loss", ["L": .number(loss), "N": .number(size), "B": 1e30])
        // An endless batch needs the least steps; a batch of the critical size twice as many.
        let twice = try value(
            "su-2024-steps-to-loss", ["L": .number(loss), "N": .number(size), "B": .number(critical)])
        #expect((twice / least - 2).magnitude < 1e-9)
        let tokens = try value(
            "su-2024-tokens-to-loss", ["L": .number(loss), "N": .number(size), "B": .number(critical)])
        #expect((tokens / (critical * twice) - 1).magnitude < 1e-9)
        let met = try value("su-2024", ["N": .number(size), "B": .number(critical), "S": .number(twice)])
        #expect((met / loss - 1).magnitude < 1e-9)
    }
}
