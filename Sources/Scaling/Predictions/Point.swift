// Where a law is evaluated.

import Fitting

/// The values of a law's inputs at one place: `["N": 70e9, "D": 1.4e12, "dataset": "C4"]`.
public struct Point: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    public enum Value: Hashable, Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
        ExpressibleByStringLiteral
    {
        case number(Double)
        case label(String)

        public init(floatLiteral value: Double) { self = .number(value) }
        public init(integerLiteral value: Int) { self = .number(Double(value)) }
        public init(stringLiteral value: String) { self = .label(value) }
    }

    public var values: [String: Value]

    public init(_ values: [String: Value] = [:]) { self.values = values }

    public init(dictionaryLiteral elements: (String, Value)...) {
        values = Dictionary(elements) { _, last in last }
    }

    public subscript(name: String) -> Value? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// The number of that input, or nil.
    public func number(_ name: String) -> Double? {
        if case .number(let value) = values[name] { return value }
        return nil
    }
}

extension Estimand {
    /// The law's value at a point.
    ///
    /// - Throws: `FitError` for an input that the problem does not have.
    public init(predictionAt point: Point, of problem: Problem) throws(FitError) {
        var (numbers, labels): ([String: Double], [String: String]) = ([:], [:])
        for (name, value) in point.values {
            switch value {
            case .number(let number): numbers[name] = number
            case .label(let label): labels[name] = label
            }
        }
        try self.init(predictionAt: numbers, labels: labels, of: problem)
    }
}
