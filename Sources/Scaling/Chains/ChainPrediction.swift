// The verb of a chain: predict, with the doubts of every step.

import Fitting
import Formulas

extension Chain {
    /// The last law's value at points whose other inputs the links predict, with intervals.
    ///
    /// The value is f₂(f₁(x)). Its interval is that of a mixture: what a link predicts is drawn from two halves of a
    /// normal that end where the link's own interval ends; through each of these numbers the last law gives its own
    /// interval, read the same way; the ends are quantiles of the mean of all. So every doubt that either interval holds,
    /// parameters, noise of a run, extrapolation, goes through the last law's curve, with the steps taken for
    /// independent.
    ///
    /// A ``Calibration`` of the last law by something that it does not read, such as 6·N·D, is used where the points have
    /// it, by the names of the inputs or of their columns.
    ///
    /// - Parameters:
    ///   - points: of ``asked``.
    ///   - set: of the last law; links take their set of the same name where they have one.
    /// - Returns: predictions at points that hold what the links predict as well. Without an interval of every step there
    ///   is none, and `step-without-interval` says so. `bend-not-seen` and `near-chance` say that the last law's runs do
    ///   not hold what is read from it.
    /// - Throws: as ``Law/predict(_:set:estimates:level:interval:source:vectorLevel:)``.
    public func predict(
        _ points: Points, set: String? = nil, level: Double = 0.95, interval kind: IntervalKind = .mean,
        source: IntervalSource? = nil, vectorLevel: VectorLevel = .best
    ) throws(ScalingError) -> Predictions {
        try predict(
            points, sets: (links.map { $0.law.ownSet(set) }, set), level: level, interval: kind, source: source,
            vectorLevel: vectorLevel)
    }

    /// The same with the set of every law by itself: those of the links, in their order, and that of the last law.
    func predict(
        _ points: Points, sets: (links: [String?], last: String?), level: Double, interval kind: IntervalKind,
        source: IntervalSource?, vectorLevel: VectorLevel
    ) throws(ScalingError) -> Predictions {
        func last(_ points: Points) throws(ScalingError) -> Predictions {
            try law.predict(
                points, set: sets.last, level: level, interval: kind, source: source, vectorLevel: vectorLevel)
        }
        var steps: [ChainedStep] = []
        for (link, own) in zip(links, sets.links) {
            let predictions = try link.law.predict(
                points.chosen(for: link.law), set: own, level: level, interval: kind, source: source,
                vectorLevel: vectorLevel)
            steps.append(ChainedStep(input: link.input, law: link.law.id, predictions: predictions))
        }
        let central = try last(lastPoints(points, steps.map(\.predictions.values)))
        let shown = shown
        var result = Predictions(
            points: Points(
                count: points.count, names: shown.inputs.map(\.name),
                numbers: lastPoints(points, steps.map(\.predictions.values)).numbers, labels: points.labels),
            values: central.values, level: level, kind: kind, residual: central.residual, set: central.set,
            warnings: central.warnings, inputs: shown.inputs)
        for warning in steps.flatMap(\.predictions.warnings) where !result.warnings.contains(warning) {
            result.warnings.append(warning)
        }
        result.steps = steps
        result.warnings += doubts(points, steps)
        let without = zip([law.id] + steps.map(\.law), [central] + steps.map(\.predictions)).filter {
            $0.1.lower == nil
        }
        guard without.isEmpty else {
            result.warnings.append(.stepWithoutInterval(without.map(\.0)))
            return result
        }
        (result.source, result.calibration, result.scaleDistances) = (
            central.source, central.calibration, central.scaleDistances
        )
        let nodes = ChainNodes(dimensions: links.count)
        var (lower, upper): ([Double], [Double]) = ([], [])
        let block = max(1, Self.mostRows / nodes.count)
        for start in stride(from: 0, to: points.count, by: block) {
            let rows = start..<min(start + block, points.count)
            let drawn = steps.enumerated().map { place, step in
                rows.flatMap { row in
                    let ends = step.predictions.halves(at: row)
                    return nodes.normals.map { ends.drawn($0[place]) }
                }
            }
            let repeated = points.repeated(rows, times: nodes.count)
            let all = try last(lastPoints(repeated, drawn))
            for place in 0..<rows.count {
                let halves = (0..<nodes.count).map { all.halves(at: place * nodes.count + $0) }
                let mixture = HalvesMixture(halves)
                lower.append(central.residual.restored(mixture.quantile((1 - level) / 2)))
                upper.append(central.residual.restored(mixture.quantile((1 + level) / 2)))
            }
        }
        (result.lower, result.upper) = (lower, upper)
        return result
    }

    // Rows that the last law is run over at once.
    private static let mostRows = 200_000

    /// Points of the last law: what it reads, what links predict, and whatever else may say how large a run is.
    private func lastPoints(_ points: Points, _ predicted: [[Double]]) -> Points {
        var numbers = points.numbers
        for link in links { link.law.addColumns(to: &numbers) }
        for (link, values) in zip(links, predicted) { numbers[link.input] = values }
        return Points(count: points.count, names: law.inputs.map(\.name), numbers: numbers, labels: points.labels)
    }

    // What the runs of the last law do not show, at the first points: those of a grid are alike.
    private func doubts(_ points: Points, _ steps: [ChainedStep]) -> [Warning] {
        var found: [Warning] = []
        for row in 0..<min(points.count, 20) {
            for step in steps {
                let others = lastPoints(
                    points.repeated(row..<row + 1, times: 1), steps.map { [$0.predictions.values[row]] })
                for warning in StepDoubts(law, input: step.input, others).warnings
                where !found.contains(where: { $0.code == warning.code }) {
                    found.append(warning)
                }
            }
        }
        return found
    }
}

extension Law {
    /// The name of a set, where the law has one of that name.
    package func ownSet(_ set: String?) -> String? { sets.contains { $0.name == set } ? set : nil }
}

extension Point {
    /// What a law reads of it.
    package func read(by law: Law) -> Point {
        let known = Set(law.inputs.map(\.name))
        return Point(values.filter { known.contains($0.key) })
    }
}

extension Points {
    /// The same places with what a law reads of them, and nothing else.
    ///
    /// - Throws: as ``Points/init(_:for:)``, where they do not say all that it reads.
    package func read(by law: Law) throws(ScalingError) -> Points {
        try Points(map { $0.read(by: law) }, for: law)
    }

    /// Points of a law. What it does not read stays with them: it may say how large a run is.
    func chosen(for law: Law) -> Points {
        Points(
            count: count, names: law.inputs.map(\.name), numbers: numbers, labels: labels)
    }

    /// Some rows, each so many times.
    func repeated(_ rows: Range<Int>, times: Int) -> Points {
        func many<Value>(_ column: [Value]) -> [Value] {
            rows.flatMap { Array(repeating: column[$0], count: times) }
        }
        return Points(
            count: rows.count * times, names: names, numbers: numbers.mapValues(many), labels: labels.mapValues(many))
    }
}

extension Warning {
    static func stepWithoutInterval(_ laws: [String]) -> Warning {
        Warning(
            code: "step-without-interval",
            message: "no interval: \(laws.joined(separator: " and ")) \(laws.count == 1 ? "has" : "have") none",
            hint: "published coefficients come without covariance; fit the law to runs of your own")
    }
}
