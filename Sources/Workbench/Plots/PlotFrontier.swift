// Plans for a row of budgets, for figures that show how the best grows with compute.

import Formulas
import Reports
import Scaling

enum PlotFrontier {
    private static let budgets = 25

    /// One plan; a quick one has no interval from draws.
    static func plan(_ request: PlanRequest, _ law: Law, isQuick: Bool) throws -> Plan {
        var options = try PlanVerb.options(request, law)
        if isQuick { options.source = .delta }
        return try law.plan(options)
    }

    /// Whether a request has a budget, a target, or a size that is held in place of one.
    static func saysHowLarge(_ request: PlanRequest) -> Bool {
        request.budget != nil || request.gpuHours != nil || request.dollars != nil || request.target != nil
            || request.fixed?.isEmpty == false
    }

    /// The compute of the fitted runs.
    static func compute(of subject: PlotSubject?, _ cost: ComputeCost?) -> ClosedRange<Double>? {
        guard let subject, let cost else { return nil }
        let costs = subject.runs.fitted.map { row in
            cost.value { name in
                if case .number(let value)? = subject.runs.points[row][name] { value } else { nil }
            }
        }.filter { $0 > 0 && $0.isFinite }
        guard let low = costs.min(), let high = costs.max() else { return nil }
        return low...high
    }

    /// Another law's plans for the same budgets; those without an optimum are left out.
    static func published(_ law: Law, _ plans: [Plan]) -> [Plan] {
        plans.compactMap { plan in
            var options = PlanOptions(.budget(plan.spent.value))
            options.source = .delta
            return try? law.plan(options)
        }
    }

    /// Plans from the smallest run, or a ten thousandth of the plan, to ten times the larger of the largest run and the
    /// plan; budgets without an optimum are left out.
    static func over(
        _ law: Law, _ request: PlanRequest?, _ held: Point, besides axes: [String], _ cost: ComputeCost?,
        _ subject: PlotSubject?, _ plan: Plan?, isQuick: Bool
    ) throws -> [Plan] {
        let runs = compute(of: subject, cost)
        let asked = plan?.spent.value
        guard let high = [runs?.upperBound, asked].compactMap({ $0 }).max() else {
            if isQuick { return [] }
            throw WorkbenchError.plot(.noBudget(law: law.id))
        }
        // A map shows more than runs and plan; what lies outside of it is cut off.
        let low = runs.map { isQuick ? $0.lowerBound / 100 : $0.lowerBound } ?? high / (isQuick ? 1e9 : 1e4)
        var asking = request ?? PlanRequest(law: law.id)
        (asking.gpuHours, asking.dollars, asking.target) = (nil, nil, nil)
        asking.fixed = request?.fixed?.filter { name, _ in !axes.contains(name) && name != "N" && name != "D" }
        if request == nil { asking.fixed = try PlotHeld.fixed(nil, held, besides: axes) }
        // What is held in place of a budget is free along the frontier.
        let top = asked == nil && !isQuick ? 100 * high : 10 * high
        return try (0..<budgets).compactMap { step in
            let share = Double(step) / Double(budgets - 1)
            asking.budget = low * Elementary.power(top / low, share)
            do { return try PlotFrontier.plan(asking, law, isQuick: isQuick) } catch {
                // A budget may have no best split; a question that leaves a label open has none at any.
                if !isQuick, case ScalingError.plan(.labelNotFixed) = error { throw error }
                return nil
            }
        }
    }
}

/// What the inputs are held at that a figure does not show.
enum PlotHeld {
    /// As `--at` says, else the median of the runs, else the first label.
    static func point(_ request: PlotRequest, _ law: Law, besides axes: [String], _ subject: PlotSubject?) throws
        -> Point
    {
        let given = try given(request, law, besides: axes, subject)
        var point = Point()
        for input in law.inputs where !axes.contains(input.name) {
            if let value = given[input.name] {
                point[input.name] = value
                continue
            }
            if let text = request.plan?.fixed?[input.name] {
                point[input.name] = input.isLabel ? .label(text) : Quantity.parse(text).map { .number($0) }
                continue
            }
            guard let subject else {
                throw WorkbenchError.plot(.needsValue(input.name, law: law.id))
            }
            point[input.name] = middle(input.name, of: subject)
        }
        return point
    }

    /// What `--at` says, as `predict` reads it; of some inputs only.
    private static func given(_ request: PlotRequest, _ law: Law, besides axes: [String], _ subject: PlotSubject?)
        throws -> Point
    {
        var given = Point()
        for text in request.at ?? [] where text.contains(where: { !$0.isWhitespace }) {
            var found: Points?
            do {
                found = try points(text, law)
            } catch {
                if !isUnknown(error) { throw error }
            }
            // A range is no one place.
            guard let found, found.count == 1 else {
                let example = example(law, besides: axes, subject)
                throw WorkbenchError.plot(.notHeld(text, inputs: law.inputs.map(\.name), example: example))
            }
            given.values.merge(found[0].values) { $1 }
        }
        return given
    }

    private static func points(_ text: String, _ law: Law) throws -> Points {
        var part = law
        do {
            return try Points(text, for: law)
        } catch {
            let missing = missing(error)
            if missing.isEmpty { throw error }
            part.inputs.removeAll { missing.contains($0.name) }
        }
        return try Points(text, for: part)
    }

    private static func missing(_ error: any Error) -> [String] {
        if case ScalingError.missingInputs(let names, _, _) = error { names } else { [] }
    }

    private static func isUnknown(_ error: any Error) -> Bool {
        if case ScalingError.points(.unknownInput, _, _) = error { true } else { false }
    }

    // An input that may be held, where the runs hold it.
    private static func example(_ law: Law, besides axes: [String], _ subject: PlotSubject?) -> String {
        guard let input = law.inputs.last(where: { !axes.contains($0.name) }) ?? law.inputs.last else { return "" }
        var point = Point()
        point[input.name] = subject.flatMap { middle(input.name, of: $0) } ?? (input.isLabel ? .label("…") : 8)
        return law.typed(point) { Numbers.quantity($0) }
    }

    // The median of the runs, or the label that stands there.
    private static func middle(_ input: String, of subject: PlotSubject) -> Point.Value? {
        let values = subject.runs.fitted.map { subject.runs.points[$0][input] }
        let numbers = values.compactMap { value -> Double? in
            if case .number(let number)? = value { number } else { nil }
        }.sorted()
        let labels = values.compactMap { value -> String? in
            if case .label(let label)? = value { label } else { nil }
        }.sorted()
        if !labels.isEmpty { return .label(labels[labels.count / 2]) }
        return numbers.isEmpty ? nil : .number(numbers[numbers.count / 2])
    }

    /// The same as a plan holds it.
    static func fixed(_ request: PlanRequest?, _ held: Point, besides axes: [String]) throws -> [String: String] {
        var fixed = request?.fixed ?? [:]
        for (name, value) in held.values where !axes.contains(name) && fixed[name] == nil {
            switch value {
            case .number(let number): fixed[name] = Expression.decimal(number)
            case .label(let label): fixed[name] = label
            }
        }
        return fixed
    }
}
