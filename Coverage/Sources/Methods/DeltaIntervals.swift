// Intervals by the delta method, symmetric in the number or in its logarithm.

import Fitting

/// The delta method of the engine.
public struct DeltaIntervals: IntervalMethod {
    public let name: String
    /// Whether numbers that must be above zero, A, B, the loss and N*, are treated on the scale of their logarithms.
    private let isLogarithmic: Bool

    static let natural = DeltaIntervals(name: "delta", isLogarithmic: false)
    static let logarithmic = DeltaIntervals(name: "delta-log", isLogarithmic: true)

    public func answers(_ fit: Fit, _ targets: [Target], level: Double) throws -> [Answer] {
        let method = DeltaMethod(fit)
        let separated = !fit.warnings.contains { $0.code == "not-identified" }
        return try targets.map { target in
            let estimand = try target.estimand(fit.problem)
            // Where parameters trade against each other at no cost, only the loss is still determined.
            if case .loss = target.kind {} else if !separated { return .notIdentified }
            guard
                let interval = method.interval(
                    estimand, level: level, logarithmic: isLogarithmic && target.isPositive)
            else { return .notIdentified }
            return Answer(interval)
        }
    }
}
