// The intervals of a fit together, and what is known of noise and design.

import Formulas
import Tables
import Testing

@testable import Fitting

@Suite("Uncertainty of a fit")
struct UncertaintyTests {
    static func fit() throws -> Fit {
        try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", Laboratory.chinchilla(rows: 40))
    }

    @Test("Every method gives every parameter an interval around its estimate")
    func methods() throws {
        let fit = try Self.fit()
        let draws = try Bootstrap(.pairs, replicates: 200).draws(of: fit)
        for method in Uncertainty.Method.allCases {
            let uncertainty = try Uncertainty(fit, level: 0.9, method: method, draws: draws)
            #expect(uncertainty.method == method)
            for (interval, value) in zip(uncertainty.intervals, fit.coefficients) {
                #expect(try #require(interval).contains(value))
            }
        }
        #expect(try Uncertainty(fit).method == .profile)
        #expect(try Uncertainty(fit, draws: draws).method == .bootstrap)
    }

    @Test("A parameter that is fixed has no interval")
    func fixed() throws {
        let fit = try Laboratory.fit("y ~ E[set] + b*x", IndexedTable.table) { $0.fixed["E[a]"] = 1 }
        let uncertainty = try Uncertainty(fit)
        #expect(uncertainty.intervals[0] == nil)
        #expect(uncertainty.intervals[1] != nil)
    }

    @Test("Levels outside of 0 to 1 are errors", arguments: [0.0, 1, -0.5, 95, .nan])
    func levels(level: Double) throws {
        let fit = try Self.fit()
        #expect(throws: FitError.self) { try Uncertainty(fit, level: level) }
    }

    @Test("An open end is a warning that names it")
    func open() throws {
        let x = (1...12).map { Double($0) }
        let y = x.enumerated().map { 2 + ($0 % 3 == 0 ? 0.05 : -0.02) + 0.001 * $1 }
        let fit = try Laboratory.fit("y ~ E + A*exp(-k*x)", Laboratory.table([("x", x), ("y", y)])) {
            $0.bounds["k"] = Bound(lower: 0, upper: 40)
        }
        let warnings = try Uncertainty(fit, level: 0.9).warnings
        #expect(!warnings.isEmpty)
    }

    @Test("Runs repeated with other seeds give the noise by themselves, whatever the law")
    func repeated() throws {
        let table = Laboratory.table([("x", [1, 1, 1, 2, 2, 3, 3, 4]), ("y", [1, 1.2, 1.1, 5, 5.2, 2, 2.4, 9])])
        // Sums of squares around the means: 0.02, 0.02, 0.08; 2 + 1 + 1 degrees of freedom.
        let repeated = try #require(RepeatedRuns(try Laboratory.problem("y ~ a + b*x", table)))
        #expect((repeated.noise - (0.12 / 4).squareRoot()).magnitude < 1e-12)
        #expect(repeated.degreesOfFreedom == 4 && repeated.groups == 3)
        let few = Laboratory.table([("x", [1, 1, 2, 3]), ("y", [1, 1.2, 1.1, 5])])
        #expect(RepeatedRuns(try Laboratory.problem("y ~ a + b*x", few)) == nil)
    }

    @Test("Runs of one shape of model but other labels are not repeats")
    func labelsDiffer() throws {
        let problem = try Laboratory.problem("y ~ E[set] + b*x", IndexedTable.table)
        #expect(RepeatedRuns(problem) == nil)
    }

    @Test("The weak direction of runs at about twenty tokens per parameter is D/N")
    func weakDirection() throws {
        let n = (0..<20).map { Elementary.exp(16 + 0.3 * Double($0)) }
        let d = n.enumerated().map { 20 * $1 * (1 + 0.1 * Double($0 % 3 - 1)) }
        let loss = zip(n, d).map { 1.7 + 400 * Elementary.power($0, -0.34) + 400 * Elementary.power($1, -0.28) }
        let direction = try #require(
            WeakDirection(
                try Laboratory.problem(
                    "loss ~ E + A/N^alpha + B/D^beta", Laboratory.table([("N", n), ("D", d), ("loss", loss)]))))
        #expect(direction.name == "D/N")
        #expect(direction.range.lowerBound > 15 && direction.range.upperBound < 26)
        #expect(direction.distance { $0 == "N" ? n[0] : d[0] } < 1 + 1e-9)
        // Inside of both ranges, and 15 times outside of the ratio or more.
        #expect(direction.distance { $0 == "N" ? n[0] : d[19] } > 15)
        #expect(direction.distance { $0 == "N" ? n[0] : nil }.isNaN)
    }

    @Test("One input has no weak direction")
    func oneInput() throws {
        #expect(WeakDirection(try Laboratory.problem("y ~ a + b*x", ProfileTests.line())) == nil)
    }

    @Test("The run that parts parameters is off the line on which the others lie")
    func separatingRun() throws {
        var random = RandomSource(seed: 2)
        let n = (0..<30).map { Elementary.exp(16 + 5 * Double($0) / 29) }
        let d = n.map { 20 * $0 * (0.9 + 0.2 * random.uniform()) }
        let loss = zip(n, d).map {
            (1.7 + 400 * Elementary.power($0, -0.34) + 400 * Elementary.power($1, -0.28))
                * (1 + 0.004 * (2 * random.uniform() - 1))
        }
        let fit = try Laboratory.fit(
            "loss ~ E + A/N^alpha + B/D^beta", Laboratory.table([("N", n), ("D", d), ("loss", loss)]))
        let tradeOff = try #require(
            Judgement(
                Objective(fit.problem),
                LocalMinimum(
                    parameters: fit.coefficients, value: fit.objective, termination: fit.termination)
            ).tradeOff)
        let run = try #require(tradeOff.separatingRun(fit.problem, noise: fit.noise))
        let ratio = run.inputs[1].value / run.inputs[0].value
        #expect(run.inputs.map(\.name) == ["N", "D"])
        #expect(ratio > 100 || ratio < 4)
        #expect(run.shift > 0)
    }
}

enum IndexedTable {
    static var table: Table {
        Laboratory.table([("x", [1, 2, 3, 1, 2, 3]), ("y", [1, 2.1, 2.9, 3, 4.1, 5])]).adding(
            column: Column(name: "set", labels: ["a", "a", "a", "b", "b", "b"]))
    }
}
