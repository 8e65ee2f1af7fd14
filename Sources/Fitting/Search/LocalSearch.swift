// From one start to one local minimum: which solver, on which scales.

import Formulas

/// Polishes starts of one problem on one thread.
package struct LocalSearch {
    package let objective: Objective
    let problem: Problem
    /// Whether the starts are those of a search, not one that was given.
    var isSearching = false
    let linear: [Int]  // parameters that enter linearly together
    let factors: Set<Int>  // parameters that differ by orders of magnitude and keep their sign

    package init(_ problem: Problem, programs: Programs, linear families: [Int], ranges: [SearchRange?]) {
        self.problem = problem
        objective = Objective(problem, programs: programs, weights: problem.weights)
        let model = problem.model
        linear = families.flatMap { model.families[$0].parameters }
        var factors: Set<Int> = []
        for (k, range) in ranges.enumerated() where range?.isFactor == true {
            factors.formUnion(model.families[k].parameters)
        }
        self.factors = factors
    }

    private var bounds: [Bound] { problem.parameters.map(\.bound) }

    /// The local minimum that `start` leads to, or nil where the formula is undefined there.
    package func minimum(from start: [Double], iterationLimit: Int = NewtonSolver.patience) -> LocalMinimum? {
        let identity = [Scale](repeating: .identity, count: start.count)
        if problem.loss.hasCorner {
            // With elimination, the unit of a factor does not matter; without it, a valley may end elsewhere.
            let full = solve(from: start, scales: scales(for: start), eliminated: [])
            if problem.residual == .raw, !linear.isEmpty {
                let reduced = solve(from: start, scales: scales(for: start, identityFor: linear), eliminated: linear)
                return Self.better(reduced, full)
            }
            if let full, full.termination.isConverged { return full }
            // A logarithmic scale cannot reach zero, nor cross it.
            return Self.better(full, solve(from: full?.parameters ?? start, scales: identity, eliminated: []))
        }
        if problem.residual == .raw, !linear.isEmpty {
            let reduced = solve(
                from: start, scales: scales(for: start, identityFor: linear), eliminated: linear,
                iterationLimit: iterationLimit)
            // Without elimination as second opinion, from the same start where that failed, else from its end.
            let full = solve(
                from: reduced?.parameters ?? start, scales: identity, eliminated: [], iterationLimit: iterationLimit)
            return Self.better(reduced, full)
        }
        let usual = scales(for: start)
        guard var found = solve(from: start, scales: usual, eliminated: [], iterationLimit: iterationLimit)
        else { return solve(from: start, scales: identity, eliminated: [], iterationLimit: iterationLimit) }
        // A valley that bends on one scale may be straight on the other, and a solver that begins again looks up.
        // The first legs of a wide search are only looked at.
        let rounds = iterationLimit < NewtonSolver.patience ? 0 : isSearching ? 1 : 3
        for round in 0..<rounds where !found.termination.isConverged {
            let scales = round % 2 == 0 ? positive(found.parameters, else: usual) : usual
            guard
                let again = solve(
                    from: found.parameters, scales: scales, eliminated: [], iterationLimit: iterationLimit)
            else { break }
            found = Self.better(found, again) ?? found
        }
        return found
    }

    // Logarithmic wherever the bounds are those of a positive number.
    private func positive(_ parameters: [Double], else usual: [Scale]) -> [Scale] {
        parameters.indices.map { k in
            parameters[k] != 0 && bounds[k].lower == 0 && bounds[k].upper == .infinity
                ? .logarithmic(negative: false) : usual[k]
        }
    }

    /// The best of several ways down from a start that was given: cautious and bold, on logarithmic and plain scales,
    /// with and without elimination, and after a compass search, which a flat or curved beginning cannot mislead.
    func minimumOfEveryKind(from start: [Double]) -> LocalMinimum? {
        let first = minimum(from: start)
        if problem.loss.hasCorner { return first }
        let eliminated = problem.residual == .raw ? linear : []
        let identity = [Scale](repeating: .identity, count: start.count)
        var minima = first.map { [$0] } ?? []
        func consider(_ found: LocalMinimum?) { if let found, found.value.isFinite { minima.append(found) } }
        for origin in [start, compass(from: start, eliminated: eliminated)] {
            let logarithmic = origin.indices.map { k -> Scale in
                let bound = bounds[k]
                let free = bound.lower <= 0 && (bound == .none || bound.upper == .infinity)
                guard origin[k] != 0, free, !eliminated.contains(k) else { return .identity }
                return .logarithmic(negative: origin[k] < 0)
            }
            for damping in [1e-3, 100] {
                consider(solve(from: origin, scales: logarithmic, eliminated: eliminated, damping: damping))
                consider(solve(from: origin, scales: identity, eliminated: eliminated, damping: damping))
            }
            if !eliminated.isEmpty { consider(solve(from: origin, scales: identity, eliminated: [])) }
        }
        // Equal minima differ by terms that changed places; the one that resembles the start is meant.
        guard let lowest = minima.map(\.value).min() else { return nil }
        let equal = minima.filter { $0.value <= lowest * (1 + 1e-9) }
        let converged = equal.filter(\.termination.isConverged)
        return (converged.isEmpty ? equal : converged).min { far($0, from: start) < far($1, from: start) }
    }

    // Orders of magnitude between a minimum and the start, a change of sign counting for ten.
    private func far(_ minimum: LocalMinimum, from start: [Double]) -> Double {
        var total = 0.0
        for (value, first) in zip(minimum.parameters, start) where value != 0 && first != 0 {
            total += (value < 0) == (first < 0) ? Elementary.ln((value / first).magnitude).magnitude : 10
        }
        return total
    }

    // Steps of a factor of four along each parameter that is not eliminated, then of two, and so on down to a twentieth
    // (Hooke & Jeeves 1961, without the pattern move).
    private func compass(from start: [Double], eliminated: [Int]) -> [Double] {
        var point = start
        var value = settledValue(&point, eliminated)
        for level in 0..<6 {
            let factor = Elementary.exp(1.4 / Double(1 << level))
            for _ in 0..<4 {
                var moved = false
                for k in point.indices where !eliminated.contains(k) && point[k] != 0 {
                    for multiplier in [factor, 1 / factor] {
                        var trial = point
                        trial[k] = bounds[k].clamped(trial[k] * multiplier)
                        let trialValue = settledValue(&trial, eliminated)
                        if trialValue < value || (value.isNaN && trialValue.isFinite) {
                            (point, value, moved) = (trial, trialValue, true)
                        }
                    }
                }
                if !moved { break }
            }
        }
        return point
    }

    private func settledValue(_ point: inout [Double], _ eliminated: [Int]) -> Double {
        guard !eliminated.isEmpty else { return objective.value(point) }
        let solver = NewtonSolver(
            objective: objective, scales: Array(repeating: .identity, count: point.count), bounds: bounds,
            frozen: Set(point.indices.filter { !eliminated.contains($0) }), iterationLimit: 20)
        guard let settled = solver.minimize(from: point) else { return .infinity }
        point = settled.parameters
        return settled.value
    }

    /// The minimum confirmed, or improved, with every parameter as it is printed.
    func confirmed(_ minimum: LocalMinimum) -> LocalMinimum {
        if problem.loss.hasCorner { return minimum }
        let identity = [Scale](repeating: .identity, count: minimum.parameters.count)
        let start = onBounds(minimum.parameters)
        guard var again = solve(from: start, scales: identity, eliminated: []) else { return minimum }
        if start != minimum.parameters, again.termination.isConverged,
            again.value <= minimum.value + objective.rounding(minimum.value)
        {
            return again
        }
        again.termination.iterations += minimum.termination.iterations
        let equal = again.value <= minimum.value * (1 + 1e-12) && again.termination.value <= minimum.termination.value
        return equal ? again : Self.better(minimum, again) ?? minimum
    }

    // A logarithmic scale stops short of a bound of zero by 1e-20 or so, which the objective cannot tell from zero.
    private func onBounds(_ parameters: [Double]) -> [Double] {
        let evaluation = objective.evaluate(parameters)
        let negligible = objective.rounding(evaluation.value)
        var result = parameters
        for k in parameters.indices {
            let (bound, slope) = (bounds[k], evaluation.gradient[k])
            let end = slope > 0 ? bound.lower : bound.upper
            let gap = (parameters[k] - end).magnitude
            let curvature = max(evaluation.companion[k, k], evaluation.hessian[k, k].magnitude)
            // The bound is nearer than the optimum along this parameter, and the way there costs nothing measurable.
            if gap > 0, gap * slope.magnitude <= negligible, gap * curvature < slope.magnitude { result[k] = end }
        }
        return result
    }

    private func solve(
        from start: [Double], scales: [Scale], eliminated: [Int], damping: Double = 1e-3,
        iterationLimit: Int = NewtonSolver.patience
    ) -> LocalMinimum? {
        if problem.loss.hasCorner {
            return CornerSolver(objective: objective, scales: scales, bounds: bounds, eliminated: eliminated)
                .minimize(from: start)
        }
        return NewtonSolver(
            objective: objective, scales: scales, bounds: bounds, eliminated: eliminated,
            iterationLimit: iterationLimit, firstDamping: damping,
            isSearching: isSearching
        ).minimize(from: start)
    }

    // Factors and coefficients move on a logarithmic scale while that keeps a sign that their bound or start gives.
    private func scales(for start: [Double], identityFor excluded: [Int] = []) -> [Scale] {
        start.indices.map { k in
            let bound = bounds[k]
            guard !excluded.contains(k), start[k] != 0 else { return .identity }
            let oneSided = bound.lower == 0 && bound.upper == .infinity && start[k] > 0
            let coefficient = linear.contains(k) && problem.residual != .raw && bound == .none
            let factor = factors.contains(k) && (bound == .none || oneSided)
            return coefficient || factor || (oneSided && linear.contains(k))
                ? .logarithmic(negative: start[k] < 0) : .identity
        }
    }

    /// The lower of two minima; of equal ones the first, unless only the second converged.
    static func better(_ a: LocalMinimum?, _ b: LocalMinimum?) -> LocalMinimum? {
        guard let a else { return b }
        guard let b else { return a }
        if b.value < a.value * (1 - 1e-9) { return b }
        if a.value < b.value * (1 - 1e-9) { return a }
        return b.termination.isConverged && !a.termination.isConverged ? b : a
    }
}
