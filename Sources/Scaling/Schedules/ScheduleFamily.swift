// A family of schedules some of whose numbers are left open: 'wsd peak=1e-4..1e-3 warmup=2160 decay=5%..40% steps=24000'.

import Formulas

/// A family with ranges for the numbers that are to be chosen.
public struct ScheduleFamily: Hashable, Sendable {
    /// A number that is left open.
    public struct Choice: Hashable, Sendable {
        public let key: String
        /// In per cent where ``isShare``.
        public let lower: Double
        public let upper: Double
        public let isShare: Bool
        /// Steps are whole numbers.
        let isWhole: Bool

        /// Equal factors rather than equal steps where the ends are far apart.
        private var isLogarithmic: Bool { lower > 0 && upper > 5 * lower }

        /// The value at a share of the way from one end to the other.
        func value(at share: Double) -> Double {
            let share = min(max(share, 0), 1)
            if share == 0 || share == 1 { return share == 0 ? lower : upper }
            let value =
                isLogarithmic
                ? lower * Elementary.exp(share * Elementary.ln(upper / lower)) : lower + share * (upper - lower)
            return isWhole && !isShare ? value.rounded() : value
        }

        /// As it is typed after the key.
        func text(_ value: Double) -> String { Expression.decimal(value) + (isShare ? "%" : "") }
    }

    /// As it was typed.
    public let text: String
    public let choices: [Choice]
    private let name: String
    private let given: [String: String]

    /// More numbers than this are not searched.
    public static let mostChoices = 3

    /// - Throws: ``ScalingError/schedule(_:text:)``, also where nothing is left open.
    public init(_ text: String) throws(ScalingError) {
        do throws(ScheduleFault) {
            let words = try ScheduleWords(text, families: Schedule.grammar)
            var (choices, given): ([Choice], [String: String]) = ([], [:])
            for (key, value) in words.values.sorted(by: { $0.key < $1.key }) {
                guard let dots = value.firstRange(of: "..") else {
                    given[key] = value
                    continue
                }
                if key == "steps" || key == "shape" { throw .notARange(key: key) }
                let ends = [String(value[..<dots.lowerBound]), String(value[dots.upperBound...])]
                let isShare = ends.allSatisfy { $0.hasSuffix("%") }
                let numbers = ends.compactMap { Quantity.parse(isShare ? String($0.dropLast()) : $0) }
                guard isShare || !value.contains("%"), numbers.count == 2, numbers[0] < numbers[1],
                    numbers[1].isFinite
                else {
                    throw .badRange(value, key: key)
                }
                choices.append(
                    Choice(
                        key: key, lower: numbers[0], upper: numbers[1], isShare: isShare,
                        isWhole: ["at", "decay", "warmup"].contains(key)))
            }
            if choices.isEmpty { throw .nothingFree(family: words.family) }
            if choices.count > Self.mostChoices { throw .tooManyFree(choices.count, most: Self.mostChoices) }
            (self.text, self.choices, self.given, name) = (text, choices, given, words.family)
        } catch { throw .schedule(error, text: text) }
        // What is wrong with a number that is given is said before any search.
        _ = try first()
    }

    // The first corner that is a schedule; the error of the last one where none is.
    private func first() throws(ScalingError) -> Schedule {
        var fault: ScalingError?
        for corner in 0..<(1 << choices.count) {
            do { return try schedule(choices.indices.map { corner >> $0 & 1 == 0 ? 0 : 1 }) } catch { fault = error }
        }
        throw fault ?? .schedule(.nothingFree(family: name), text: text)
    }

    /// The schedule at shares of the way through each range.
    ///
    /// - Throws: ``ScalingError/schedule(_:text:)`` where the numbers do not fit together.
    func schedule(_ shares: [Double]) throws(ScalingError) -> Schedule {
        let chosen = zip(choices, shares).map { "\($0.key)=\($0.text($0.value(at: $1)))" }
        let words = given.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return try Schedule(([name] + words + chosen).joined(separator: " "))
    }
}
