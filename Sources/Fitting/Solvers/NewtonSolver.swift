// Damped Newton with exact second derivatives, with elimination of parameters that enter linearly.
//
// Far from the optimum it steps by the convex companion of the Hessian (Levenberg–Marquardt on reweighted least
// squares: Levenberg 1944, Marquardt 1963, Holland & Welsch 1977), near it by the Hessian itself. Parameters listed as
// eliminated are brought to their own optimum after every trial step, so that the outer step sees the reduced problem
// (variable projection: Golub & Pereyra 1973; the reduced Hessian is a Schur complement, by the envelope theorem).

/// Where a solver ended.
package struct LocalMinimum: Sendable {
    package var parameters: [Double]
    package var value: Double
    package var termination: Termination
}

package struct NewtonSolver {
    /// Steps after which a solver gives up.
    package static let patience = 300

    let objective: Objective
    /// One a parameter.
    var scales: [Scale]
    let bounds: [Bound]
    /// Parameters that enter linearly and are solved for at every trial.
    var eliminated: [Int] = []
    /// Parameters that keep their value.
    var frozen: Set<Int> = []
    var iterationLimit = NewtonSolver.patience
    /// Large for a cautious beginning: the first steps then follow the gradient.
    var firstDamping = 1e-3
    /// Whether the first steps take the Hessian itself and not its companion: where the start is near the end.
    var startsExact = false
    /// Whether Newton steps go on below the limit of convergence until rounding stops them.
    var refines = true
    /// Whether the start is one of many: then steps of factors are bounded, and the companion replaces an indefinite
    /// Hessian. A given start keeps to its own valley.
    var isSearching = false

    /// A promised decrease below this is negligible: 1e-12 of the objective, or what rounding leaves of it.
    private func limit(_ value: Double) -> Double { max(1e-12 * value, objective.rounding(value)) }

    /// Minimises from `start`; nil where the objective is not finite there.
    func minimize(from start: [Double]) -> LocalMinimum? {
        var point = start
        for k in point.indices { point[k] = bounds[k].clamped(point[k]) }
        guard settle(&point) else { return nil }
        var state = State(objective.evaluate(point), point)
        guard state.evaluation.value.isFinite else { return nil }
        var exact = startsExact
        var damping = firstDamping
        var refused = 0
        var escapes = 0
        for iteration in 0..<iterationLimit {
            let system = System(self, state)
            // The test is on the undamped Newton step; where the Hessian is not positive definite there is none.
            if let promise = system.promisedDecrease(), promise <= limit(state.value) {
                if !refines { return perfectFit(state, iteration) ?? ended(.converged, promise, state, iteration) }
                return refine(state, promise, iteration)
            }
            var accepted = false
            while damping < 1e16 {
                guard let step = direction(system, exact: exact, damping: damping) else {
                    damping = max(damping * 10, 1e-6)
                    continue
                }
                var trial = system.moved(by: step.vector)
                guard settle(&trial) else {
                    damping = max(damping * 10, 1e-4)
                    refused += 1
                    continue
                }
                let value = objective.value(trial)
                let decrease = state.value - value
                // Comparisons with NaN are false: an undefined trial is rejected like one that goes up.
                if decrease > 0 && decrease >= 1e-4 * step.promise {
                    let ratio = decrease / step.promise
                    damping = ratio > 0.75 ? damping / 10 : ratio < 0.25 ? damping * 4 : damping
                    if damping < 1e-12 { damping = 0 }
                    if !exact, decrease < 0.05 * state.value { exact = true }
                    state = State(objective.evaluate(trial), trial)
                    accepted = true
                    refused = 0
                    break
                }
                // Below the rounding of the objective itself no trial can tell.
                if step.promise <= 0.01 * objective.rounding(state.value) { break }
                damping = max(damping * 10, 1e-4)
                refused += 1
                if exact, refused == 3 { (exact, damping) = (false, 1e-3) }
            }
            if !accepted {
                if let perfect = perfectFit(state, iteration) { return perfect }
                guard let promise = system.promisedDecreaseIfNotSaddle() else {
                    escapes += 1
                    if escapes <= 5, let beside = besideSaddle(state, system) {
                        (state, exact, damping) = (beside, false, firstDamping)
                        continue
                    }
                    return ended(.stalled, .infinity, state, iteration)
                }
                return refine(state, promise, iteration)
            }
        }
        if let perfect = perfectFit(state, iterationLimit) { return perfect }
        let promise = System(self, state).promisedDecreaseIfNotSaddle() ?? .infinity
        return ended(
            promise <= limit(state.value) ? .converged : .iterationLimit, promise, state, iterationLimit)
    }

    // Where the Hessian is not positive definite with this damping, the companion is: no need to damp more.
    private func direction(_ system: System, exact: Bool, damping: Double) -> Step? {
        if let step = system.step(exact: exact, damping: damping) { return step }
        return exact && isSearching ? system.step(exact: false, damping: damping) : nil
    }

    // A lower point along the most negative curvature, near or far, on either side.
    private func besideSaddle(_ state: State, _ system: System) -> State? {
        guard let way = system.wayOffSaddle() else { return nil }
        var size = state.value.squareRoot()
        for _ in 0..<8 {
            for sign in [1.0, -1.0] {
                var trial = system.moved(by: way.map { $0 * sign * size })
                guard settle(&trial) else { continue }
                if objective.value(trial) < state.value - objective.rounding(state.value) {
                    return State(objective.evaluate(trial), trial)
                }
            }
            size /= 10
        }
        return nil
    }

    // MARK: - Endings

    // Full Newton steps until rounding: the objective cannot tell any more, so the promised decrease decides.
    private func refine(_ start: State, _ startPromise: Double, _ iteration: Int) -> LocalMinimum {
        var (state, promise) = (start, startPromise)
        for _ in 0..<20 {
            let system = System(self, state)
            guard let step = system.step(exact: true, damping: 0) else { break }
            var trial = system.moved(by: step.vector)
            guard settle(&trial) else { break }
            let next = State(objective.evaluate(trial), trial)
            guard next.value <= state.value + objective.rounding(state.value),
                let nextPromise = System(self, next).promisedDecrease(), nextPromise < 0.5 * promise
            else { break }
            (state, promise) = (next, nextPromise)
        }
        if let perfect = perfectFit(state, iteration) { return perfect }
        return ended(promise <= limit(state.value) ? .converged : .stalled, promise, state, iteration)
    }

    private func perfectFit(_ state: State, _ iteration: Int) -> LocalMinimum? {
        let limit = objective.roundingFloor
        guard state.value <= limit else { return nil }
        return LocalMinimum(
            parameters: state.parameters, value: state.value,
            termination: Termination(reason: .exact, value: state.value, limit: limit, iterations: iteration))
    }

    private func ended(
        _ reason: Termination.Reason, _ promise: Double, _ state: State, _ iteration: Int
    ) -> LocalMinimum {
        LocalMinimum(
            parameters: state.parameters, value: state.value,
            termination: Termination(
                reason: reason, value: promise, limit: limit(state.value), iterations: iteration))
    }

    // MARK: - Elimination

    // Brings the eliminated parameters to their optimum for the others. The inner problem is convex: linear residuals
    // under a convex loss, within bounds.
    private func settle(_ point: inout [Double]) -> Bool {
        if eliminated.isEmpty { return true }
        var inner = self
        inner.eliminated = []
        inner.frozen = frozen.union(point.indices.filter { !eliminated.contains($0) })
        inner.scales = Array(repeating: .identity, count: point.count)
        inner.iterationLimit = 100
        guard let minimum = inner.minimize(from: point) else { return false }
        point = minimum.parameters
        return true
    }
}

extension NewtonSolver {
    /// A point with what is known there.
    struct State {
        let evaluation: Evaluation
        let parameters: [Double]
        var value: Double { evaluation.value }

        init(_ evaluation: Evaluation, _ parameters: [Double]) {
            self.evaluation = evaluation
            self.parameters = parameters
        }
    }

    /// A step of the solver's variables with the decrease that its quadratic model promises.
    struct Step {
        let vector: [Double]
        let promise: Double
    }
}
