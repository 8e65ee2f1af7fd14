// A law made linear at its estimates: how the response at any place moves with the parameters.

import Fitting
import Formulas

/// The law of a fit, with its prior, at places that may be far from its runs.
struct RunModel {
    let law: Law
    /// The estimates, with the terms that the fit lost.
    let estimates: Estimates
    /// T of θ = θ̂ + T ε, one direction a deviate.
    let directions: [[Double]]
    let residual: Residual
    private let scales: [InputScale]

    /// How an input is measured: by its logarithm, or in spans of its range where it is not above zero.
    private struct InputScale {
        let name: String
        /// Nil for the logarithm.
        let span: Double?
    }

    /// - Parameter places: all places that will be asked for; whether an input is above zero is decided by them.
    init(_ origin: RunOrigin, law: Law, prior: RunPrior, over places: [Points]) {
        let spread = prior.spread(origin.problem, at: origin.parameters)
        self.law = law
        estimates = Estimates(names: origin.problem.parameterNames, values: spread.parameters)
        directions = spread.directions
        residual = origin.problem.residual
        scales = law.inputs.filter { !$0.isLabel }.map { input in
            let values = places.flatMap { $0.numbers[input.name] ?? [] }.filter(\.isFinite)
            guard let low = values.min(), let high = values.max(), low <= 0 else {
                return InputScale(name: input.name, span: nil)
            }
            return InputScale(name: input.name, span: high > low ? high - low : 1)
        }
    }

    /// The places of these points, and the law's values there.
    func places(_ points: Points) throws(ScalingError) -> (places: [RunPlace], values: [Double]) {
        let run = try Predictor(law, estimates, points).run(gradients: true)
        let count = estimates.values.count
        let labels = law.inputs.filter(\.isLabel).map { points.labels[$0.name] ?? [] }
        let numbers = scales.map { points.numbers[$0.name] ?? [] }
        let places = (0..<points.count).map { row -> RunPlace in
            let value = run.values[row]
            let (slope, byLogarithm) = slopes(value)
            let gradient = run.gradients[(row * count)..<((row + 1) * count)].map { $0 * slope }
            let features = directions.map { direction in
                zip(gradient, direction).reduce(0) { $1.1 == 0 ? $0 : $0 + $1.0 * $1.1 }
            }
            let logarithms = scales.enumerated().map { k, scale in
                scale.span.map { numbers[k][row] / $0 * Self.span } ?? Elementary.ln(numbers[k][row])
            }
            return RunPlace(
                features: features, logarithms: logarithms, labels: labels.map { $0[row] }, slope: byLogarithm)
        }
        return (places, run.values)
    }

    /// How an estimand moves with the deviates.
    func features(_ estimand: Estimand) -> [Double] {
        let gradient = estimand.derivatives(estimates.values).gradient
        return directions.map { direction in
            zip(gradient, direction).reduce(0) { $1.1 == 0 ? $0 : $0 + $1.0 * $1.1 }
        }
    }

    /// What a standard deviation of a parameter's own deviate is in words: `alpha to 0.21`, `A to a factor 2.1`.
    func told(_ parameter: Int, spread: Double) -> String {
        let (size, step) = (estimates.values[parameter].magnitude, directions[parameter][parameter].magnitude)
        let name = estimates.names[parameter]
        // A term's size is known by its logarithm, or not at all.
        guard step == size else { return "\(name) to \(Numeral.short(spread * step, digits: 2))" }
        let factor = Elementary.exp(min(spread, Self.most))
        return "\(name) to a factor \(spread > Self.most ? "above " : "")\(Numeral.short(factor, digits: 2))"
    }

    // ln 1000.
    private static let most = 6.907755278982137
    // The range of an input without logarithm counts as a factor of a hundred.
    private static let span = 4.605170185988092

    // ∂z/∂f and ∂z/∂ ln f.
    private func slopes(_ value: Double) -> (Double, Double) {
        switch residual {
        case .raw: (1, value)
        case .log: (1 / value, 1)
        case .logit: (1 / (value * (1 - value)), 1 / (1 - value))
        }
    }
}
