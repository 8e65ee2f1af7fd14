// Roots in the graph: the values that equations define.
//
// The unknown of an equation is a leaf, numbered by how many equations stand around it; a root closes over the unknown
// of its own number. So equal equations are one entry, and everything that simplifies and differentiates works inside
// of an equation as outside.

extension Graph {
    /// The unknown of an equation that stands in `depth` others; `positive` says that its range is.
    package mutating func unknown(_ depth: Int, positive: Bool) -> Node {
        intern(
            Entry(operation: .unknown, detail: Int32(depth), bits: positive ? 1 : 0),
            Facts(onRows: true, onParameters: true, positive: positive))
    }

    /// The value of unknown `depth` between `from` and `to` at which `equation` is zero.
    package mutating func root(_ depth: Int, from: Node, to: Node, equation: Node) -> Node {
        // Without the unknown there is nothing to solve.
        guard unknowns(equation) & (1 << UInt32(depth)) != 0 else { return constant(.nan) }
        return intern(
            Entry(operation: .root, detail: Int32(depth), a: from, b: to, c: equation),
            Facts(onRows: true, onParameters: true, positive: positive(from)))
    }

    /// The unknowns that a node depends on, one bit each.
    func unknowns(_ node: Node) -> UInt32 { facts[Int(node)].unknowns }

    /// ∂x/∂θ = −(∂g/∂θ)/(∂g/∂x) at the root, `slope` being ∂g/∂θ.
    mutating func rootDerivative(_ node: Node, slope: Node) -> Node {
        let entry = entries[Int(node)]
        let byUnknown = derivative(of: entry.c, by: .unknown(Int(entry.detail)))
        let quotient = divide(slope, byUnknown)
        return negate(replacing(Int(entry.detail), in: quotient, by: node))
    }

    // The node with `replacement` for the unknown `depth`; what does not depend on it stays.
    private mutating func replacing(_ depth: Int, in root: Node, by replacement: Node) -> Node {
        let bit = UInt32(1) << UInt32(depth)
        guard unknowns(root) & bit != 0 else { return root }
        var reached = Set<Node>([root])
        var pending = [root]
        while let node = pending.popLast() {
            for operand in operands(node) where unknowns(operand) & bit != 0 && reached.insert(operand).inserted {
                pending.append(operand)
            }
        }
        var replaced: [Node: Node] = [:]
        for node in reached.sorted() {
            let entry = entries[Int(node)]
            if entry.operation == .unknown {
                replaced[node] = replacement
            } else {
                func new(_ operand: Node) -> Node { operand < 0 ? operand : replaced[operand] ?? operand }
                replaced[node] = rebuilt(entry, new(entry.a), new(entry.b), new(entry.c))
            }
        }
        return replaced[root] ?? root
    }

    private mutating func rebuilt(_ entry: Entry, _ a: Node, _ b: Node, _ c: Node) -> Node {
        switch entry.operation {
        case .constant, .column, .parameter, .unknown: preconditionFailure("a leaf has no operands")
        case .negate: negate(a)
        case .add: add(a, b)
        case .subtract: subtract(a, b)
        case .multiply: multiply(a, b)
        case .divide: divide(a, b)
        case .power: power(a, b)
        case .unary: apply(entry.detail, to: a)
        case .minimum: minimum(a, b)
        case .maximum: maximum(a, b)
        case .less: less(a, b)
        case .lessOrEqual: lessOrEqual(a, b)
        case .equal: equal(a, b)
        case .select: select(a, b, c)
        case .curve: curve(curves[Int(entry.detail)], [a, b, c].filter { $0 >= 0 })
        case .root: root(Int(entry.detail), from: a, to: b, equation: c)
        }
    }

    /// The operands of an entry; of a root also its equation.
    func operands(_ node: Node) -> [Node] {
        let entry = entries[Int(node)]
        if entry.operation == .parameter { return [] }
        return [entry.a, entry.b, entry.c].filter { $0 >= 0 }
    }
}
