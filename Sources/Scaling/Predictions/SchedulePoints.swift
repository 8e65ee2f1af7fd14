// Points along runs whose schedules are given: the end of each, or its curve.

import Formulas

/// A run that is planned or going on, by its schedule.
public struct ScheduledRun: Hashable, Sendable {
    /// What points and reports call it: the schedule as it was typed, or the name of a run.
    public let label: String
    /// The learning rate of every step.
    public let rates: [Double]

    public init(label: String, rates: [Double]) {
        self.label = label
        self.rates = rates
    }

    /// The first step after which the rate no longer rises.
    package static func warmupEnd(_ rates: [Double]) -> Int {
        rates.indices.dropLast().first { rates[$0 + 1] <= rates[$0] } ?? max(0, rates.count - 1)
    }

    /// So many steps in equal distances, rounded, from the end of the warm-up to the last; two or more.
    func curve(_ count: Int) -> [Double] {
        let (first, last) = (Double(Self.warmupEnd(rates)), Double(rates.count - 1))
        var steps: [Double] = []
        for k in 0..<count {
            let step = (first + (last - first) * Double(k) / Double(max(1, count - 1))).rounded()
            if steps.last != step { steps.append(step) }
        }
        return steps
    }
}

extension Law {
    /// The names of the inputs that hold schedules and steps.
    ///
    /// - Throws: ``ScalingError/readsNoSchedule(law:)``; also where several inputs hold schedules.
    public func curveInputs() throws(ScalingError) -> (schedule: String, step: String) {
        guard let found = formula?.scheduleColumns, found.count == 1 else { throw .readsNoSchedule(law: id) }
        return found[0]
    }
}

extension Points {
    /// Points along runs: the last step of each, or those that the text names, or a curve.
    ///
    /// - Parameters:
    ///   - text: the other inputs of the law, and the steps if wanted, as ``init(_:for:)`` reads them; steps are
    ///     rounded.
    ///   - count: so many steps from the end of the warm-up to the last; nil for the last alone.
    /// - Throws: as ``init(_:for:)``, and ``ScalingError/readsNoSchedule(law:)``,
    ///   ``ScalingError/scheduleGivenTwice(input:)``.
    public init(_ text: String = "", for law: Law, along runs: [ScheduledRun], curve count: Int? = nil)
        throws(ScalingError)
    {
        let (schedule, step) = try law.curveInputs()
        var grammar = PointGrammar(text, law)
        let axes = text.allSatisfy { $0 == " " } ? [] : try grammar.read()
        if axes.contains(where: { $0.name == schedule }) { throw .scheduleGivenTwice(input: schedule) }
        try law.checkNames(axes.map(\.name).filter { $0 != step } + [schedule, step])
        var parts: [Points] = []
        var total = 0
        for run in runs {
            var own = axes.filter { $0.name != step }
            own.append(PointGrammar.Axis(name: schedule, values: .label(run.label)))
            var steps = count.map(run.curve) ?? [Double(run.rates.count - 1)]
            if let given = axes.first(where: { $0.name == step }), case .numbers(let numbers) = given.values {
                steps = []
                for number in numbers.map({ $0.rounded() }) where steps.last != number { steps.append(number) }
            }
            own.append(PointGrammar.Axis(name: step, values: .numbers(steps)))
            let size = own.reduce(1) { $0 * $1.count }
            total += size
            if total > Points.limit {
                throw .points(.tooMany(limit: Points.limit), in: text, at: 0..<text.utf8.count)
            }
            var part = Points(count: size, names: law.inputs.map(\.name), axes: own)
            part.schedules[run.label] = run.rates
            parts.append(part)
        }
        self.init(joining: parts)
    }
}
