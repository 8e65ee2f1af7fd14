// Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi rotations (Golub & Van Loan, section 8.5).

extension SymmetricMatrix {
    /// The eigenvalues, smallest first, each with its unit eigenvector.
    package func eigenpairs() -> [(value: Double, vector: [Double])] {
        var a = self
        var vectors = SymmetricMatrix(count: count)  // columns; used as a plain square matrix
        for k in 0..<count { vectors[k, k] = 1 }
        let size = elements.reduce(0) { $0 + $1 * $1 }
        for _ in 0..<60 {
            var off = 0.0
            for row in 0..<count { for column in 0..<row { off += a[row, column] * a[row, column] } }
            // Below this the eigenvalues have all their digits; NaN ends it too.
            if !(off > 1e-34 * size) { break }
            for p in 0..<count { for q in (p + 1)..<max(count, p + 1) { rotate(&a, &vectors, p, q) } }
        }
        return (0..<count).map { k in (a[k, k], (0..<count).map { vectors[$0, k] }) }.sorted { $0.0 < $1.0 }
    }

    private func rotate(_ a: inout SymmetricMatrix, _ vectors: inout SymmetricMatrix, _ p: Int, _ q: Int) {
        guard a[p, q] != 0 else { return }
        let theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
        let t = (theta >= 0 ? 1.0 : -1.0) / (theta.magnitude + (theta * theta + 1).squareRoot())
        let cosine = 1 / (t * t + 1).squareRoot()
        let sine = t * cosine
        for k in 0..<count {
            let (x, y) = (a[k, p], a[k, q])
            a[k, p] = cosine * x - sine * y
            a[k, q] = sine * x + cosine * y
        }
        for k in 0..<count {
            let (x, y) = (a[p, k], a[q, k])
            a[p, k] = cosine * x - sine * y
            a[q, k] = sine * x + cosine * y
        }
        for k in 0..<count {
            let (x, y) = (vectors[k, p], vectors[k, q])
            vectors[k, p] = cosine * x - sine * y
            vectors[k, q] = sine * x + cosine * y
        }
    }
}
