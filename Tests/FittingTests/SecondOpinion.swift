// Dumb and slow implementations that the fast ones are compared with.

import Fitting
import Formulas
import Foundation

enum SecondOpinion {
    /// ρ(r) as the documentation writes it.
    static func loss(_ loss: Loss, _ r: Double) -> Double {
        switch loss {
        case .squared: r * r
        case .huber(let delta): abs(r) <= delta ? r * r / 2 : delta * (abs(r) - delta / 2)
        case .absolute: abs(r)
        case .quantile(let q): r >= 0 ? q * r : (q - 1) * r
        }
    }

    /// g(y) as the documentation writes it.
    static func scaled(_ residual: Residual, _ y: Double) -> Double {
        switch residual {
        case .raw: y
        case .log: log(y)
        case .logit: log(y / (1 - y))
        }
    }

    /// Σ w ρ(g(y) − g(f)), one row after the other.
    static func objective(
        _ loss: Loss, _ residual: Residual, _ observed: [Double], _ predicted: [Double], _ weights: [Double]? = nil
    ) -> Double {
        var total = 0.0
        for row in observed.indices {
            let r = scaled(residual, observed[row]) - scaled(residual, predicted[row])
            total += (weights?[row] ?? 1) * self.loss(loss, r)
        }
        return total
    }

    /// The derivative of `function` at `x`, by differences over ever smaller steps extrapolated to none (Richardson).
    static func derivative(at x: Double, step: Double, of function: (Double) -> Double) -> Double {
        var rows: [[Double]] = []
        var best = (value: Double.nan, error: Double.infinity)
        var step = step
        for level in 0..<8 {
            var row = [(function(x + step) - function(x - step)) / (2 * step)]
            for (k, before) in (rows.last ?? []).enumerated() {
                let factor = pow(4, Double(k + 1))
                let value = (factor * row[k] - before) / (factor - 1)
                let error = max(abs(value - row[k]), abs(value - before))
                if error < best.error { best = (value, error) }
                row.append(value)
            }
            if level > 2, best.error == 0 { break }
            rows.append(row)
            step /= 2
        }
        return best.value
    }

    /// The least value that Nelder and Mead's simplex finds from `start`, begun anew at its end a few times.
    static func simplexMinimum(
        from start: [Double], restarts: Int = 12, _ function: ([Double]) -> Double
    ) -> (point: [Double], value: Double) {
        func value(_ x: [Double]) -> Double {
            let value = function(x)
            return value.isNaN ? .infinity : value
        }
        var best = (point: start, value: value(start))
        for restart in 0..<restarts {
            let size = pow(0.4, Double(restart % 6)) * 0.3
            var corners = [best]
            for k in start.indices {
                var point = best.point
                point[k] += size * max(abs(point[k]), 0.01)
                corners.append((point, value(point)))
            }
            for _ in 0..<2_000 {
                corners.sort { $0.value < $1.value }
                guard let low = corners.first, let high = corners.last,
                    high.value - low.value > 1e-15 * abs(low.value)
                else { break }
                let center = start.indices.map { k in
                    corners.dropLast().reduce(0.0) { $0 + $1.point[k] } / Double(start.count)
                }
                func along(_ t: Double) -> (point: [Double], value: Double) {
                    let point = start.indices.map { center[$0] + t * (high.point[$0] - center[$0]) }
                    return (point, value(point))
                }
                let reflected = along(-1)
                if reflected.value < low.value {
                    let far = along(-2)
                    corners[corners.count - 1] = far.value < reflected.value ? far : reflected
                } else if reflected.value < corners[corners.count - 2].value {
                    corners[corners.count - 1] = reflected
                } else {
                    let inside = along(reflected.value < high.value ? -0.5 : 0.5)
                    if inside.value < min(high.value, reflected.value) {
                        corners[corners.count - 1] = inside
                    } else {
                        for k in 1..<corners.count {
                            let point = start.indices.map { (low.point[$0] + corners[k].point[$0]) / 2 }
                            corners[k] = (point, value(point))
                        }
                    }
                }
            }
            if let low = corners.min(by: { $0.value < $1.value }), low.value < best.value { best = low }
        }
        return best
    }

    /// The inverse of a square matrix given row by row, by Gauss and Jordan with pivots.
    static func inverse(_ matrix: [[Double]]) -> [[Double]] {
        let n = matrix.count
        var rows = matrix.enumerated().map { k, row in row + (0..<n).map { $0 == k ? 1.0 : 0.0 } }
        for column in 0..<n {
            let pivot = (column..<n).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
            rows.swapAt(column, pivot)
            let diagonal = rows[column][column]
            rows[column] = rows[column].map { $0 / diagonal }
            for row in 0..<n where row != column {
                let factor = rows[row][column]
                for k in 0..<(2 * n) { rows[row][k] -= factor * rows[column][k] }
            }
        }
        return rows.map { Array($0[n...]) }
    }

    /// B Bᵀ + shift for a random B.
    static func positiveMatrix(_ n: Int, seed: UInt64, shift: Double = 0.1) -> SymmetricMatrix {
        var random = RandomSource(seed: seed)
        let factor = (0..<(n * n)).map { _ in 2 * random.uniform() - 1 }
        var matrix = SymmetricMatrix(count: n)
        for i in 0..<n {
            for j in 0..<n { matrix[i, j] = (0..<n).reduce(0.0) { $0 + factor[i * n + $1] * factor[j * n + $1] } }
            matrix[i, i] += shift
        }
        return matrix
    }

    static func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
        a == b || abs(a - b) <= tolerance * max(abs(a), abs(b))
    }

    static func wave(_ x: Double) -> Double { sin(x) }

    /// About normal, from twelve uniform numbers.
    static func normal(_ random: inout RandomSource) -> Double {
        (0..<12).reduce(-6.0) { sum, _ in sum + random.uniform() }
    }
}
