// Random trees of the whole language over the names of `Laboratory`.

@testable import Formulas

struct RandomFormula {
    var random: SplitMix
    /// Whether kinks, comparisons and the like may stand in it.
    var isSmooth = false
    private var indices: [String] = []

    init(seed: UInt64, smooth: Bool = false) {
        random = SplitMix(seed: seed)
        isSmooth = smooth
    }

    mutating func expression(depth: Int) -> Expression {
        if depth == 0 || random.below(8) == 0 { return leaf() }
        switch random.below(isSmooth ? 12 : 18) {
        case 0, 1: return binary(.add, depth)
        case 2: return binary(.subtract, depth)
        case 3, 4: return binary(.multiply, depth)
        case 5: return binary(.divide, depth)
        case 6: return .binary(.power, expression(depth: depth - 1), exponent(depth))
        case 7: return .negate(expression(depth: depth - 1))
        case 8, 9, 10: return call(depth)
        case 11: return repetition(depth)
        case 16: return lookup(depth)
        case 17: return binary(random.oneOf([.and, .or]), depth)
        case 12: return .not(expression(depth: depth - 1))
        case 13:
            return .binary(random.oneOf([.equal, .notEqual]), .name("recipe"), .label(random.oneOf(["u", "it's"])))
        default:
            return binary(random.oneOf([.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]), depth)
        }
    }

    private mutating func binary(_ operation: BinaryOperator, _ depth: Int) -> Expression {
        .binary(operation, expression(depth: depth - 1), expression(depth: depth - 1))
    }

    // The exponents that the graph treats apart, and any other.
    private mutating func exponent(_ depth: Int) -> Expression {
        if random.below(3) == 0 { return expression(depth: depth - 1) }
        let number = random.oneOf([isSmooth ? 2.5 : 0, 0.5, 1, 1.5, 2, 3, 4, 5])
        return random.below(3) == 0 ? .negate(.number(number)) : .number(number)
    }

    private mutating func call(_ depth: Int) -> Expression {
        let kinked: Set<String> = ["abs", "min", "max", "clamp"]
        let function = random.oneOf(Function.all.filter { !isSmooth || !kinked.contains($0.name) })
        let count = min(function.arity.upperBound, function.arity.lowerBound + random.below(2))
        return .call(function, (0..<count).map { _ in expression(depth: depth - 1) })
    }

    // A short sum or product; the index may be used.
    private mutating func repetition(_ depth: Int) -> Expression {
        let name = "i\(indices.count)"
        let from = random.below(3) + (isSmooth ? 1 : 0)
        indices.append(name)
        let body = expression(depth: min(2, depth - 1))
        indices.removeLast()
        let to =
            indices.isEmpty || random.below(2) == 0
            ? .number(from + random.below(3)) : Repetition.Limit.index(indices[0])
        return .repetition(
            Repetition(
                operation: random.below(2) == 0 ? .sum : .prod, index: name, from: .number(from), to: to, body: body))
    }

    private mutating func lookup(_ depth: Int) -> Expression {
        let otherwise = random.below(2) == 0 ? nil : expression(depth: depth - 1)
        if random.below(2) == 0 {
            let rows = ["u", "it's"].map { Lookup.Row(key: .label($0), value: expression(depth: depth - 1)) }
            return .lookup(Lookup(subject: .name("recipe"), rows: rows, otherwise: otherwise))
        }
        let rows = [0, 1, -2.5].map { Lookup.Row(key: .number($0), value: expression(depth: depth - 1)) }
        return .lookup(Lookup(subject: expression(depth: depth - 1), rows: rows, otherwise: otherwise))
    }

    private mutating func leaf() -> Expression {
        if let index = indices.last, random.below(3) == 0 { return .bound(index) }
        return switch random.below(10) {
        case 0: .number(random.oneOf([isSmooth ? 0.7 : 0, 1, 2, 3, 0.5, 10, 1e-3]))
        case 1: .number(random.number(0.1...3))
        case 2: .symbol(Symbol("E", indices: ["recipe"]))
        default: .name(random.oneOf(Laboratory.columnNames + Laboratory.parameterNames))
        }
    }
}
