// From the tree of a formula to its graph: names get their meaning here.

/// Puts expressions into one graph, asking what each name means.
package struct Lowering {
    /// What a name stands for.
    package enum Meaning {
        case input(Graph.Input, positive: Bool)
        /// Family `position` of parameters; indexed families differ between rows.
        case parameter(Int, indexed: Bool, positive: Bool)
        case expression(Expression)
        case node(Graph.Node)
    }

    /// What the names of one formula stand for; a called law has its own.
    struct Names {
        let definitions: [Formula.Definition]
        let positions: [String: Int]
        let meaning: (Symbol) throws -> Meaning
        /// The text of a label column that is the same on all rows.
        var labels: [String: String] = [:]
        var definitionNodes: [Graph.Node] = []
        var nodes: [Symbol: Graph.Node] = [:]
        var expanding: Set<Symbol> = []

        init(_ definitions: [Formula.Definition], _ meaning: @escaping (Symbol) throws -> Meaning) {
            self.definitions = definitions
            positions = Dictionary(uniqueKeysWithValues: definitions.enumerated().map { ($1.name, $0) })
            self.meaning = meaning
        }
    }

    package var graph = Graph()
    var names: Names
    /// The rates by step of each schedule that a label names.
    package var schedules: [String: [Double]] = [:]
    /// Whether arguments of functions of schedules may differ between rows: only where nothing is computed.
    var allowsArgumentsOnRows = false
    /// What the sums, products and equations around bind.
    var bound: [String: Graph.Node] = [:]
    var indices: [String: Int] = [:]
    /// How many equations stand around, and what they call their unknowns.
    var depth = 0
    var unknownNames: [Int: String] = [:]
    /// The nodes of the definitions that were needed so far: a prefix, since each uses only those before it.
    var definitionNodes: [Graph.Node] { names.definitionNodes }

    package init(_ formula: Formula, meaning: @escaping (Symbol) throws -> Meaning) {
        names = Names(formula.definitions, meaning)
    }

    package init(meaning: @escaping (Symbol) throws -> Meaning) {
        names = Names([], meaning)
    }

    /// The node of `expression`.
    package mutating func lower(_ expression: Expression) throws -> Graph.Node {
        switch expression {
        case .number(let value): return graph.constant(value)
        case .label(let label): throw LoweringError.labelOutsideComparison(label)
        case .symbol(let symbol): return try lower(symbol)
        case .negate(let operand): return graph.negate(try lower(operand))
        case .not(let operand): return graph.equal(try lower(operand), graph.constant(0))
        case .binary(let operation, let left, let right): return try lower(operation, left, right)
        case .call(let function, let arguments):
            let nodes = try arguments.map { try lower($0) }
            switch function.meaning {
            case .kernel: return graph.apply(Function.position(function.name), to: nodes[0])
            case .expansion(let expand): return expand(&graph, nodes)
            }
        case .bound(let name):
            guard let node = bound[name] else { preconditionFailure("'\(name)' is bound where it stands") }
            return node
        case .member(let member): return try lower(member.symbol(indices))
        case .repetition(let repetition): return try lower(repetition)
        case .lookup(let lookup): return try lower(lookup)
        case .solve(let equation): return try lower(equation)
        case .law(let call): return try lower(call)
        case .curve(let call): return try lower(call)
        }
    }

    private mutating func lower(_ symbol: Symbol) throws -> Graph.Node {
        if symbol.indices.isEmpty, let position = names.positions[symbol.name] { return try definition(position) }
        if let node = names.nodes[symbol] { return node }
        let node: Graph.Node
        switch try names.meaning(symbol) {
        case .input(let input, let positive): node = graph.input(input, positive: positive)
        case .parameter(let position, let indexed, let positive):
            node = graph.parameter(position, indexed: indexed, positive: positive)
        case .expression(let expression):
            guard names.expanding.insert(symbol).inserted else { throw LoweringError.circular(symbol.name) }
            node = try lower(expression)
            names.expanding.remove(symbol)
        case .node(let given): node = given
        }
        names.nodes[symbol] = node
        return node
    }

    // In order, so that a chain of thousands of definitions needs no recursion.
    private mutating func definition(_ position: Int) throws -> Graph.Node {
        while names.definitionNodes.count <= position {
            let next = names.definitionNodes.count
            // Outside of the equations and sums in which the name stands.
            let outside = (bound, indices, depth)
            (bound, indices, depth) = ([:], [:], 0)
            names.definitionNodes.append(try lower(names.definitions[next].value))
            (bound, indices, depth) = outside
        }
        return names.definitionNodes[position]
    }

    private mutating func lower(
        _ operation: BinaryOperator, _ left: Expression, _ right: Expression
    ) throws -> Graph.Node {
        if operation == .equal || operation == .notEqual, let test = try labelTest(left, right) {
            return operation == .equal ? test : graph.equal(test, graph.constant(0))
        }
        let a = try lower(left)
        let b = try lower(right)
        switch operation {
        case .add: return graph.add(a, b)
        case .subtract: return graph.subtract(a, b)
        case .multiply: return graph.multiply(a, b)
        case .divide: return graph.divide(a, b)
        case .power: return graph.power(a, b)
        case .less: return graph.less(a, b)
        case .lessOrEqual: return graph.lessOrEqual(a, b)
        case .greater: return graph.less(b, a)
        case .greaterOrEqual: return graph.lessOrEqual(b, a)
        case .equal: return graph.equal(a, b)
        case .notEqual: return graph.equal(graph.equal(a, b), graph.constant(0))
        case .and: return graph.both(a, b)
        case .or: return graph.either(a, b)
        }
    }

    private mutating func labelTest(_ left: Expression, _ right: Expression) throws -> Graph.Node? {
        switch (left, right) {
        case (.symbol(let symbol), .label(let label)), (.label(let label), .symbol(let symbol)):
            return indicator(symbol, label)
        default: return nil
        }
    }
}

extension Lowering {
    // 1 where the column holds the label, else 0.
    mutating func indicator(_ symbol: Symbol, _ label: String) -> Graph.Node? {
        guard symbol.indices.isEmpty, names.positions[symbol.name] == nil else { return nil }
        if let known = names.labels[symbol.name] { return graph.constant(known == label ? 1 : 0) }
        return graph.input(.indicator(column: symbol.name, label: label), positive: false)
    }
}

/// A fault that shows only when names have their meaning.
package enum LoweringError: Error, Equatable {
    case labelOutsideComparison(String)
    /// The name stands for an expression that uses the name.
    case circular(String)
    /// A call of a law that nobody resolved.
    case unresolvedLaw(String)
    /// An argument of a function of a schedule that differs between rows.
    case argumentOnRows(String)
}
