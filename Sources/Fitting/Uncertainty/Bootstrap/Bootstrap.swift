// The bootstrap: thousands of refits of one fit.

import Formulas

/// Refits a fit to data drawn anew, many times over; the spread of the refits is the uncertainty of the estimates.
///
/// Replicate i depends on the seed and on i alone: the number of threads changes nothing, and fewer replicates are the
/// first of more.
public struct Bootstrap: Sendable {
    public let kind: BootstrapKind
    public let replicates: Int
    public let seed: UInt64
    /// Whether each replicate also has a search of its own, as slow as a fit, instead of starting from the known minima
    /// alone.
    public let isGlobal: Bool
    private let threads: Int

    /// - Parameters:
    ///   - replicates: 4,000 give an end of a 95 % interval to about a twentieth of a standard error.
    ///   - global: whether each replicate searches for its minimum everywhere. The default starts from the minima that
    ///     the fit knows of: its best and its ``Fit/alternatives``.
    ///   - threads: nil for as many as the machine runs at once.
    public init(
        _ kind: BootstrapKind, replicates: Int = 4_000, seed: UInt64 = 1, global: Bool = false, threads: Int? = nil
    ) {
        precondition(replicates >= 1, "a bootstrap needs a replicate")
        self.kind = kind
        self.replicates = replicates
        self.seed = seed
        isGlobal = global
        self.threads = max(1, threads ?? Threads.available)
    }

    /// Draws, one a replicate whose refit converged.
    ///
    /// - Parameter progress: called now and then on the caller's thread with how many replicates are done; returns true
    ///   to stop. What is done by then are the first replicates, whole, and the draws say that they were interrupted.
    /// - Throws: ``FitError`` where the kind cannot be drawn for this fit. A refit that fails is no error: it is counted.
    public func draws(of fit: Fit, progress: (_ finished: Int) -> Bool = { _ in false }) throws(FitError) -> Draws {
        let source = try resampling(of: fit)
        let (seed, isGlobal) = (seed, isGlobal)
        let results = RefitCrew(Refit(fit), threads: min(threads, replicates)).minima(replicates, stops: progress) {
            refit, replicate in
            var random = RandomSource(seed: seed, replicate: replicate)
            let resample = source.resample(&random)
            return isGlobal
                ? refit.minimumSearchedGlobally(of: resample, seed: random.next()) : refit.minimum(of: resample)
        }
        return Draws(
            fit: fit, kind: kind, requested: replicates, seed: seed, isGlobal: isGlobal, results: results)
    }

    private func resampling(of fit: Fit) throws(FitError) -> any Resampling {
        switch kind {
        case .pairs: RowCounts(fit.problem)
        case .cluster(let clusters): ClusterCounts(fit.problem, clusters)
        case .wild(let clusters): try WildSigns(fit, clusters)
        case .residual: try DealtResiduals(fit)
        case .parametric: try NormalNoise(fit)
        case .bayesian(let clusters): RandomWeights(fit.problem, clusters)
        }
    }
}

/// How one kind of bootstrap makes the data of a replicate.
protocol Resampling: Sendable {
    func resample(_ random: inout RandomSource) -> Resample
}
