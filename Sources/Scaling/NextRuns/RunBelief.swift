// What is believed of runs that were not made, and how each of them would change it.

import Fitting
import Formulas

/// The joint normal distribution of candidates' responses and of what is wanted, given the runs at hand.
///
/// Responses are linear in the parameters, ε ~ N(0, I) by ``RunPrior``, plus ``RunHedge``, plus noise of one run. None of
/// the covariances depends on what a run gives, so that runs which are still under way count as made.
package struct RunBelief {
    /// Of candidates, row by row, without the noise of a run; empty where only one is to be chosen.
    private var covariance: [Double]
    /// Its diagonal.
    private(set) var spreads: [Double]
    /// Of each wanted number with each candidate.
    private(set) var cross: [[Double]]
    /// Of each wanted number.
    private(set) var variances: [Double]
    private(set) var count: Int
    /// The variance of one run about its expectation.
    let noise: Double

    /// - Parameters:
    ///   - repeats: how many runs each place stands for.
    ///   - forOne: whether only one candidate is to be chosen, which takes much less time.
    init(
        runs: [RunPlace], repeats: [Double], candidates: [RunPlace], wanted: [RunFunctional], noise: Double,
        hedge: RunHedge, forOne: Bool = false
    ) {
        self.noise = noise
        count = candidates.count
        let m = candidates.count
        func between(_ a: RunPlace, _ b: RunPlace) -> Double {
            a.features.dot(b.features) + hedge.covariance(a, b)
        }
        func between(_ a: RunFunctional, _ b: RunPlace) -> Double {
            a.parts.reduce(a.features.dot(b.features)) { $0 + $1.weight * hedge.covariance($1.place, b) }
        }
        var covariance = [Double](repeating: 0, count: forOne ? 0 : m * m)
        var spreads = candidates.map { between($0, $0) }
        for i in 0..<(forOne ? 0 : m) {
            for j in 0...i {
                let value = between(candidates[i], candidates[j])
                covariance[i * m + j] = value
                covariance[j * m + i] = value
            }
        }
        var cross = wanted.map { target in candidates.map { between(target, $0) } }
        var variances = wanted.map { target in
            target.parts.reduce(target.features.dot(target.features)) { sum, one in
                target.parts.reduce(sum) {
                    $0 + one.weight * $1.weight * hedge.covariance(one.place, $1.place)
                }
            }
        }
        // With L Lᵀ the covariance of the runs, L⁻¹ of everything's covariance with them: what they tell, one row each.
        let n = runs.count
        let all = m + wanted.count
        var known = SymmetricMatrix(count: n)
        for i in 0..<n {
            for j in 0...i { known[i, j] = between(runs[i], runs[j]) + (i == j ? noise / repeats[i] : 0) }
        }
        var solved = runs.flatMap { run in
            candidates.map { between($0, run) } + wanted.map { between($0, run) }
        }
        CholeskyFactor(known) { 1e-3 * noise / repeats[$0] }.halve(&solved, columns: all)
        solved.withUnsafeBufferPointer { solved in
            for i in 0..<n {
                for a in 0..<m { spreads[a] -= solved[i * all + a] * solved[i * all + a] }
                covariance.withUnsafeMutableBufferPointer { covariance in
                    for a in 0..<(forOne ? 0 : m) {
                        let x = solved[i * all + a]
                        for b in 0..<m { covariance[a * m + b] -= x * solved[i * all + b] }
                    }
                }
                for q in wanted.indices {
                    let x = solved[i * all + m + q]
                    for b in 0..<m { cross[q][b] -= x * solved[i * all + b] }
                    variances[q] -= x * x
                }
            }
        }
        (self.covariance, self.spreads, self.cross, self.variances) = (covariance, spreads, cross, variances)
    }

    /// The sum of the variances of what is wanted.
    package var total: Double { variances.reduce(0) { $0 + max(0, $1) } }

    /// By how much `total` falls when this candidate is run.
    package func gain(_ candidate: Int) -> Double {
        let variance = max(0, spreads[candidate]) + noise
        return cross.reduce(0) { $0 + $1[candidate] * $1[candidate] } / variance
    }

    /// ½ ln of what a run divides the volume of the doubt about all candidates by.
    package func information(_ candidate: Int) -> Double {
        0.5 * Elementary.ln(1 + max(0, spreads[candidate]) / noise)
    }

    /// Runs a candidate: a rank-one update of everything.
    ///
    /// - Precondition: the belief was not made for one choice.
    package mutating func run(_ candidate: Int) {
        precondition(covariance.count == count * count, "made for one choice")
        let m = count
        let row = (0..<m).map { covariance[candidate * m + $0] }
        let scale = 1 / (max(0, row[candidate]) + noise)
        covariance.withUnsafeMutableBufferPointer { covariance in
            for a in 0..<m {
                let x = row[a] * scale
                if x == 0 { continue }
                for b in 0..<m { covariance[a * m + b] -= x * row[b] }
            }
        }
        for b in 0..<m { spreads[b] -= scale * row[b] * row[b] }
        for q in cross.indices {
            let x = cross[q][candidate]
            variances[q] -= x * x * scale
            for b in 0..<m { cross[q][b] -= x * scale * row[b] }
        }
    }

    /// The same belief about some of the candidates alone.
    ///
    /// - Precondition: the belief was not made for one choice.
    func selecting(_ candidates: [Int]) -> RunBelief {
        precondition(covariance.count == count * count, "made for one choice")
        var result = self
        result.count = candidates.count
        result.covariance = candidates.flatMap { row in candidates.map { covariance[row * count + $0] } }
        result.spreads = candidates.map { spreads[$0] }
        result.cross = cross.map { own in candidates.map { own[$0] } }
        return result
    }

    /// `total` once the first so many candidates have all been run: v − cᵀ (K + noise)⁻¹ c, by one factorisation.
    ///
    /// - Precondition: the belief was not made for one choice.
    func total(withAll most: Int) -> Double {
        precondition(covariance.count == count * count, "made for one choice")
        let (m, n) = (count, most)
        var known = SymmetricMatrix(count: n)
        for i in 0..<n { for j in 0...i { known[i, j] = covariance[i * m + j] + (i == j ? noise : 0) } }
        var solved = (0..<n).flatMap { i in cross.map { $0[i] } }
        CholeskyFactor(known) { _ in 1e-3 * noise }.halve(&solved, columns: cross.count)
        var left = variances
        for (place, value) in solved.enumerated() { left[place % cross.count] -= value * value }
        return left.reduce(0) { $0 + max(0, $1) }
    }
}
