// How the variance of a target falls as runs come in: by what runs say themselves, without a prior.

import Fitting
import Formulas

/// The variance of a target in a linear model, in units of the variance of one run: g (Σ ∇z ∇zᵀ + R)⁻¹ gᵀ.
///
/// With R = 0 this is what the covariance of a least-squares fit says, s² g (JᵀJ)⁻¹ gᵀ, by s². So the ratio of two of
/// these, before a run and with it, is what the run takes off the variance that the fit says, whatever its noise is. R is
/// the information of the priors that a fit was given, or of ``RunPrior``.
struct RunPrecision {
    private var information: SymmetricMatrix
    /// The deviates that were fitted; those of parameters on a bound are none.
    let free: [Int]
    private let wanted: [Double]

    /// Added to a unit diagonal: what no run moves stays unknown to a million standard deviations, rather than infinite.
    private static let damping = 1e-12

    /// - Parameters:
    ///   - repeats: how many runs each place stands for.
    ///   - ridge: what is added to the diagonal, in units of one run's precision.
    init(_ runs: [RunPlace], repeats: [Double]? = nil, wanted: RunFunctional, free: [Int], ridge: Double = 0) {
        self.free = free
        self.wanted = free.map { wanted.features[$0] }
        information = SymmetricMatrix(count: free.count)
        for k in free.indices { information[k, k] = ridge }
        for (place, run) in runs.enumerated() { add(run.features, times: repeats?[place] ?? 1) }
    }

    mutating func add(_ run: RunPlace) { add(run.features, times: 1) }

    /// Adds what something tells that moves so with all deviates.
    mutating func add(_ features: [Double], times weight: Double) {
        for (i, first) in free.enumerated() where features[first] != 0 {
            let share = weight * features[first]
            for (j, second) in free.enumerated() { information[i, j] += share * features[second] }
        }
    }

    /// Infinite where the runs do not say.
    var variance: Double { solved(wanted)?.variance ?? .infinity }

    private func solved(_ wanted: [Double]) -> (factor: CholeskyFactor, weights: [Double], variance: Double)? {
        guard let factor = information.factored(damping: Self.damping) else { return nil }
        let weights = factor.solve(wanted)
        let variance = zip(wanted, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return variance >= 0 && variance.isFinite ? (factor, weights, variance) : nil
    }

    /// What each of these runs alone would take off the variance, as a share of it.
    func shares(_ candidates: [RunPlace]) -> [Double] { shares(candidates, of: wanted) }

    /// The same of one of the fitted deviates, by its place among them.
    func shares(_ candidates: [RunPlace], ofDeviate place: Int) -> [Double] {
        shares(candidates, of: free.indices.map { $0 == place ? 1 : 0 })
    }

    private func shares(_ candidates: [RunPlace], of wanted: [Double]) -> [Double] {
        guard let solved = solved(wanted), solved.variance > 0 else { return candidates.map { _ in 0 } }
        return candidates.map { place in
            let own = free.map { place.features[$0] }
            let covariance = zip(own, solved.weights).reduce(0) { $0 + $1.0 * $1.1 }
            let spread = zip(own, solved.factor.solve(own)).reduce(0) { $0 + $1.0 * $1.1 }
            return min(max(covariance * covariance / (1 + max(0, spread)) / solved.variance, 0), 1)
        }
    }

    /// The covariance of the fitted deviates, by the variance of one run; nil where some are not told apart at all.
    var covariance: SymmetricMatrix? { information.factored()?.inverse() }
}

extension RunPrecision {
    /// What the runs of a fit say, with the priors that it was given.
    init(_ origin: RunOrigin, _ model: RunModel, runs: [RunPlace], wanted: RunFunctional) {
        let all = Array(wanted.features.indices)
        self.init(runs, wanted: wanted, free: origin.fit?.freeParameters ?? all)
        guard let fit = origin.fit else { return }
        for penalty in fit.penalties {
            let value = penalty.estimand.value(fit.coefficients)
            let precision = penalty.height(value).companion
            guard precision.isFinite, fit.noise.isFinite else { continue }
            add(model.features(penalty.estimand), times: precision * fit.noise * fit.noise)
        }
    }
}
