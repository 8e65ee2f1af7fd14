// Runs whose residual is too large to be chance, found one behind the other so that they cannot hide each other.

import Formulas

/// Rows that lie too far from the law for the number of rows that were looked at.
///
/// The generalised extreme Studentized deviate of Rosner (1983), for a fit: the row with the largest studentised residual
/// is left out and the law fitted again, up to a tenth of the rows. The suspects are all up to the last one whose
/// deviate exceeds the 1 − 0.05/(2m) quantile of Student's t, m the rows still there: with that many looks, a table
/// without outliers shows any in one of twenty cases. The residual of a row is divided by s √(1 − h), h its leverage; s
/// is found without the row for squared loss, and for other losses is 1.4826 times the median absolute residual, which a
/// few rows cannot inflate.
///
/// They are named, never dropped.
public struct Outliers: Sendable {
    public struct Suspect: Hashable, Sendable {
        /// The place among the fitted rows.
        public let row: Int
        /// The residual on its scale, when those before it were left out.
        public let residual: Double
        /// The studentised residual, in standard deviations.
        public let deviate: Double
        /// What it would have to exceed.
        public let threshold: Double
        /// The estimates without it and all before it; nil without a refit.
        public let parameters: [Double]?
    }

    /// In the order in which they were found.
    public let suspects: [Suspect]

    /// The chance of naming any row of a table without outliers.
    static let chance = 0.05
    /// Beyond this many rows none is looked at alone.
    static let mostRows = 50_000

    public init(_ fit: Fit) {
        let problem = fit.problem
        let count = problem.response.count
        let freedom = fit.degreesOfFreedom
        guard freedom >= 3, count <= Self.mostRows, fit.noise > 0 else {
            suspects = []
            return
        }
        let most = min(max(3, count / 10), 50, Int(min(freedom, Double(count))) - 2)
        let objective = Objective(problem)
        let refit = Refit(fit)
        var (estimates, removed) = (fit.coefficients, [Int]())
        var found: [Suspect] = []
        while removed.count < most {
            let left = count - removed.count
            guard
                let worst = Self.worst(
                    objective, fit, estimates, without: Set(removed), freedom: freedom - Double(removed.count))
            else { break }
            let t = StudentT(degreesOfFreedom: freedom - Double(removed.count) - 1)
            removed.append(worst.row)
            var rest: [Double]?
            if case .success(let minimum) = refit.minimum(of: Resample(problem, without: removed)) {
                rest = minimum.parameters
            }
            found.append(
                Suspect(
                    row: worst.row, residual: worst.residual, deviate: worst.deviate,
                    threshold: t.quantile(1 - Self.chance / (2 * Double(left))), parameters: rest))
            guard let rest else { break }
            estimates = rest
        }
        let last = found.lastIndex { $0.deviate.magnitude > $0.threshold }
        suspects = last.map { Array(found[...$0]) } ?? []
    }

    private static func worst(
        _ objective: Objective, _ fit: Fit, _ parameters: [Double], without removed: Set<Int>, freedom: Double
    ) -> (row: Int, residual: Double, deviate: Double)? {
        let problem = fit.problem
        let rows = problem.response.indices.filter { !removed.contains($0) }
        let residuals = objective.residuals(parameters)
        let weights = problem.response.indices.map { removed.contains($0) ? 0 : objective.weight($0) }
        let information = objective.information(parameters, weights: weights).selecting(fit.freeParameters)
        let factor = information.factored() ?? information.factored(damping: 1e-12)
        // A frequency is so many equal rows: each has the noise of one.
        let isFrequency = problem.weightMeaning == .frequency
        func root(_ row: Int) -> Double { isFrequency ? 1 : objective.weight(row).squareRoot() }
        func kept(_ row: Int) -> Double {
            let gradient = objective.residualGradient(parameters, row: row)
            let slope = fit.freeParameters.map { gradient[$0] }
            guard let factor else { return 1 }
            let h = zip(slope, factor.solve(slope)).reduce(0) { $0 + $1.0 * $1.1 } * (isFrequency ? 1 : weights[row])
            return max(1 - h, 1e-6)
        }
        let squares = rows.reduce(0) { $0 + weights[$1] * residuals[$1] * residuals[$1] }
        let middle = 1.4826 * median(rows.map { (residuals[$0] * root($0)).magnitude })
        var best: (row: Int, residual: Double, deviate: Double)?
        for row in rows where weights[row] > 0 {
            let size = residuals[row] * root(row)
            let share = kept(row)
            let scale: Double
            if problem.loss == .squared {
                // The noise without the row: S loses r²/(1 − h).
                let rest = max(squares - size * size / share, 1e-12 * squares)
                scale = (rest / (freedom - 1)).squareRoot()
            } else {
                scale = middle
            }
            let deviate = size / (scale * share.squareRoot())
            if deviate.isFinite, deviate.magnitude > best?.deviate.magnitude ?? 0 {
                best = (row, residuals[row], deviate)
            }
        }
        return best
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
