// Intervals by profile likelihood with F(1, n − p).

import Fitting

/// The profile likelihood of the engine.
public struct ProfileIntervals: IntervalMethod {
    public let name = "profile"

    public func answers(_ fit: Fit, _ targets: [Target], level: Double) throws -> [Answer] {
        let likelihood = ProfileLikelihood(fit)
        return try targets.map { target in
            let profile = likelihood.profile(try target.estimand(fit.problem), level: level)
            if !profile.isIdentified { return .notIdentified }
            let answer = Answer(profile.interval)
            // An end that could not be followed is no end that the data left open.
            if !profile.isComplete, case .interval(let lower, let upper, _) = answer {
                return .unfinished(lower: lower, upper: upper)
            }
            return answer
        }
    }
}
