// How sure a plan is: from draws, or by the delta method on the conditions of the optimum.

import Fitting
import Formulas

/// Intervals of whatever is read off the optimum.
struct PlanIntervals {
    private let optimum: PlanOptimum
    private let level: Double
    private(set) var source: IntervalSource?
    private(set) var drawCounts: (used: Int, without: Int)?
    private var others: [PlanOptimum] = []
    // Of the delta method: ∂u/∂θ by input, ∂f/∂θ, ∂ ln C/∂θ, ∂ exponents/∂θ, and what they are multiplied with.
    private var moves: [[Double]] = []
    private var responseMove: [Double] = []
    private var budgetMove: [Double] = []
    private var exponentMoves: [[Double]] = []
    private var covariance: [Double] = []
    private var t = 0.0
    private let scale: Residual
    private(set) var response: Plan.Value
    private(set) var spent: Plan.Value

    init(_ model: PlanModel, _ optimum: PlanOptimum, draws: [[Double]]?, holding held: [Int: Double])
        throws(ScalingError)
    {
        let space = model.space
        self.optimum = optimum
        level = space.options.level
        scale = space.law.fitting.residual ?? .raw
        response = Plan.Value(optimum.value)
        spent = Plan.Value(Elementary.exp(optimum.budget))
        if let draws {
            let found = model.optima(near: optimum, draws: draws, holding: held)
            others = found.compactMap(\.self)
            drawCounts = (draws.count, draws.count - others.count)
            guard others.count > 1 else { return }
            source = .draws
            response = percentiles(optimum.value, others.map(\.value))
            if isCostChosen(space) { spent = percentiles(spent.value, others.map { Elementary.exp($0.budget) }) }
            return
        }
        let estimates = space.estimates
        guard let covariance = estimates.covariance, estimates.degreesOfFreedom > 0 else { return }
        self.covariance = covariance
        t = StudentT(degreesOfFreedom: estimates.degreesOfFreedom).quantile(0.5 + level / 2)
        guard let moved = try Self.moves(model, optimum, holding: held) else { return }
        (moves, responseMove, budgetMove, exponentMoves) = moved
        source = .delta
        response = around(optimum.value, responseMove)
        if isCostChosen(space) { spent = exponential(optimum.budget, budgetMove) }
    }

    // With a budget its own cost is what was asked for.
    private func isCostChosen(_ space: PlanSpace) -> Bool {
        if case .budget = space.options.goal { return false }
        return space.cost != nil && !(space.free.isEmpty)
    }

    /// The interval of something that is read off the optimum.
    func value(_ reading: PlanReading) -> Plan.Value {
        let value = Elementary.exp(reading.logarithm)
        switch source {
        case .draws?: return percentiles(value, reading.again(others).map { Elementary.exp($0) })
        // What a backtest widens is the value of the law, not where its optimum is.
        case .delta?, .calibrated?:
            let count = responseMove.count
            let gradient = (0..<count).map { k in
                zip(reading.gradient, moves).reduce(0) { $0 + $1.0 * $1.1[k] }
            }
            return exponential(reading.logarithm, gradient)
        case nil: return Plan.Value(value)
        }
    }

    /// The exponent of the frontier of a free input.
    func exponent(_ k: Int) -> Plan.Value? {
        guard optimum.exponents[k].isFinite else { return nil }
        // Rounding is no growth.
        let value = optimum.exponents[k].magnitude < 1e-12 ? 0 : optimum.exponents[k]
        switch source {
        case .draws?:
            let drawn = percentiles(value, others.map { $0.exponents[k] })
            if let low = drawn.lower, let high = drawn.upper, high - low < 1e-9 { return Plan.Value(value) }
            return drawn
        case .delta? where !exponentMoves.isEmpty:
            let half = t * error(exponentMoves[k])
            if half < 1e-9 { return Plan.Value(value) }
            return Plan.Value(value, lower: value - half, upper: value + half)
        default: return Plan.Value(value)
        }
    }

    // MARK: - Percentiles

    private func percentiles(_ value: Double, _ values: [Double]) -> Plan.Value {
        let drawn = DrawnDistribution(values, estimate: value)
        let (low, high) = (drawn.quantile((1 - level) / 2), drawn.quantile((1 + level) / 2))
        guard low.isFinite, high.isFinite else { return Plan.Value(value) }
        // What no draw changes, but for the rounding of the solver, has no interval.
        if (high - low) <= 1e-8 * value.magnitude, (low - value).magnitude <= 1e-8 * value.magnitude {
            return Plan.Value(value)
        }
        return Plan.Value(value, lower: low, upper: high)
    }

    // MARK: - The delta method

    private func error(_ gradient: [Double]) -> Double {
        let n = gradient.count
        var variance = 0.0
        for (i, a) in gradient.enumerated() where a != 0 {
            for (j, b) in gradient.enumerated() { variance += a * covariance[i * n + j] * b }
        }
        return max(0, variance).squareRoot()
    }

    private func exponential(_ logarithm: Double, _ gradient: [Double]) -> Plan.Value {
        let half = t * error(gradient)
        // What no parameter moves has no interval.
        if half < 1e-12 { return Plan.Value(Elementary.exp(logarithm)) }
        return Plan.Value(
            Elementary.exp(logarithm), lower: Elementary.exp(logarithm - half),
            upper: Elementary.exp(logarithm + half)
        )
    }

    // On the scale of the residual, as predictions are.
    private func around(_ value: Double, _ gradient: [Double]) -> Plan.Value {
        let slope =
            switch scale {
            case .raw: 1.0
            case .log: 1 / value
            case .logit: 1 / (value * (1 - value))
            }
        let half = t * error(gradient) * slope.magnitude
        if half < 1e-12 { return Plan.Value(value) }
        let z = scale.transformed(value)
        return Plan.Value(value, lower: scale.restored(z - half), upper: scale.restored(z + half))
    }

    /// ∂u/∂θ, ∂f/∂θ, ∂ln C/∂θ and the derivatives of the exponents; nil where the conditions are singular.
    private static func moves(_ model: PlanModel, _ optimum: PlanOptimum, holding held: [Int: Double])
        throws(ScalingError) -> ([[Double]], [Double], [Double], [[Double]])?
    {
        let space = model.space
        let count = space.estimates.names.count
        let functions = try model.functionsByParameter()
        let hasCost = space.cost != nil
        // The optimum of a budget a factor e^shift from this one, with how it moves.
        func sensitivity(_ shift: Double) -> PlanSensitivity? {
            var rows = [
                model.row(
                    at: optimum.logarithms, parameters: space.estimates.values,
                    ceiling: hasCost ? optimum.budget + shift : 1, holding: held, isActive: hasCost)
            ]
            model.forBudget.solve(&rows)
            guard rows[0].isSettled else { return nil }
            let values = functions.run([rows[0].logarithms], parameters: [space.estimates.values])
            return PlanSensitivity(rows[0], model.forBudget, values, at: 0, parameters: count)
        }
        guard let here = sensitivity(0) else { return nil }
        var (moves, response) = (here.byParameter, here.response)
        var budget = [Double](repeating: 0, count: count)
        // Along the frontier: what the budget must do so that the target, or the held size, stays.
        var along: [Double]?
        if case .response = space.options.goal, here.responseByBudget != 0 {
            along = response.map { -$0 / here.responseByBudget }
        } else if let anchor = space.anchor, here.byBudget[anchor.position] != 0 {
            along = moves[anchor.position].map { -$0 / here.byBudget[anchor.position] }
        }
        if let along {
            budget = along
            for i in moves.indices { for k in 0..<count { moves[i][k] += here.byBudget[i] * along[k] } }
            for k in 0..<count { response[k] += here.responseByBudget * along[k] }
        }
        // Third derivatives by a difference over budgets; the first two are exact.
        let shift = 0.05
        var exponents: [[Double]] = []
        if hasCost, let up = sensitivity(shift), let down = sensitivity(-shift) {
            exponents = moves.indices.map { i in
                (0..<count).map { k in
                    let own = (up.byParameter[i][k] - down.byParameter[i][k]) / (2 * shift)
                    let curve = (up.byBudget[i] - down.byBudget[i]) / (2 * shift)
                    return own + curve * (along?[k] ?? 0)
                }
            }
        }
        return (moves, response, budget, exponents)
    }
}
