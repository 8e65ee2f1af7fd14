// Runs that differ in their seed alone: what they say of the noise of a run.

/// The noise of one run, from rows of equal inputs.
///
/// Pure error of the analysis of variance: the scatter of repeated runs around their own mean does not depend on the
/// law, so a law that fits badly cannot inflate it (Draper & Smith 1998, section 2.1).
public struct RepeatedRuns: Hashable, Sendable {
    /// √(Σ (z − mean)² / degrees of freedom) on the scale of the residual.
    public let noise: Double
    /// Rows less groups.
    public let degreesOfFreedom: Int
    /// Groups of two rows or more.
    public let groups: Int

    /// Those of a problem, or nil where fewer than three degrees of freedom say nothing.
    public init?(_ problem: Problem) {
        let model = problem.model
        guard model.rowCount <= 100_000, problem.weightMeaning == .precision, problem.weights == nil else {
            return nil
        }
        var known: [[Double]: Int] = [:]
        var sums: [(count: Int, mean: Double, squares: Double)] = []
        let codes = model.families.compactMap(\.codes)
        for row in 0..<model.rowCount {
            let key = model.columns.map { $0[row] } + codes.map { Double($0[row]) }
            let z = problem.response[row]
            if let group = known[key] {
                // Welford's update.
                sums[group].count += 1
                let shift = z - sums[group].mean
                sums[group].mean += shift / Double(sums[group].count)
                sums[group].squares += shift * (z - sums[group].mean)
            } else {
                known[key] = sums.count
                sums.append((1, z, 0))
            }
        }
        let freedom = model.rowCount - sums.count
        let squares = sums.reduce(0) { $0 + $1.squares }
        guard freedom >= 3, squares > 0 else { return nil }
        noise = (squares / Double(freedom)).squareRoot()
        degreesOfFreedom = freedom
        groups = sums.count { $0.count > 1 }
    }
}
