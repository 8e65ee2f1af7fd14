// Many refits of one problem: other weights or another response, started where the fit ended.
//
// A refit ends by the fit's own test of convergence or is reported as a failure with its reason. Refits that stop early
// would shrink the ridges along which parameters trade, and with them every interval.

import Formulas

/// Refits one problem to resamples of its data; for one thread.
///
/// Each refit starts from every known minimum of the problem, so that it may leave the basin of the best one. It takes
/// exact Newton steps on scales that suit the parameters' sizes and, where these do not end in a certified minimum, the
/// whole of `LocalSearch`.
package final class Refit {
    /// Why a resample has no refit.
    package enum Failure: String, CaseIterable, Sendable {
        /// The resample has fewer different rows than the problem has free parameters.
        case fewerRowsThanParameters = "fewer different runs than parameters"
        /// A parameter of one label has no row in the resample.
        case labelWithoutRows = "a label without runs"
        /// The formula has no finite value.
        case undefined = "the formula was undefined"
        /// The objective falls along a ridge without end, or too slowly to certify one.
        case notConverged = "no certified minimum"
    }

    /// The refit of a resample.
    package struct Minimum: Sendable {
        package var parameters: [Double]
        /// The objective of the resample there.
        package var value: Double
        /// Whether another start than the best fit led to it.
        package var leftBasin: Bool
    }

    package let problem: Problem
    private let shared: Shared
    private let local: LocalSearch
    private let codes: [[Int32]?]  // by family
    private let freeParameters: Int
    private let bounds: [Bound]

    // What the refits of all threads read.
    private struct Shared: Sendable {
        let starts: [[Double]]
        let scales: [[Scale]]  // of each start
        let programs: Programs
        let linear: [Int]
        let ranges: [SearchRange?]
    }

    /// Refits of a fit, from its optimum and from the other minima that it lists.
    package convenience init(_ fit: Fit) {
        self.init(
            fit.problem, starts: [fit.coefficients] + fit.alternatives.map(\.parameters), penalties: fit.penalties)
    }

    /// Refits of a problem from known minima, the best first.
    package init(_ problem: Problem, starts: [[Double]], penalties: [Penalty] = []) {
        precondition(!starts.isEmpty, "a refit needs a start")
        let programs = Programs(problem.model)
        let linear = problem.model.linearFamilies
        let searched = problem.model.families.indices.filter { !linear.contains($0) }
        let ranges = SearchRanges.ranges(of: searched, in: problem.model)
        let local = LocalSearch(problem, programs: programs, linear: linear, ranges: ranges)
        shared = Shared(
            starts: starts, scales: starts.map { Self.scales(problem, local, $0) }, programs: programs,
            linear: linear, ranges: ranges)
        self.problem = problem
        self.local = local
        local.objective.penalties = penalties
        codes = problem.model.families.map(\.codes)
        bounds = problem.parameters.map(\.bound)
        freeParameters = bounds.count { $0.lower < $0.upper }
    }

    /// The same refits for another thread.
    package init(sharing other: Refit) {
        (problem, shared, codes) = (other.problem, other.shared, other.codes)
        (bounds, freeParameters) = (other.bounds, other.freeParameters)
        local = LocalSearch(
            other.problem, programs: shared.programs, linear: shared.linear, ranges: shared.ranges)
        local.objective.penalties = other.local.objective.penalties
    }

    /// Calls of the objective so far.
    package var evaluations: Int { local.objective.evaluations }

    // MARK: - One resample

    /// The lowest minimum that the known minima lead to, or why there is none.
    package func minimum(of resample: Resample) -> Result<Minimum, Failure> {
        if let failure = shortage(resample) { return .failure(failure) }
        local.objective.take(resample)
        var best: (minimum: LocalMinimum, start: Int)?
        var failure = Failure.undefined
        for (k, start) in shared.starts.enumerated() {
            switch polished(start, shared.scales[k]) {
            case .success(let found):
                if let known = best, found.value >= known.minimum.value * (1 - 1e-9) { continue }
                best = (found, k)
            case .failure(let reason): if reason == .notConverged { failure = reason }
            }
        }
        guard let best else { return .failure(failure) }
        return .success(
            Minimum(parameters: best.minimum.parameters, value: best.minimum.value, leftBasin: best.start > 0))
    }

    /// The lowest minimum that a search of its own finds, the known minima among its starts.
    package func minimumSearchedGlobally(of resample: Resample, seed: UInt64) -> Result<Minimum, Failure> {
        let warm = minimum(of: resample)
        if case .failure(let reason) = warm, reason != .notConverged, reason != .undefined { return warm }
        var search = Search(problem.taking(resample), starts: 3, seed: seed, isBrief: true)
        search.objective.penalties = local.objective.penalties
        // Where the data themselves have several minima, one start that confirms the known one is no evidence.
        if shared.starts.count == 1, case .success(let known) = warm { search.known = known.value }
        guard let found = try? search.run().best, found.termination.isConverged else { return warm }
        guard case .success(let known) = warm else {
            return .success(Minimum(parameters: found.parameters, value: found.value, leftBasin: true))
        }
        if found.value >= known.value * (1 - 1e-9) { return warm }
        return .success(Minimum(parameters: found.parameters, value: found.value, leftBasin: true))
    }

    private func shortage(_ resample: Resample) -> Failure? {
        guard let rows = resample.rows else { return nil }
        for case (let family, let all?) in zip(problem.model.families, codes) {
            var seen = [Bool](repeating: false, count: family.count)
            for row in rows { seen[Int(all[Int(row)])] = true }
            for (k, parameter) in family.parameters.enumerated() where !seen[k] {
                if bounds[parameter].lower < bounds[parameter].upper { return .labelWithoutRows }
            }
        }
        // A row that is listed twice is one row; only a short list needs the count.
        if rows.count >= freeParameters, Set(rows.prefix(4 * freeParameters)).count >= freeParameters { return nil }
        return Set(rows).count < freeParameters ? .fewerRowsThanParameters : nil
    }

    // MARK: - One start

    private func polished(_ start: [Double], _ scales: [Scale]) -> Result<LocalMinimum, Failure> {
        let objective = local.objective
        if !problem.loss.hasCorner {
            let solver = NewtonSolver(
                objective: objective, scales: scales, bounds: bounds, firstDamping: 0, startsExact: true,
                refines: false)
            if let found = solver.minimize(from: start), found.termination.isConverged {
                if !hasCollapsed(found.parameters, start, scales) { return .success(found) }
                // On a logarithmic scale the slope vanishes with the parameter; only the printed scale can tell.
                let confirmed = local.confirmed(found)
                if confirmed.termination.isConverged, confirmed.value <= found.value { return .success(confirmed) }
            }
        }
        guard let found = local.minimum(from: start), found.value.isFinite else { return .failure(.undefined) }
        let confirmed = local.confirmed(found)
        return confirmed.termination.isConverged ? .success(confirmed) : .failure(.notConverged)
    }

    private func hasCollapsed(_ end: [Double], _ start: [Double], _ scales: [Scale]) -> Bool {
        scales.indices.contains { scales[$0] != .identity && end[$0].magnitude < 0.01 * start[$0].magnitude }
    }

    // Coefficients and factors differ by orders of magnitude, and with their logarithm a ridge such as that of A and
    // alpha becomes straight.
    private static func scales(_ problem: Problem, _ local: LocalSearch, _ start: [Double]) -> [Scale] {
        let linear = Set(local.linear)
        return start.indices.map { k in
            guard linear.contains(k) || local.factors.contains(k) else { return .identity }
            return .keepingSign(of: start[k], within: problem.parameters[k].bound)
        }
    }
}

extension Refit.Failure: Error {}
