// How wrong the law may be, as far as its residuals tell.

import Fitting
import Formulas

extension RunHedge {
    /// What runs are chosen by: the doubt that was asked for, with the noise as it is, else what residuals say of both.
    static func taken(
        _ given: RunHedge?, _ runs: [RunPlace], residuals: @autoclosure () -> [Double], _ noise: RunNoise
    )
        -> (hedge: RunHedge, noise: Double)
    {
        if let given { return (given, noise.value) }
        return learned(runs, residuals: residuals(), noise: noise.value, isKnown: noise.isKnown)
    }

    /// The doubt about the law that residuals leave.
    ///
    /// Beforehand the law is right with probability ½; else δ has a standard deviation of 0.2, 0.5, 1 or 2 %, with odds as
    /// 1/sd, and is correlated over a factor of three, ten or a hundred, with even odds. Each of these gives residuals r the
    /// density of N(0, X Xᵀ + K + σ²I), with X the features of the runs under ``RunPrior`` and K the covariance of δ; σ is the
    /// noise, three quarters or 0.55 of it, with even odds, since the scatter about a wrong law is taken for noise. What
    /// comes back is the mean over the posterior: of the covariances, which is a covariance again, and of σ². Few residuals
    /// leave what was believed beforehand, 0.47 %.
    ///
    /// Residuals beyond three times the noise count as three times: outliers say nothing of a smooth δ. Of more than eighty
    /// runs every second, third, … is taken.
    ///
    /// - Parameters:
    ///   - noise: of a run, on the scale of the residual.
    ///   - isKnown: whether the noise is known beside the residuals, from repeated runs or by assumption.
    /// - Returns: the doubt, and the noise beside it.
    static func learned(_ runs: [RunPlace], residuals: [Double], noise: Double, isKnown: Bool = false) -> (
        hedge: RunHedge, noise: Double
    ) {
        let step = max(1, (runs.count + most - 1) / most)
        let kept = Array(stride(from: 0, to: min(runs.count, residuals.count), by: step))
        let evidence = RunDensity(
            kept.map { runs[$0] }, residuals: kept.map { max(-3 * noise, min(3 * noise, residuals[$0])) },
            lengths: lengths)
        let inverse = sds.reduce(0) { $0 + 1 / $1 }
        var terms: [(part: Part?, noise: Double, logarithm: Double)] = []
        for share in isKnown ? [1] : noiseShares {
            let sd = share * noise
            terms.append((nil, sd, evidence.logarithm(nil, noise: sd) + Elementary.ln(isRight)))
            for part in sds.flatMap({ sd in lengths.map { Part(sd: sd, length: $0) } }) {
                let odds = (1 - isRight) / part.sd / inverse / Double(lengths.count)
                terms.append((part, sd, evidence.logarithm(part, noise: sd) + Elementary.ln(odds)))
            }
        }
        let top = terms.map(\.logarithm).max() ?? 0
        let weights = terms.map { Elementary.exp($0.logarithm - top) }
        let sum = weights.reduce(0, +)
        // Noise that is nothing at all leaves no density.
        guard sum.isFinite, sum > 0 else { return (RunHedge.none, noise) }
        var variances = lengths.map { _ in 0.0 }
        var square = 0.0
        for (term, weight) in zip(terms, weights) {
            square += weight / sum * term.noise * term.noise
            guard let part = term.part, let place = lengths.firstIndex(of: part.length) else { continue }
            variances[place] += weight / sum * part.sd * part.sd
        }
        let parts = zip(variances, lengths).map { Part(sd: $0.squareRoot(), length: $1) }
        return (RunHedge(parts), square.squareRoot())
    }

    private static let sds = [0.002, 0.005, 0.01, 0.02]
    private static let lengths = [1.15, 2.3, 4.6]
    private static let isRight = 0.5
    private static let noiseShares = [1, 0.75, 0.55]
    private static let most = 80
}

/// The density of residuals under a law that is linear in its parameters, by what its discrepancy may be.
private struct RunDensity {
    private let residuals: [Double]
    // Lower triangles, row by row: X Xᵀ, and for each length what δ of variance 1 gives.
    private let linear: [Double]
    private let alike: [Double: [Double]]

    init(_ runs: [RunPlace], residuals: [Double], lengths: [Double]) {
        self.residuals = residuals
        let n = runs.count
        var linear = [Double](repeating: 0, count: n * n)
        var alike = Dictionary(uniqueKeysWithValues: lengths.map { ($0, linear) })
        let units = lengths.map { (length: $0, hedge: RunHedge(sd: 1, length: $0)) }
        for i in 0..<n {
            for j in 0...i {
                linear[i * n + j] = runs[i].features.dot(runs[j].features)
                for unit in units {
                    alike[unit.length]?[i * n + j] = unit.hedge.covariance(runs[i], runs[j])
                }
            }
        }
        (self.linear, self.alike) = (linear, alike)
    }

    /// Up to a constant; by the Cholesky factor.
    func logarithm(_ part: RunHedge.Part?, noise: Double) -> Double {
        let n = residuals.count
        let near = part.flatMap { alike[$0.length] }
        let variance = part.map { $0.sd * $0.sd } ?? 0
        var covariance = SymmetricMatrix(count: n)
        for i in 0..<n {
            for j in 0...i {
                covariance[i, j] = linear[i * n + j] + (i == j ? noise * noise : 0)
                if let near { covariance[i, j] += variance * near[i * n + j] }
            }
        }
        let factor = CholeskyFactor(covariance) { _ in 1e-3 * noise * noise }
        var solved = residuals
        factor.halve(&solved, columns: 1)
        return -factor.logarithmOfRoot - 0.5 * solved.dot(solved)
    }
}
