// What a search for starts asks of a graph: how a parameter meets the columns.

extension Graph {
    /// The kind of an entry, as far as a search for starts cares.
    package enum Shape: Equatable {
        case parameter(Int)
        case negate(Node)
        /// A constant divided by another entry, of either sign.
        case reciprocal(Node)
        case logarithm(Node)
        case multiply
        case divide
        case sum
        case other
    }

    package var nodes: Range<Node> { 0..<Node(entries.count) }

    package func shape(_ node: Node) -> Shape {
        let entry = entries[Int(node)]
        switch entry.operation {
        case .parameter: return .parameter(Int(entry.detail))
        case .negate: return .negate(entry.a)
        case .multiply: return .multiply
        case .divide: return entries[Int(entry.a)].operation == .constant ? .reciprocal(entry.b) : .divide
        case .add, .subtract: return .sum
        case .unary where entry.detail == Function.logarithm: return .logarithm(entry.a)
        default: return .other
        }
    }

    /// Each operand of a two-operand entry with the other one; what holds an unknown has no size outside of its equation
    /// and is left out.
    package func operandPairs(_ node: Node) -> [(Node, Node)] {
        let entry = entries[Int(node)]
        guard entry.operation != .parameter, entry.a >= 0, entry.b >= 0, entry.c < 0 else { return [] }
        return [(entry.a, entry.b), (entry.b, entry.a)].filter { unknowns($0.1) == 0 }
    }

    /// Whether `node` is a function that saturates or grows exponentially in `argument`, or a power with it as exponent.
    package func exponentiates(_ argument: Node, at node: Node) -> Bool {
        let entry = entries[Int(node)]
        switch entry.operation {
        case .unary:
            let names = ["exp", "expm1", "sigmoid", "softplus", "tanh", "sin", "cos"]
            return entry.a == argument && names.contains(Function.all[Int(entry.detail)].name)
        case .negate:
            return entry.a == argument
                && nodes.contains { $0 > node && entries[Int($0)].operation == .unary && exponentiates(node, at: $0) }
        case .power: return entry.b == argument
        default: return false
        }
    }

    /// The terms of a sum: what stands between its plus and minus signs.
    package func terms(of node: Node) -> [Node] {
        let entry = entries[Int(node)]
        switch entry.operation {
        case .add, .subtract: return terms(of: entry.a) + terms(of: entry.b)
        case .negate: return terms(of: entry.a)
        default: return [node]
        }
    }

    /// The columns and parameter families that a node needs.
    package func leaves(of node: Node) -> (inputs: [Input], families: [Int]) {
        let reached = reachable(from: [node])
        var (found, families): ([Input], [Int]) = ([], [])
        for position in entries.indices where reached[position] {
            switch entries[position].operation {
            case .column: found.append(inputs[Int(entries[position].detail)])
            case .parameter: families.append(Int(entries[position].detail))
            default: break
            }
        }
        return (found, families)
    }
}
