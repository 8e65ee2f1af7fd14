// Other losses, thresholds and scales of the residual.

import Fitting
import Formulas

extension Scenario {
    /// Least squares, least absolute values, and Huber thresholds: a tenth and ten times of the one in use, or 1.345 times
    /// the noise (95 % as efficient as squares for normal noise; Huber 1964). A quantile asks another question, and keeps
    /// its loss. Then the logarithm of the response instead of itself, or the other way round.
    static func losses(_ base: Base) -> [Scenario] {
        let problem = base.fit.problem
        if case .quantile = problem.loss { return [] }
        var losses: [Loss] = [.squared, .absolute]
        let noise = base.fit.noise
        if case .huber(let delta) = problem.loss {
            losses += [.huber(rounded(delta / 10)), .huber(rounded(delta * 10))]
        } else if noise > 0, noise.isFinite {
            losses.append(.huber(Quantity.parse(Numeral.scientific(1.345 * noise, digits: 2)) ?? 1.345 * noise))
        }
        var scenarios = losses.filter { $0 != problem.loss }.map { loss in
            base.scenario(.loss, "loss \(loss)") { $0.specification.loss = loss }
        }
        switch problem.residual {
        case .raw:
            let isPositive = problem.response.allSatisfy { $0 > 0 }
            if isPositive, problem.loss == .squared || problem.loss == .absolute {
                scenarios.append(
                    base.scenario(.loss, "log residuals") { $0.specification.residual = .log })
            }
        case .log, .logit:
            // A threshold has the unit of the residual; squares have none.
            scenarios.append(
                base.scenario(.loss, "loss squared, raw residuals") {
                    $0.specification.residual = .raw
                    $0.specification.loss = .squared
                })
        }
        return scenarios
    }

    private static func rounded(_ delta: Double) -> Double {
        Quantity.parse(Numeral.scientific(delta, digits: 12)) ?? delta
    }
}
