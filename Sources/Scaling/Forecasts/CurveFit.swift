// A law fitted to the first rows of one curve, and what it says of later steps.

import Fitting
import Formulas

/// A fit of the law to some rows of a running curve.
struct CurveFit {
    /// A value on the scale of the residual with its standard error, that of the parameters alone.
    struct Value {
        let center: Double
        let error: Double
    }

    let fit: Fit
    private let law: Law
    private let curve: RunningCurve

    /// - Parameters:
    ///   - count: how many of the rows, from the first.
    ///   - share: how much of an independent row each is.
    ///   - dispersion: about that of the objective; nil takes what neighbouring rows differ by.
    init(_ curve: RunningCurve, rows count: Int, share: Double, dispersion: Double? = nil) throws {
        var specification = curve.specification
        let rows = Self.chosen(count)
        let table = curve.table.rows(at: rows)
        // Rows that stand for others weigh as much as these would have.
        let weight = share * Double(count) / Double(rows.count)
        if let own = specification.weights, specification.weightMeaning == .precision {
            let values = try table.values(of: own.prediction)
            let mean = values.reduce(0, +) / Double(values.count)
            specification.weights = Formula(
                definitions: own.definitions, response: nil,
                prediction: .binary(.multiply, .number(weight / mean), own.prediction))
        } else {
            specification.weights = Formula(definitions: [], response: nil, prediction: .number(weight))
        }
        specification.weightMeaning = .frequency
        specification.condition = nil
        fit = try Fit(
            try Problem(specification, table: table), dispersion: dispersion ?? Self.dispersion(curve, count))
        law = Law(fit, specification: specification, of: curve.law, id: curve.law.id, title: "", version: "")
        self.curve = curve
    }

    // σ² of a Huber loss, half of that of squares: either is near enough to begin with.
    private static func dispersion(_ curve: RunningCurve, _ count: Int) -> Double {
        let losses = curve.losses.prefix(count)
        let squares = zip(losses.dropFirst(), losses).map { ($0 - $1) * ($0 - $1) / 2 }.sorted()
        return squares[squares.count / 2] / 0.4549  // the median of χ² with one degree of freedom
    }

    // Few enough for laws whose sums are long, and evenly spread.
    private static func chosen(_ count: Int) -> [Int] {
        count <= mostRows ? Array(0..<count) : (0..<mostRows).map { $0 * (count - 1) / (mostRows - 1) }
    }

    private static let mostRows = 200

    /// The law at steps of the curve.
    func values(_ steps: [Double]) throws(ScalingError) -> [Value] {
        let made = try law.predict(try curve.points(steps))
        return made.values.indices.map { k in
            Value(
                center: curve.specification.residual.transformed(made.values[k]),
                error: made.standardErrors?[k] ?? .nan)
        }
    }

    /// What became of a coefficient that the law brought.
    struct Share {
        let name: String
        let value: Double
        /// How much of the variance of the last value it has.
        let ofVariance: Double
        /// Its standard error, as a share of the spread that it had before.
        let narrowed: Double
        /// How many spreads it lies from what it was before.
        let distance: Double
    }

    func shares() throws(ScalingError) -> [Share] {
        guard let covariance = fit.estimates.covariance else { return [] }
        let gradient = try Predictor(law, fit.estimates, try curve.points([curve.end])).run(gradients: true).gradients
        let count = gradient.count
        var total = 0.0
        for i in 0..<count { for j in 0..<count { total += gradient[i] * covariance[i * count + j] * gradient[j] } }
        return fit.estimates.names.enumerated().compactMap { k, name in
            guard let prior = fit.problem.priors.first(where: { $0.subject.symbolNames == [name] }) else {
                return nil
            }
            let error = covariance[k * count + k].squareRoot()
            let value = fit.estimates.values[k]
            // The number that the prior is of: the coefficient, or what it lacks of 1.
            let subject = prior.subject.prediction == .name(name) ? value : 1 - value
            let (spread, distance): (Double, Double)
            switch prior.distribution {
            case .normal(let mean, let sd): (spread, distance) = (sd, (subject - mean) / sd)
            case .logNormal(let mean, let sd):
                (spread, distance) = (sd * subject.magnitude, (Elementary.ln(max(subject, 1e-300)) - mean) / sd)
            case .student(let mean, let scale, _): (spread, distance) = (scale, (subject - mean) / scale)
            case .uniform: return nil
            }
            return Share(
                name: name, value: value, ofVariance: gradient[k] * gradient[k] * error * error / total,
                narrowed: error / spread, distance: distance)
        }
    }
}

extension Formula {
    fileprivate var symbolNames: [String] { symbols.map(\.name) }
}
