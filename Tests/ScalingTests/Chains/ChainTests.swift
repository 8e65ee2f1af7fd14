// Laws in steps: values, intervals that carry every step's doubt, and what the last law's runs do not show.

import Fitting
import Formulas
import Tables
import Testing

@testable import Scaling

/// A line fitted to twelve noisy points at 1 to 12.
private func line(_ response: String, _ input: String, slope: Double, noise: Double, seed: UInt64) throws -> Law {
    var random = RandomSource(seed: seed, replicate: 0)
    let x = (1...12).map(Double.init)
    let y = x.map { 5 + slope * $0 + noise * random.normal() }
    let table = Table(
        name: "\(response).csv", columns: [Column(name: input, numbers: x), Column(name: response, numbers: y)])
    let specification = Specification(formula: try Formula("\(response) ~ a + b * \(input)"))
    let fit = try Fit(try Problem(specification, table: table))
    var law = Law(fit, specification: specification, id: response, title: response, version: "", table: table)
    law.take(try Uncertainty(fit, method: .delta))
    return law
}

private func half(_ predictions: Predictions) -> Double {
    guard let interval = predictions[0].interval else { return .nan }
    return (interval.upper - interval.lower) / 2
}

/// An S-shaped accuracy at losses from 1 to 2 that falls about a loss.
private func accuracy(middle: Double, noise: Double = 0.002, drop: Double = 0.7) throws -> Law {
    var random = RandomSource(seed: 5, replicate: 0)
    let x = (0..<40).map { 1 + Double($0) / 39 }
    let y = x.map { 1 - drop / (1 + Elementary.exp(-6 * ($0 - middle))) + noise * random.normal() }
    let table = Table(
        name: "tasks.csv", columns: [Column(name: "L", numbers: x), Column(name: "accuracy", numbers: y)])
    var specification = Specification(formula: try Formula("accuracy ~ 1 - a / (1 + exp(-k * (L - L0)))"))
    specification.starts = ["a": drop, "k": 6, "L0": middle]
    let fit = try Fit(try Problem(specification, table: table))
    return Law(fit, specification: specification, id: "accuracy", title: "accuracy", version: "", table: table)
}

@Suite struct ChainTests {
    @Test func `the value is that of the last law at what the first predicts`() throws {
        let chain = try Chain(
            Atlas.embedded.law("bhagia-2024-accuracy"), through: [(nil, Atlas.embedded.law("bhagia-2024"))])
        #expect(chain.asked.inputs.map(\.name) == ["N", "D"])
        let points = try Points("N = 6887575552, D = 3945065873408", for: chain.asked)
        // Values of the atlas' own goldens.
        for (set, value) in [("mmlu", 0.4838), ("arc-challenge", 0.515), ("csqa", 0.7571)] {
            let found = try chain.predict(points, set: set)
            #expect((found.values[0] - value).magnitude < 4e-4 * value)
            #expect(found.points[0].number("L") == found.steps[0].predictions.values[0])
            #expect(found.warnings.map(\.code).contains("step-without-interval"))
            #expect(found[0].interval == nil)
        }
    }

    @Test func `on lines the interval is that of a sum of independent normals`() throws {
        let first = try line("L", "x", slope: 0.5, noise: 0.05, seed: 1)
        let last = try line("y", "L", slope: -2, noise: 0.1, seed: 2)
        let chain = try Chain(last, through: [(nil, first)])
        for kind in IntervalKind.allCases {
            let points = try Points("x = 6", for: chain.asked)
            let found = try chain.predict(points, level: 0.9, interval: kind)
            let before = try first.predict(points, level: 0.9, interval: kind)
            let after = try last.predict(
                try Points("L = \(before.values[0])", for: last), level: 0.9, interval: kind)
            let slope = last.fit?.estimates["b"] ?? .nan
            let expected = (slope * slope * half(before) * half(before) + half(after) * half(after)).squareRoot()
            #expect(found.values == after.values)
            #expect((half(found) / expected - 1).magnitude < 0.01, "\(half(found)), \(expected)")
            #expect(found.doubts == (kind == .mean ? [.parameters] : [.parameters, .runNoise]))
        }
    }

    @Test func `two inputs may be predicted, each by a law of its own`() throws {
        let (one, two) = (
            try line("L", "x", slope: 0.5, noise: 0.05, seed: 1), try line("M", "z", slope: 1, noise: 0.1, seed: 3)
        )
        var random = RandomSource(seed: 4, replicate: 0)
        let l = (0..<30).map { 5 + Double($0 % 6) }
        let m = (0..<30).map { 5 + Double($0 / 6) }
        let table = Table(
            name: "both.csv",
            columns: [
                Column(name: "L", numbers: l), Column(name: "M", numbers: m),
                Column(name: "y", numbers: zip(l, m).map { 1 + 2 * $0 - $1 + 1e-4 * random.normal() }),
            ])
        let specification = Specification(formula: try Formula("y ~ a + b * L + c * M"))
        let fit = try Fit(try Problem(specification, table: table))
        let last = Law(fit, specification: specification, id: "y", title: "y", version: "", table: table)
        let chain = try Chain(last, through: [(nil, one), (nil, two)])
        let points = try Points("x = 6, z = 6", for: chain.asked)
        let found = try chain.predict(points, level: 0.9)
        let halves = found.steps.map { half($0.predictions) }
        let expected = (4 * halves[0] * halves[0] + halves[1] * halves[1]).squareRoot()
        #expect((half(found) / expected - 1).magnitude < 0.03, "\(half(found)), \(expected)")
    }

    @Test func `a bend beyond the runs is said, and one within them is not`() throws {
        let loss = try line("L", "x", slope: -0.4, noise: 0.001, seed: 6)
        func codes(_ last: Law, _ x: Double) throws -> [String] {
            let chain = try Chain(last, through: [(nil, loss)])
            return try chain.predict(try Points("x = \(x)", for: chain.asked)).warnings.map(\.code)
        }
        // L = 5 − 0.4 x: 0.8 at 10.5 and 1.4 at 9.
        #expect(try codes(accuracy(middle: 0.9), 10.5) == ["bend-not-seen"])
        #expect(try codes(accuracy(middle: 1.3), 10.5) == [])
        #expect(try codes(accuracy(middle: 0.9), 9) == [])
    }

    @Test func `an accuracy that hardly leaves its floor is said`() throws {
        let loss = try line("L", "x", slope: -0.4, noise: 0.001, seed: 6)
        func codes(_ noise: Double) throws -> [String] {
            let chain = try Chain(try accuracy(middle: 1.5, noise: noise, drop: 0.1), through: [(nil, loss)])
            return try chain.predict(try Points("x = 9", for: chain.asked)).warnings.map(\.code)
        }
        #expect(try codes(0.002) == [])
        #expect(try codes(0.05).contains("near-chance"))
    }

    @Test func `laws that make no chain are refused`() throws {
        let loss = try Atlas.embedded.law("hoffmann-2022")
        let last = try Atlas.embedded.law("muennighoff-2023")
        let accuracy = try Atlas.embedded.law("bhagia-2024-accuracy")
        #expect(
            message { try Chain(last, through: [(nil, loss)]) }.hasPrefix(
                "--through: 'hoffmann-2022' gives loss, which 'muennighoff-2023' does not take\n"))
        #expect(
            message { try Chain(accuracy, through: [("l", loss)]) }
                == """
                --through: 'bhagia-2024-accuracy' has no input 'l' that 'hoffmann-2022' could give
                  inputs of bhagia-2024-accuracy: L [bits/byte]
                  help: did you mean 'L'?
                """)
        #expect(
            message { try Chain(accuracy, through: [(nil, loss), (nil, loss)]) }.hasPrefix(
                "--through: two laws give L of 'bhagia-2024-accuracy'"))
        #expect(
            message { try Chain(accuracy, through: [(nil, Atlas.embedded.law("luo-2025"))]) }.hasPrefix(
                "--through: 'luo-2025' is a law of whole curves"))
    }
}

@Suite struct ChainCalibrationTests {
    /// An accuracy whose calibration is by compute, which it does not read, and a loss that reads sizes.
    private func laws() throws -> (loss: Law, accuracy: Law) {
        var loss = try line("L", "N", slope: -0.1, noise: 0.002, seed: 8)
        loss.inputs[0].column = try Formula("params")
        var last = try accuracy(middle: 1.3)
        last.fit?.calibration = Calibration(
            scale: try Formula("6 * params"), limit: 60, slope: 0.1, factor: 1, cutoffs: 3, tests: 9, reach: 10,
            widening: .publicTables)
        return (loss, last)
    }

    @Test func `a calibration by what a law does not read is used in a chain, and said to be unused alone`() throws {
        let (loss, last) = try laws()
        let alone = try last.predict(try Points("L = 1.2", for: last))
        #expect(alone.warnings.map(\.code) == ["calibration-unused"])
        #expect(alone.doubts == [.parameters])
        #expect(
            message { try last.predict(try Points("L = 1.2", for: last), source: .calibrated) }
                == """
                the calibration of accuracy is by '6 * params', and the points have no params
                  help: predict it --through a law that reads them, or leave out --interval-from
                """)
        let chain = try Chain(last, through: [(nil, loss)])
        let near = try chain.predict(try Points("N = 5", for: chain.asked))
        let far = try chain.predict(try Points("N = 40", for: chain.asked))
        #expect(near.scaleDistances == [0.5])
        #expect(far.scaleDistances == [4])
        #expect(far.warnings.isEmpty)
        #expect(
            try chain.predict(try Points("N = 400", for: chain.asked))[0].warnings.map(\.code).contains(
                "beyond-calibration"))
    }

    @Test func `nothing jumps where the runs end`() throws {
        var law = try line("y", "x", slope: 2, noise: 0.1, seed: 9)
        law.fit?.calibration = Calibration(
            scale: try Formula("x"), limit: 12, slope: 3, factor: 1.8, cutoffs: 3, tests: 9, reach: 10,
            widening: .publicTables)
        func width(_ distance: Double) throws -> Double {
            let found = try law.predict(try Points("x = \(12 * distance)", for: law), level: 0.9)
            return 2 * half(found)
        }
        let inner = Elementary.exp(-Widening.publicTables.offset)
        for edge in [inner, 1] {
            #expect((try width(edge * (1 + 1e-7)) / width(edge * (1 - 1e-7)) - 1).magnitude < 1e-4, "\(edge)")
        }
        // Well inside it is the plain interval; at the edge all of the widening is there.
        let plain = try law.predict(try Points("x = 6", for: law), level: 0.9, source: .delta)
        #expect(try width(0.5) == 2 * half(plain))
        #expect(try width(1) > 1.5 * width(0.5))
        #expect(try width(0.8) > width(0.6))
    }

    @Test func `draws of clusters leave as many degrees of freedom as clusters, less one`() throws {
        var random = RandomSource(seed: 10, replicate: 0)
        let x = (0..<30).map { 1 + Double($0 % 10) }
        let table = Table(
            name: "t",
            columns: [
                Column(name: "x", numbers: x), Column(name: "y", numbers: x.map { 2 + $0 + 0.1 * random.normal() }),
                Column(name: "run", labels: (0..<30).map { "run \($0 / 5)" }),
            ])
        let specification = Specification(formula: try Formula("y ~ a + b * x"))
        let fit = try Fit(try Problem(specification, table: table))
        var law = Law(fit, specification: specification, id: "y", title: "y", version: "", table: table)
        #expect(law.fit?.estimates.degreesOfFreedom == 28)
        let clusters = try Clusters(column: "run", of: fit.problem, in: table)
        let draws = try Bootstrap(.cluster(clusters), replicates: 50, threads: 1).draws(of: fit)
        law.take(try Uncertainty(fit, method: .bootstrap, draws: draws))
        #expect(law.fit?.estimates.degreesOfFreedom == 5)
        law.take(try Uncertainty(fit, method: .delta))
        #expect(law.fit?.estimates.degreesOfFreedom == 5)
    }
}
