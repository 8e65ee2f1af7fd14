// What hardly any run that was named tells apart: designs that are nearly collinear.

import Fitting
import Formulas

/// Parameters that still move together once the named runs are in, and stay vague by it.
///
/// A strong correlation alone says little: E, A and alpha of a few runs nearly always have one. What matters is whether it
/// leaves a parameter about as unknown as it was assumed to be before any run, see ``RunPrior``.
struct RunTies {
    struct Pair: Hashable {
        let first: String
        let second: String
        let correlation: Double
    }

    /// The strongest first.
    let pairs: [Pair]
    /// Of all of these parameters the one that stays vaguest: its place among the fitted ones, and the standard deviation of
    /// its deviate, which was 1 beforehand. Nil without pairs.
    let vaguest: (place: Int, spread: Double)?

    /// Below this a few more runs part two parameters; above it their standard errors are seven times as large as if one
    /// of them were known.
    static let strong = 0.99
    /// Of what was assumed of it before any run: an exponent to 0.075 or a quarter of its size, a term to a factor of 1.6.
    static let vague = 0.5

    /// - Parameters:
    ///   - precision: with runs, those under way, and those that were named.
    ///   - noise: the standard deviation of one run.
    ///
    /// Of deviates, see ``RunPrior``: a coefficient stands for its term in the middle of the runs, so that A and alpha of
    /// A/N^alpha are not called tied for being measured from N = 1.
    init(_ precision: RunPrecision, names: [String], noise: Double) {
        guard let covariance = precision.covariance else {
            (pairs, vaguest) = ([], nil)
            return
        }
        let correlations = covariance.unitDiagonal()
        let spreads = (0..<covariance.count).map { noise * max(0, covariance[$0, $0]).squareRoot() }
        var found: [Pair] = []
        var vaguest: (place: Int, spread: Double)?
        for i in 0..<correlations.count {
            for j in 0..<i where correlations[i, j].magnitude > Self.strong {
                let worse = spreads[i] > spreads[j] ? i : j
                guard spreads[worse] > Self.vague else { continue }
                if spreads[worse] > vaguest?.spread ?? 0 { vaguest = (worse, spreads[worse]) }
                found.append(
                    Pair(
                        first: names[precision.free[j]], second: names[precision.free[i]],
                        correlation: correlations[i, j]))
            }
        }
        pairs = found.sorted { $0.correlation.magnitude > $1.correlation.magnitude }
        self.vaguest = vaguest
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
