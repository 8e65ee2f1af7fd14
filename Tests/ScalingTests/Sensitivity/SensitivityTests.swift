// What an answer hangs on.

import Fitting
import Formulas
import Tables
import Testing

@testable import Scaling

@Suite struct SensitivityTests {
    private func table(bad rows: [Int] = []) throws -> Table {
        let table = KnownRecipes.table([("one", 1)], seed: 11, noise: 0.004)
        var losses = try table.numbers("loss")
        for row in rows { losses[row] *= 1.2 }
        return table.adding(column: Column(name: "loss", numbers: losses))
    }

    private func asked(
        _ table: Table, _ loss: Loss = .huber(1e-3), answers: [String] = ["beta"], group: String? = nil
    ) throws -> Sensitivity {
        try Sensitivity(try KnownRecipes.specification(loss), table: table, group: group) { _, _ in
            try answers.map { .parameters(try Formula(ofParameters: $0)) }
        }
    }

    @Test func `every other way is what a fit of that kind gives`() throws {
        let made = try asked(try table(), answers: ["beta", "beta/(alpha+beta)"])
        let names = made.alternatives.map(\.name)
        #expect(names.contains("loss squared") && names.contains("loss huber:0.01"))
        #expect(Set(made.alternatives.map(\.kind)).isSuperset(of: ["loss", "exclusion", "start"]))
        let squared = try Fit(try Problem(try KnownRecipes.specification(.squared), table: try table()))
        let value = try #require(made.alternatives.first { $0.name == "loss squared" }?.values[0])
        #expect((value / (squared.estimates["beta"] ?? .nan) - 1).magnitude < 1e-7)
        for start in made.alternatives where start.kind == "start" {
            #expect(((start.values[0] ?? 0) / made.answers[0].estimate - 1).magnitude < 1e-6)
        }
        let range = try #require(made.range(ofAnswer: 0))
        #expect(range.lowest.value <= range.highest.value)
    }

    @Test func `exclusions leave out ends, and runs of equal value together`() throws {
        let made = try asked(try table())
        let exclusions = made.alternatives.filter { $0.kind == "exclusion" }
        let names = exclusions.map(\.name)
        #expect(names.contains("without the 5 of highest loss") && names.contains("without the 4 of largest N"))
        #expect(exclusions.first { $0.name == "without the 5 of highest loss" }?.observations == 15)
        // Four runs have the smallest N; two would be a tenth.
        #expect(exclusions.first { $0.name == "without the 4 of smallest N" }?.observations == 16)
    }

    @Test func `countings beside each other are exchanged wherever they stand`() throws {
        let table = try table()
        let sizes = try table.numbers("N")
        let counted = table.adding(column: Column(name: "params_non_embedding", numbers: sizes))
            .adding(column: Column(name: "params_total", numbers: sizes.map { $0 + 5e6 }))
        var specification = try KnownRecipes.specification()
        specification.columns = ["N": try Formula("params_non_embedding"), "D": try Formula("D")]
        let made = try Sensitivity(specification, table: counted)
        let other = try #require(made.alternatives.first { $0.kind == "counting" })
        #expect(other.name == "params_total for params_non_embedding")
        var direct = specification
        direct.columns["N"] = try Formula("params_total")
        let fit = try Fit(try Problem(direct, table: counted))
        #expect(made.answers.map(\.name) == ["alpha", "beta"])
        #expect(((other.values[0] ?? 0) / (fit.estimates["alpha"] ?? .nan) - 1).magnitude < 1e-6)
    }

    @Test func `bad runs are named, and the answer without them is that of the good ones`() throws {
        let made = try asked(try table(bad: [0, 4]), .squared)
        #expect(Set(made.outliers.map(\.row)) == [0, 4])
        #expect(made.warnings.contains { $0.code == "suspected-outliers" })
        let value = try #require(made.outliers[1].values[0])
        #expect((value / (try beta(try table(), without: [0, 4])) - 1).magnitude < 1e-5)
    }

    @Test func `a set moves the answer as far as a table without it does`() throws {
        let table = try table(bad: [0, 4])
        let made = try asked(table, .squared)
        #expect(made.sets.count == 2)
        for set in made.sets {
            let value = try beta(table, without: Set(set.rows.flatMap { $0 }))
            #expect(((set.values.last ?? 0) / value - 1).magnitude < 1e-5)
            #expect(set.isLowering == (value < made.answers[0].estimate))
        }
    }

    private func beta(_ table: Table, without rows: Set<Int>) throws -> Double {
        let rest = table.rows(at: (0..<20).filter { !rows.contains($0) })
        return try Fit(try Problem(try KnownRecipes.specification(.squared), table: rest)).estimates["beta"] ?? .nan
    }

    @Test func `rows have the names that the table gives them`() throws {
        let table = try table()
        #expect(try asked(table).runs.allSatisfy { $0.name.hasPrefix("line ") })
        let named = table.adding(
            column: Column(name: "run", labels: (0..<20).map { "run-\($0)" }))
        #expect(try asked(named).runs.allSatisfy { $0.name == "run-\($0.rows[0])" })
    }

    @Test func `groups are left out together`() throws {
        let table = try table().adding(
            column: Column(name: "batch", labels: (0..<20).map { "b\($0 / 4)" }))
        let made = try asked(table, .squared, group: "batch")
        #expect(made.runs.count == 5 && made.runs.allSatisfy { $0.rows.count == 4 && $0.residual == nil })
        let run = try #require(made.runs.first { $0.name == "batch b2" })
        let rest = table.rows(at: (0..<20).filter { $0 / 4 != 2 })
        let fit = try Fit(try Problem(try KnownRecipes.specification(.squared), table: rest))
        let shift = try #require(run.shifts[0])
        #expect((shift - ((fit.estimates["beta"] ?? .nan) - made.answers[0].estimate)).magnitude < 1e-6)
    }

    @Test func `the order of rows changes nothing`() throws {
        let table = try table(bad: [3])
        let order = Array((0..<20).reversed())
        let (plain, turned) = (try asked(table), try asked(table.rows(at: order)))
        #expect(plain.runs.prefix(5).map(\.name) == turned.runs.prefix(5).map(\.name))
        for (a, b) in zip(plain.alternatives, turned.alternatives) {
            #expect(a.name == b.name)
            if let x = a.values[0], let y = b.values[0] { #expect((x / y - 1).magnitude < 1e-5, "\(a.name)") }
        }
        #expect(plain.outliers.map(\.name) == turned.outliers.map(\.name))
    }
}

/// The digitised Chinchilla runs: what the five that were dropped do to beta.
@Suite(.enabled(if: PublicTables.isAtHand, "the public tables are not at hand"))
struct ChinchillaSensitivityTests {
    private func made(_ table: Table, group: String? = nil) throws -> Sensitivity {
        var specification = Specification(formula: try Formula("loss ~ E + A/N^alpha + B/D^beta"))
        specification.columns = ["N": try Formula("params"), "D": try Formula("flops/(6*params)")]
        specification.loss = .huber(1e-3)
        specification.residual = .log
        return try Sensitivity(specification, table: table, group: group) { _, _ in
            [.parameters(try Formula(ofParameters: "beta"))]
        }
    }

    @Test func `the five dropped runs are found, and move beta from 0.453 to 0.367`() throws {
        let table = try PublicTables.table("chinchilla_digitized")
        let dropped = Set(try table.numbers("dropped_by_source").enumerated().filter { $1 == 1 }.map(\.offset))
        #expect(dropped.count == 5)
        let made = try made(table)
        #expect((made.answers[0].estimate - 0.453049295584).magnitude < 1e-6)
        // The five of highest loss.
        let cut = try #require(made.alternatives.first { $0.name == "without the 5 of highest loss" })
        #expect(((cut.values[0] ?? 0) - 0.3671724326282).magnitude < 1e-6)
        // The five worst outliers, one after the other.
        #expect(Set(made.outliers.prefix(5).map(\.row)) == dropped)
        #expect(((made.outliers[4].values[0] ?? 0) - 0.3671724326282).magnitude < 1e-6)
        // Alone each of them lowers beta when it is left out; four of the five that lower it most together are theirs.
        let alone = made.runs.filter { dropped.isSuperset(of: $0.rows) }
        #expect(alone.count == 5 && alone.allSatisfy { ($0.shifts[0] ?? 0) < -0.007 })
        #expect(dropped.isSuperset(of: made.runs[0].rows))
        let set = try #require(made.sets.first { $0.isLowering })
        #expect(set.rows.flatMap { $0 }.count { dropped.contains($0) } == 4)
        #expect((set.values[4] - 0.367).magnitude < 0.001)
    }

    @Test func `as a group they are left out at once`() throws {
        let made = try made(try PublicTables.table("chinchilla_digitized"), group: "dropped_by_source")
        let run = try #require(made.runs.first { $0.name == "dropped_by_source 1" })
        #expect(run.rows.count == 5)
        #expect(((run.shifts[0] ?? 0) - (0.3671724326282 - 0.453049295584)).magnitude < 1e-6)
    }
}
