// Distributions that a chain carries from step to step: two halves of a normal, and mixtures of them.

import Fitting
import Formulas

/// A number whose interval is known: normal on either side, with a spread of its own, on the scale of a residual.
struct Halves {
    let middle: Double
    let below: Double
    let above: Double
    let scale: Residual

    /// On the scale, where the standard normal is `normal`; restored.
    func drawn(_ normal: Double) -> Double {
        scale.restored(middle + normal * (normal < 0 ? below : above))
    }

    /// The share below a number of the scale.
    func share(below number: Double) -> Double {
        let spread = number < middle ? below : above
        if spread == 0 { return number < middle ? 0 : 1 }
        return Self.normal.probability(below: (number - middle) / spread)
    }

    static let normal = StudentT(degreesOfFreedom: .infinity)
}

/// Halves of equal weight.
struct HalvesMixture {
    private let parts: [Halves]

    init(_ parts: [Halves]) { self.parts = parts }

    /// By bisection, on the scale; NaN where a part has no number.
    func quantile(_ probability: Double) -> Double {
        guard parts.allSatisfy({ $0.middle.isFinite && $0.below.isFinite && $0.above.isFinite }) else { return .nan }
        var low = parts.map { $0.middle - 9 * $0.below }.min() ?? 0
        var high = parts.map { $0.middle + 9 * $0.above }.max() ?? 0
        for _ in 0..<60 {
            let middle = low + (high - low) / 2
            if middle == low || middle == high { break }
            let share = parts.reduce(0) { $0 + $1.share(below: middle) } / Double(parts.count)
            if share < probability { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }
}

/// Standard normals at which the links' numbers are drawn: the same for every point, and no chance in them.
struct ChainNodes {
    /// One list a node: a normal for each link.
    let normals: [[Double]]

    var count: Int { normals.count }

    /// One link: the middles of 101 parts of equal probability. Several: 401 points of a Kronecker sequence, whose steps
    /// are powers of the root of x^(d+1) = x + 1 (Roberts 2018).
    init(dimensions: Int) {
        if dimensions < 2 {
            normals = (0..<101).map { place in
                let share = (Double(place) + 0.5) / 101
                return Array(repeating: Halves.normal.quantile(share), count: dimensions)
            }
            return
        }
        var root = 1.5
        for _ in 0..<60 { root = Elementary.power(1 + root, 1 / Double(dimensions + 1)) }
        normals = (0..<401).map { place in
            (1...dimensions).map { dimension in
                let share = 0.5 + Double(place) * Elementary.power(1 / root, Double(dimension))
                return Halves.normal.quantile(min(max(share - share.rounded(.down), 1e-6), 1 - 1e-6))
            }
        }
    }
}

extension Predictions {
    /// What the interval at a point says; a spread of NaN without one.
    func halves(at row: Int) -> Halves {
        let z = residual.transformed(values[row])
        let normal = Halves.normal.quantile(0.5 + level / 2)
        let (down, up) = (lower?[row] ?? .nan, upper?[row] ?? .nan)
        return Halves(
            middle: z, below: (z - residual.transformed(down)) / normal,
            above: (residual.transformed(up) - z) / normal, scale: residual)
    }
}
