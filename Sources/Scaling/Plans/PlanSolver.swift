// Minimisation over logarithms of inputs under a budget and limits, for thousands of rows at once.
//
// Each row is a problem of its own: its parameters, its bounds, its budget. All rows that still move are evaluated in
// one pass of the column machine; the algebra of a row is that of a handful of variables.

import Formulas

/// A function as it is minimised or limited.
struct PlanTerm {
    enum Scale: Equatable {
        case logarithm
        /// The value times this number: −1 turns a maximum into a minimum.
        case factor(Double)
    }

    let function: Int
    let scale: Scale

    func values(_ values: PlanFunctions.Values) -> PlanFunctions.Values {
        var result = values
        let n = values.gradient.count
        switch scale {
        case .factor(let factor):
            result.value *= factor
            for k in 0..<n { result.gradient[k] *= factor }
            for k in 0..<(n * n) { result.hessian[k] *= factor }
        case .logarithm:
            result.value = values.value > 0 ? Elementary.ln(values.value) : .nan
            for k in 0..<n { result.gradient[k] /= values.value }
            for i in 0..<n {
                for j in 0..<n {
                    result.hessian[i * n + j] =
                        values.hessian[i * n + j] / values.value - result.gradient[i] * result.gradient[j]
                }
            }
        }
        return result
    }
}

/// One problem: where it stands, what bounds it, and how it ended.
struct PlanRow {
    enum End: Equatable {
        case none
        /// A point where no step promises anything, with every condition held.
        case optimum
        /// The conditions cannot all be met from here.
        case infeasible
        /// The functions have no finite values here.
        case undefined
        /// The steps did not come to rest: there is no minimum that they could reach.
        case unsettled
    }

    var logarithms: [Double]
    var parameters: [Double]
    var lower: [Double]
    var upper: [Double]
    /// What each limited term must not exceed, on the scale of the term.
    var ceilings: [Double]
    var end = End.none
    /// −1 and 1 for inputs that stand at their lower and upper bound.
    var held: [Int] = []
    /// Which limits bind.
    var active: [Bool] = []
    var multipliers: [Double] = []
    /// Whether second derivatives say that the point is a minimum.
    var isConvex = true
    /// The value of the objective, on its own scale.
    var objective = Double.nan

    // Of the search.
    fileprivate var trial: [Double] = []
    fileprivate var step: [Double] = []
    fileprivate var share = 1.0
    fileprivate var lastStep = Double.infinity
    fileprivate var merit = Double.infinity
    fileprivate var penalty = 0.0
    fileprivate var releases = 0
    fileprivate var isFirst = true

    init(
        _ logarithms: [Double], parameters: [Double], lower: [Double], upper: [Double], ceilings: [Double],
        active: [Bool]
    ) {
        self.logarithms = zip(logarithms, zip(lower, upper)).map { min(max($0, $1.0), $1.1) }
        (self.parameters, self.lower, self.upper, self.ceilings) = (parameters, lower, upper, ceilings)
        self.active = active
        trial = self.logarithms
        held = logarithms.indices.map { lower[$0] == upper[$0] ? 2 : 0 }
    }

    var isSettled: Bool { end == .optimum }
}

/// Brings rows to their minima.
struct PlanSolver {
    let functions: PlanFunctions
    let objective: PlanTerm
    let limits: [PlanTerm]

    /// A step of this size in every logarithm is rounding.
    static let smallestStep = 1e-10
    private static let longestStep = 3.0
    private static let mostPasses = 160

    func solve(_ rows: inout [PlanRow]) {
        var moving = rows.indices.filter { rows[$0].end == .none }
        for _ in 0..<Self.mostPasses where !moving.isEmpty {
            let values = functions.run(
                moving.map { rows[$0].trial }, parameters: moving.map { rows[$0].parameters })
            for (place, row) in moving.enumerated() { advance(&rows[row], values, place) }
            moving = moving.filter { rows[$0].end == .none }
        }
        for row in moving { rows[row].end = .unsettled }
    }

    private func advance(_ row: inout PlanRow, _ values: PlanValues, _ place: Int) {
        let goal = objective.values(values.values(objective.function, place))
        let conditions = limits.map { $0.values(values.values($0.function, place)) }
        let residuals = conditions.indices.map { conditions[$0].value - row.ceilings[$0] }
        let isFinite =
            goal.value.isFinite && goal.gradient.allSatisfy(\.isFinite) && residuals.allSatisfy(\.isFinite)
        if !isFinite, row.isFirst { return row.end = .undefined }
        let merit = isFinite ? merit(goal.value, residuals, row) : .infinity
        if !row.isFirst, row.share * row.lastStep > 1e-4, !(merit <= row.merit) {
            row.share *= 0.3
            if row.share < 1e-9 { return row.end = .unsettled }
            return setTrial(&row)
        }
        if !isFinite { return row.end = .unsettled }
        row.logarithms = row.trial
        row.objective = goal.value
        for k in residuals.indices where !row.active[k] && residuals[k] > 1e-12 { row.active[k] = true }
        for k in row.held.indices where row.held[k] == 0 {
            if row.logarithms[k] <= row.lower[k] { row.held[k] = -1 }
            if row.logarithms[k] >= row.upper[k] { row.held[k] = 1 }
        }
        row.isFirst = false
        turn(&row, goal, conditions, residuals)
    }

    // Where to go from a point that was accepted.
    private func turn(
        _ row: inout PlanRow, _ goal: PlanFunctions.Values, _ conditions: [PlanFunctions.Values],
        _ residuals: [Double]
    ) {
        let binding = conditions.indices.filter { row.active[$0] }
        let free = row.held.indices.filter { row.held[$0] == 0 }
        let step = PlanStep(
            gradient: goal.gradient,
            hessian: { multipliers in
                var hessian = goal.hessian
                for (place, k) in binding.enumerated() {
                    for e in hessian.indices { hessian[e] += multipliers[place] * conditions[k].hessian[e] }
                }
                return hessian
            },
            rows: binding.map { conditions[$0].gradient }, residuals: binding.map { residuals[$0] }, free: free)
        row.isConvex = step.isConvex
        row.multipliers = Array(repeating: 0, count: conditions.count)
        for (place, k) in binding.enumerated() { row.multipliers[k] = step.multipliers[place] }
        let size = step.step.map(\.magnitude).max() ?? 0
        let isNoise = size < 1e-7 && size > 0.3 * row.lastStep
        if size < Self.smallestStep || isNoise { return settle(&row, goal, conditions, residuals) }
        row.penalty = max(row.penalty, 2 * (row.multipliers.map(\.magnitude).max() ?? 0))
        row.merit = merit(goal.value, residuals, row)
        row.merit += 1e-14 * row.merit.magnitude
        row.step = step.step
        row.lastStep = size
        row.share = min(1, Self.longestStep / size)
        for k in free where row.step[k] != 0 {
            let room = row.step[k] > 0 ? row.upper[k] - row.logarithms[k] : row.lower[k] - row.logarithms[k]
            if row.step[k] * row.share / room > 1 { row.share = room / row.step[k] }
        }
        setTrial(&row)
    }

    // At rest: a bound or a limit that holds back what would gain is let go, one at a time; else this is the end.
    private func settle(
        _ row: inout PlanRow, _ goal: PlanFunctions.Values, _ conditions: [PlanFunctions.Values],
        _ residuals: [Double]
    ) {
        let violated = residuals.indices.first { row.active[$0] && residuals[$0] > 1e-8 }
        var slope = goal.gradient
        if let violated {
            slope = conditions[violated].gradient
        } else {
            for k in conditions.indices where row.active[k] {
                for i in slope.indices { slope[i] += row.multipliers[k] * conditions[k].gradient[i] }
            }
        }
        row.releases += 1
        let mayGo = row.releases <= 4 * (row.held.count + conditions.count)
        // A limit that is not reached, or that the minimum stays away from.
        let size = goal.gradient.map(\.magnitude).max() ?? 0
        let loose = residuals.indices.first { k in
            guard row.active[k] else { return false }
            if residuals[k] < -1e-8 { return true }
            return violated == nil && row.multipliers[k] < -1e-9 * max(size, 1e-30)
        }
        if mayGo, let loose {
            row.active[loose] = false
            row.lastStep = .infinity
            return turn(&row, goal, conditions, residuals)
        }
        let gains = row.held.indices.filter { k in
            // Up from the lower bound, down from the upper one.
            (row.held[k] == -1 && slope[k] < -1e-9 * max(size, 1e-30))
                || (row.held[k] == 1 && slope[k] > 1e-9 * max(size, 1e-30))
        }
        if mayGo, let best = gains.max(by: { slope[$0].magnitude < slope[$1].magnitude }) {
            row.held[best] = 0
            row.lastStep = .infinity
            return turn(&row, goal, conditions, residuals)
        }
        row.end = violated == nil ? .optimum : .infeasible
    }

    private func setTrial(_ row: inout PlanRow) {
        for k in row.trial.indices {
            let x = row.logarithms[k] + row.share * row.step[k]
            row.trial[k] = min(max(x, row.lower[k]), row.upper[k])
        }
    }

    private func merit(_ goal: Double, _ residuals: [Double], _ row: PlanRow) -> Double {
        var merit = goal
        for (k, residual) in residuals.enumerated() {
            merit += row.penalty * (row.active[k] ? residual.magnitude : max(0, residual))
        }
        return merit
    }
}
