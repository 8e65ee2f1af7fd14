// The allocation that has a closed form: L = E + A/x^α + B/y^β under a cost k·x·y.
//
// With G = (αA/(βB))^(1/(α+β)) and c = C/k:
//
//     x* = G c^(β/(α+β)),  y* = c^(α/(α+β)) / G,  L* = E + (A G^−α + B G^β) c^(−αβ/(α+β))
//
// Source: Hoffmann et al. 2022, equation 4.

import Fitting
import Formulas

/// The law and cost of a plan, where they have that form.
struct ClosedForm {
    /// A coefficient: a number, or the place of a parameter.
    enum Coefficient {
        case number(Double)
        case parameter(Int)

        func value(_ parameters: [Double]) -> Double {
            switch self {
            case .number(let value): value
            case .parameter(let place): parameters[place]
            }
        }
    }

    private struct Term {
        let scale: Coefficient
        let input: String
        let exponent: Coefficient
    }

    private let floor: Coefficient
    private let terms: [Term]
    /// ln k.
    private let unitCost: Double

    /// Nil where the law, the cost or the limits are of another form.
    init?(_ model: PlanModel) {
        let space = model.space
        let options = space.options
        guard options.usesClosedForms, let formula = space.law.formula, formula.definitions.isEmpty, space.sign == 1,
            space.free.count == 2, space.ties.isEmpty, options.limits.isEmpty, options.whole.isEmpty,
            space.repeatedData == nil, space.cost != nil,
            space.ends.allSatisfy({ $0.lower == .open && $0.upper == .open })
        else { return nil }
        var floor: Coefficient?
        var terms: [Term] = []
        for part in Self.parts(formula.prediction) {
            if let term = Self.term(part, space) {
                terms.append(term)
            } else if floor == nil, let value = Self.coefficient(part, space) {
                floor = value
            } else {
                return nil
            }
        }
        let names = space.free.map(\.name)
        guard terms.count == 2, Set(terms.map(\.input)) == Set(names) else { return nil }
        self.terms = names.compactMap { name in terms.first { $0.input == name } }
        self.floor = floor ?? .number(0)
        // The cost is k·x·y where its logarithm has slopes of 1 and no curvature.
        let points = [[0.0, 0.0], [20.0, 25.0], [31.0, 12.0]]
        let zero = space.estimates.values
        let values = model.functions.run(points, parameters: points.map { _ in zero })
        let cost = PlanTerm(function: PlanModel.cost, scale: .logarithm)
        let found = points.indices.map { cost.values(values.values(PlanModel.cost, $0)) }
        unitCost = found[0].value
        for (point, value) in zip(points, found) {
            guard (value.value - unitCost - point[0] - point[1]).magnitude < 1e-12 * 60,
                value.gradient.allSatisfy({ ($0 - 1).magnitude < 1e-12 })
            else { return nil }
        }
    }

    /// The optimum for a budget, a target or a held input.
    enum Question {
        /// The logarithm of the budget.
        case budget(Double)
        case target(Double)
        /// One input's place and the logarithm of its value.
        case held(Int, Double)
    }

    struct Answer {
        var logarithms: [Double]
        var value: Double
        var budget: Double
        /// d ln x/d ln C and d ln y/d ln C.
        var exponents: [Double]
    }

    /// Nil where the coefficients leave no optimum (all but the floor must be above zero), or none for this target.
    func answer(_ question: Question, _ parameters: [Double]) -> Answer? {
        let scales = terms.map { $0.scale.value(parameters) }
        let powers = terms.map { $0.exponent.value(parameters) }
        let (a, b, alpha, beta) = (scales[0], scales[1], powers[0], powers[1])
        guard a > 0, b > 0, alpha > 0, beta > 0 else { return nil }
        let sum = alpha + beta
        let g = Elementary.ln(alpha * a / (beta * b)) / sum
        let rest = a * Elementary.exp(-alpha * g) + b * Elementary.exp(beta * g)
        let bottom = floor.value(parameters)
        let budget: Double
        switch question {
        case .budget(let given): budget = given - unitCost
        case .target(let target):
            guard target > bottom else { return nil }
            budget = Elementary.ln(rest / (target - bottom)) * sum / (alpha * beta)
        case .held(let place, let logarithm):
            budget = place == 0 ? (logarithm - g) * sum / beta : (logarithm + g) * sum / alpha
        }
        let answer = Answer(
            logarithms: [g + beta / sum * budget, alpha / sum * budget - g],
            value: bottom + rest * Elementary.exp(-alpha * beta / sum * budget), budget: budget + unitCost,
            exponents: [beta / sum, alpha / sum])
        return answer.logarithms.allSatisfy(\.isFinite) ? answer : nil
    }

    // MARK: - Reading a formula

    private static func parts(_ expression: Expression) -> [Expression] {
        if case .binary(.add, let left, let right) = expression { return parts(left) + parts(right) }
        return [expression]
    }

    // `A / N^alpha` or `A * N^-alpha`.
    private static func term(_ expression: Expression, _ space: PlanSpace) -> Term? {
        switch expression {
        case .binary(.divide, let scale, .binary(.power, .symbol(let input), let exponent)),
            .binary(.multiply, let scale, .binary(.power, .symbol(let input), .negate(let exponent))):
            guard space.free.contains(where: { $0.name == input.name }),
                let scale = coefficient(scale, space), let exponent = coefficient(exponent, space)
            else { return nil }
            return Term(scale: scale, input: input.name, exponent: exponent)
        default: return nil
        }
    }

    private static func coefficient(_ expression: Expression, _ space: PlanSpace) -> Coefficient? {
        switch expression {
        case .number(let value): return .number(value)
        case .symbol(let symbol) where symbol.indices.isEmpty && space.law.input(symbol.name) == nil:
            if let place = space.estimates.names.firstIndex(of: symbol.name) { return .parameter(place) }
            if let value = space.law.fixedValues[symbol.name] { return .number(value) }
            return space.law.ties[symbol.name].flatMap { coefficient($0.prediction, space) }
        default: return nil
        }
    }
}
