// From the tree of a formula to its graph: names get their meaning here.

/// Puts expressions into one graph, asking what each name means.
package struct Lowering {
    /// What a name stands for.
    package enum Meaning {
        case input(Graph.Input, positive: Bool)
        /// Family `position` of parameters; indexed families differ between rows.
        case parameter(Int, indexed: Bool, positive: Bool)
        case expression(Expression)
    }

    package var graph = Graph()
    private let definitions: [Formula.Definition]
    private let positions: [String: Int]
    /// The nodes of the definitions that were needed so far: a prefix, since each uses only those before it.
    private(set) var definitionNodes: [Graph.Node] = []
    private let meaning: (Symbol) throws -> Meaning
    private var nodes: [Symbol: Graph.Node] = [:]
    private var expanding: Set<Symbol> = []

    package init(_ formula: Formula, meaning: @escaping (Symbol) throws -> Meaning) {
        definitions = formula.definitions
        positions = Dictionary(uniqueKeysWithValues: formula.definitions.enumerated().map { ($1.name, $0) })
        self.meaning = meaning
    }

    package init(meaning: @escaping (Symbol) throws -> Meaning) {
        definitions = []
        positions = [:]
        self.meaning = meaning
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
        }
    }

    private mutating func lower(_ symbol: Symbol) throws -> Graph.Node {
        if symbol.indices.isEmpty, let position = positions[symbol.name] { return try definition(position) }
        if let node = nodes[symbol] { return node }
        let node: Graph.Node
        switch try meaning(symbol) {
        case .input(let input, let positive): node = graph.input(input, positive: positive)
        case .parameter(let position, let indexed, let positive):
            node = graph.parameter(position, indexed: indexed, positive: positive)
        case .expression(let expression):
            guard expanding.insert(symbol).inserted else { throw LoweringError.circular(symbol.name) }
            node = try lower(expression)
            expanding.remove(symbol)
        }
        nodes[symbol] = node
        return node
    }

    // In order, so that a chain of thousands of definitions needs no recursion.
    private mutating func definition(_ position: Int) throws -> Graph.Node {
        while definitionNodes.count <= position {
            let next = definitionNodes.count
            definitionNodes.append(try lower(definitions[next].value))
        }
        return definitionNodes[position]
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
        let pair: (Symbol, String)
        switch (left, right) {
        case (.symbol(let symbol), .label(let label)), (.label(let label), .symbol(let symbol)):
            pair = (symbol, label)
        default: return nil
        }
        guard pair.0.indices.isEmpty, positions[pair.0.name] == nil else { return nil }
        return graph.input(.indicator(column: pair.0.name, label: pair.1), positive: false)
    }
}

/// A fault that shows only when names have their meaning.
package enum LoweringError: Error, Equatable {
    case labelOutsideComparison(String)
    /// The name stands for an expression that uses the name.
    case circular(String)
}
