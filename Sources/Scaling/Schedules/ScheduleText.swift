// Schedules as a person types them: 'wsd peak=3e-4 warmup=2160 decay=4000 steps=24000'.

import Formulas

/// What can be wrong with the text of a schedule.
public enum ScheduleFault: Equatable, Sendable {
    case unknownFamily(String)
    case unknownKey(String, family: String, keys: [String])
    case repeatedKey(String)
    case missingKey(String, family: String)
    case notANumber(String, key: String)
    /// The number does not fit: `decay` beyond the steps, a peak that is not positive.
    case doesNotFit(String, needs: String)
}

extension Schedule {
    /// Longer schedules are refused.
    public static let mostSteps = 10_000_000

    /// The families with the keys that each takes besides `peak`, `steps` and `warmup`.
    public static let families: [(name: String, keys: [String])] = [
        ("constant", []), ("cosine", ["end"]), ("linear", ["end"]), ("power", ["exponent"]),
        ("two-stage", ["second", "at"]), ("wsd", ["decay", "end", "shape"]),
    ]

    /// The schedule that a text says: a family, and `key=value` for each of its numbers, in any order.
    ///
    /// `warmup` is 0, `end` 0 and `exponent` 0.5 unless given; `shape` of a wsd schedule is `linear` or `exponential`.
    ///
    /// - Throws: ``ScalingError/schedule(_:text:)``.
    public init(_ text: String) throws(ScalingError) {
        do throws(ScheduleFault) { self = try Self.read(text) } catch { throw .schedule(error, text: text) }
    }

    private static func read(_ text: String) throws(ScheduleFault) -> Schedule {
        let words = text.split { $0 == " " || $0 == "\t" }.map(String.init)
        guard let name = words.first, let family = families.first(where: { $0.name == name }) else {
            throw .unknownFamily(words.first ?? "")
        }
        let keys = ["peak", "steps", "warmup"] + family.keys
        var values: [String: String] = [:]
        for word in words.dropFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, keys.contains(parts[0]) else {
                throw .unknownKey(parts[0], family: name, keys: keys)
            }
            if values.updateValue(parts[1], forKey: parts[0]) != nil { throw .repeatedKey(parts[0]) }
        }
        func number(_ key: String, _ standard: Double? = nil) throws(ScheduleFault) -> Double {
            guard let text = values[key] else {
                guard let standard else { throw .missingKey(key, family: name) }
                return standard
            }
            guard let value = Quantity.parse(text), value.isFinite else { throw .notANumber(text, key: key) }
            return value
        }
        func whole(_ key: String, _ standard: Double? = nil, in range: ClosedRange<Int>) throws(ScheduleFault) -> Int
        {
            let value = try number(key, standard)
            guard value == value.rounded(), value >= Double(range.lowerBound), value <= Double(range.upperBound)
            else {
                throw .doesNotFit(key, needs: "a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return Int(value)
        }
        func rate(_ key: String, _ standard: Double? = nil, zero: Bool) throws(ScheduleFault) -> Double {
            let value = try number(key, standard)
            if value < 0 || (value == 0 && !zero) {
                throw .doesNotFit(key, needs: zero ? "a rate of 0 or more" : "a rate above 0")
            }
            return value
        }
        let steps = try whole("steps", in: 1...mostSteps)
        let warmup = try whole("warmup", 0, in: 0...(steps - 1))
        let peak = try rate("peak", zero: false)
        let rest: Family
        switch name {
        case "cosine": rest = .cosine(end: try rate("end", 0, zero: true))
        case "linear": rest = .linear(end: try rate("end", 0, zero: true))
        case "power": rest = .power(exponent: try number("exponent", 0.5))
        case "two-stage":
            rest = .twoStage(second: try rate("second", zero: true), at: try whole("at", in: warmup...steps))
        case "wsd":
            let shape = values["shape"] ?? "linear"
            guard ["linear", "exponential"].contains(shape) else {
                throw .doesNotFit("shape", needs: "linear or exponential")
            }
            rest = .warmupStableDecay(
                decay: try whole("decay", in: 0...(steps - warmup)),
                end: try rate("end", 0, zero: shape == "linear"), exponential: shape == "exponential")
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
            case .warmupStableDecay(let decay, let end, let exponential):
                ("wsd", ["decay=\(decay)", "end=\(rate(end))"] + (exponential ? ["shape=exponential"] : []))
            }
        return ([name, "peak=\(rate(peak))", "warmup=\(warmup)"] + words + ["steps=\(steps)"]).joined(separator: " ")
    }
}

extension ScheduleFault: Error {
    /// What is wrong, and what to type.
    var words: (summary: String, help: String?) {
        switch self {
        case .unknownFamily(let name):
            let known = Schedule.families.map(\.name)
            return (
                name.isEmpty
                    ? "a schedule has a family" : "no family of schedules is called '\(Diagnostic.plain(name))'",
                Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
                    ?? "families are \(known.joined(separator: ", ")): cosine peak=3e-4 warmup=2160 steps=24000"
            )
        case .unknownKey(let key, let family, let keys):
            return (
                "'\(Diagnostic.plain(key))' says nothing of a \(family) schedule",
                Suggestion.nearest(to: key, among: keys).map { "did you mean '\($0)=…'?" }
                    ?? "keys are \(keys.joined(separator: ", "))"
            )
        case .repeatedKey(let key): return ("'\(key)' is given twice", nil)
        case .missingKey(let key, let family): return ("a \(family) schedule needs \(key)", "add \(key)=…")
        case .notANumber(let text, let key):
            return ("'\(Diagnostic.plain(text))' is no number for \(key)", "write \(key)=3e-4 or \(key)=24k")
        case .doesNotFit(let key, let needs): return ("\(key) needs \(needs)", nil)
        }
    }
}
