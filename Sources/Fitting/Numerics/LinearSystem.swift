// A small dense linear system, by elimination with scaled row pivoting and one step of iterative refinement.

package enum LinearSystem {
    /// The solution of A x = b for a square A given row by row, or nil where it is singular.
    package static func solve(_ matrix: [Double], _ right: [Double]) -> [Double]? {
        let n = right.count
        var order = Array(0..<n)
        // Rows of unit size, so that a pivot is not chosen for its unit.
        let size = (0..<n).map { row in (0..<n).map { matrix[row * n + $0].magnitude }.max() ?? 0 }
        guard size.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
        let matrix = matrix.indices.map { matrix[$0] / size[$0 / n] }
        let right = zip(right, size).map { $0 / $1 }
        var lu = matrix
        for column in 0..<n {
            var pivot = column
            for row in column..<n
            where lu[order[row] * n + column].magnitude > lu[order[pivot] * n + column].magnitude {
                pivot = row
            }
            order.swapAt(column, pivot)
            let diagonal = lu[order[column] * n + column]
            guard diagonal.magnitude > 1e-14 else { return nil }
            for row in (column + 1)..<max(n, column + 1) {
                let factor = lu[order[row] * n + column] / diagonal
                lu[order[row] * n + column] = factor
                if factor == 0 { continue }
                for k in (column + 1)..<max(n, column + 1) {
                    lu[order[row] * n + k] -= factor * lu[order[column] * n + k]
                }
            }
        }
        func back(_ b: [Double]) -> [Double] {
            var x = [Double](repeating: 0, count: n)
            for row in 0..<n {
                var value = b[order[row]]
                for k in 0..<row { value -= lu[order[row] * n + k] * x[k] }
                x[row] = value
            }
            for row in (0..<n).reversed() {
                for k in (row + 1)..<max(n, row + 1) { x[row] -= lu[order[row] * n + k] * x[k] }
                x[row] /= lu[order[row] * n + row]
            }
            return x
        }
        var x = back(right)
        let leftOver = (0..<n).map { row in
            right[row] - (0..<n).reduce(0.0) { $0 + matrix[row * n + $1] * x[$1] }
        }
        for (k, correction) in back(leftOver).enumerated() { x[k] += correction }
        return x.allSatisfy(\.isFinite) ? x : nil
    }
}
