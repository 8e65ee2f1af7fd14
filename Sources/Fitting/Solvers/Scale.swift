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
