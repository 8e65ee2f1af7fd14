// What a run costs before its first step: the set-up, the queue, a person's attention.

import Formulas

/// A cost that each run has, whatever its size.
public enum RunOverhead: Hashable, Sendable {
    /// In the unit of the cost.
    case amount(Double)
    /// Of the most costly run so far; of the most that one run may cost, where there are none.
    case share(Double)

    /// No overhead.
    public static let none = RunOverhead.amount(0)

    /// What `next` takes where runs are named one after another: a hundredth of the most costly run. Nobody prepares a
    /// run for a millionth of what the last one took, and without any overhead those are what is told most by per cost.
    public static let usual = RunOverhead.share(0.01)

    /// Reads `5e18` or `1%`.
    public init?(_ text: String) {
        if text.last == "%" {
            guard let share = Quantity.parse(text.dropLast()), share >= 0, share <= 1000 else { return nil }
            self = .share(share / 100)
            return
        }
        guard let amount = Quantity.parse(text), amount >= 0, amount.isFinite else { return nil }
        self = .amount(amount)
    }

    /// - Parameter largest: what a share is of; nil where nothing says it.
    func value(largest: Double?) -> Double {
        switch self {
        case .amount(let amount): amount
        case .share(let share): share * (largest ?? 0)
        }
    }
}
