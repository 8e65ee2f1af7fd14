// Where the runs of a world stand.

import Fitting
import Formulas

/// How the sizes N and tokens D of a world's runs are chosen.
public enum Design: String, Hashable, Sendable, CaseIterable {
    /// Budgets spread evenly in ln C; within each, N evenly in ln N around the optimum of that budget.
    case isoFLOP = "isoflop"
    /// ln C even over the range, N within a factor around the optimum of that compute.
    case random
    /// D/N within a quarter of one ratio.
    case nearCollinear = "near-collinear"
    /// D/N the same for every run: the two terms cannot be told apart.
    case collinear

    /// Whether the runs can tell all five parameters apart.
    public var isIdentified: Bool { self != .collinear }

    /// (N, D) of every run, for compute between `low` and `high`.
    func points(
        _ runs: Int, _ law: Law, compute: ClosedRange<Double>, _ settings: Settings, _ random: inout RandomSource
    ) -> [(N: Double, D: Double)] {
        let (low, high) = (Elementary.ln(compute.lowerBound), Elementary.ln(compute.upperBound))
        func point(_ logCompute: Double, _ logSize: Double) -> (N: Double, D: Double) {
            let N = Elementary.exp(logSize)
            return (N, Elementary.exp(logCompute) / (6 * N))
        }
        switch self {
        case .isoFLOP:
            // At least three runs a budget, or a parabola through them says nothing.
            let most = max(settings.budgets.lowerBound, min(settings.budgets.upperBound, runs / 3))
            let choices = most - settings.budgets.lowerBound + 1
            let budgets = settings.budgets.lowerBound + Int(random.uniform() * Double(choices))
            let spread = Elementary.ln(settings.budgetSpread)
            return (0..<budgets).flatMap { budget in
                let count = runs / budgets + (budget < runs % budgets ? 1 : 0)
                let logCompute = low + (high - low) * Double(budget) / Double(budgets - 1)
                let center = law.logOptimalSize(compute: Elementary.exp(logCompute))
                return (0..<count).map { run in
                    point(logCompute, center + spread * (2 * Double(run) / Double(count - 1) - 1))
                }
            }
        case .random:
            let spread = Elementary.ln(settings.randomSpread)
            return (0..<runs).map { _ in
                let logCompute = low + (high - low) * random.uniform()
                let center = law.logOptimalSize(compute: Elementary.exp(logCompute))
                return point(logCompute, center + spread * (2 * random.uniform() - 1))
            }
        case .nearCollinear, .collinear:
            // One run in each of as many equal parts of the range, so that few runs still span it.
            return (0..<runs).map { run in
                let logCompute = low + (high - low) * (Double(run) + random.uniform()) / Double(runs)
                let departure = self == .collinear ? 0 : settings.departure * (2 * random.uniform() - 1)
                let ratio = settings.ratio * (1 + departure)
                let N = (Elementary.exp(logCompute) / (6 * ratio)).squareRoot()
                return (N, ratio * N)
            }
        }
    }
}
