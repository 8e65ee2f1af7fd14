// A smooth curve through points that bends no more than they do.
//
// Source: Fritsch & Carlson 1980, SIAM J. Numer. Anal. 17, 238–246: cubics with slopes that keep rising data rising.

import Formulas

/// A cubic between every two points, without bumps that the points do not have.
struct Monotone {
    private let x: [Double]
    private let y: [Double]
    private let slopes: [Double]

    /// Points in any order; of those at one x the first counts.
    init(_ points: [(x: Double, y: Double)]) {
        var (x, y): ([Double], [Double]) = ([], [])
        for point in points.sorted(by: { $0.x < $1.x }) where x.last.map({ point.x > $0 }) ?? true {
            x.append(point.x)
            y.append(point.y)
        }
        let chords = zip(zip(x, x.dropFirst()), zip(y, y.dropFirst())).map { ($1.1 - $1.0) / ($0.1 - $0.0) }
        slopes = x.indices.map { k in
            guard let first = chords.first, let last = chords.last else { return 0 }
            if k == 0 { return first }
            if k == x.count - 1 { return last }
            let (a, b) = (chords[k - 1], chords[k])
            // A harmonic mean, weighted by the neighbours' widths; level where the data turn.
            if a * b <= 0 { return 0 }
            let (left, right) = (x[k] - x[k - 1], x[k + 1] - x[k])
            return 3 * (left + right) / ((2 * right + left) / a + (right + 2 * left) / b)
        }
        (self.x, self.y) = (x, y)
    }

    /// The value at a place; beyond the ends along the last slope.
    func value(_ at: Double) -> Double {
        guard let first = x.first, let last = x.last else { return .nan }
        if x.count == 1 { return y[0] }
        if at <= first { return y[0] + slopes[0] * (at - first) }
        if at >= last { return y[x.count - 1] + slopes[x.count - 1] * (at - last) }
        let k = (x.firstIndex { $0 > at } ?? x.count - 1) - 1
        let (width, t) = (x[k + 1] - x[k], (at - x[k]) / (x[k + 1] - x[k]))
        let (s, u) = (t * t * (3 - 2 * t), t * (1 - t))
        return y[k] + (y[k + 1] - y[k]) * s + width * u * (slopes[k] * (1 - t) - slopes[k + 1] * t)
    }
}
