// Sums and products with an index.

/// `sum(i, 1, 6, a[i] * x^i)` or `prod(…)`: the body once for each whole number from one limit to the other, unrolled.
public struct Repetition: Hashable, Sendable {
    public enum Operation: String, Hashable, Sendable {
        case sum, prod
    }

    /// A whole number, or the index of a sum or product around this one.
    public enum Limit: Hashable, Sendable {
        case number(Int)
        case index(String)

        func value(_ indices: [String: Int]) -> Int {
            switch self {
            case .number(let number): number
            case .index(let name): indices[name] ?? 0
            }
        }

        var description: String {
            switch self {
            case .number(let number): "\(number)"
            case .index(let name): "\(Symbol(name))"
            }
        }
    }

    public let operation: Operation
    public let index: String
    public let from: Limit
    public let to: Limit
    public let body: Expression

    /// The values of the index; none where the first is greater than the last: then a sum is 0 and a product 1.
    func range(_ indices: [String: Int]) -> Range<Int> {
        let (first, last) = (from.value(indices), to.value(indices))
        return first..<max(first, last + 1)
    }
}

/// A numbered name inside a sum or product: with i = 3, `d[i]` is the name d3 and `d[i - 1]` is d2.
public struct Member: Hashable, Sendable {
    /// An index with what is added to it.
    public struct Subscript: Hashable, Sendable {
        public let index: String
        public let shift: Int
    }

    public let name: String
    /// One number each; two make `d1_2`.
    public let subscripts: [Subscript]
    /// The label columns after the subscripts: `d[i, recipe]` is `d3[recipe]`.
    public let labels: [String]

    func symbol(_ indices: [String: Int]) -> Symbol {
        let numbers = subscripts.map { "\((indices[$0.index] ?? 0) + $0.shift)" }
        return Symbol(name + numbers.joined(separator: "_"), indices: labels)
    }
}

extension Member: CustomStringConvertible {
    public var description: String {
        let numbers = subscripts.map { subscripted in
            "\(Symbol(subscripted.index))"
                + (subscripted.shift == 0
                    ? "" : " \(subscripted.shift < 0 ? "-" : "+") \(subscripted.shift.magnitude)")
        }
        return "\(Symbol(name))[\((numbers + labels.map { "\(Symbol($0))" }).joined(separator: ", "))]"
    }
}
