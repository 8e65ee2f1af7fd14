// Parameters that have one value a label.

import Fitting
import Formulas
import Foundation
import Tables
import Testing

struct IndexedTests {
    /// Three corpora with laws of their own, two depths within each.
    private func table(seed: UInt64, labels: Int = 3) -> (table: Table, x: [Double], y: [Double], sets: [String]) {
        var random = RandomSource(seed: seed)
        var (x, y, sets, depths): ([Double], [Double], [String], [String]) = ([], [], [], [])
        for row in 0..<(24 * labels) {
            let group = row % labels
            x.append(exp(1 + 6 * random.uniform()))
            y.append(
                (1 + 0.2 * Double(group) + (2 + Double(group)) * pow(x[row], -0.4)) * (1 + 0.02 * random.uniform()))
            sets.append("set\(group)")
            depths.append(row % (2 * labels) < labels ? "12" : "24")
        }
        let columns = [
            Column(name: "x", numbers: x), Column(name: "y", numbers: y), Column(name: "set", labels: sets),
            Column(name: "depth", labels: depths),
        ]
        return (Table(name: "runs.csv", columns: columns), x, y, sets)
    }

    @Test(arguments: [Loss.squared, .huber(0.003), .absolute], [Residual.raw, .log])
    func withNothingSharedItEqualsSeparateFits(loss: Loss, residual: Residual) throws {
        let table = table(seed: 5).table
        func adjust(_ specification: inout Specification) {
            specification.loss = loss
            specification.residual = residual
        }
        let joint = try Laboratory.fit("y ~ E[set] + A[set]/x^a[set]", table, adjust)
        #expect(joint.termination.isConverged, "\(joint.termination.statement)")
        var total = 0.0
        for group in ["set0", "set1", "set2"] {
            let alone = try Laboratory.fit("y ~ E + A/x^a", table) {
                adjust(&$0)
                $0.condition = try Formula("set == \"\(group)\"")
            }
            total += alone.objective
            for name in ["E", "A", "a"] {
                let (one, all) = (alone.estimates[name] ?? .nan, joint.estimates["\(name)[\(group)]"] ?? .nan)
                #expect(SecondOpinion.close(one, all, 1e-6), "\(name)[\(group)]: \(one) \(all)")
            }
        }
        #expect(SecondOpinion.close(joint.objective, total, 1e-9))
    }

    @Test func twoIndicesEqualOneOfTheirPairs() throws {
        let (table, _, _, sets) = table(seed: 6)
        let depths = try table.column("depth").labels()
        let pairs = sets.indices.map { "\(sets[$0])/\(depths[$0] ?? "")" }
        let paired = table.adding(column: Column(name: "pair", labels: pairs))
        let two = try Laboratory.fit("y ~ E[set, depth] + A[set]/x^a", paired)
        let one = try Laboratory.fit("y ~ E[pair] + A[set]/x^a", paired)
        #expect(two.problem.parameters.count == 10)
        #expect(two.objective == one.objective)
        #expect(two.coefficients == one.coefficients)
        #expect(two.estimates["E[set1, 24]"] != nil)
    }

    /// For a given exponent the rest is a straight line a group; a fine search over the one exponent is the whole fit.
    @Test func aSharedExponentEqualsADumbFit() throws {
        let (table, x, y, sets) = table(seed: 7)
        let fit = try Laboratory.fit("y ~ E[set] + A[set]/x^a", table)
        func rest(_ exponent: Double) -> Double {
            Set(sets).reduce(0.0) { total, group in
                let rows = sets.indices.filter { sets[$0] == group }
                let (u, v) = (rows.map { pow(x[$0], -exponent) }, rows.map { y[$0] })
                let n = Double(rows.count)
                let (meanU, meanV) = (u.reduce(0, +) / n, v.reduce(0, +) / n)
                let slope =
                    zip(u, v).reduce(0.0) { $0 + ($1.0 - meanU) * ($1.1 - meanV) }
                    / u.reduce(0.0) { $0 + ($1 - meanU) * ($1 - meanU) }
                return total + zip(u, v).reduce(0.0) { $0 + pow($1.1 - meanV - slope * ($1.0 - meanU), 2) }
            }
        }
        var (low, high) = (0.01, 2.0)
        for _ in 0..<200 {
            let (a, b) = (low + (high - low) / 3, high - (high - low) / 3)
            if rest(a) < rest(b) { high = b } else { low = a }
        }
        #expect(SecondOpinion.close(fit.estimates["a"] ?? 0, low, 1e-6))
        #expect(SecondOpinion.close(fit.objective, rest(low), 1e-11))
    }

    @Test func oneValueMayBeFixedBoundedOrStarted() throws {
        let table = table(seed: 8).table
        let fixed = try Laboratory.fit("y ~ E[set] + A[set]/x^a", table) { $0.fixed = ["E[set1]": 1.1] }
        #expect(fixed.estimates["E[set1]"] == 1.1)
        #expect(fixed.standardErrors?[1] == 0)
        #expect(fixed.degreesOfFreedom == 72 - 6)
        #expect(fixed.starts.reduce(0) { $0 + $1.count } > 1, "the search stays automatic")
        #expect(!fixed.warnings.contains { $0.code == "at-bound" })
        let bounded = try Laboratory.fit("y ~ E[set] + A[set]/x^a", table) {
            $0.bounds = ["E": Bound(lower: 0), "E[set2]": Bound(upper: 1.2)]
        }
        #expect(
            bounded.problem.parameters.prefix(3).map(\.bound) == [
                Bound(lower: 0), Bound(lower: 0), Bound(upper: 1.2),
            ])
        #expect(bounded.estimates["E[set2]"] == 1.2)
        #expect(
            bounded.warnings.contains {
                $0.code == "at-bound" && $0.message == "E[set2] = 1.20000 is at its bound ..1.2"
            })
        let held = try Laboratory.fit("y ~ E[set] + A[set]/x^a", table) { $0.fixed = ["E[set2]": 1.2] }
        #expect(SecondOpinion.close(held.objective, bounded.objective, 1e-11))
        let started = try Laboratory.problem("y ~ E[set] + A[set]/x^a", table) {
            $0.starts = ["E[set1]": 1, "a": 0.4]
        }
        #expect(started.parameters.map(\.start) == [nil, 1, nil, nil, nil, nil, 0.4])
    }

    @Test func allValuesAreFixedByTheirName() throws {
        let fit = try Laboratory.fit("y ~ E[set] + A/x^a", table(seed: 9).table) { $0.fixed = ["E": 1] }
        #expect(fit.problem.parameterNames == ["A", "a"])
    }

    @Test func threeHundredLabelsAreFitted() throws {
        let (table, x, y, sets) = table(seed: 10, labels: 300)
        let clock = ContinuousClock()
        var fit: Fit?
        let took = try clock.measure { fit = try Laboratory.fit("y ~ E[set] + A/x^a", table) }
        let found = try #require(fit)
        #expect(found.coefficients.count == 302)
        #expect(found.termination.isConverged)
        #expect(took < .seconds(20))
        let expected = SecondOpinion.objective(
            .squared, .raw, y,
            x.indices.map { row in
                (found.estimates["E[\(sets[row])]"] ?? .nan)
                    + (found.estimates["A"] ?? .nan) * pow(x[row], -(found.estimates["a"] ?? .nan))
            })
        #expect(SecondOpinion.close(found.objective, expected, 1e-10))
    }
}
