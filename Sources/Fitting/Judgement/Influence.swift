// What a fit would have been without some of its rows: exact refits, one for each group of rows.
//
// Not a linear estimate: where a run pulls hard, the law bends after it, and the derivative at the estimate says too
// little. A linear estimate only chooses which rows to refit where there are thousands (Cook 1977; Koh & Liang 2017).

import Formulas

/// The fits without each of some groups of rows.
public struct Influence: Sendable {
    /// The fit without one group.
    public struct Deletion: Hashable, Sendable {
        /// The group's place in what was asked.
        public let group: Int
        /// Places among the fitted rows, `problem.rows`.
        public let rows: [Int]
        /// The estimates without them, nil where there is no refit.
        public let parameters: [Double]?
        /// The objective of the rows that are left, at its minimum; NaN without a refit.
        public let objective: Double
        /// Why there is no refit: `a label without runs`, `fewer different runs than parameters`, …
        public let failure: String?
    }

    public let fit: Fit
    /// Ordered as the groups were.
    public let deletions: [Deletion]
    /// How many groups were not refitted because a linear estimate found them to matter less.
    public let passedOver: Int

    /// So many groups are refitted without choosing.
    static let mostGroups = 1_000
    /// Of more groups, so many.
    static let chosenGroups = 200

    /// Refits without each group, from the optimum of the fit and from its other minima.
    ///
    /// - Parameter groups: places among the fitted rows; nil takes each row alone.
    public init(_ fit: Fit, groups: [[Int]]? = nil) {
        let all = groups ?? fit.problem.response.indices.map { [$0] }
        var chosen = Array(all.indices)
        if all.count > Self.mostGroups {
            let scores = LinearInfluence(fit).scores(all)
            chosen = Array(all.indices.sorted { scores[$0] > scores[$1] }.prefix(Self.chosenGroups)).sorted()
        }
        self.fit = fit
        passedOver = all.count - chosen.count
        let removed = chosen.map { all[$0] }
        deletions = zip(chosen, Self.deletions(of: fit, without: removed)).map { group, found in
            Deletion(
                group: group, rows: all[group], parameters: found.parameters, objective: found.objective,
                failure: found.failure)
        }
    }

    struct Refitted {
        let parameters: [Double]?
        let objective: Double
        let failure: String?
    }

    /// The refits without each of these sets of rows.
    static func deletions(of fit: Fit, without removed: [[Int]]) -> [Refitted] {
        let problem = fit.problem
        let results = RefitCrew(Refit(fit), threads: min(Threads.available, max(1, removed.count))).minima(
            removed.count
        ) { refit, number in refit.minimum(of: Resample(problem, without: removed[number])) }
        return results.map { result in
            switch result {
            case .success(let minimum):
                Refitted(parameters: minimum.parameters, objective: minimum.value, failure: nil)
            case .failure(let reason): Refitted(parameters: nil, objective: .nan, failure: reason.rawValue)
            }
        }
    }
}

extension Resample {
    /// All rows but some.
    package init(_ problem: Problem, without removed: [Int]) {
        var keep = [Bool](repeating: true, count: problem.response.count)
        for row in removed { keep[row] = false }
        let rows = keep.indices.filter { keep[$0] }
        self.init(
            rows: rows.map(Int32.init), weights: problem.weights.map { all in rows.map { all[$0] } },
            response: rows.map { problem.response[$0] })
    }
}

/// How far the estimates move, to first order, when rows are left out: H⁻¹ Σ wᵢ ψᵢ ∂rᵢ.
struct LinearInfluence {
    private let fit: Fit
    private let objective: Objective
    private let residuals: [Double]
    /// H^(−1/2) but for a rotation, over the free parameters.
    private let directions: [[Double]]

    init(_ fit: Fit) {
        self.fit = fit
        objective = Objective(fit.problem)
        residuals = objective.residuals(fit.coefficients)
        let sizes = fit.freeParameters.indices.map { fit.curvature[$0, $0].squareRoot() }
        directions = fit.curvature.unitDiagonal().eigenpairs().compactMap { value, vector in
            guard value > 1e-12 else { return nil }
            return zip(vector, sizes).map { $1 > 0 ? $0 / ($1 * value.squareRoot()) : 0 }
        }
    }

    /// For each group the length of the move in the metric of H, which is that of the confidence region (Cook's
    /// distance but for a factor).
    func scores(_ groups: [[Int]]) -> [Double] {
        groups.map { group in
            var pull = [Double](repeating: 0, count: fit.freeParameters.count)
            for row in group {
                let gradient = objective.residualGradient(fit.coefficients, row: row)
                let slope = objective.weight(row) * fit.problem.loss.slope(residuals[row])
                for (i, k) in fit.freeParameters.enumerated() { pull[i] += slope * gradient[k] }
            }
            return directions.reduce(0) { total, direction in
                let along = zip(direction, pull).reduce(0) { $0 + $1.0 * $1.1 }
                return total + along * along
            }
        }
    }
}

extension Loss {
    /// ψ = ρ′ of a residual.
    func slope(_ r: Double) -> Double {
        switch self {
        case .squared: 2 * r
        case .huber(let delta): min(max(r, -delta), delta)
        case .absolute: r > 0 ? 1 : r < 0 ? -1 : 0
        case .quantile(let q): r > 0 ? q : r < 0 ? q - 1 : 0
        }
    }
}
