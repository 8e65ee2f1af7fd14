// What hardly any run that was named tells apart: designs that are nearly collinear.

import Fitting
import Formulas

/// Parameters that still move together once the named runs are in.
struct RunTies {
    struct Pair: Hashable {
        let first: String
        let second: String
        let correlation: Double
    }

    /// The strongest first, those above ``strong`` alone.
    let pairs: [Pair]

    /// Below this a few more runs part two parameters; above it their standard errors are seven times as large as if one
    /// of them were known.
    static let strong = 0.99

    /// - Parameter precision: with runs, those under way, and those that were named.
    ///
    /// Of deviates, see ``RunPrior``: a coefficient stands for its term in the middle of the runs, so that A and alpha of
    /// A/N^alpha are not called tied for being measured from N = 1.
    init(_ precision: RunPrecision, names: [String]) {
        guard let correlations = precision.correlations else {
            pairs = []
            return
        }
        var found: [Pair] = []
        for i in 0..<correlations.count {
            for j in 0..<i where correlations[i, j].magnitude > Self.strong {
                found.append(
                    Pair(
                        first: names[precision.free[j]], second: names[precision.free[i]],
                        correlation: correlations[i, j]))
            }
        }
        pairs = found.sorted { $0.correlation.magnitude > $1.correlation.magnitude }
    }

    /// The parameters of all pairs, in the order in which they were found.
    var parameters: [String] {
        pairs.flatMap { [$0.first, $0.second] }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

/// Runs that lie nearly on one ray, with the same ones off it.
struct RunRay {
    /// `D/N`, and its range over all runs.
    let direction: WeakDirection
    /// The named runs at a quarter and at four times the ratio, in turn, for the same cost; begun either way.
    let aside: [Points]

    /// A ratio that differs by less than this between all runs is nearly one.
    private static let narrow = 3.0
    private static let step = 2.0

    /// - Parameters:
    ///   - runs: those at hand, under way, and named.
    ///   - named: those that were named, among them.
    ///   - cost: only for a product of two inputs is there another place of the same cost.
    /// - Returns: nil where the runs are not nearly on a ray.
    init?(_ runs: Points, named: Points, cost: RunCost, law: Law) {
        guard case .usual(let usual) = cost, usual.inputs.count == 2, named.count > 0 else { return nil }
        let (size, data) = (usual.inputs[0], usual.inputs[1])
        guard let sizes = runs.numbers[size], let values = runs.numbers[data] else { return nil }
        let ratios = zip(sizes, values).map { $1 / $0 }.filter { $0 > 0 && $0.isFinite }
        guard let low = ratios.min(), let high = ratios.max(), high < Self.narrow * low,
            let least = sizes.min(), let most = sizes.max(), most > Self.narrow * least
        else { return nil }
        direction = WeakDirection(
            factors: [.init(input: data, exponent: 1), .init(input: size, exponent: -1)], range: low...high)
        func moved(from first: Int) -> [Point] {
            (0..<named.count).map { place in
                var point = named[place]
                let factor = (place + first) % 2 == 0 ? Self.step : 1 / Self.step
                if let x = point.number(size), let y = point.number(data) {
                    point[size] = .number(x / factor)
                    point[data] = .number(y * factor)
                }
                return point
            }
        }
        guard let aside = try? [0, 1].map({ try Points(moved(from: $0), for: law) }) else { return nil }
        self.aside = aside
    }
}
