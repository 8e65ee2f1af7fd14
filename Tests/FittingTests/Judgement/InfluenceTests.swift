// Fits without some of their rows.

import Formulas
import Tables
import Testing

@testable import Fitting

@Suite struct InfluenceTests {
    private static let formula = "loss ~ E + A/N^alpha + B/D^beta"

    private func adjust(_ specification: inout Specification, _ loss: Loss) {
        specification.loss = loss
        specification.residual = .log
        for name in ["E", "A", "B"] { specification.bounds[name] = Bound(lower: 0) }
    }

    @Test(arguments: [Loss.squared, .huber(1e-3)])
    func `leaving a row out is fitting a table without it`(_ loss: Loss) throws {
        let table = Laboratory.chinchilla(rows: 30)
        let fit = try Laboratory.fit(Self.formula, table) { adjust(&$0, loss) }
        let influence = Influence(fit)
        #expect(influence.deletions.count == 30 && influence.passedOver == 0)
        for row in [0, 7, 29] {
            let rest = table.rows(at: (0..<30).filter { $0 != row })
            let dumb = try Laboratory.fit(Self.formula, rest) { adjust(&$0, loss) }
            let deletion = influence.deletions[row]
            #expect(deletion.rows == [row])
            #expect((deletion.objective / dumb.objective - 1).magnitude < 1e-9)
            for (found, expected) in zip(deletion.parameters ?? [], dumb.coefficients) {
                #expect((found / expected - 1).magnitude < 1e-5)
            }
        }
    }

    @Test func `for a straight line the change is known in closed form`() throws {
        let (x, y): ([Double], [Double]) = ([1, 2, 3, 4, 10], [1.1, 1.9, 3.2, 3.9, 12])
        let table = Laboratory.table([("x", x), ("y", y)])
        let fit = try Laboratory.fit("y ~ a + b*x", table)
        let influence = Influence(fit)
        // b without row i, from the normal equations.
        for row in x.indices {
            let rest = x.indices.filter { $0 != row }
            let (mx, my) = (rest.reduce(0) { $0 + x[$1] } / 4, rest.reduce(0) { $0 + y[$1] } / 4)
            let slope =
                rest.reduce(0) { $0 + (x[$1] - mx) * (y[$1] - my) }
                / rest.reduce(0) { $0 + (x[$1] - mx) * (x[$1] - mx) }
            let found = influence.deletions[row].parameters?[1]
            #expect(((found ?? .nan) - slope).magnitude < 1e-7)
        }
    }

    @Test func `groups are left out together`() throws {
        let table = Laboratory.chinchilla(rows: 24)
        let fit = try Laboratory.fit(Self.formula, table) { adjust(&$0, .squared) }
        let groups = [[0, 5, 9], [1], Array(2..<24)]
        let influence = Influence(fit, groups: groups)
        let rest = table.rows(at: (0..<24).filter { ![0, 5, 9].contains($0) })
        let dumb = try Laboratory.fit(Self.formula, rest) { adjust(&$0, .squared) }
        #expect((influence.deletions[0].objective / dumb.objective - 1).magnitude < 1e-9)
        #expect(influence.deletions[2].parameters == nil)
        #expect(influence.deletions[2].failure == "fewer different runs than parameters")
    }

    @Test func `of thousands of rows the linear estimate chooses those that matter`() throws {
        var (x, y): ([Double], [Double]) = ([], [])
        var random = RandomSource(seed: 5)
        for row in 0..<1_500 {
            x.append(Double(row) / 1_500)
            y.append(1 + 2 * x[row] + 0.1 * random.normal())
        }
        (x[1_203], y[1_203]) = (4, 3)
        let fit = try Laboratory.fit("y ~ a + b*x", Laboratory.table([("x", x), ("y", y)]))
        let influence = Influence(fit)
        #expect(influence.deletions.count == Influence.chosenGroups)
        #expect(influence.passedOver == 1_500 - Influence.chosenGroups)
        let shifts = influence.deletions.map { (($0.parameters?[1] ?? 0) - fit.coefficients[1]).magnitude }
        let worst = zip(influence.deletions, shifts).max { $0.1 < $1.1 }?.0
        #expect(worst?.rows == [1_203])
    }

    @Test func `two rows that mask each other are found together`() throws {
        var (x, y): ([Double], [Double]) = ([], [])
        for k in 0..<20 {
            x.append(Double(k) / 20)
            y.append(x[k] + (k % 2 == 0 ? 0.01 : -0.01))
        }
        // Two equal bad runs far out: without one of them the other holds the line.
        x += [5, 5]
        y += [0, 0]
        let fit = try Laboratory.fit("y ~ a + b*x", Laboratory.table([("x", x), ("y", y)]))
        let groups = x.indices.map { [$0] }
        let influence = Influence(fit)
        let found = InfluentialSet.found(influence, groups: groups, size: 2) { $0[1] }
        #expect(Set(found.raising.groups) == [20, 21])
        #expect(found.raising.values[0] < 0.1)
        #expect((found.raising.values[1] - 1).magnitude < 0.02)
        #expect(found.raising.values[1] > found.raising.values[0])
    }
}
