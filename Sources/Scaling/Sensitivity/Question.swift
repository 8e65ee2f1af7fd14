// What is asked of a fit, before there is one: the same question can be put to other fits of the same law.

import Fitting
import Formulas

/// A number that is wanted from a fit: a formula of parameters, or the law's value at a point.
public enum Question: Hashable, Sendable {
    /// A parameter by its name: `alpha`, `E[C4]`.
    case parameter(String)
    /// `beta/(alpha+beta)`, `E[C4] - E[RedPajama]`.
    case parameters(Formula)
    /// The law at a point.
    case value(Point)

    /// The question put to a problem.
    ///
    /// - Throws: `FitError` for a parameter or an input that the problem does not have.
    public func estimand(of problem: Problem) throws(FitError) -> Estimand {
        switch self {
        case .parameter(let name): return try Estimand(parameter: name, of: problem, option: "--answer")
        case .parameters(let formula): return try Estimand(formula, of: problem, option: "--answer")
        case .value(let point): return try Estimand(predictionAt: point, of: problem)
        }
    }

    /// The questions that are asked where nobody asks one: the exponents of a law, else all of its parameters.
    static func usual(_ problem: Problem) -> [Question] {
        let shape = problem.shapeParameters
        let names = problem.parameters.filter { $0.bound.lower < $0.bound.upper }.map(\.name)
        let wanted = names.filter { shape.contains(String($0.prefix { $0 != "[" })) }
        return (wanted.isEmpty ? names : wanted).map { .parameter($0) }
    }
}
