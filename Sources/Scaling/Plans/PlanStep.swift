// One step of sequential quadratic programming on a few variables.
//
// Source: Nocedal & Wright, Numerical Optimization (2006), section 18.4 (null-space steps with a modified reduced
// Hessian).

import Fitting

/// A quadratic model with linear equations: minimise gᵀp + ½ pᵀHp subject to A p = −h, over free variables only.
struct PlanStep {
    /// The step, zero for variables that are held.
    var step: [Double]
    /// Multipliers λ of the equations: g + Aᵀλ ≈ 0.
    var multipliers: [Double]
    /// Whether the Hessian was positive definite on the directions that the equations leave; true where none are left.
    var isConvex: Bool

    /// - Parameters:
    ///   - gradient: of the objective.
    ///   - hessian: of the Lagrangian as a function of the multipliers.
    ///   - rows: gradients of the equations.
    ///   - residuals: h of each equation.
    ///   - free: which variables may move.
    init(
        gradient: [Double], hessian: ([Double]) -> [Double], rows: [[Double]], residuals: [Double], free: [Int]
    ) {
        let (n, m) = (free.count, rows.count)
        let g = free.map { gradient[$0] }
        let a = rows.map { row in free.map { row[$0] } }
        // Rows of A by modified Gram–Schmidt: a_i = Σ_k r_ik q_k; rows that depend on others are left out.
        var (basis, coordinates, kept): ([[Double]], [[Double]], [Int]) = ([], [], [])
        for i in 0..<m {
            var rest = a[i]
            var own: [Double] = []
            for q in basis {
                let share = rest.dot(q)
                own.append(share)
                for k in 0..<n { rest[k] -= share * q[k] }
            }
            let length = rest.dot(rest).squareRoot()
            if length <= 1e-10 * max(1e-300, a[i].dot(a[i]).squareRoot()) || length == 0 { continue }
            own.append(length)
            basis.append(rest.map { $0 / length })
            coordinates.append(own)
            kept.append(i)
        }
        // The shortest step onto the equations.
        var y: [Double] = []
        for (place, i) in kept.enumerated() {
            var right = -residuals[i]
            for k in 0..<place { right -= coordinates[place][k] * y[k] }
            y.append(right / coordinates[place][place])
        }
        var p = [Double](repeating: 0, count: n)
        for (share, q) in zip(y, basis) { for k in 0..<n { p[k] += share * q[k] } }
        // Multipliers: Rᵀλ = −Qg, from the last to the first.
        var found = [Double](repeating: 0, count: kept.count)
        for place in kept.indices.reversed() {
            var right = -basis[place].dot(g)
            for later in (place + 1)..<max(place + 1, kept.count) {
                right -= coordinates[later][place] * found[later]
            }
            found[place] = right / coordinates[place][place]
        }
        multipliers = Array(repeating: 0, count: m)
        for (place, i) in kept.enumerated() { multipliers[i] = found[place] }
        // What the equations leave free.
        var null: [[Double]] = []
        for axis in 0..<n where null.count < n - basis.count {
            var rest = (0..<n).map { $0 == axis ? 1.0 : 0.0 }
            for _ in 0..<2 {
                for q in basis + null {
                    let share = rest.dot(q)
                    for k in 0..<n { rest[k] -= share * q[k] }
                }
            }
            let length = rest.dot(rest).squareRoot()
            if length > 1e-6 { null.append(rest.map { $0 / length }) }
        }
        isConvex = true
        if !null.isEmpty {
            let all = hessian(multipliers)
            let width = gradient.count
            let h = free.map { i in free.map { j in all[i * width + j] } }
            let hp = h.map { $0.dot(p) }
            let reduced = null.map { z in null.map { w in z.dot(h.map { $0.dot(w) }) } }
            let right = null.map { z in -(z.dot(g) + z.dot(hp)) }
            let solved = Self.descend(reduced, right)
            isConvex = solved.isConvex
            for (share, z) in zip(solved.step, null) { for k in 0..<n { p[k] += share * z[k] } }
        }
        step = Array(repeating: 0, count: gradient.count)
        for (k, i) in free.enumerated() { step[i] = p[k] }
    }

    /// The solution of B t = r, with a multiple of the identity added to B until it is positive definite.
    private static func descend(_ matrix: [[Double]], _ right: [Double]) -> (step: [Double], isConvex: Bool) {
        let n = right.count
        let size = matrix.indices.map { matrix[$0].map(\.magnitude).max() ?? 0 }.max() ?? 0
        var shift = 0.0
        for attempt in 0..<60 {
            if let t = cholesky(matrix, shift, right) { return (t, attempt == 0) }
            shift = shift == 0 ? max(1e-12, 1e-3 * size) : shift * 4
        }
        return (Array(repeating: 0, count: n), false)
    }

    private static func cholesky(_ matrix: [[Double]], _ shift: Double, _ right: [Double]) -> [Double]? {
        let n = right.count
        var lower = [[Double]](repeating: Array(repeating: 0, count: n), count: n)
        for i in 0..<n {
            for j in 0...i {
                var sum = matrix[i][j] + (i == j ? shift : 0)
                for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
                if i == j {
                    guard sum > 1e-14 * matrix[i][i].magnitude, sum > 0 else { return nil }
                    lower[i][i] = sum.squareRoot()
                } else {
                    lower[i][j] = sum / lower[j][j]
                }
            }
        }
        var x = right
        for i in 0..<n {
            for k in 0..<i { x[i] -= lower[i][k] * x[k] }
            x[i] /= lower[i][i]
        }
        for i in (0..<n).reversed() {
            for k in (i + 1)..<max(n, i + 1) { x[i] -= lower[k][i] * x[k] }
            x[i] /= lower[i][i]
        }
        return x.allSatisfy(\.isFinite) ? x : nil
    }
}
