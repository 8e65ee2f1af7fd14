// Rows too far from the law.

import Formulas
import Tables
import Testing

@testable import Fitting

@Suite struct OutliersTests {
    /// Rosner (1983), as printed in the NIST/SEMATECH handbook, section 1.3.5.17.3: three outliers at 5 per cent, though
    /// neither the first nor the first two are one by themselves.
    static let rosner = [
        -0.25, 0.68, 0.94, 1.15, 1.20, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58, 1.65, 1.69, 1.70,
        1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.10, 2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.40,
        2.47, 2.54, 2.62, 2.64, 2.90, 2.92, 2.92, 2.93, 3.21, 3.26, 3.30, 3.59, 3.68, 4.30, 4.64, 5.34, 5.42, 6.01,
    ]

    @Test func `Rosner's example has three outliers that mask each other`() throws {
        let fit = try Laboratory.fit("y ~ mu", Laboratory.table([("y", Self.rosner)]))
        let suspects = Outliers(fit).suspects
        #expect(suspects.map { Self.rosner[$0.row] } == [6.01, 5.42, 5.34])
        #expect(suspects[0].deviate < suspects[0].threshold && suspects[1].deviate < suspects[1].threshold)
        #expect((suspects[2].deviate - 3.5586877956919443).magnitude < 1e-7)
        #expect((suspects[2].threshold - 3.509050738831196).magnitude < 1e-9)
        let rest = Self.rosner.filter { $0 < 5 }
        let mean = rest.reduce(0, +) / Double(rest.count)
        #expect(((suspects[2].parameters?[0] ?? .nan) - mean).magnitude < 1e-6)
    }

    @Test func `the deviate is the externally studentised residual`() throws {
        let (x, y): ([Double], [Double]) = ([1, 2, 3, 4, 5, 6, 7, 8], [1.1, 1.9, 3.2, 3.9, 9, 6.1, 6.8, 8.2])
        let fit = try Laboratory.fit("y ~ a + b*x", Laboratory.table([("x", x), ("y", y)]))
        let suspect = try #require(Outliers(fit).suspects.first)
        #expect(suspect.row == 4)
        // By the fit without the row: d √(1 − h) over its noise.
        let rest = x.indices.filter { $0 != 4 }
        let dumb = try Laboratory.fit(
            "y ~ a + b*x", Laboratory.table([("x", rest.map { x[$0] }), ("y", rest.map { y[$0] })]))
        let deleted = y[4] - dumb.coefficients[0] - dumb.coefficients[1] * x[4]
        let h = 1.0 / 8 + (5 - 4.5) * (5 - 4.5) / 42
        let expected = deleted * (1 - h).squareRoot() / dumb.noise
        #expect((suspect.deviate / expected - 1).magnitude < 1e-9)
    }

    @Test func `normal noise has none in most tables, and one in few`() throws {
        var named = 0
        for seed in 0..<60 {
            var random = RandomSource(seed: UInt64(1_000 + seed))
            let x = (0..<25).map { Double($0) }
            let y = x.map { 3 + 0.5 * $0 + random.normal() }
            let fit = try Laboratory.fit("y ~ a + b*x", Laboratory.table([("x", x), ("y", y)]))
            if !Outliers(fit).suspects.isEmpty { named += 1 }
        }
        // 5 % of 60 are 3; ten have a chance below 1e-3.
        #expect(named < 10)
    }

    @Test func `a robust fit finds a cluster of outliers, and the order of rows does not matter`() throws {
        let table = Laboratory.chinchilla(rows: 40)
        var losses = try table.numbers("loss")
        for row in [3, 4, 5, 6] { losses[row] *= 1.3 }
        let bad = table.adding(column: Column(name: "loss", numbers: losses))
        func suspects(_ table: Table) throws -> [Outliers.Suspect] {
            let fit = try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", table) {
                $0.loss = .huber(1e-3)
                $0.residual = .log
                for name in ["E", "A", "B"] { $0.bounds[name] = Bound(lower: 0) }
            }
            return Outliers(fit).suspects
        }
        let found = try suspects(bad)
        #expect(Set(found.map(\.row)) == [3, 4, 5, 6])
        let order = Array((0..<40).reversed())
        let turned = try suspects(bad.rows(at: order))
        #expect(Set(turned.map { order[$0.row] }) == [3, 4, 5, 6])
        for (a, b) in zip(found, turned) { #expect((a.deviate / b.deviate - 1).magnitude < 1e-5) }
    }

    @Test func `a fit without noise names nobody`() throws {
        let fit = try Laboratory.fit("y ~ a + b*x", Laboratory.table([("x", [1, 2, 3]), ("y", [2, 4, 5])]))
        #expect(Outliers(fit).suspects.isEmpty)
    }
}
