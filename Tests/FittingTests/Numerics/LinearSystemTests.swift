// Small dense systems: solved to rounding, refused where singular.

import Fitting
import Testing

struct LinearSystemTests {
    @Test func aRandomSystemIsSolved() throws {
        for n in 1...20 {
            var random = RandomSource(seed: UInt64(n))
            let matrix = (0..<(n * n)).map { _ in 2 * random.uniform() - 1 }
            let expected = (0..<n).map { _ in random.uniform() }
            let right = (0..<n).map { row in (0..<n).reduce(0.0) { $0 + matrix[row * n + $1] * expected[$1] } }
            let solution = try #require(LinearSystem.solve(matrix, right))
            for (a, b) in zip(solution, expected) { #expect(abs(a - b) < 1e-10) }
        }
    }

    @Test func aZeroOnTheDiagonalIsNoObstacle() throws {
        #expect(LinearSystem.solve([0, 1, 1, 0], [3, 4]) == [4, 3])
        // The shape of a corner: curvature beside an equation.
        let solution = try #require(LinearSystem.solve([2, 0, 1, 0, 0, 1, 1, 1, 0], [1, 2, 3]))
        for (a, b) in zip(solution, [-0.5, 3.5, 2]) { #expect(abs(a - b) < 1e-15 * 10) }
    }

    @Test func rowsOfAnyUnitAreSolved() throws {
        let solution = try #require(LinearSystem.solve([1e200, 2e200, 3e-200, -1e-200], [5e200, 1e-200]))
        #expect(abs(solution[0] - 1) < 1e-14 && abs(solution[1] - 2) < 1e-14)
    }

    @Test func aSingularSystemHasNoSolution() {
        #expect(LinearSystem.solve([1, 2, 2, 4], [1, 1]) == nil)
        #expect(LinearSystem.solve([0, 0, 0, 0], [0, 0]) == nil)
        #expect(LinearSystem.solve([.nan, 1, 1, 1], [1, 1]) == nil)
        #expect(LinearSystem.solve([.infinity, 1, 1, 1], [1, 1]) == nil)
    }
}
