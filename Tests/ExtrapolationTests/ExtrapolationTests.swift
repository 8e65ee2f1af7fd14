// The scoring of extrapolation: means in their order, and settings as they were frozen.

import Fitting
import Formulas
import Foundation
import Scaling
import Tables
import Testing

@testable import Extrapolation

private func settings() throws -> Settings {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Extrapolation/settings.txt")
    return try Settings(String(contentsOf: file, encoding: .utf8))
}

/// A group of invented runs of y = E + 30 x^-0.4 with noise, by its number.
private func cases(_ tables: Int) throws -> [Case] {
    var found: [PublicTable] = []
    for number in 0..<tables {
        var random = RandomSource(seed: 11, replicate: number)
        let x = (0..<24).map { 100 * Elementary.power(1.6, Double($0)) }
        let y = x.map { x in
            (2 + 30 * Elementary.power(x, -0.4) + 0.01 * Double(number) * Elementary.ln(x))
                * (1 + 0.003 * random.normal())
        }
        let table = Table(
            name: "invented", columns: [Column(name: "x", numbers: x), Column(name: "y", numbers: y)])
        var specification = Specification(formula: try Formula("y ~ E + A * x^-a"))
        specification.residual = .log
        let group = Group(
            name: "all", family: "all", specification: specification, table: table, scale: x, sizes: x)
        found.append(PublicTable(name: "table \(number)", groups: [group], plan: BacktestPlan()))
    }
    return try Case.all(found)
}

@Suite struct ExtrapolationTests {
    @Test("The frozen settings aim at 94 % for intervals of 90 %")
    func frozen() throws {
        let settings = try settings()
        #expect(settings.level == 0.9)
        #expect(settings.aim == 0.94)
        #expect(settings.constant == 0.1)
        #expect(settings.times == 10)
        #expect(settings.nearness == Widening.publicTables.nearness)
    }

    @Test("A fault in the settings names its line")
    func faults() {
        #expect(throws: ExtrapolationError.badSetting("colour: red", line: 1)) { try Settings("colour: red") }
        #expect(throws: ExtrapolationError.missingSetting("level")) { try Settings("# nothing\n") }
    }

    @Test("Intervals that hold everything hold 100 %, and their score is their width")
    func wide() throws {
        let cases = try cases(2)
        for tally in Method.constant(cases, level: 0.9, half: 5) {
            #expect(tally.coverage == 1)
            #expect((tally.logScore - Elementary.ln(10)).magnitude < 1e-12)
        }
        let none = Method.constant(cases, level: 0.9, half: 0)
        #expect(none.allSatisfy { $0.coverage == 0 && ($0.above + $0.below - 1).magnitude < 1e-12 })
    }

    @Test("Cutoffs weigh alike, however many runs lie above each")
    func means() throws {
        let item = try cases(1)
        let tally = Method.delta(item, level: 0.9)[0]
        let shares = item[0].cutoffs.map { cutoff in
            Double(cutoff.tests.count { $0.residual.magnitude <= cutoff.plainHalfWidth($0, level: 0.9) })
                / Double(cutoff.tests.count)
        }
        let weights = item[0].cutoffs.map { Double($0.factors.count) }
        let mean = zip(shares, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
        #expect((tally.coverage - mean).magnitude < 1e-12)
    }

    @Test("In hindsight every table holds its level")
    func hindsight() throws {
        for tally in Method.hindsight(try cases(3), level: 0.9) {
            #expect(tally.coverage >= 0.9)
        }
    }

    @Test("A learned widening holds its aim on the tables it was learned on, and no multiple below it does")
    func learning() throws {
        let (cases, settings) = (try cases(3), try settings())
        var widening = Learning(settings).widening(cases, name: "invented")
        func coverage() -> Double {
            let tallies = Method.calibrated(widening, cases, level: settings.level)
            return tallies.reduce(0) { $0 + $1.coverage } / Double(tallies.count)
        }
        #expect(coverage() >= settings.aim)
        widening.multiple *= 0.98
        #expect(coverage() < settings.aim)
    }
}
