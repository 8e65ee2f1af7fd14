// The frontier: what is best for every budget, how sure that is, and where the plan lies on it.

import Fitting
import Formulas
import Scaling

/// A figure of the best allocation over compute: a panel for each input that is chosen, and one for what comes out.
public struct FrontierFigure: Sendable {
    /// Plans of one law by ascending budget.
    public var plans: [Plan]
    /// Plans that stand out.
    public var asked: [Plan]
    /// The compute of the runs that the law was fitted to.
    public var runs: ClosedRange<Double>?
    /// Plans of another law for the same budgets.
    public var published: [Plan]

    public init(plans: [Plan], asked: [Plan] = [], runs: ClosedRange<Double>? = nil, published: [Plan] = []) {
        (self.plans, self.asked, self.runs, self.published) = (plans, asked, runs, published)
    }

    /// - Precondition: there are plans.
    public func picture() -> Picture {
        precondition(!plans.isEmpty, "a frontier without plans")
        let law = plans[0].law
        let free = plans[0].choices.filter { $0.role != .fixed }.map(\.input.name).prefix(5)
        var panels = free.map { name in
            panel(law.axis(name, values: values { $0[name]?.value.value })) { $0[name]?.value }
        }
        panels.append(panel(law.responseAxis(values: values { $0.response.value })) { $0.response })
        var key: [Figure.KeyEntry] = []
        if hasBand { key.append(.init(.band, .kind(0), "\(Numbers.short(100 * plans[0].level)) % interval")) }
        if !asked.isEmpty { key.append(.init(.diamond, .accent, "the plan")) }
        if let other = published.first?.law { key.append(.init(.line(.dotted), .kind(1), other.id)) }
        if runs != nil { key.append(.init(.band, .beyond, "beyond the runs' compute")) }
        return Picture(
            title: "Best use of compute: \(Picture.shortened(law.title))", subtitle: subtitle,
            description: description, key: key,
            panels: panels, columns: panels.count > 3 ? 2 : panels.count)
    }

    private func values(_ value: (Plan) -> Double?) -> [Double] { plans.compactMap(value) }

    private var hasBand: Bool { plans.contains { $0.response.lower != nil } }

    private func panel(_ axis: Axis, _ value: (Plan) -> Plan.Value?) -> Figure {
        let budgets = plans.map(\.spent.value)
        var figure = Figure(
            title: axis.label, description: "",
            x: Axis(isFLOP ? "compute, FLOP" : "cost", values: budgets, isCompute: isFLOP), y: axis)
        figure.y.label = ""
        if let runs { figure.marks.append(Beyond(runs)) }
        let own = plans.map { value($0) }
        if own.contains(where: { $0?.lower != nil }) {
            figure.marks.append(
                Band(
                    "interval", x: budgets, lower: own.map { $0?.lower ?? .nan },
                    upper: own.map { $0?.upper ?? .nan }, ink: .kind(0)))
        }
        figure.marks.append(Curve(plans[0].law.id, x: budgets, y: own.map { $0?.value ?? .nan }, ink: .kind(0)))
        if !published.isEmpty {
            figure.marks.append(
                Curve(
                    published[0].law.id, x: published.map(\.spent.value),
                    y: published.map { value($0)?.value ?? .nan }, ink: .kind(1), width: 2, dash: .dotted))
        }
        for plan in asked {
            guard let own = value(plan) else { continue }
            let text = axis.notation == .plain ? Numbers.short(own.value) : Numbers.quantity(own.value, digits: 3)
            figure.marks.append(
                Whisker(
                    "plan", x: plan.spent.value, value: own.value, lower: own.lower ?? .nan, upper: own.upper ?? .nan,
                    ink: .accent, title: text))
            figure.marks.append(Note(text, x: plan.spent.value, y: own.value, ink: .accent))
        }
        return figure
    }

    private var isFLOP: Bool { plans[0].training != nil || plans[0].cost.map { "\($0)" } == "6*N*D" }

    private var subtitle: String {
        let cost = plans[0].cost.map { "cost \($0)" } ?? ""
        let exponents = plans[0].choices.compactMap { choice -> String? in
            guard let exponent = choice.exponent else { return nil }
            return "\(choice.input.name) ∝ C^\(Numbers.short(exponent.value, digits: 3))"
        }
        return ([cost] + exponents).filter { !$0.isEmpty }.joined(separator: "; ")
    }

    private var description: String {
        var text = "The best allocation of \(Numbers.counted(plans.count, "budget"))"
        if let first = plans.first, let last = plans.last {
            text +=
                " from \(Numbers.quantity(first.spent.value, digits: 3)) to \(Numbers.quantity(last.spent.value, digits: 3))"
        }
        for plan in asked {
            let inputs = plan.choices.filter { $0.role != .fixed }
                .map { "\($0.input.name) = \(Numbers.quantity($0.value.value))" }
            text +=
                "; at \(Numbers.quantity(plan.spent.value, digits: 3)) \(inputs.joined(separator: ", ")) and "
                + "\(plan.law.responseName) \(Numbers.short(plan.response.value))"
        }
        return text + "."
    }
}
