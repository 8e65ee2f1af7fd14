// An average of laws as a law: what a selection leaves, kept in one file and predicted like any other.

import Fitting
import Formulas

/// A law of an average, and how much it weighs.
public struct LawMember: Hashable, Sendable {
    /// Above zero; the weights of an average sum to 1.
    public var weight: Double
    public var law: Law

    public init(_ law: Law, weight: Double) {
        self.law = law
        self.weight = weight
    }
}

extension Law {
    /// The average of several laws, over the inputs of all of them.
    ///
    /// - Parameters:
    ///   - members: at least one; their weights are divided by their sum.
    ///   - residual: the scale on which values are averaged.
    public init(average members: [LawMember], residual: Residual, id: String, title: String) {
        precondition(!members.isEmpty, "an average of nothing")
        self.init(id: id, kind: .average, title: title)
        let sum = members.reduce(0) { $0 + $1.weight }
        self.members = members.map { LawMember($0.law, weight: $0.weight / sum) }
        for input in members.flatMap(\.law.inputs) where self.input(input.name) == nil { inputs.append(input) }
        response = members[0].law.response
        fitting.residual = residual
    }

    /// Why a law cannot be fitted, planned or drawn that has no formula of its own.
    package var noFormula: ScalingError {
        kind == .average ? .averageHasNoFormula(id: id) : .claimHasNoFormula(id: id)
    }
}

/// What the laws of an average say one by one.
public struct AveragedValues: Sendable {
    /// In the order of the members.
    public let members: [LawMember]
    public let predictions: [Predictions]
    /// √(Σ w (g(f) − mean)²) at each point, on the scale g of the residual.
    public let spreads: [Double]
}

extension Law {
    /// The average at points: g⁻¹(Σ w g(f)).
    ///
    /// Each law's interval is made as it makes it alone, half widths h on the scale of the residual; the average's half
    /// width is √(Σ w h² + z² · spread²), z being the normal quantile of the level: the variance of a mixture. A law without
    /// an interval, because its runs do not determine it, is taken to be as wide as the others are in the mean, as long
    /// as these weigh half or more; `members-without-interval` says so.
    func averaged(
        _ points: Points, level: Double, interval kind: IntervalKind, source: IntervalSource?,
        vectorLevel: VectorLevel
    ) throws(ScalingError) -> Predictions {
        var all: [Predictions] = []
        for member in members {
            all.append(
                try member.law.predict(
                    points.chosen(for: member.law), level: level, interval: kind, source: source,
                    vectorLevel: vectorLevel))
        }
        let scale = fitting.residual ?? .raw
        let z = Halves.normal.quantile(0.5 + level / 2)
        var (values, spreads, lower, upper): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        for row in points.indices {
            let transformed = all.map { scale.transformed($0.values[row]) }
            let mean = zip(members, transformed).reduce(0) { $0 + $1.0.weight * $1.1 }
            var (between, below, above, known) = (0.0, 0.0, 0.0, 0.0)
            for (place, member) in members.enumerated() {
                let (own, weight) = (transformed[place], member.weight)
                between += weight * (own - mean) * (own - mean)
                let (low, high) = (all[place].lower?[row] ?? .nan, all[place].upper?[row] ?? .nan)
                let (down, up) = (own - scale.transformed(low), scale.transformed(high) - own)
                guard down.isFinite, up.isFinite else { continue }
                below += weight * down * down
                above += weight * up * up
                known += weight
            }
            (below, above) = known >= 0.5 ? (below / known, above / known) : (.nan, .nan)
            values.append(scale.restored(mean))
            spreads.append(between.squareRoot())
            lower.append(scale.restored(mean - (below + z * z * between).squareRoot()))
            upper.append(scale.restored(mean + (above + z * z * between).squareRoot()))
        }
        var result = Predictions(
            points: points, values: values, level: level, kind: kind, residual: scale, set: nil, warnings: [],
            inputs: inputs)
        for warning in all.flatMap(\.warnings) where !result.warnings.contains(warning) {
            result.warnings.append(warning)
        }
        result.averaged = AveragedValues(members: members, predictions: all, spreads: spreads)
        let without = zip(members, all).filter { $0.1.lower == nil }.map(\.0)
        let isMost = without.reduce(0) { $0 + $1.weight } > 0.5
        if !without.isEmpty {
            result.warnings.append(.membersWithoutInterval(without.map(\.law.id), areMost: isMost))
        }
        if !isMost {
            (result.lower, result.upper) = (lower, upper)
            let sources = Set(all.compactMap(\.source))
            // The least of what all have: draws are more than the delta method, a backtest more than both.
            result.source = sources.count == 1 ? sources.first : sources.contains(.delta) ? .delta : .draws
        }
        return result
    }
}

extension Warning {
    static func membersWithoutInterval(_ laws: [String], areMost: Bool) -> Warning {
        Warning(
            code: "members-without-interval",
            message:
                "\(laws.joined(separator: ", ")): the runs do not determine \(laws.count == 1 ? "it" : "them"), so no interval",
            hint: areMost
                ? "they have more than half of the weight, so the average has none either; select without them"
                : "the average takes the mean width of its other laws for \(laws.count == 1 ? "it" : "them")")
    }
}
