// The scale on which a solver moves a parameter. Everywhere else a parameter is what the paper prints.

import Formulas

/// How a parameter θ depends on the solver's variable u.
enum Scale: Hashable {
    /// θ = u.
    case identity
    /// θ = ±exp(u): for factors and reference sizes, which differ by orders of magnitude and keep their sign.
    case logarithmic(negative: Bool)

    func variable(_ parameter: Double) -> Double {
        switch self {
        case .identity: parameter
        case .logarithmic: Elementary.ln(parameter.magnitude)
        }
    }

    func parameter(_ variable: Double) -> Double {
        switch self {
        case .identity: variable
        case .logarithmic(let negative): negative ? -Elementary.exp(variable) : Elementary.exp(variable)
        }
    }

    /// The parameter after a step of the variable, of a logarithmic one by `most` at most: where the data hardly feel a
    /// parameter, its Newton step is without measure, and would fling it to where they never feel it.
    func moved(_ parameter: Double, by step: Double, most: Double) -> Double {
        switch self {
        case .identity: parameter + step
        case .logarithmic: self.parameter(variable(parameter) + min(max(step, -most), most))
        }
    }

    /// dθ/du, which for the logarithmic scale is also d²θ/du².
    func slope(_ parameter: Double) -> Double {
        switch self {
        case .identity: 1
        case .logarithmic: parameter
        }
    }
}

extension Scale {
    /// The scales on which a problem is solved again from near its optimum: logarithmic for factors, and for
    /// coefficients of terms with parameters of their own, since ln A and α of A/N^α move together in a straight valley.
    static func warm(_ problem: Problem, at parameters: [Double]) -> [Scale] {
        let model = problem.model
        let linear = model.linearFamilies
        let searched = model.families.indices.filter { !linear.contains($0) }
        let ranges = SearchRanges.ranges(of: searched, in: model)
        var scales = [Scale](repeating: .identity, count: parameters.count)
        for (k, family) in model.families.enumerated() {
            let isCoefficient = linear.contains(k) && model.graph.onParameters(model.first[k])
            guard isCoefficient || ranges[k]?.isFactor == true else { continue }
            for position in family.parameters {
                scales[position] = .keepingSign(of: parameters[position], within: problem.parameters[position].bound)
            }
        }
        return scales
    }

    /// Logarithmic for a value that its bound lets shrink and grow without end, identity for any other: zero, and what
    /// has a bound elsewhere than at zero.
    static func keepingSign(of value: Double, within bound: Bound) -> Scale {
        let isOpen = bound == .none || (bound.lower == 0 && bound.upper == .infinity)
        return value != 0 && isOpen ? .logarithmic(negative: value < 0) : .identity
    }
}
