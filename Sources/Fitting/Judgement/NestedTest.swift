// Whether a law needs the parameters that a smaller one does without.

import Formulas

/// The test of a smaller model within a larger one, both fitted to the same rows.
///
///     F = (S₀ − S₁) / (q φ/2)     on q and n − p₁ degrees of freedom,
///
/// S the objectives, q the parameters that the larger one has more, φ its dispersion (2 s² for squared loss, for which
/// this is the usual F; for robust losses Schrader & Hettmansperger 1980). For other losses than squares F holds only
/// roughly; the bootstrap draws tables in which the smaller law is true and counts how often (S₀ − S₁)/S₁ is as large.
public struct NestedTest: Hashable, Sendable {
    /// F; NaN without degrees of freedom.
    public let statistic: Double
    /// q.
    public let numerator: Double
    /// n − p₁.
    public let denominator: Double
    /// P(F ≥ statistic) under the smaller model.
    public let pValue: Double
    /// (1 + draws as large)/(1 + draws); nil where none was asked for.
    public let bootstrapPValue: Double?
    /// How many draws that comes from: those with both refits.
    public let draws: Int

    /// What one should read: the bootstrap's where there is one.
    public var decisive: Double { bootstrapPValue ?? pValue }

    /// - Parameters:
    ///   - smaller: a fit whose parameters are those of the larger one, some of them one instead of one a label.
    ///   - replicates: how many tables are drawn; 0 draws none. 499 tell 0.05 from 0.03 and 0.08.
    ///   - clusters: rows that are drawn together.
    /// - Throws: ``FitError`` where residuals say nothing of noise, if draws are asked for.
    /// - Precondition: both were bound to the same rows with the same loss.
    public init(
        _ smaller: Fit, in larger: Fit, replicates: Int = 0, clusters: Clusters? = nil, seed: UInt64 = 1
    ) throws(FitError) {
        precondition(smaller.problem.rows == larger.problem.rows, "nested models are fitted to the same rows")
        func free(_ fit: Fit) -> Int { fit.problem.parameters.count { $0.bound.lower < $0.bound.upper } }
        numerator = Double(free(larger) - free(smaller))
        denominator = larger.degreesOfFreedom
        let gain = smaller.objective - larger.objective
        statistic = numerator > 0 && denominator > 0 ? max(0, 2 * gain / (larger.dispersion * numerator)) : .nan
        pValue =
            statistic.isNaN
            ? .nan : FDistribution(numerator: numerator, denominator: denominator).probability(above: statistic)
        guard replicates > 0, denominator > 0, numerator > 0 else {
            (bootstrapPValue, draws) = (nil, 0)
            return
        }
        let source = try WildSigns(smaller, clusters)
        @Sendable func resample(_ number: Int) -> Resample {
            var random = RandomSource(seed: seed, replicate: number)
            return source.resample(&random)
        }
        let embedded = Self.embedded(smaller, in: larger)
        let first = RefitCrew(Refit(smaller)).minima(replicates) { refit, number in
            refit.minimum(of: resample(number))
        }
        let second = RefitCrew(Refit(larger.problem, starts: [embedded, larger.coefficients])).minima(replicates) {
            refit, number in refit.minimum(of: resample(number))
        }
        let observed = gain / larger.objective
        var (counted, asLarge) = (0, 0)
        for case (.success(let without), .success(let with)) in zip(first, second) {
            counted += 1
            if (without.value - with.value) / with.value >= observed { asLarge += 1 }
        }
        draws = counted
        bootstrapPValue = counted == 0 ? nil : Double(1 + asLarge) / Double(1 + counted)
    }

    // The smaller law as a point of the larger one: every label has the common value.
    private static func embedded(_ smaller: Fit, in larger: Fit) -> [Double] {
        larger.problem.parameters.enumerated().map { position, parameter in
            var name = parameter.name
            if let value = smaller.estimates[name] { return parameter.bound.clamped(value) }
            // E[a, b] of E[a], or of E.
            while let cut = name.lastIndex(where: { $0 == "," || $0 == "[" }) {
                let shorter = name[cut] == "," ? name[..<cut] + "]" : name[..<cut]
                if let value = smaller.estimates[String(shorter)] { return parameter.bound.clamped(value) }
                name = String(name[..<cut])
            }
            return larger.coefficients[position]
        }
    }
}
