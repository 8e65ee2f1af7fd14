// A graph back to an expression, with shared subexpressions as definitions.

struct GraphPrinter {
    private let graph: Graph
    private let symbols: [String: Symbol]
    private var preferredNames: [Graph.Node: String] = [:]
    private var taken: Set<String>
    private var lastNumber = 0
    private var printed: [Graph.Node: Part] = [:]

    /// A printed subexpression, its size in symbols and operations, and its height.
    private struct Part {
        let expression: Expression
        let size: Int
        let height: Int
    }

    /// A shared subexpression of at most this size is written out wherever it stands: `ln(N)`, `N^alpha`.
    private static let smallSize = 4
    /// A higher subexpression becomes a definition, so that the text nests no deeper than the parser reads.
    private static let greatestHeight = 30

    private var unknownNames: [Int: String] = [:]

    init(_ graph: Graph, symbols: [String: Symbol], unknownNames: [Int: String] = [:]) {
        self.graph = graph
        self.symbols = symbols
        taken = Set(symbols.values.map(\.name))
        for case .indicator(let column, _) in graph.inputs { taken.insert(column) }
        for (depth, name) in unknownNames.sorted(by: { $0.key < $1.key }) {
            var (free, number) = (name, 0)
            while !taken.insert(free).inserted {
                number += 1
                free = "\(name)\(number)"
            }
            self.unknownNames[depth] = free
        }
    }

    /// Calls the node `name` where it becomes a definition.
    mutating func prefer(_ name: String, for node: Graph.Node) {
        taken.insert(name)
        if preferredNames[node] == nil { preferredNames[node] = name }
    }

    mutating func print(_ root: Graph.Node) -> (definitions: [Formula.Definition], expression: Expression) {
        let reached = graph.reachable(from: [root])
        var uses = [Int](repeating: 0, count: graph.entries.count)
        for position in graph.entries.indices where reached[position] {
            // The operands of a square or cube are one: x·x prints as x^2.
            for operand in Set(graph.operands(Graph.Node(position))) { uses[Int(operand)] += 1 }
        }
        var definitions: [Formula.Definition] = []
        for position in graph.entries.indices where reached[position] {
            let node = Graph.Node(position)
            let part = part(for: node)
            let isShared = uses[position] > 1 && part.size > Self.smallSize
            // A definition stands outside of equations, so it cannot use an unknown.
            guard node != root, isShared || part.height > Self.greatestHeight, graph.unknowns(node) == 0 else {
                printed[node] = part
                continue
            }
            let name = preferredNames[node] ?? freshName()
            definitions.append(Formula.Definition(name: name, value: part.expression))
            printed[node] = Part(expression: .name(name), size: 1, height: 1)
        }
        return (definitions, expression(root))
    }

    private mutating func freshName() -> String {
        repeat { lastNumber += 1 } while taken.contains("t\(lastNumber)")
        return "t\(lastNumber)"
    }

    /// Whether a subexpression became too long to write out.
    private(set) var isTooLong = false

    private func expression(_ node: Graph.Node) -> Expression {
        guard let part = printed[node] else { preconditionFailure("an operand is printed before its use") }
        return part.expression
    }

    // MARK: - One entry

    private mutating func part(for node: Graph.Node) -> Part {
        let inside = Set(graph.operands(node)).compactMap { printed[$0] }
        let size = inside.reduce(1) { $0 + $1.size }
        if size > Lexer.longestText { isTooLong = true }
        return Part(
            expression: written(node), size: min(size, Lexer.longestText + 1),
            height: (inside.map(\.height).max() ?? 0) + 1)
    }

    private func written(_ node: Graph.Node) -> Expression {
        let entry = graph.entries[Int(node)]
        switch entry.operation {
        case .constant: return Self.number(Double(bitPattern: entry.bits))
        case .column: return leaf(graph.inputs[Int(entry.detail)])
        case .parameter: preconditionFailure("a formula's own graph has no parameters")
        case .negate: return Self.negated(expression(entry.a))
        case .add: return sum(entry.a, entry.b)
        case .subtract: return .binary(.subtract, expression(entry.a), expression(entry.b))
        case .multiply: return product(entry.a, entry.b)
        case .divide: return .binary(.divide, expression(entry.a), expression(entry.b))
        case .power: return .binary(.power, expression(entry.a), expression(entry.b))
        case .unary: return .call(Function.all[Int(entry.detail)], [expression(entry.a)])
        case .minimum: return Self.call("min", expression(entry.a), expression(entry.b))
        case .maximum: return Self.call("max", expression(entry.a), expression(entry.b))
        case .less: return .binary(.less, expression(entry.a), expression(entry.b))
        case .lessOrEqual: return .binary(.lessOrEqual, expression(entry.a), expression(entry.b))
        case .equal: return .binary(.equal, expression(entry.a), expression(entry.b))
        case .select: return choice(entry.a, entry.b, entry.c)
        case .curve: return curve(entry)
        case .unknown: return .bound(unknownNames[Int(entry.detail)] ?? "x")
        case .root: return solution(entry)
        }
    }

    private func solution(_ entry: Graph.Entry) -> Expression {
        let equation = graph.entries[Int(entry.c)]
        let isDifference = equation.operation == .subtract
        return .solve(
            Equation(
                unknown: unknownNames[Int(entry.detail)] ?? "x", from: expression(entry.a), to: expression(entry.b),
                left: isDifference ? expression(equation.a) : expression(entry.c),
                right: isDifference ? expression(equation.b) : .number(0)))
    }

    private func curve(_ entry: Graph.Entry) -> Expression {
        let curve = graph.curves[Int(entry.detail)]
        guard case .schedule(let column, _) = graph.inputs[curve.schedule],
            case .column(let step) = graph.inputs[curve.step]
        else { preconditionFailure("a schedule is named by a column") }
        return .curve(
            CurveCall(
                function: curve.function, schedule: column, step: symbols[step]?.name ?? step,
                arguments: [entry.a, entry.b, entry.c].filter { $0 >= 0 }.map { expression($0) }))
    }

    private func leaf(_ input: Graph.Input) -> Expression {
        switch input {
        case .schedule: preconditionFailure("a schedule is no number")
        case .indicator(let column, let label): return .binary(.equal, .name(column), .label(label))
        case .column(let description):
            guard let symbol = symbols[description] else { preconditionFailure("\(description) is no symbol") }
            return .symbol(symbol)
        }
    }

    // `a + -2 * b` reads better as `a - 2 * b`; the values are the same.
    private func sum(_ a: Graph.Node, _ b: Graph.Node) -> Expression {
        let (left, right) = (expression(a), expression(b))
        if let positive = Self.withoutSign(right) { return .binary(.subtract, left, positive) }
        if let positive = Self.withoutSign(left) { return .binary(.subtract, right, positive) }
        return .binary(.add, left, right)
    }

    private func product(_ a: Graph.Node, _ b: Graph.Node) -> Expression {
        let (left, right) = (expression(a), expression(b))
        if a == b { return .binary(.power, left, .number(2)) }
        if case .binary(.divide, .number(1), let divisor) = right { return .binary(.divide, left, divisor) }
        return .binary(.multiply, left, right)
    }

    // The sign stands on the first factor, where it needs no brackets.
    private static func negated(_ expression: Expression) -> Expression {
        if let positive = withoutSign(expression) { return positive }
        guard case .binary(let operation, let left, let right) = expression,
            operation == .multiply || operation == .divide
        else { return .negate(expression) }
        return .binary(operation, negated(left), right)
    }

    private static func withoutSign(_ expression: Expression) -> Expression? {
        switch expression {
        case .negate(let operand): operand
        case .binary(.multiply, let left, let right): withoutSign(left).map { .binary(.multiply, $0, right) }
        case .binary(.divide, let left, let right): withoutSign(left).map { .binary(.divide, $0, right) }
        default: nil
        }
    }

    private func choice(_ condition: Graph.Node, _ yes: Graph.Node, _ no: Graph.Node) -> Expression {
        let test = expression(condition)
        if let first = graph.value(yes), let second = graph.value(no), (first - second).isFinite {
            let indicator = graph.isTruth(condition) ? test : .binary(.notEqual, test, .number(0))
            let step = Self.number((first - second).magnitude)
            let change = step == .number(1) ? indicator : .binary(.multiply, step, indicator)
            if second == 0, first > 0 { return change }
            return .binary(first < second ? .subtract : .add, Self.number(second), change)
        }
        if graph.value(yes) == 0, isLogarithm(no, unlessZero: condition) { return expression(no) }
        if graph.value(no) == 0, graph.isTruth(yes) { return .binary(.and, test, expression(yes)) }
        if graph.value(yes) == 1, graph.isTruth(no) { return .binary(.or, test, expression(no)) }
        return table(condition, yes, no)
    }

    // Any other choice is a table: by a label, by a number, or by whether the condition is 0.
    private func table(_ condition: Graph.Node, _ yes: Graph.Node, _ no: Graph.Node) -> Expression {
        let entry = graph.entries[Int(condition)]
        var test: (subject: Expression, key: Lookup.Key)?
        if entry.operation == .column, case .indicator(let column, let label) = graph.inputs[Int(entry.detail)] {
            test = (.name(column), .label(label))
        } else if entry.operation == .equal {
            for (operand, other) in [(entry.a, entry.b), (entry.b, entry.a)] where test == nil {
                if let number = graph.value(other), number.isFinite { test = (expression(operand), .number(number)) }
            }
        }
        guard let (subject, key) = test else {
            let row = Lookup.Row(key: .number(0), value: expression(no))
            return .lookup(Lookup(subject: expression(condition), rows: [row], otherwise: expression(yes)))
        }
        let row = Lookup.Row(key: key, value: expression(yes))
        if case .lookup(let rest) = expression(no), graph.entries[Int(no)].operation == .select,
            rest.subject == subject,
            rest.rows.count < Lookup.longest, !rest.rows.contains(where: { $0.key == key })
        {
            return .lookup(Lookup(subject: subject, rows: [row] + rest.rows, otherwise: rest.otherwise))
        }
        let isMissing = graph.value(no)?.isNaN == true
        return .lookup(Lookup(subject: subject, rows: [row], otherwise: isMissing ? nil : expression(no)))
    }

    // `x == 0 ? 0 : x^y·ln x`, the derivative of a power by its exponent, is written as x^y·ln x.
    private func isLogarithm(_ node: Graph.Node, unlessZero condition: Graph.Node) -> Bool {
        let (entry, test) = (graph.entries[Int(node)], graph.entries[Int(condition)])
        return entry.operation == .unary && entry.detail == Function.logarithm && test.operation == .equal
            && [test.a, test.b].contains(entry.a)
    }

    private static func call(_ name: String, _ arguments: Expression...) -> Expression {
        .call(Function.all[Int(Function.position(name))], arguments)
    }

    // As the parser would read it: there are no negative literals, and no infinity.
    private static func number(_ value: Double) -> Expression {
        if value.isNaN { return .binary(.divide, .number(0), .number(0)) }
        if value.isInfinite {
            let infinity = Expression.binary(.divide, .number(1), .number(0))
            return value < 0 ? .negate(infinity) : infinity
        }
        return value.sign == .minus ? .negate(.number(-value)) : .number(value)
    }
}
