// A second opinion on broken power laws: least squares of logarithms from forty random starts, written as plainly as
// can be. It is slow and only as good as its starts.

import Fitting
import Formulas

/// Levenberg–Marquardt with difference quotients on ln y = ln(a + b x^(-c0) Π breaks), in (a, ln b, c0, then for each
/// break c, ln d, ln f), within the bounds of the law files: a ≥ 0, |c| ≤ 20, f from 0.02 to 5.
struct BrokenLawByHand {
    let breaks: Int
    let x: [Double]
    let y: [Double]

    init(breaks: Int, x: [Double], y: [Double]) {
        self.breaks = breaks
        self.x = x.map(Elementary.ln)
        self.y = y.map(Elementary.ln)
    }

    /// The least sum of squares over all starts.
    func bestObjective(starts: Int = 40, iterations: Int = 60) -> Double {
        var random = RandomSource(seed: 1)
        func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * random.uniform() }
        var best = Double.infinity
        let (first, last) = (x.min() ?? 0, x.max() ?? 0)
        for _ in 0..<starts {
            let c0 = between(0, 0.5)
            var start = [between(0, Elementary.exp(y.min() ?? 0)), (y.max() ?? 0) + c0 * first, c0]
            for _ in 0..<breaks { start += [between(-0.5, 1), between(first, last), between(-3, 0)] }
            best = min(best, descended(from: start, iterations))
        }
        return best
    }

    private func residuals(_ p: [Double]) -> [Double] {
        zip(x, y).map { x, y in
            var exponent = p[1] - p[2] * x
            for k in 0..<breaks {
                let (c, d, f) = (p[3 + 3 * k], p[4 + 3 * k], Elementary.exp(p[5 + 3 * k]))
                let u = (x - d) / f
                exponent -= c * f * (u > 30 ? u : Elementary.log1p(Elementary.exp(u)))
            }
            return y - Elementary.ln(p[0] + Elementary.exp(exponent))
        }
    }

    private func cost(_ residuals: [Double]) -> Double {
        let sum = residuals.reduce(0) { $0 + $1 * $1 }
        return sum.isFinite ? sum : .infinity
    }

    private func descended(from start: [Double], _ iterations: Int) -> Double {
        var (p, damping) = (start, 1e-2)
        var r = residuals(p)
        var value = cost(r)
        for _ in 0..<iterations {
            let jacobian = p.indices.map { k -> [Double] in
                var moved = p
                let step = 1e-6 * max(1e-3, p[k].magnitude)
                moved[k] += step
                return zip(residuals(moved), r).map { ($0 - $1) / step }
            }
            let gradient = jacobian.map { column in zip(column, r).reduce(0) { $0 + $1.0 * $1.1 } }
            let information = jacobian.map { a in jacobian.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } } }
            var improved = false
            for _ in 0..<8 where !improved {
                var system = information
                for k in p.indices { system[k][k] *= 1 + damping }
                guard let step = Self.solution(of: system, gradient) else {
                    damping *= 10
                    continue
                }
                var trial = zip(p, step).map { $0 - $1 }
                trial[0] = max(0, trial[0])
                for k in stride(from: 3, to: trial.count, by: 3) {
                    trial[k] = min(max(-20, trial[k]), 20)
                    trial[k + 2] = min(max(Elementary.ln(0.02), trial[k + 2]), Elementary.ln(5))
                }
                let trialResiduals = residuals(trial)
                if cost(trialResiduals) < value {
                    improved = value - cost(trialResiduals) > 1e-9 * value
                    (p, r, value) = (trial, trialResiduals, cost(trialResiduals))
                    damping = max(1e-10, damping / 5)
                    if !improved { return value }
                } else {
                    damping *= 5
                }
            }
            if !improved { break }
        }
        return value
    }

    // Gaussian elimination with pivots.
    private static func solution(of matrix: [[Double]], _ right: [Double]) -> [Double]? {
        var (a, b) = (matrix, right)
        for k in b.indices {
            guard let pivot = (k..<b.count).max(by: { a[$0][k].magnitude < a[$1][k].magnitude }),
                a[pivot][k].magnitude > 0, a[pivot][k].isFinite
            else { return nil }
            a.swapAt(k, pivot)
            b.swapAt(k, pivot)
            for row in (k + 1)..<max(k + 1, b.count) {
                let factor = a[row][k] / a[k][k]
                for column in k..<b.count { a[row][column] -= factor * a[k][column] }
                b[row] -= factor * b[k]
            }
        }
        for k in b.indices.reversed() {
            for column in (k + 1)..<max(k + 1, b.count) { b[k] -= a[k][column] * b[column] }
            b[k] /= a[k][k]
        }
        return b.allSatisfy(\.isFinite) ? b : nil
    }
}
