// How far the fit to some runs is expected to be from the fit to all of them.

import Fitting
import Formulas

/// The expected distance of a fit to some of the candidates from the fit to all of them, at what is wanted.
///
/// Runs are believed to give z = f(θ) + δ + noise, as in ``RunBelief``, but the fit that is made of them does not know of δ:
/// it weighs every run alike, so that many runs in one corner pull it towards what the law leaves out there. With features x
/// of a place (∂z/∂ε under ``RunPrior``), V = (I + Σ x xᵀ/σ²)⁻¹ over the runs of a fit S, and t the features of what is wanted,
/// the fit says t̂ = wᵀ Σ x z/σ² with w = V t, and
///
///     E (t̂_S − t̂_all)² = tᵀw_S − tᵀw_all + |Σ_S (x·w_S) δ − Σ_all (x·w_all) δ|²/σ⁴    (expected over δ)
///
/// The first two terms are the variance that S leaves beyond that of all; the third, with K the covariance of δ, is
/// w_SᵀG w_S − 2 w_SᵀC w_all + w_allᵀ G_all w_all, G = Σ_S Σ_S x xᵀ K and C = Σ_S Σ_all x xᵀ K. A run changes V, G and C by
/// terms of rank one and two, so that asking what a run would do takes p² operations.
package struct RunReach {
    package let count: Int
    /// tᵀw of all runs and candidates, summed over what is wanted: the variance that no choice gets below.
    package let whole: Double

    private let p: Int
    private let noise: Double
    private let isHedged: Bool
    /// Row by row: features of candidates, the covariances of their δ.
    private let features: [Double]
    private let covariance: [Double]
    private let wanted: [[Double]]
    /// By what is wanted: w_allᵀ G_all w_all, and K of each candidate with all, weighed by x·w_all.
    private let curves: [Double]
    private let pulls: [[Double]]

    // Of the runs so far: V, G, by wanted C w_all and w, by candidate Σ x K.
    private var spread: [Double]
    private var own: [Double]
    private var joint: [[Double]]
    private var weights: [[Double]]
    private var sums: [Double]

    /// - Parameters:
    ///   - repeats: how many runs each place stands for; one unless given.
    ///   - noise: the variance of one run.
    init(
        runs: [RunPlace], repeats given: [Double]? = nil, candidates: [RunPlace], wanted: [RunFunctional],
        noise: Double, hedge: RunHedge
    ) {
        let p = wanted.first?.features.count ?? 0
        let m = candidates.count
        let n = runs.count
        let all = runs + candidates
        let repeats = (given ?? runs.map { _ in 1 }) + candidates.map { _ in 1 }
        self.p = p
        self.noise = noise
        count = m
        isHedged = hedge.sd > 0
        features = candidates.flatMap(\.features)
        self.wanted = wanted.map(\.features)
        var spread = (0..<(p * p)).map { $0 % (p + 1) == 0 ? 1.0 : 0 }
        for (run, times) in zip(runs, repeats) { Self.add(run.features[...], to: &spread, noise / times) }
        self.spread = spread
        weights = wanted.map { Self.times(spread, $0.features, p) }
        for candidate in candidates { Self.add(candidate.features[...], to: &spread, noise) }
        let whole = wanted.map { Self.times(spread, $0.features, p) }
        self.whole = zip(wanted, whole).reduce(0) { $0 + $1.0.features.dot($1.1) }
        own = [Double](repeating: 0, count: p * p)
        joint = wanted.map { _ in [Double](repeating: 0, count: p) }
        sums = [Double](repeating: 0, count: m * p)
        var covariance = [Double](repeating: 0, count: isHedged ? m * m : 0)
        var pulls = wanted.map { _ in [Double](repeating: 0, count: m) }
        var curves = wanted.map { _ in 0.0 }
        if isHedged {
            let levers = whole.map { w in zip(all, repeats).map { $1 * $0.features.dot(w) } }
            var row = [Double](repeating: 0, count: n + m)
            for (i, place) in all.enumerated() {
                for j in 0..<(n + m) { row[j] = hedge.covariance(place, all[j]) }
                var near = [Double](repeating: 0, count: p)
                for j in 0..<n where row[j] != 0 {
                    for d in 0..<p { near[d] += repeats[j] * row[j] * all[j].features[d] }
                }
                for q in wanted.indices {
                    let pull = row.dot(levers[q])
                    curves[q] += levers[q][i] * pull
                    if i < n {
                        for d in 0..<p { joint[q][d] += repeats[i] * place.features[d] * pull }
                    } else {
                        pulls[q][i - n] = pull
                    }
                }
                if i < n {
                    for d in 0..<p { for e in 0..<p { own[d * p + e] += repeats[i] * place.features[d] * near[e] } }
                } else {
                    for d in 0..<p { sums[(i - n) * p + d] = near[d] }
                    for j in 0..<m { covariance[(i - n) * m + j] = row[n + j] }
                }
            }
        }
        (self.covariance, self.pulls, self.curves) = (covariance, pulls, curves)
    }

    /// ``whole`` and the expected square of the distance, summed over what is wanted.
    package var total: Double {
        var sum = 0.0
        for q in wanted.indices {
            sum += wanted[q].dot(weights[q])
            guard isHedged else { continue }
            let w = weights[q]
            let bent = w.dot(Self.times(own, w, p)) - 2 * joint[q].dot(w) + curves[q]
            sum += max(0, bent) / (noise * noise)
        }
        return sum
    }

    /// ``total`` once a candidate is run.
    package func total(with candidate: Int) -> Double {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * p) { scratch in
            let x = features[(candidate * p)..<(candidate * p + p)]
            let first = candidate * p
            var scale = noise
            for i in 0..<p {
                var sum = 0.0
                for j in 0..<p { sum += spread[i * p + j] * x[first + j] }
                scratch[i] = sum
                scale += sum * x[first + i]
            }
            var total = 0.0
            for q in wanted.indices {
                var pull = 0.0
                for i in 0..<p { pull += x[first + i] * weights[q][i] }
                for i in 0..<p {
                    let w = weights[q][i] - scratch[i] * pull / scale
                    scratch[p + i] = w
                    total += w * wanted[q][i]
                }
                guard isHedged else { continue }
                // w·x, w·Σ x K, w·G w and w·C w_all
                var (a, b, g, c) = (0.0, 0.0, 0.0, 0.0)
                for i in 0..<p {
                    let w = scratch[p + i]
                    a += w * x[first + i]
                    b += w * sums[first + i]
                    c += w * joint[q][i]
                    var sum = 0.0
                    for j in 0..<p { sum += own[i * p + j] * scratch[p + j] }
                    g += w * sum
                }
                g += 2 * a * b + a * a * covariance[candidate * count + candidate]
                c += a * pulls[q][candidate]
                total += max(0, g - 2 * c + curves[q]) / (noise * noise)
            }
            return total
        }
    }

    /// Runs a candidate.
    package mutating func run(_ candidate: Int) {
        let x = features[(candidate * p)..<(candidate * p + p)]
        let first = candidate * p
        Self.add(x, to: &spread, noise)
        for q in wanted.indices { weights[q] = Self.times(spread, wanted[q], p) }
        guard isHedged else { return }
        let variance = covariance[candidate * count + candidate]
        for i in 0..<p {
            for j in 0..<p {
                own[i * p + j] +=
                    x[first + i] * sums[first + j] + sums[first + i] * x[first + j]
                    + variance * x[first + i] * x[first + j]
            }
        }
        for q in wanted.indices { for i in 0..<p { joint[q][i] += x[first + i] * pulls[q][candidate] } }
        for other in 0..<count {
            let shared = covariance[candidate * count + other]
            if shared == 0 { continue }
            for i in 0..<p { sums[other * p + i] += shared * x[first + i] }
        }
    }

    // V of one run more.
    private static func add(_ x: ArraySlice<Double>, to spread: inout [Double], _ noise: Double) {
        let (p, first) = (x.count, x.startIndex)
        var image = [Double](repeating: 0, count: p)
        var scale = noise
        for i in 0..<p {
            for j in 0..<p { image[i] += spread[i * p + j] * x[first + j] }
            scale += image[i] * x[first + i]
        }
        for i in 0..<p { for j in 0..<p { spread[i * p + j] -= image[i] * image[j] / scale } }
    }

    private static func times(_ a: [Double], _ x: [Double], _ p: Int) -> [Double] {
        (0..<p).map { i in
            var sum = 0.0
            for j in 0..<p { sum += a[i * p + j] * x[j] }
            return sum
        }
    }
}
