// The second opinion on values: an expression evaluated as it is written, a row at a time, by the C library, with a
// running bound of the rounding error. No sharing, no simplification.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@testable import Formulas

struct Interpreter {
    let laboratory: Laboratory
    let definitions: [String: Expression]
    let row: Int
    private var bound: [String: Double] = [:]
    /// A step left the comfortable range of doubles, or a choice was within the rounding error.
    private(set) var isUndecided = false

    struct Value {
        var number: Double
        var error: Double
    }

    init(_ laboratory: Laboratory, definitions: [String: Expression] = [:], row: Int) {
        self.laboratory = laboratory
        self.definitions = definitions
        self.row = row
    }

    mutating func evaluate(_ expression: Expression) -> Value {
        switch expression {
        case .number(let number): return Value(number: number, error: 0)
        case .label: preconditionFailure("a label is no number")
        case .symbol(let symbol):
            if let definition = definitions[symbol.name] { return evaluate(definition) }
            return Value(number: laboratory.value(of: symbol, row: row), error: 0)
        case .negate(let operand):
            let value = evaluate(operand)
            return Value(number: -value.number, error: value.error)
        case .not(let operand): return exact(truth(evaluate(operand)) ? 0 : 1)
        case .binary(.equal, .symbol, .label(let label)): return exact(laboratory.labels[row] == label ? 1 : 0)
        case .binary(.notEqual, .symbol, .label(let label)): return exact(laboratory.labels[row] == label ? 0 : 1)
        case .binary(.power, let base, let exponent): return power(evaluate(base), evaluate(exponent), of: base)
        case .binary(let operation, let left, let right): return binary(operation, evaluate(left), evaluate(right))
        case .call(let function, let arguments): return call(function.name, arguments.map { evaluate($0) })
        case .bound(let name): return exact(bound[name] ?? .nan)
        case .member(let member):
            return evaluate(.symbol(member.symbol(bound.mapValues { $0.magnitude < 1e9 ? Int($0) : 0 })))
        case .repetition(let repetition): return evaluate(repetition)
        case .lookup(let lookup): return evaluate(lookup)
        case .solve(let equation): return evaluate(equation)
        case .law, .curve: preconditionFailure("called laws are resolved, schedules have tests of their own")
        }
    }

    private mutating func evaluate(_ repetition: Repetition) -> Value {
        var result: Value?
        for index in repetition.range(bound.mapValues { $0.magnitude < 1e9 ? Int($0) : 0 }) {
            bound[repetition.index] = Double(index)
            let term = evaluate(repetition.body)
            result = result.map { binary(repetition.operation == .sum ? .add : .multiply, $0, term) } ?? term
        }
        return result ?? exact(repetition.operation == .sum ? 0 : 1)
    }

    private mutating func evaluate(_ lookup: Lookup) -> Value {
        for row in lookup.rows {
            let fits: Bool
            switch row.key {
            case .label(let label): fits = laboratory.labels[self.row] == label
            case .number(let number):
                let subject = evaluate(lookup.subject)
                near(subject, exact(number))
                fits = subject.number == number
            }
            if fits { return evaluate(row.value) }
        }
        return lookup.otherwise.map { evaluate($0) } ?? exact(.nan)
    }

    // Plain bisection, of an equation whose slope is about 1.
    private mutating func evaluate(_ equation: Equation) -> Value {
        var (low, high) = (evaluate(equation.from).number, evaluate(equation.to).number)
        var error = 0.0
        func difference(_ x: Double) -> Double {
            bound[equation.unknown] = x
            let (left, right) = (evaluate(equation.left), evaluate(equation.right))
            error = left.error + right.error
            return left.number - right.number
        }
        let first = difference(low)
        if first == 0 { return exact(low) }
        if difference(high) == 0 { return exact(high) }
        guard low <= high, (first < 0) != (difference(high) < 0) else { return exact(.nan) }
        for _ in 0..<1100 where low < high {
            let middle = low + (high - low) / 2
            if (difference(middle) < 0) == (first < 0) { low = middle } else { high = middle }
        }
        return Value(number: low, error: 1e-14 * max(1e-3, low.magnitude) + 2 * error)
    }

    private func exact(_ number: Double) -> Value { Value(number: number, error: 0) }

    private mutating func truth(_ value: Value) -> Bool {
        if value.number.magnitude <= value.error, value.error > 0 { isUndecided = true }
        return value.number != 0
    }

    private mutating func near(_ a: Value, _ b: Value) {
        if (a.number - b.number).magnitude <= a.error + b.error, a.error + b.error > 0 { isUndecided = true }
    }

    private mutating func finished(_ number: Double, _ error: Double, pole: Bool, _ operands: Value...) -> Value {
        let size = number.magnitude
        if size.isFinite, size != 0, size > 1e100 || size < 1e-100 { isUndecided = true }
        if size.isInfinite, !pole, operands.allSatisfy(\.number.isFinite) { isUndecided = true }
        if size == 0, operands.contains(where: { $0.number.magnitude > 200 }) { isUndecided = true }
        let bound = error + 1e-15 * size
        return Value(number: number, error: number.isFinite ? (bound.isNaN ? .infinity : bound) : 0)
    }

    private mutating func binary(_ operation: BinaryOperator, _ a: Value, _ b: Value) -> Value {
        let (x, y) = (a.number, b.number)
        switch operation {
        case .add: return finished(x + y, a.error + b.error, pole: false, a, b)
        case .subtract: return finished(x - y, a.error + b.error, pole: false, a, b)
        case .multiply:
            let error = (x.magnitude * b.error) + (y.magnitude * a.error) + a.error * b.error
            return finished(x * y, error, pole: false, a, b)
        case .divide:
            if y.magnitude <= 2 * b.error, b.error > 0 { isUndecided = true }
            let error = (a.error + (x / y).magnitude * b.error) / y.magnitude * 2
            return finished(x / y, a.error + b.error == 0 ? 0 : error, pole: y == 0, a, b)
        case .power: preconditionFailure("powers are evaluated with their base")
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            near(a, b)
            return exact(compare(operation, x, y) ? 1 : 0)
        case .and:
            let (first, second) = (truth(a), truth(b))
            return exact(first && second ? 1 : 0)
        case .or:
            let (first, second) = (truth(a), truth(b))
            return exact(first || second ? 1 : 0)
        }
    }

    private func compare(_ operation: BinaryOperator, _ x: Double, _ y: Double) -> Bool {
        switch operation {
        case .equal: x == y
        case .notEqual: x != y
        case .less: x < y
        case .lessOrEqual: x <= y
        case .greater: x > y
        default: x >= y
        }
    }

    private mutating func power(_ a: Value, _ b: Value, of base: Expression) -> Value {
        let (x, y) = (a.number, b.number)
        // The documented difference: a computed base that is not a positive number, to the power of exactly 0, and 1 to
        // the power of what is no number.
        if case .symbol = base {} else if y == 0, x == 0 || !x.isFinite { isUndecided = true }
        if !y.isFinite, x == 1 { isUndecided = true }
        if a.error > 0, x.magnitude <= 2 * a.error { isUndecided = true }
        // Whether an exponent is whole, 0 or an infinity's limit is not to be told behind an error.
        if b.error > 0, x <= 0 || y.magnitude <= b.error || x.isInfinite { isUndecided = true }
        if a.error > 0, y.isInfinite, (x.magnitude - 1).magnitude <= 2 * a.error { isUndecided = true }
        let result = pow(x, y)
        let slope = x == 0 ? 0 : log(x.magnitude).magnitude
        let relative = a.error == 0 ? 0 : (y * a.error / x).magnitude
        let error = result.magnitude * (relative + slope * b.error + 1e-15 * (1 + (y * slope).magnitude))
        return finished(result, error, pole: x == 0, a, b)
    }

    private mutating func call(_ name: String, _ arguments: [Value]) -> Value {
        let (x, error) = (arguments[0].number, arguments[0].error)
        func bound(_ slope: Double) -> Double { error == 0 ? 0 : 2 * slope.magnitude * error + error * error }
        switch name {
        case "abs": return Value(number: x.magnitude, error: error)
        case "min", "max":
            return arguments.dropFirst().reduce(arguments[0]) { extreme($0, $1, largest: name == "max") }
        case "clamp": return extreme(extreme(arguments[0], arguments[1], largest: true), arguments[2], largest: false)
        case "exp": return finished(exp(x), bound(exp(x)), pole: false, arguments[0])
        case "expm1": return finished(expm1(x), bound(exp(x)), pole: false, arguments[0])
        case "sin": return finished(sin(x), error > 0.1 ? 2 : bound(1), pole: false, exact(0))
        case "cos": return finished(cos(x), error > 0.1 ? 2 : bound(1), pole: false, exact(0))
        case "atan": return finished(atan(x), bound(1), pole: false, exact(0))
        case "tanh": return finished(tanh(x), bound(1), pole: false, exact(0))
        case "sigmoid":
            return finished(x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x)), bound(1), pole: false, arguments[0])
        case "softplus":
            return finished(
                max(x, 0) + log1p(exp(-x.magnitude)) + (x.isNaN ? x : 0), bound(1), pole: false, arguments[0])
        case "sqrt":
            edge(x, error)
            return finished(sqrt(x), x == 0 ? 0 : bound(0.5 / sqrt(x)), pole: false, exact(0))
        case "log1p":
            edge(x + 1, error)
            return finished(log1p(x), bound(1 / (1 + x)), pole: x == -1, exact(0))
        default:
            edge(x, error)
            let scale = name == "ln" ? 1 : name == "log2" ? 1.4427 : 0.4343
            let value = name == "ln" ? log(x) : name == "log2" ? log2(x) : log10(x)
            return finished(value, bound(scale / x), pole: x == 0, exact(0))
        }
    }

    private mutating func edge(_ x: Double, _ error: Double) {
        if x.magnitude <= 2 * error, error > 0 { isUndecided = true }
    }

    // A NaN on either side is a NaN.
    private func extreme(_ a: Value, _ b: Value, largest: Bool) -> Value {
        if a.number.isNaN || b.number.isNaN { return exact(.nan) }
        let error = max(a.error, b.error)
        return Value(number: largest ? max(a.number, b.number) : min(a.number, b.number), error: error)
    }
}
