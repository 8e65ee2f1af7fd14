// What is said of the doubt in a fit: an interval for every parameter, and for what else was asked for.

import Formulas

/// The intervals of a fit.
public struct Uncertainty: Sendable {
    /// Where the intervals of the parameters come from.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        /// Profile likelihood with F(1, n − p): the default, as it covers best and may be open. See docs/uncertainty.md.
        case profile
        /// ± t standard errors.
        case delta
        /// Percentiles of the draws of a bootstrap.
        case bootstrap
    }

    public let fit: Fit
    /// The probability of every interval.
    public let level: Double
    public let method: Method
    /// The covariance behind delta intervals, see ``DeltaMethod/covariance``; nil where the fit has none.
    public let covariance: [Double]?
    /// One a parameter, in their order; nil for one that is held by a bound, and where the fit says nothing of errors.
    public let intervals: [ConfidenceInterval?]
    /// The profiles of the parameters, in their order, where they are the method.
    public let parameterProfiles: [Profile]
    /// The profiles of what was asked for.
    public let profiles: [Profile]
    public let draws: Draws?
    /// Open ends, parameters that are not identified, profiles that could not be followed, and doubts in the draws.
    public let warnings: [Warning]

    /// - Parameters:
    ///   - level: between 0 and 1; 0.95 is what the field prints.
    ///   - method: nil takes the draws where they are given, else profiles, or the delta method where profiles would
    ///     take seconds: for tens of thousands of rows or many labels.
    ///   - estimands: what to profile besides the parameters.
    /// - Throws: ``FitError/badLevel(_:)``.
    public init(
        _ fit: Fit, level: Double = 0.95, method: Method? = nil, estimands: [Estimand] = [], draws: Draws? = nil
    ) throws(FitError) {
        guard level > 0, level < 1 else { throw .badLevel(level) }
        self.fit = fit
        self.level = level
        self.draws = draws
        let method = method ?? (draws != nil ? .bootstrap : Self.isQuick(fit.problem) ? .profile : .delta)
        self.method = method
        let delta = DeltaMethod(fit)
        covariance = delta.covariance
        // Only where profiles are asked for: to set them up takes as long as several passes over the rows.
        let likelihood = method == .profile || !estimands.isEmpty ? ProfileLikelihood(delta) : nil
        var own: [Profile] = []
        var intervals: [ConfidenceInterval?] = []
        for (position, parameter) in fit.problem.parameters.enumerated() {
            let estimand = try Estimand(parameter: parameter.name, of: fit.problem)
            if parameter.bound.lower == parameter.bound.upper {
                intervals.append(nil)
                continue
            }
            switch method {
            case .profile:
                let profile = likelihood?.profile(estimand, level: level)
                if let profile { own.append(profile) }
                intervals.append(profile?.interval)
            case .delta:
                intervals.append(
                    fit.freeParameters.contains(position)
                        ? delta.interval(estimand, level: level) : nil)
            case .bootstrap:
                intervals.append(
                    draws?.distribution(ofParameter: parameter.name)?.percentileInterval(level: level))
            }
        }
        self.intervals = intervals
        parameterProfiles = own
        profiles = estimands.compactMap { likelihood?.profile($0, level: level) }
        warnings =
            Self.warnings(own + profiles, level, known: fit.warnings) + (draws?.warnings ?? [])
    }

    // Profiles take some hundred evaluations a parameter.
    private static func isQuick(_ problem: Problem) -> Bool {
        let parameters = Double(problem.parameters.count)
        return parameters * (Double(problem.response.count) * parameters + parameters * parameters * parameters) < 1e6
    }

    // MARK: - Warnings

    private static func warnings(_ profiles: [Profile], _ level: Double, known: [Warning]) -> [Warning] {
        var warnings: [Warning] = []
        let unidentified = profiles.filter { !$0.isIdentified && !$0.curve.isEmpty }.map(\.name)
        if !unidentified.isEmpty, !known.contains(where: { $0.code == "not-identified" }) {
            warnings.append(
                Warning(
                    code: "not-identified",
                    message: "the data fit as well with other values of \(unidentified.joined(separator: ", "))",
                    hint: "fix or tie one of them, or add runs that move one input without the others"))
        }
        let share = "\(Numeral.short(100 * level, digits: 4)) %"
        func open(_ end: (ConfidenceInterval) -> ConfidenceInterval.End) -> [String] {
            profiles.filter { $0.isComplete && !$0.curve.isEmpty && end($0.interval) == .unbounded }.map(\.name)
        }
        let (below, above) = (open(\.lower), open(\.upper))
        let sides = [(below, "lower"), (above, "upper")].filter { !$0.0.isEmpty }
            .map { "no \($0.1) end to \($0.0.joined(separator: ", "))" }
        if !sides.isEmpty {
            warnings.append(
                Warning(
                    code: "open-interval", message: "at \(share) the data set \(sides.joined(separator: ", and "))",
                    hint: "read predictions rather than these; a prior or a bound closes them if you know one"))
        }
        let lost = profiles.filter { !$0.isComplete }.map(\.name)
        if !lost.isEmpty {
            warnings.append(
                Warning(
                    code: "profile-incomplete",
                    message: "the profile of \(lost.joined(separator: ", ")) could not be followed to its end",
                    hint: "take its open end for unknown; --bootstrap 4000 is another way to an interval"))
        }
        return warnings
    }
}
