// The runs that may be bought, and what each costs.

import Fitting
import Formulas
import Tables

/// What a run costs, of the inputs of a law.
public enum RunCost: Hashable, Sendable {
    /// 6·N·D, or the one number that the law reads.
    case usual(ComputeCost)
    case formula(Formula)

    /// - Throws: ``ScalingError/next(_:)`` where the law's inputs do not say what a run costs and nobody else does.
    public init(_ formula: Formula?, for law: Law) throws(ScalingError) {
        if let formula {
            self = .formula(formula)
            let numbers = law.inputs.filter { !$0.isLabel }.map(\.name)
            if let missing = formula.symbols.first(where: { !numbers.contains($0.name) }) {
                throw .next(
                    .costNeeds(missing.name, cost: "\(formula)", law: law.id, inputs: law.inputsWithUnits))
            }
        } else if let usual = ComputeCost(law) {
            self = .usual(usual)
        } else {
            throw .next(.noCost(law: law.id, inputs: law.inputsWithUnits))
        }
    }

    /// `6 N D`.
    public var description: String {
        switch self {
        case .usual(let cost): cost.description
        case .formula(let formula): "\(formula)"
        }
    }

    /// One a point.
    func values(_ points: Points, _ law: Law) throws(ScalingError) -> [Double] {
        let costs: [Double]
        switch self {
        case .usual(let cost):
            costs = (0..<points.count).map { row in cost.value { points.numbers[$0]?[row] } }
        case .formula(let formula):
            let table = Table(
                name: "candidates",
                columns: points.numbers.sorted { $0.key < $1.key }.map { Column(name: $0.key, numbers: $0.value) })
            do { costs = try table.values(of: formula.prediction) } catch { throw .table(error) }
        }
        if let row = costs.firstIndex(where: { !($0 > 0 && $0.isFinite) }) {
            throw .next(.costNotPositive(description, point: points[row].text(law)))
        }
        // A formula without inputs is a price a run.
        return costs.count == points.count ? costs : Array(repeating: costs.first ?? 1, count: points.count)
    }
}

extension Points {
    /// As many candidates as are compared.
    public static let mostCandidates = 2_000

    /// Candidates where nobody names any: a grid over the logarithms of the inputs that the runs differ in, as many points
    /// as come near 500, from the least to `reach` times the most that was run; rounded to two digits.
    ///
    /// - Parameters:
    ///   - ranges: what each input may be, where that was said.
    /// - Throws: ``ScalingError/next(_:)`` where an input has no range.
    init(freely law: Law, runs: Points, ranges: [String: Bound], reach: Double = 10) throws(ScalingError) {
        var axes: [PointGrammar.Axis] = []
        var labelled: [String] = []
        var spans: [(name: String, low: Double, high: Double)] = []
        for input in law.inputs {
            if input.isLabel {
                labelled.append(input.name)
                continue
            }
            let values = (runs.numbers[input.name] ?? []).filter(\.isFinite)
            let given = ranges[input.name] ?? .none
            guard let least = values.min(), let most = values.max() else {
                throw .next(.freeNeedsRanges(input.name, law: law.id))
            }
            let low = given.lower > -.infinity ? given.lower : least
            let high = given.upper < .infinity ? given.upper : least < most ? most * reach : most
            guard low > 0 else { throw .next(.freeNeedsRanges(input.name, law: law.id)) }
            guard high >= low else {
                let isLowGiven = given.lower > -.infinity
                throw .next(.emptyRange(input.name, low: low, high: high, isLowGiven: isLowGiven))
            }
            spans.append((input.name, low, high))
        }
        let combinations = labelled.isEmpty ? 1 : Set(runs.map { point in labelled.map { point[$0] } }).count
        let moving = spans.count { $0.low < $0.high }
        let each = Swift.max(3, Int(Elementary.power(500 / Double(combinations), 1 / Double(Swift.max(1, moving)))))
        for span in spans {
            let count = span.low < span.high ? each : 1
            let step = count > 1 ? Elementary.ln(span.high / span.low) / Double(count - 1) : 0
            var values: [Double] = []
            for k in 0..<count {
                let exact = span.low * Elementary.exp(step * Double(k))
                let rounded = count > 1 ? Quantity.parse(Numeral.scientific(exact, digits: 2)) ?? exact : exact
                let value = Swift.min(Swift.max(rounded, span.low), span.high)
                if !values.contains(value) { values.append(value) }
            }
            axes.append(PointGrammar.Axis(name: span.name, values: .numbers(values)))
        }
        let names = law.inputs.map(\.name)
        let count = axes.reduce(1) { $0 * $1.count }
        if labelled.isEmpty {
            self.init(count: count, names: names, axes: axes)
            return
        }
        var seen: [[String]] = []
        for row in 0..<runs.count {
            let labels = labelled.map { runs.labels[$0]?[row] ?? "" }
            if !seen.contains(labels) { seen.append(labels) }
        }
        self.init(
            joining: seen.map { labels in
                let own = zip(labelled, labels).map { PointGrammar.Axis(name: $0, values: .label($1)) }
                return Points(count: count, names: names, axes: axes + own)
            })
    }

    /// Those at some places.
    package func taking(_ rows: [Int]) -> Points {
        Points(
            count: rows.count, names: names, numbers: numbers.mapValues { column in rows.map { column[$0] } },
            labels: labels.mapValues { column in rows.map { column[$0] } })
    }
}
