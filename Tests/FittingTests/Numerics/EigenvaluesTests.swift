// Eigenpairs against their own equation and against known values.

import Fitting
import Testing

struct EigenvaluesTests {
    @Test(arguments: [1, 2, 3, 8, 40]) func eigenpairsSatisfyTheirEquation(n: Int) {
        let matrix = SecondOpinion.positiveMatrix(n, seed: 100 + UInt64(n), shift: -0.3)
        let pairs = matrix.eigenpairs()
        #expect(pairs.count == n)
        #expect(pairs.map(\.value) == pairs.map(\.value).sorted())
        for (value, vector) in pairs {
            for (a, b) in zip(matrix.multiplied(by: vector), vector) {
                #expect(abs(a - value * b) < 1e-12 * Double(n))
            }
            #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-13)
        }
        let trace = (0..<n).reduce(0.0) { $0 + matrix[$1, $1] }
        #expect(abs(pairs.reduce(0) { $0 + $1.value } - trace) < 1e-12 * Double(n))
    }

    @Test func knownEigenvaluesAreFound() {
        var matrix = SymmetricMatrix(count: 3)
        matrix.elements = [2, -1, 0, -1, 2, -1, 0, -1, 2]
        let values = matrix.eigenpairs().map(\.value)
        for (a, b) in zip(values, [2 - 2.0.squareRoot(), 2, 2 + 2.0.squareRoot()]) { #expect(abs(a - b) < 1e-15 * 4) }
        #expect(SymmetricMatrix(count: 0).eigenpairs().isEmpty)
        #expect(SymmetricMatrix(count: 2).eigenpairs().map(\.value) == [0, 0])
        matrix[0, 0] = .nan
        #expect(matrix.eigenpairs().count == 3)
    }
}
