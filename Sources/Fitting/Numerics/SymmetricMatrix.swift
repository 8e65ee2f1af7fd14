// Small dense symmetric matrices: what the normal equations of a fit need. Dozens of rows, not thousands.

import Formulas

/// A symmetric matrix; both triangles are stored, row by row.
package struct SymmetricMatrix: Equatable, Sendable {
    package let count: Int
    package var elements: [Double]

    package init(count: Int) {
        self.count = count
        elements = Array(repeating: 0, count: count * count)
    }

    @inline(__always)
    package subscript(row: Int, column: Int) -> Double {
        get { elements[row * count + column] }
        set { elements[row * count + column] = newValue }
    }

    /// Copies the lower triangle to the upper one.
    package mutating func mirror() {
        for row in 0..<count { for column in 0..<row { self[column, row] = self[row, column] } }
    }

    package func multiplied(by vector: [Double]) -> [Double] {
        (0..<count).map { row in
            var total = 0.0
            for column in 0..<count { total += self[row, column] * vector[column] }
            return total
        }
    }

    /// The rows and columns at `indices`.
    package func selecting(_ indices: [Int]) -> SymmetricMatrix {
        var result = SymmetricMatrix(count: indices.count)
        for (i, row) in indices.enumerated() {
            for (j, column) in indices.enumerated() { result[i, j] = self[row, column] }
        }
        return result
    }

    /// The matrix of `count` rows with this one's at `indices` and zero elsewhere: the other way of `selecting`.
    package func placed(at indices: [Int], of count: Int) -> SymmetricMatrix {
        var result = SymmetricMatrix(count: count)
        for (i, row) in indices.enumerated() {
            for (j, column) in indices.enumerated() { result[row, column] = self[i, j] }
        }
        return result
    }

    /// This matrix scaled to ones on its diagonal, as a correlation matrix is.
    package func unitDiagonal() -> SymmetricMatrix {
        var result = self
        for row in 0..<count {
            for column in 0..<count {
                let scale = (self[row, row] * self[column, column]).squareRoot()
                result[row, column] = scale > 0 ? self[row, column] / scale : 0
            }
        }
        return result
    }

    /// The Cholesky factor of this matrix scaled to a unit diagonal, after `damping` was added to that diagonal;
    /// nil unless it is positive definite. Scaling makes the test and the solution independent of units.
    package func factored(damping: Double = 0, scale given: [Double]? = nil) -> CholeskyFactor? {
        CholeskyFactor(self, damping: damping, scale: given)
    }
}

/// L of S⁻¹ A S⁻¹ + λI = L Lᵀ, with S the square roots of the diagonal of A or of a given scale.
package struct CholeskyFactor {
    private let count: Int
    private var lower: [Double]
    private let scale: [Double]

    init?(_ matrix: SymmetricMatrix, damping: Double, scale given: [Double]?) {
        let n = matrix.count
        count = n
        let scale = given ?? (0..<n).map { matrix[$0, $0] > 0 ? matrix[$0, $0].squareRoot() : 1 }
        self.scale = scale
        lower = Array(repeating: 0, count: n * n)
        // Where each row begins: labels make most of a large matrix zero, and its factor as well.
        let first = n > 24 ? Self.beginnings(matrix) : nil
        for row in 0..<n {
            let begin = first?[row] ?? 0
            for column in begin...row {
                var value = matrix[row, column] / (scale[row] * scale[column])
                if row == column { value += damping }
                for k in max(begin, first?[column] ?? 0)..<column {
                    value -= lower[row * n + k] * lower[column * n + k]
                }
                if row == column {
                    guard value > 1e-16 * (1 + damping), value.isFinite else { return nil }
                    lower[row * n + row] = value.squareRoot()
                } else {
                    lower[row * n + column] = value / lower[column * n + column]
                }
            }
        }
    }

    /// The factor of A itself: of a matrix that is positive definite but for rounding, such as a covariance with noise on
    /// its diagonal. Hundreds of rows.
    ///
    /// - Parameter least: by row, what a pivot is taken for where rounding has left less. Above zero.
    package init(_ matrix: SymmetricMatrix, leastPivot least: (Int) -> Double) {
        let n = matrix.count
        count = n
        scale = Array(repeating: 1, count: n)
        var lower = Array(repeating: 0.0, count: n * n)
        lower.withUnsafeMutableBufferPointer { lower in
            for row in 0..<n {
                let own = UnsafeBufferPointer(rebasing: lower[(row * n)..<(row * n + n)])
                for column in 0...row {
                    let other = UnsafeBufferPointer(rebasing: lower[(column * n)..<(column * n + n)])
                    let value = matrix[row, column] - Self.product(own, other, count: column)
                    lower[row * n + column] =
                        row == column ? max(value, least(row)).squareRoot() : value / other[column]
                }
            }
        }
        self.lower = lower
    }

    // Four sums beside each other: in order, each addition would wait for the one before.
    private static func product(
        _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>, count: Int
    ) -> Double {
        var sums = SIMD4<Double>.zero
        var k = 0
        while k + 4 <= count {
            let first = SIMD4<Double>(a[k], a[k + 1], a[k + 2], a[k + 3])
            let second = SIMD4<Double>(b[k], b[k + 1], b[k + 2], b[k + 3])
            sums += first * second
            k += 4
        }
        var sum = sums.sum()
        while k < count {
            sum += a[k] * b[k]
            k += 1
        }
        return sum
    }

    private static func beginnings(_ matrix: SymmetricMatrix) -> [Int] {
        (0..<matrix.count).map { row in (0..<row).first { matrix[row, $0] != 0 } ?? row }
    }

    /// The solution x of A x = b (with the damping that the factor was made with).
    package func solve(_ vector: [Double]) -> [Double] {
        let n = count
        var x = vector
        for row in 0..<n {
            var value = x[row] / scale[row]
            for k in 0..<row { value -= lower[row * n + k] * x[k] }
            x[row] = value / lower[row * n + row]
        }
        for row in (0..<n).reversed() {
            var value = x[row]
            for k in (row + 1)..<max(n, row + 1) { value -= lower[k * n + row] * x[k] }
            x[row] = value / lower[row * n + row]
        }
        for row in 0..<n { x[row] /= scale[row] }
        return x
    }

    /// L⁻¹ S⁻¹ B in place of B, with as many rows as the matrix, one after another: what a covariance A leaves of others is
    /// found by it, bᵀA⁻¹c = (L⁻¹S⁻¹b)·(L⁻¹S⁻¹c).
    package func halve(_ block: inout [Double], columns: Int) {
        let n = count
        precondition(block.count == n * columns, "as many rows as the matrix")
        block.withUnsafeMutableBufferPointer { block in
            for row in 0..<n {
                let first = row * columns
                for c in 0..<columns { block[first + c] /= scale[row] }
                for k in 0..<row {
                    let share = lower[row * n + k]
                    if share == 0 { continue }
                    for c in 0..<columns { block[first + c] -= share * block[k * columns + c] }
                }
                let pivot = lower[row * n + row]
                for c in 0..<columns { block[first + c] /= pivot }
            }
        }
    }

    /// ln √det A (with the damping that the factor was made with).
    package var logarithmOfRoot: Double {
        (0..<count).reduce(0) { $0 + Elementary.ln(lower[$1 * count + $1] * scale[$1]) }
    }

    /// A⁻¹ B A⁻¹, column by column of A⁻¹ B and then of its transpose. Rounding alone tells its triangles apart.
    package func sandwich(around filling: SymmetricMatrix) -> SymmetricMatrix {
        let columns = (0..<count).map { k in solve((0..<count).map { filling[$0, k] }) }
        var result = SymmetricMatrix(count: count)
        for row in 0..<count {
            let solved = solve((0..<count).map { columns[$0][row] })
            for column in 0..<count { result[row, column] = solved[column] }
        }
        return result
    }

    /// A⁻¹.
    package func inverse() -> SymmetricMatrix {
        var result = SymmetricMatrix(count: count)
        for column in 0..<count {
            var unit = [Double](repeating: 0, count: count)
            unit[column] = 1
            let solution = solve(unit)
            for row in 0..<count { result[row, column] = solution[row] }
        }
        for row in 0..<count {
            for column in 0..<row {
                let mean = (result[row, column] + result[column, row]) / 2
                result[row, column] = mean
                result[column, row] = mean
            }
        }
        return result
    }
}
