// The value of a law somewhere, its interval, and how far outside of the data that is.

import Fitting
import Formulas

/// What an interval holds.
public enum IntervalKind: String, Hashable, Sendable, CaseIterable {
    /// The law's value: the uncertainty of the parameters alone.
    case mean
    /// A new measurement: that of the parameters and the noise of one observation.
    case observation
}

/// A closed interval with its probability.
public struct Interval: Hashable, Sendable {
    public let lower: Double
    public let upper: Double
    public let level: Double
    public let kind: IntervalKind
}

/// How far outside of the range of the fit an input lies.
public struct Distance: Hashable, Sendable {
    public let input: String
    /// max(x / largest, smallest / x, 1): 1 inside of the range. Infinite where x lies outside of a range that has no
    /// factor, as 0 does outside of 1..10.
    public let factor: Double
}

/// The value of a law at one point.
public struct Prediction: Hashable, Sendable {
    public let point: Point
    public let value: Double
    /// The standard error of the value on the scale of the residual (of ln f for the log scale); nil where no
    /// covariance is known.
    public let standardError: Double?
    /// Nil where no covariance is known, or for an observation no noise.
    public let interval: Interval?
    /// One for each input whose range is known, in the order of the law.
    public let distances: [Distance]
    /// `beyond-calibration`, `extrapolation`, `outside-domain`, `not-finite`, and those of the law: `uncertain-coefficients`.
    public let warnings: [Warning]

    /// The largest factor of all inputs; nil where no range is known.
    public var distance: Double? { distances.map(\.factor).max() }
}

/// The values of a law at many points, kept as columns.
public struct Predictions: Sendable {
    public let points: Points
    /// The law's value at each point.
    public let values: [Double]
    /// On the scale of the residual; nil where no covariance is known.
    public internal(set) var standardErrors: [Double]?
    /// Ends of the intervals; nil where there are none.
    public internal(set) var lower: [Double]?
    public internal(set) var upper: [Double]?
    public let level: Double
    public let kind: IntervalKind
    /// The scale on which the interval is symmetric.
    public let residual: Residual
    /// The set whose coefficients were used; nil for a saved fit or estimates that were given.
    public let set: String?
    /// What is doubtful about the law itself, `uncertain-coefficients`, or about what the points mean.
    public package(set) var warnings: [Warning]
    /// Where the intervals come from; nil where there are none.
    public internal(set) var source: IntervalSource?
    let inputs: [LawInput]
    /// The direction in which the fitted runs vary least; nil where it is not known.
    var weakDirection: WeakDirection?
    /// What calibrated the intervals, and how far along its scale each point lies; nil where nothing did.
    public internal(set) var calibration: Calibration?
    public internal(set) var scaleDistances: [Double]?
    /// What was predicted before, where laws are chained; see ``Chain``.
    public internal(set) var steps: [ChainedStep] = []
    /// What the laws of an average say; nil for any other law.
    public internal(set) var averaged: AveragedValues?
}

/// A kind of doubt that an interval holds, or leaves out.
public enum Doubt: String, Hashable, Sendable, CaseIterable {
    /// What the runs leave open if the law is right.
    case parameters
    /// The noise of one new run.
    case runNoise = "run-noise"
    /// That a law which is right among small runs is not quite right among large ones.
    case extrapolation
    /// That another law might have been taken.
    case choiceOfLaw = "choice-of-law"
}

extension Predictions {
    /// What the intervals hold; empty without intervals.
    public var doubts: [Doubt] {
        guard lower != nil else { return [] }
        var doubts: [Doubt] = [.parameters]
        if kind == .observation { doubts.append(.runNoise) }
        if isCalibrated { doubts.append(.extrapolation) }
        if let averaged, averaged.members.count > 1 { doubts.append(.choiceOfLaw) }
        return doubts
    }

    /// Whether the doubt of extrapolation is in all that the intervals were made of.
    public var isCalibrated: Bool {
        let parts = steps.map(\.predictions) + (averaged?.predictions ?? []).filter { $0.lower != nil }
        return (averaged != nil || calibration != nil) && parts.allSatisfy(\.isCalibrated)
    }
}

/// Where the interval of a prediction comes from.
public enum IntervalSource: String, Hashable, Sendable, CaseIterable {
    /// A backtest: the standard error widened with distance, see ``Calibration``.
    case calibrated
    /// The draws of a bootstrap, pushed through the law.
    case draws
    /// The covariance of the estimates, linearised.
    case delta
}

extension Predictions: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { values.count }

    public subscript(position: Int) -> Prediction {
        var interval: Interval?
        if let lower, let upper, lower[position].isFinite, upper[position].isFinite {
            interval = Interval(lower: lower[position], upper: upper[position], level: level, kind: kind)
        }
        let standardError = standardErrors.map { $0[position] }
        return Prediction(
            point: points[position], value: values[position],
            standardError: standardError.flatMap { $0.isFinite ? $0 : nil }, interval: interval,
            distances: distances(at: position), warnings: warnings + pointWarnings(at: position))
    }

    private func distances(at position: Int) -> [Distance] {
        inputs.compactMap { input in
            guard input.range != .none, let x = points.numbers[input.name]?[position] else { return nil }
            return Distance(input: input.name, factor: Extrapolation.factor(of: x, outside: input.range))
        } + alongWeakDirection(at: position)
    }

    private func alongWeakDirection(at position: Int) -> [Distance] {
        guard let weakDirection else { return [] }
        let factor = weakDirection.distance { points.numbers[$0]?[position] }
        return factor.isNaN ? [] : [Distance(input: weakDirection.name, factor: factor)]
    }

    /// The largest factor of all inputs at each point; nil where no range is known.
    package var distanceColumn: [Double]? {
        var factors: [Double]?
        for input in inputs where input.range != .none {
            guard let column = points.numbers[input.name] else { continue }
            let own = column.map { Extrapolation.factor(of: $0, outside: input.range) }
            factors = factors.map { zip($0, own).map { Swift.max($0, $1) } } ?? own
        }
        if let weakDirection, let known = factors {
            factors = known.indices.map { row in
                let factor = weakDirection.distance { points.numbers[$0]?[row] }
                return factor.isNaN ? known[row] : Swift.max(known[row], factor)
            }
        }
        return factors
    }

    /// What is doubtful at one point, without what is doubtful about the law.
    public func pointWarnings(at position: Int) -> [Warning] {
        var warnings: [Warning] = []
        for distance in distances(at: position) where distance.factor > 1 {
            if let weakDirection, distance.input == weakDirection.name {
                let x = weakDirection.value { points.numbers[$0]?[position] }
                // Rounding of the range's ends is no distance.
                if distance.factor > 1 + 1e-9 {
                    warnings.append(.outsideDesign(weakDirection, at: x, factor: distance.factor))
                }
                continue
            }
            guard let input = inputs.first(where: { $0.name == distance.input }),
                let x = points.numbers[input.name]?[position]
            else { continue }
            warnings.append(
                distance.factor.isFinite
                    ? .extrapolation(input, at: x, factor: distance.factor) : .outsideDomain(input, at: x))
        }
        if let calibration, let factor = scaleDistances?[position],
            factor > calibration.testedReach * (1 + 1e-9)
        {
            warnings.append(.beyondCalibration(calibration, factor: factor))
        }
        for warning in (steps.map(\.predictions) + (averaged?.predictions ?? [])).flatMap({
            $0.pointWarnings(at: position)
        })
        where !warnings.contains(where: { $0.code == warning.code }) { warnings.append(warning) }
        if !values[position].isFinite { warnings.append(.notFinite(values[position])) }
        return warnings
    }
}

enum Extrapolation {
    static func factor(of x: Double, outside range: Bound) -> Double {
        if range.contains(x) { return 1 }
        if x > range.upper, range.upper > 0 { return x / range.upper }
        if x < range.lower, x > 0 { return range.lower / x }
        return .infinity
    }
}
