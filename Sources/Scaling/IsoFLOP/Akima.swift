// Akima's spline: a cubic between every two points, with slopes from the five points around, that does not swing.
//
// Source: Akima 1970, J. ACM 17, 589–602; slopes at the ends and in corners as SciPy's Akima1DInterpolator.

import Formulas

struct Akima {
    private let x: [Double]
    private let y: [Double]
    private let slopes: [Double]

    /// - Precondition: two points or more, x ascending.
    init(_ x: [Double], _ y: [Double]) {
        (self.x, self.y) = (x, y)
        let n = x.count
        // Slopes of the chords, with two more at either end, each as far from its neighbour as that from the next.
        var chords = [Double](repeating: 0, count: n + 3)
        for k in 0..<(n - 1) { chords[k + 2] = (y[k + 1] - y[k]) / (x[k + 1] - x[k]) }
        chords[1] = 2 * chords[2] - chords[3]
        chords[0] = 2 * chords[1] - chords[2]
        chords[n + 1] = 2 * chords[n] - chords[n - 1]
        chords[n + 2] = 2 * chords[n + 1] - chords[n]
        let changes = (0..<(n + 2)).map { (chords[$0 + 1] - chords[$0]).magnitude }
        let largest = (0..<n).map { changes[$0] + changes[$0 + 2] }.max() ?? 0
        slopes = (0..<n).map { k in
            let (before, after) = (changes[k], changes[k + 2])
            if before + after > 1e-9 * largest {
                return (after * chords[k + 1] + before * chords[k + 2]) / (before + after)
            }
            return 0.5 * (chords[k + 3] + chords[k])
        }
    }

    /// The value at a place between the ends.
    func value(_ at: Double) -> Double {
        let k = max(0, min(x.count - 2, (x.firstIndex { $0 > at } ?? x.count) - 1))
        let (c, d) = curve(k)
        let t = at - x[k]
        return y[k] + t * (slopes[k] + t * (c + t * d))
    }

    private func curve(_ k: Int) -> (Double, Double) {
        let width = x[k + 1] - x[k]
        let chord = (y[k + 1] - y[k]) / width
        let c = (3 * chord - 2 * slopes[k] - slopes[k + 1]) / width
        let d = (slopes[k] + slopes[k + 1] - 2 * chord) / (width * width)
        return (c, d)
    }

    /// The lowest place of the spline, exactly: every piece is a cubic.
    func lowest(from points: ValleyPoints) -> ValleyBottom {
        var best = (x: x[0], y: y[0])
        for k in x.indices where y[k] < best.y { best = (x[k], y[k]) }
        for k in 0..<(x.count - 1) {
            let (c, d) = curve(k)
            let square = c * c - 3 * d * slopes[k]
            guard square >= 0 else { continue }
            let root = square.squareRoot()
            let t = c > 0 ? -slopes[k] / (c + root) : (root - c) / (3 * d)
            guard t.isFinite, t > 0, t < x[k + 1] - x[k] else { continue }
            let value = y[k] + t * (slopes[k] + t * (c + t * d))
            if value < best.y { best = (x[k] + t, value) }
        }
        return ValleyBottom(x: best.x, loss: Elementary.exp(best.y))
    }
}
