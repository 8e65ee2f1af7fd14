// Intervals from refits to data drawn anew.

import Fitting

/// The bootstrap of the engine, with one of the ways in which draws become an interval.
public struct BootstrapIntervals: IntervalMethod {
    enum Form: String, CaseIterable {
        case percentile, basic
        case biasCorrected = "corrected"
    }

    private let kind: BootstrapKind
    private let form: Form
    private let replicates: Int

    /// `wild` for percentiles, `wild-basic`, `wild-corrected`.
    public var name: String { form == .percentile ? "\(kind)" : "\(kind)-\(form.rawValue)" }

    static func all(replicates: Int) -> [BootstrapIntervals] {
        let kinds: [BootstrapKind] = [.pairs, .wild(nil), .residual, .parametric, .bayesian(nil)]
        return Form.allCases.flatMap { form in
            kinds.map { BootstrapIntervals(kind: $0, form: form, replicates: replicates) }
        }
    }

    public func answers(_ fit: Fit, _ targets: [Target], level: Double) throws -> [Answer] {
        let draws = try Bootstrap(kind, replicates: replicates, threads: 1).draws(of: fit)
        return try targets.map { target in
            let estimand = try target.estimand(fit.problem)
            let distribution = DrawnDistribution(
                estimand.values(ofDraws: draws.parameters), estimate: estimand.value(fit.coefficients))
            if distribution.values.isEmpty { return .failed }
            switch form {
            case .percentile: return Answer(distribution.percentileInterval(level: level))
            case .basic: return Answer(distribution.basicInterval(level: level))
            case .biasCorrected: return Answer(distribution.biasCorrectedInterval(level: level))
            }
        }
    }
}
