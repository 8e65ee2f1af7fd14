// Cholesky factors against matrices made from known parts.

import Fitting
import Testing

struct SymmetricMatrixTests {
    @Test(arguments: [1, 2, 5, 24, 25, 60]) func aSystemIsSolvedAndInverted(n: Int) throws {
        let matrix = SecondOpinion.positiveMatrix(n, seed: UInt64(n))
        let factor = try #require(matrix.factored())
        let expected = (0..<n).map { Double($0) - 1.5 }
        for (a, b) in zip(factor.solve(matrix.multiplied(by: expected)), expected) { #expect(abs(a - b) < 1e-9) }
        let inverse = factor.inverse()
        let dense = SecondOpinion.inverse((0..<n).map { i in (0..<n).map { matrix[i, $0] } })
        for i in 0..<n {
            for j in 0..<n { #expect(abs(inverse[i, j] - dense[i][j]) < 1e-8 * (1 + abs(dense[i][i]))) }
        }
    }

    @Test func zerosOfALargeMatrixAreSkippedWithoutLoss() throws {
        // Forty labels beside two shared parameters: an arrow.
        var matrix = SymmetricMatrix(count: 42)
        for k in 0..<40 {
            matrix[k, k] = Double(k + 1)
            for shared in [40, 41] { (matrix[shared, k], matrix[k, shared]) = (0.1, 0.1) }
        }
        (matrix[40, 40], matrix[41, 41], matrix[40, 41], matrix[41, 40]) = (9, 7, 1, 1)
        let expected = (0..<42).map { Double($0 % 5) }
        let solution = try #require(matrix.factored()).solve(matrix.multiplied(by: expected))
        for (a, b) in zip(solution, expected) { #expect(abs(a - b) < 1e-13) }
    }

    @Test func unitsDoNotDecideWhatIsSingular() throws {
        var matrix = SecondOpinion.positiveMatrix(3, seed: 9)
        let units = [1e-150, 1, 1e120]
        for i in 0..<3 { for j in 0..<3 { matrix[i, j] *= units[i] * units[j] } }
        #expect(matrix.factored() != nil)
        var singular = SymmetricMatrix(count: 2)
        singular.elements = [1, 2, 2, 4]
        #expect(singular.factored() == nil)
        #expect(singular.factored(damping: 1e-3) != nil)
    }

    @Test func whatIsNotPositiveDefiniteHasNoFactor() {
        for elements in [
            [1.0, 2, 2, 1], [-1, 0, 0, 1], [.nan, 0, 0, 1], [1, .nan, .nan, 1], [.infinity, 0, 0, 1], [0, 0, 0, 0],
        ] {
            var matrix = SymmetricMatrix(count: 2)
            matrix.elements = elements
            #expect(matrix.factored() == nil, "\(elements)")
        }
    }

    @Test func partsAreSelectedMirroredAndScaled() {
        var matrix = SymmetricMatrix(count: 3)
        matrix.elements = [4, 0, 0, 2, 9, 0, 6, 3, 16]
        matrix.mirror()
        #expect(matrix.elements == [4, 2, 6, 2, 9, 3, 6, 3, 16])
        #expect(matrix.selecting([2, 0]).elements == [16, 6, 6, 4])
        #expect(matrix.unitDiagonal()[0, 1] == 2.0 / 6)
        #expect(matrix.unitDiagonal()[2, 2] == 1)
    }
}
