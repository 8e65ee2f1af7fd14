// What is assumed of the parameters beforehand, so that seven runs are enough to choose an eighth by.

import Fitting
import Formulas

/// A weak normal prior around the estimates, in directions in which a law is known to be weakly determined.
///
/// A parameter that enters linearly multiplies a term, cₖ Φₖ(x). What is known of it is the size of its term in the middle
/// of the runs, at the geometric centre x₀ of their inputs: ln (cₖ Φₖ(x₀)) has the standard deviation ``term``. An
/// exponent η has the standard deviation ``shape``, or half of its size where that is more, *while the terms at x₀ stay*:
///
///     ∂c_k/∂η = −c_k ∂ ln Φ_k(x₀)/∂η
///
/// Without that, a prior of A and alpha would say much of A/N^alpha far from N = 1, where every run lies. Any other
/// parameter has its own size as standard deviation. The prior only matters until runs say more: it keeps a covariance
/// finite that seven runs of five parameters leave open.
package struct RunPrior {
    /// Of the logarithm of a term in the middle of the runs.
    package var term = 1.0
    /// Of an exponent.
    package var shape = 0.15
    /// A term below this share of the law's value is taken for as large: what a fit of few runs lost may come back.
    package var least = 1e-3

    package init() {}

    /// The parameters with what a fit lost of them, and T of θ = θ̂ + T ε, with ε independent and standard normal.
    package func spread(_ problem: Problem, at given: [Double]) -> (parameters: [Double], directions: [[Double]]) {
        let count = given.count
        var parameters = given
        let centres = RunCentre.all(problem)
        let linear = Set(problem.model.linearFamilies.flatMap { Array(problem.model.families[$0].parameters) })
        let shapes = Set(problem.shapeParameters)
        let isShape = problem.parameterNames.map { shapes.contains(String($0.prefix { $0 != "[" })) }

        // By linear parameter: ∂ ln Φ/∂θ at the centre.
        var slopes: [Int: [Double]] = [:]
        for centre in centres {
            let local = centre.derivatives(parameters)
            for k in linear where slopes[k] == nil && local.gradient[k] != 0 && local.gradient[k].isFinite {
                let factor = local.gradient[k]
                if (parameters[k] * factor).magnitude < least * local.value.magnitude {
                    let sign: Double = parameters[k] < 0 || problem.parameters[k].bound.upper <= 0 ? -1 : 1
                    parameters[k] = sign * least * (local.value / factor).magnitude
                }
                slopes[k] = (0..<count).map { other in
                    let slope = linear.contains(other) ? 0 : local.hessian[k, other] / factor
                    return slope.isFinite ? slope : 0
                }
            }
        }
        let directions = (0..<count).map { k -> [Double] in
            var direction = [Double](repeating: 0, count: count)
            if linear.contains(k) {
                direction[k] = term * parameters[k]
                return direction
            }
            let size = parameters[k].magnitude
            direction[k] = isShape[k] ? max(shape, 0.5 * size) : max(size, 1e-6)
            for (other, slope) in slopes { direction[other] = -parameters[other] * slope[k] * direction[k] }
            return direction
        }
        return (parameters, directions)
    }
}

/// The law in the middle of the runs: at the geometric centre of their inputs, once for each combination of labels.
struct RunCentre {
    private let estimand: Estimand

    func derivatives(_ parameters: [Double]) -> Estimand.Local { estimand.derivatives(parameters) }

    /// At most so many combinations of labels.
    private static let most = 200

    static func all(_ problem: Problem) -> [RunCentre] {
        var point: [String: Double] = [:]
        for (input, values) in zip(problem.model.graph.inputs, problem.model.columns) {
            guard case .column(let column) = input else { continue }
            let finite = values.filter(\.isFinite)
            let isPositive = finite.allSatisfy { $0 > 0 }
            let mean = finite.reduce(0) { $0 + (isPositive ? Elementary.ln($1) : $1) } / Double(max(1, finite.count))
            point[problem.symbol(ofColumn: column)] = isPositive ? Elementary.exp(mean) : mean
        }
        return labels(problem).prefix(most).compactMap { labels in
            (try? Estimand(predictionAt: point, labels: labels, of: problem)).map(RunCentre.init)
        }
    }

    // `E[C4]` of the symbol E[dataset] says dataset = C4. Of several indexed parameters the labels are combined as far as
    // they name the same columns.
    private static func labels(_ problem: Problem) -> [[String: String]] {
        var found: [[String: String]] = []
        for family in problem.model.families where !family.symbol.indices.isEmpty {
            for position in family.parameters {
                let name = problem.parameterNames[position]
                let inside = name.drop { $0 != "[" }.dropFirst().dropLast()
                let words = String(inside).split(separator: ",").map { String($0.drop { $0 == " " }) }
                guard words.count == family.symbol.indices.count else { continue }
                let own = Dictionary(zip(family.symbol.indices, words)) { first, _ in first }
                if !found.contains(own) { found.append(own) }
            }
        }
        let columns = Set(found.flatMap(\.keys))
        let first = found.reduce(into: [String: String]()) { all, own in all.merge(own) { first, _ in first } }
        let whole = found.map { own in own.count == columns.count ? own : first.merging(own) { $1 } }
        return whole.isEmpty ? [[:]] : whole
    }
}
