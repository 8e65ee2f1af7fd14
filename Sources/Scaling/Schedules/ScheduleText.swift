// Schedules as a person types them: 'wsd peak=3e-4 warmup=2160 decay=4000 steps=24000'.

import Formulas

extension Schedule {
    /// Longer schedules are refused.
    public static let mostSteps = 10_000_000

    /// The families with the keys that each takes besides `peak`, `steps` and `warmup`.
    public static let families: [(name: String, keys: [String])] = [
        ("constant", []), ("cosine", ["end"]), ("linear", ["end"]), ("power", ["exponent"]),
        ("two-stage", ["second", "at"]), ("wsd", ["decay", "end", "shape"]),
    ]

    /// The families with all of their keys.
    static let grammar = families.map { (name: $0.name, keys: ["peak", "steps", "warmup"] + $0.keys) }

    /// The schedule that a text says: a family, and `key=value` for each of its numbers, in any order.
    ///
    /// `warmup` is 0, `end` 0 and `exponent` 0.5 unless given; `shape` of a wsd schedule is that of a ``Cooldown``. Of
    /// `warmup`, `decay` and `at`, `20%` is a share of the steps; of `end` and `second`, a share of the peak.
    ///
    /// - Throws: ``ScalingError/schedule(_:text:)``.
    public init(_ text: String) throws(ScalingError) {
        do throws(ScheduleFault) {
            self = try Self.read(try ScheduleWords(text, families: Self.grammar))
        } catch { throw .schedule(error, text: text) }
    }

    private static func read(_ words: ScheduleWords) throws(ScheduleFault) -> Schedule {
        let steps = try words.count("steps", in: 1...mostSteps)
        let warmup = try words.count("warmup", 0, of: steps, in: 0...(steps - 1))
        let peak = try words.rate("peak", zero: false)
        let rest: Family
        switch words.family {
        case "cosine": rest = .cosine(end: try words.rate("end", 0, of: peak, zero: true))
        case "linear": rest = .linear(end: try words.rate("end", 0, of: peak, zero: true))
        case "power": rest = .power(exponent: try words.number("exponent", 0.5))
        case "two-stage":
            rest = .twoStage(
                second: try words.rate("second", of: peak, zero: true),
                at: try words.count("at", of: steps, in: warmup...steps))
        case "wsd":
            guard let shape = Cooldown(rawValue: words.values["shape"] ?? "linear") else {
                let shapes = Cooldown.allCases.map(\.rawValue)
                throw .doesNotFit(
                    "shape", needs: "\(shapes.dropLast().joined(separator: ", ")) or \(shapes.last ?? "")")
            }
            rest = .warmupStableDecay(
                decay: try words.count("decay", of: steps, in: 0...(steps - warmup)),
                end: try words.rate("end", 0, of: peak, zero: shape != .exponential), shape: shape)
        default: rest = .constant
        }
        return Schedule(family: rest, peak: peak, warmup: warmup, steps: steps)
    }
}

extension Schedule: CustomStringConvertible {
    /// The schedule as it is typed.
    public var description: String {
        func rate(_ value: Double) -> String { Expression.decimal(value) }
        let (name, words): (String, [String]) =
            switch family {
            case .constant: ("constant", [])
            case .cosine(let end): ("cosine", ["end=\(rate(end))"])
            case .linear(let end): ("linear", ["end=\(rate(end))"])
            case .power(let exponent): ("power", ["exponent=\(rate(exponent))"])
            case .twoStage(let second, let at): ("two-stage", ["second=\(rate(second))", "at=\(at)"])
            case .warmupStableDecay(let decay, let end, let shape):
                (
                    "wsd",
                    ["decay=\(decay)", "end=\(rate(end))"] + (shape == .linear ? [] : ["shape=\(shape.rawValue)"])
                )
            }
        return ([name, "peak=\(rate(peak))", "warmup=\(warmup)"] + words + ["steps=\(steps)"]).joined(separator: " ")
    }
}
