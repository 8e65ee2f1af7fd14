// A target and its intervals in words, one way for every page about runs.

import Fitting
import Formulas
import Scaling

/// What is known of a target, as pages write it.
struct SurenessWords {
    let next: NextRuns

    init(_ next: NextRuns) { self.next = next }

    /// `FLOP` where the cost is compute.
    var unit: String {
        if case .usual(let cost) = next.cost, cost.isCompute { return " FLOP" }
        return ""
    }

    /// `6 N D`, with what each run costs besides.
    var cost: String {
        let besides = next.overhead > 0 ? " and \(Numbers.quantity(next.overhead, digits: 2)) a run" : ""
        return next.cost.description + besides
    }

    /// The target's value, by the decimals of an interval.
    func value(_ sureness: NextRuns.Sureness) -> String {
        if isSize { return Numbers.quantity(next.value) }
        guard let (low, high) = ends(sureness.interval) else { return Numbers.short(next.value, digits: 5) }
        return Numbers.interval(next.value, low, high).0
    }

    var value: String { value(next.now) }

    /// The interval, or what there is without degrees of freedom.
    func interval(_ sureness: NextRuns.Sureness) -> String {
        if let interval = sureness.interval { return written(interval) }
        guard sureness.standardError.isFinite else { return "open" }
        return "standard error \(Numbers.short(sureness.standardError, digits: 2))"
    }

    /// With the doubt about the law.
    func doubted(_ sureness: NextRuns.Sureness) -> String { sureness.hedgedInterval.map(written) ?? "-" }

    /// By how much narrower than now: `12 %`.
    func narrower(_ sureness: NextRuns.Sureness, than first: NextRuns.Sureness) -> String {
        guard let now = width(first), let then = width(sureness), now > 0 else { return "-" }
        let share = 1 - then / now
        return share < 0.0005 ? "0 %" : "\(Numbers.short(100 * share, digits: 2)) %"
    }

    private func width(_ sureness: NextRuns.Sureness) -> Double? {
        guard let (low, high) = ends(sureness.interval) else { return nil }
        let width = next.scale.transformed(high) - next.scale.transformed(low)
        return width.isFinite ? width : nil
    }

    /// Where the intervals come from.
    var origin: String {
        switch next.intervalOrigin {
        case .calibrated: "calibrated, as predict has it"
        case .delta: isSize ? "as plan has it" : isValue ? "as predict has it" : "delta method"
        case .draws: "percentiles of draws"
        case .noise: "from the assumed noise"
        case .profile: "profile, as fit has it"
        }
    }

    /// A run's inputs, in the order of the law's.
    func cells(_ point: Point) -> [String] {
        next.law.inputs.map { input in
            switch point[input.name] {
            case .number(let value): Numbers.quantity(value, digits: 3)
            case .label(let label): label
            case nil: ""
            }
        }
    }

    /// A hardware-sized number, as parameters or tokens are written.
    private var isSize: Bool { if case .optimum = next.asked { true } else { false } }
    private var isValue: Bool { if case .value = next.asked { true } else { false } }

    private func written(_ interval: ConfidenceInterval) -> String {
        guard isSize, let (low, high) = ends(interval) else { return Numbers.interval(interval, around: next.value) }
        return "\(Numbers.quantity(low, digits: 3))..\(Numbers.quantity(high, digits: 3))"
    }

    private func ends(_ interval: ConfidenceInterval?) -> (Double, Double)? {
        guard let low = interval?.lower.value, let high = interval?.upper.value else { return nil }
        return (low, high)
    }
}
