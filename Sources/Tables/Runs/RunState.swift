// Whether a run came to its end: what it says of itself, what it was told to do, and how its curve looks.

import Formulas

/// How a run ended.
public enum RunState: Hashable, Sendable {
    /// As it was meant to, as far as anything says.
    case ended
    /// It was stopped, failed, or has not reached its last step yet.
    case interrupted(String)
    /// Its loss is no number any more, or lost most of what it had gained.
    case diverged(String)

    public var word: String {
        switch self {
        case .ended: "ended"
        case .interrupted: "interrupted"
        case .diverged: "diverged"
        }
    }

    public var reason: String? {
        switch self {
        case .ended: nil
        case .interrupted(let reason), .diverged(let reason): reason
        }
    }

    /// - Parameters:
    ///   - loss: the curve.
    ///   - word: what the software says: `finished`, `running`, `failed`, `killed`, `crashed`, `diverged`.
    ///   - last: the last step of any series.
    ///   - planned: the steps that were to be made.
    ///   - interval: steps between rows, the slack in comparing the two.
    public init(loss: StitchedSeries, word: String?, last: Int, planned: Double?, interval: Int) {
        if let reason = Self.divergence(loss) {
            self = .diverged(reason)
        } else if word == "diverged" {
            self = .diverged("it says so of itself")
        } else if let planned, planned > 0, Double(last + max(1, interval)) < planned {
            self = .interrupted("step \(last) of \(Expression.decimal(planned))")
        } else if let word, ["failed", "killed", "crashed", "running", "scheduled"].contains(word),
            planned.map({ Double(last + max(1, interval)) < $0 }) ?? true
        {
            self = .interrupted(
                word == "running" ? "it says that it is running" : "it \(word == "failed" ? "failed" : "was \(word)")"
            )
        } else {
            self = .ended
        }
    }

    /// A curve diverged where its last value is no finite number, or where the median of its last tenth lies above the
    /// lowest median of a tenth by more than half of the descent from the first tenth to that one, and by more than five
    /// standard errors of such a difference: a late stretch of a run descends less than its noise.
    private static func divergence(_ loss: StitchedSeries) -> String? {
        guard let last = loss.values.last else { return nil }
        if !last.isFinite {
            let first = loss.values.lastIndex { $0.isFinite }.map { $0 + 1 } ?? 0
            return "the loss is \(last.isNaN ? "nan" : "infinite") from step \(loss.steps[first]) on"
        }
        let tenth = loss.count / 10
        guard tenth >= 3 else { return nil }
        let medians = (0..<10).map { part -> Double in
            let from = part * tenth
            let to = part == 9 ? loss.count : from + tenth
            let values = loss.values[from..<to].filter(\.isFinite).sorted()
            return values.isEmpty ? .infinity : values[values.count / 2]
        }
        guard let lowest = medians.min(), lowest < medians[0] else { return nil }
        let end = medians[9]
        let jumps = zip(loss.values.dropFirst(), loss.values).map { ($0 - $1).magnitude }.filter(\.isFinite).sorted()
        // σ of white noise from the median of |x − y|, and the standard error of a difference of two medians of tenths.
        let noise = jumps.isEmpty ? 0 : 1.048 * jumps[jumps.count / 2]
        let error = 1.2533 * noise * (2 / Double(tenth)).squareRoot()
        guard end - lowest > max(0.5 * (medians[0] - lowest), 5 * error) else { return nil }
        return
            "the loss went from \(Numeral.significant(lowest, digits: 4)) back to \(Numeral.significant(end, digits: 4))"
    }
}
