// Terms that the data may do without, and what that leaves open.

import Formulas

/// A term c·φ(x; s) of a law, seen from its coefficient or from a parameter of its shape.
///
/// Where the best fit with c = 0 lies within the interval's limit, the data say nothing of the shape s: any value of it
/// fits as well. Nor do they limit c, where some shape makes the term vanish on every row whatever c is, as B/D^beta does
/// for a steep beta. No path from the best fit finds that out: it would have to pass through a law in which s has no
/// meaning.
struct AbsentTerm {
    /// The best objective without the term.
    let objective: Double
    /// Parameters of that fit, c = 0.
    let parameters: [Double]
    private let coefficient: Int
    private let shapes: [Int]
    private let isShape: Bool

    /// Nil where the parameter at `position` belongs to no such term, or its coefficient must not be zero.
    init?(_ fit: Fit, position: Int, solver: NewtonSolver) {
        let problem = fit.problem
        let model = problem.model
        guard let family = model.families.firstIndex(where: { $0.parameters.contains(position) }),
            model.families[family].count == 1
        else { return nil }
        func interact(_ k: Int, _ l: Int) -> Bool { model.second[max(k, l)][min(k, l)] != nil }
        let linear = model.linearFamilies
        isShape = !linear.contains(family)
        let coefficients = isShape ? linear.filter { interact($0, family) } : [family]
        guard coefficients.count == 1, model.families[coefficients[0]].count == 1 else { return nil }
        let shaping = model.families.indices.filter { !linear.contains($0) && interact($0, coefficients[0]) }
        guard !shaping.isEmpty, shaping.allSatisfy({ model.families[$0].count == 1 }) else { return nil }
        let coefficient = model.families[coefficients[0]].offset
        self.coefficient = coefficient
        shapes = shaping.map { model.families[$0].offset }
        guard problem.parameters[coefficient].bound.contains(0) else { return nil }
        var start = fit.coefficients
        start[coefficient] = 0
        var without = solver
        without.eliminated.removeAll { $0 == coefficient }
        without.frozen = [coefficient]
        guard let found = without.minimize(from: start), found.value.isFinite else { return nil }
        (objective, parameters) = (found.value, found.parameters)
    }

    /// Whether the parameter may be anything on one side of its estimate, as far as `limit` of the objective goes.
    func leavesOpen(_ sign: Double, limit: Double, _ sum: Objective) -> Bool {
        guard objective < limit else { return false }
        func reaches(_ change: (inout [Double]) -> Void) -> Bool {
            var point = parameters
            change(&point)
            let value = sum.value(point)
            return value.isFinite && value < limit
        }
        let bounds = sum.problem.parameters.map(\.bound)
        if isShape { return [0.1, 10].allSatisfy { far in reaches { $0[shapes[0]] += sign * far } } }
        // Steeper by far than any law, in each direction that the bounds leave.
        return shapes.contains { shape in
            [-1e3, 1e3].contains { steep in
                bounds[shape].contains(steep)
                    && reaches {
                        $0[shape] = steep
                        $0[coefficient] = sign * 1e9
                    }
            }
        }
    }
}
