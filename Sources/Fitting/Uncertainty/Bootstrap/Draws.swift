// What a bootstrap leaves: the parameters of every replicate whose refit converged.

import Formulas

/// The draws of a bootstrap. They are kept with a fit so that every later quantity has its interval by pushing the same
/// draws through.
public struct Draws: Hashable, Sendable {
    /// Replicates without a refit, and why.
    public struct Failure: Hashable, Sendable {
        /// `no certified minimum`, `fewer different runs than parameters`, …
        public let reason: String
        public let count: Int

        public init(reason: String, count: Int) {
            self.reason = reason
            self.count = count
        }
    }

    /// The parameters' names, in the order of a draw.
    public let names: [String]
    /// What was drawn, as it is asked for: `pairs`, `wild:run`.
    public let kind: String
    /// The estimates that the replicates were drawn about.
    public let estimates: [Double]
    public let requested: Int
    /// Fewer than `requested` where the bootstrap was interrupted.
    public let attempted: Int
    public let seed: UInt64
    public let isGlobal: Bool
    /// Draws × parameters, row by row, in the order of the replicates.
    public let parameters: [Double]
    /// The objective of each draw's own data at its minimum; empty for draws that were read from a file.
    public let objectives: [Double]
    public let failures: [Failure]
    /// Draws in which another minimum than that next to the best fit was the lowest.
    public let leftBasin: Int
    public let warnings: [Warning]
    /// How many clusters were drawn; nil where rows were, and for draws that were read from a file.
    public let clusterCount: Int?

    /// How many draws there are.
    public var count: Int { names.isEmpty ? 0 : parameters.count / names.count }
    /// Whether the bootstrap was stopped before all replicates were drawn.
    public var isInterrupted: Bool { attempted < requested }
    /// Replicates without a refit.
    public var failureCount: Int { failures.reduce(0) { $0 + $1.count } }

    init(
        fit: Fit, kind: BootstrapKind, requested: Int, seed: UInt64, isGlobal: Bool,
        results: [Result<Refit.Minimum, Refit.Failure>]
    ) {
        names = fit.problem.parameterNames
        self.kind = kind.description
        estimates = fit.coefficients
        self.requested = requested
        attempted = results.count
        self.seed = seed
        self.isGlobal = isGlobal
        var (parameters, objectives): ([Double], [Double]) = ([], [])
        parameters.reserveCapacity(results.count * names.count)
        objectives.reserveCapacity(results.count)
        var left = 0
        var counts: [Refit.Failure: Int] = [:]
        for result in results {
            switch result {
            case .success(let minimum):
                parameters += minimum.parameters
                objectives.append(minimum.value)
                if minimum.leftBasin { left += 1 }
            case .failure(let reason): counts[reason, default: 0] += 1
            }
        }
        self.parameters = parameters
        self.objectives = objectives
        leftBasin = left
        failures = Refit.Failure.allCases.compactMap { reason in
            counts[reason].map { Failure(reason: reason.rawValue, count: $0) }
        }
        warnings = Self.warnings(kind, requested, results.count, failures)
        clusterCount = kind.clusters?.count
    }

    /// Draws that were kept; their objectives were not.
    ///
    /// - Precondition: `parameters` has whole draws, one number a name.
    public init(
        names: [String], kind: String, estimates: [Double], requested: Int, attempted: Int, seed: UInt64,
        isGlobal: Bool, parameters: [Double], failures: [Failure], leftBasin: Int
    ) {
        precondition(names.isEmpty ? parameters.isEmpty : parameters.count % names.count == 0)
        (self.names, self.kind, self.estimates, self.requested) = (names, kind, estimates, requested)
        (self.attempted, self.seed, self.isGlobal, self.failures) = (attempted, seed, isGlobal, failures)
        (self.parameters, self.leftBasin, warnings) = (parameters, leftBasin, [])
        (objectives, clusterCount) = ([], nil)
    }

    private init(_ other: Draws, keeping places: [Int]) {
        (names, kind, estimates, requested) = (other.names, other.kind, other.estimates, other.requested)
        (attempted, seed, isGlobal, failures) = (other.attempted, other.seed, other.isGlobal, other.failures)
        (leftBasin, warnings, clusterCount) = (other.leftBasin, other.warnings, other.clusterCount)
        parameters = places.flatMap { other.draw($0) }
        objectives = other.objectives.isEmpty ? [] : places.map { other.objectives[$0] }
    }

    /// The parameters of one draw.
    public func draw(_ place: Int) -> ArraySlice<Double> {
        parameters[(place * names.count)..<((place + 1) * names.count)]
    }

    /// What a law file keeps: the draws without their objectives, and without the doubts, which stand with the fit's.
    public var kept: Draws {
        Draws(
            names: names, kind: kind, estimates: estimates, requested: requested, attempted: attempted, seed: seed,
            isGlobal: isGlobal, parameters: parameters, failures: failures, leftBasin: leftBasin)
    }

    /// At most so many of the draws, evenly taken; counts of replicates and failures stay those of all.
    public func thinned(to most: Int) -> Draws {
        precondition(most > 0, "no draw at all is no bootstrap")
        if count <= most { return self }
        return Draws(self, keeping: (0..<most).map { $0 * count / most })
    }

    // MARK: - Values

    /// The distribution of a number that follows from the parameters.
    public func distribution(of value: (_ parameters: [Double]) -> Double) -> DrawnDistribution {
        DrawnDistribution((0..<count).map { value(Array(draw($0))) }, estimate: value(estimates))
    }

    /// The value of an estimand at each draw, in their order.
    public func values(of estimand: Estimand) -> [Double] { estimand.values(ofDraws: parameters) }

    /// The distribution of an estimand.
    public func distribution(of estimand: Estimand) -> DrawnDistribution {
        DrawnDistribution(values(of: estimand), estimate: estimand.value(estimates))
    }

    /// The distribution of a parameter, or nil where none has that name.
    public func distribution(ofParameter name: String) -> DrawnDistribution? {
        guard let position = names.firstIndex(of: name) else { return nil }
        let values = (0..<count).map { parameters[$0 * names.count + position] }
        return DrawnDistribution(values, estimate: estimates[position])
    }

    // MARK: - Doubts

    private static func warnings(
        _ kind: BootstrapKind, _ requested: Int, _ attempted: Int, _ failures: [Failure]
    ) -> [Warning] {
        var warnings: [Warning] = []
        if let clusters = kind.clusters, clusters.count < Clusters.few {
            warnings.append(
                Warning(
                    code: "few-clusters",
                    message: "\(clusters.count) clusters by \(clusters.column): intervals from so few are too short",
                    hint: "add runs, or prefer a profile; \(Clusters.few) clusters are the least to trust"))
        }
        if attempted < requested {
            warnings.append(
                Warning(
                    code: "bootstrap-interrupted",
                    message: "the bootstrap was stopped after \(attempted) of \(requested) replicates",
                    hint: "these are sound; more of them make the ends of intervals steadier"))
        }
        let failed = failures.reduce(0) { $0 + $1.count }
        if failed > 0, failed * 100 > attempted {
            let reasons = failures.map { "\($0.count) \($0.reason)" }.joined(separator: ", ")
            warnings.append(
                Warning(
                    code: "bootstrap-failures",
                    message:
                        "\(failed) of \(attempted) replicates have no refit (\(reasons)); those that failed would lie "
                        + "far out, so intervals of the others are too short",
                    hint: "prefer a profile, or a bootstrap that keeps the design: wild, residual, bayesian"))
        }
        return warnings
    }
}
