// The wild bootstrap: each residual is kept or turned; by cluster, multiplied by one of Webb's six factors.

import Formulas

struct WildSigns: Resampling {
    private let problem: Problem
    private let residuals: FreedResiduals
    /// The cluster of each row, nil for signs by row.
    private let codes: [Int32]?
    private let count: Int
    private let factors: [Double]

    init(_ fit: Fit, _ clusters: Clusters?) throws(FitError) {
        problem = fit.problem
        let kind = BootstrapKind.wild(clusters).description
        residuals = try FreedResiduals(fit, clusters, kind: kind, shrinks: false)
        codes = clusters?.codes
        count = clusters?.count ?? residuals.values.count
        // Signs have the moments that every loss asks for: E v² = 1 for squares, E 1/|v| = 1 for the density at zero that
        // an absolute loss sees. Few clusters have too few patterns of signs, which Webb's factors mend (Webb 2023).
        let scale = Self.scale(problem.loss, residuals.values)
        factors = clusters == nil ? [-1, 1] : Self.webb.flatMap { [-$0 * scale, $0 * scale] }
    }

    private static let webb = [0.5, 1, 1.5].map { $0.squareRoot() }

    // Webb's factors have E v² = 1, but E 1/|v| = 1.077: under an absolute loss the noise would look denser at zero, and
    // the draws too narrow. Between the losses, the share of residuals beyond the threshold of Huber's decides.
    private static func scale(_ loss: Loss, _ values: [Double]) -> Double {
        let density = webb.reduce(0) { $0 + 1 / $1 } / 3
        switch loss {
        case .squared: return 1
        case .absolute, .quantile: return density
        case .huber(let delta):
            let beyond = Double(values.count { $0.magnitude > delta }) / Double(values.count)
            return 1 + (density - 1) * beyond
        }
    }

    func resample(_ random: inout RandomSource) -> Resample {
        let drawn = (0..<count).map { _ in factors[random.index(below: factors.count)] }
        return residuals.resample(problem) { row in
            residuals.values[row] * drawn[codes.map { Int($0[row]) } ?? row]
        }
    }
}
