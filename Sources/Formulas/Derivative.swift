// Exact derivatives: the chain rule over the graph, in one pass.
//
// The derivative is put back into the same graph, so it shares every subexpression that it can: the value of a
// Chinchilla law needs 8 operations a row, its value and all first derivatives 12.

extension Graph {
    /// What a derivative is taken by.
    package enum Variable: Hashable, Sendable {
        /// Parameter family `position`: for an indexed family, the one parameter that the row's label chooses.
        case parameter(Int)
        /// The column leaf `inputs[position]`.
        case input(Int)
        /// The unknown of the equation that stands in so many others.
        case unknown(Int)
    }

    /// The derivative of `root` by `variable`, as a node of this graph.
    ///
    /// Where a function has a kink (`abs`, `min`, `max`, `clamp`) it is the derivative from one side, and the
    /// derivative of a comparison is zero. Where an operand does not depend on the variable its derivative counts as
    /// zero, even beside an infinite factor.
    package mutating func derivative(of root: Node, by variable: Variable) -> Node {
        let zero = constant(0)
        let reached = reachable(from: [root])
        var derivatives = [Node](repeating: zero, count: Int(root) + 1)
        for position in 0...Int(root) where reached[position] {
            let entry = entries[position]
            if entry.operation == .parameter || entry.operation == .column || entry.operation == .unknown {
                if variable.isLeaf(entry) { derivatives[position] = constant(1) }
                continue
            }
            let a = entry.a >= 0 ? derivatives[Int(entry.a)] : zero
            let b = entry.b >= 0 ? derivatives[Int(entry.b)] : zero
            let c = entry.c >= 0 ? derivatives[Int(entry.c)] : zero
            if entry.operation == .root {
                // A root does not depend on its ends, nor on an unknown of its own number, which it closes over.
                if c != zero, variable != .unknown(Int(entry.detail)) {
                    derivatives[position] = rootDerivative(Node(position), slope: c)
                }
                continue
            }
            if a == zero, b == zero, c == zero { continue }
            if entry.operation == .curve {
                let slopes = [(entry.a, a), (entry.b, b), (entry.c, c)].filter { $0.0 >= 0 }.map(\.1)
                derivatives[position] = curveDerivative(Node(position), slopes)
                continue
            }
            derivatives[position] =
                isQuotientByPower(entry) && a == zero
                ? relativeDerivative(Node(position), derivatives) : differentiate(Node(position), entry, a, b, c)
        }
        return derivatives[Int(root)]
    }

    /// Which entries the roots need.
    package func reachable(from roots: [Node]) -> [Bool] {
        var reached = [Bool](repeating: false, count: entries.count)
        for root in roots { reached[Int(root)] = true }
        for position in entries.indices.reversed() where reached[position] {
            let entry = entries[position]
            if entry.operation == .parameter { continue }
            for operand in [entry.a, entry.b, entry.c] where operand >= 0 { reached[Int(operand)] = true }
        }
        return reached
    }

    // `da`, `db`, `dc` are the derivatives of the operands; at least one is not zero.
    private mutating func differentiate(_ node: Node, _ entry: Entry, _ da: Node, _ db: Node, _ dc: Node) -> Node {
        let (a, b) = (entry.a, entry.b)
        switch entry.operation {
        case .constant, .column, .parameter, .unknown, .root, .curve, .less, .lessOrEqual, .equal: return constant(0)
        case .negate: return negate(da)
        case .add: return sum(da, db)
        case .subtract: return difference(da, db)
        case .multiply where a == b: return multiply(constant(2), product(da, a))
        case .multiply: return sum(product(da, b), product(db, a))
        // (a/b)' = (a' − (a/b)·b') / b
        case .divide: return quotient(difference(da, product(db, node)), b)
        case .power: return powerDerivative(node, a, b, da, db)
        case .unary:
            guard case .kernel(_, let derivative) = Function.all[Int(entry.detail)].meaning else {
                preconditionFailure("an expanded function is not an entry of the graph")
            }
            return product(da, derivative(&self, a, node))
        case .minimum: return da == db ? da : select(lessOrEqual(a, b), da, db)
        case .maximum: return da == db ? da : select(lessOrEqual(b, a), da, db)
        case .select: return select(a, db, dc)
        }
    }

    // x^y where x may be zero or negative: y·x^(y−1)·x' + x^y·ln(x)·y'.
    private mutating func powerDerivative(_ node: Node, _ x: Node, _ y: Node, _ dx: Node, _ dy: Node) -> Node {
        let byBase = isZero(dx) ? dx : product(dx, multiply(y, power(x, subtract(y, constant(1)))))
        return sum(byBase, isZero(dy) ? dy : product(product(dy, growth(x)), node))
    }

    // ln x, and zero at x = 0, so that 0^y stays 0 when a positive y grows.
    private mutating func growth(_ x: Node) -> Node {
        select(equal(x, constant(0)), constant(0), apply(Function.logarithm, to: x))
    }

    private func isQuotientByPower(_ entry: Entry) -> Bool {
        entry.operation == .divide && entries[Int(entry.b)].operation == .power
    }

    // (c/x^y)' = −(c/x^y)·(y·x'/x + ln(x)·y'): the plain rule would compute the power and divide by it twice.
    private mutating func relativeDerivative(_ node: Node, _ derivatives: [Node]) -> Node {
        let divisor = entries[Int(entries[Int(node)].b)]
        let (dx, dy) = (derivatives[Int(divisor.a)], derivatives[Int(divisor.b)])
        let byBase = isZero(dx) ? dx : product(dx, divide(divisor.b, divisor.a))
        return negate(product(sum(byBase, isZero(dy) ? dy : product(dy, growth(divisor.a))), node))
    }

    // MARK: - Arithmetic with derivatives, where a zero is the absence of a dependence

    private func isZero(_ node: Node) -> Bool { value(node) == 0 }

    private mutating func sum(_ a: Node, _ b: Node) -> Node { isZero(a) ? b : isZero(b) ? a : add(a, b) }

    private mutating func difference(_ a: Node, _ b: Node) -> Node {
        isZero(a) ? isZero(b) ? a : negate(b) : isZero(b) ? a : subtract(a, b)
    }

    private mutating func product(_ derivative: Node, _ factor: Node) -> Node {
        isZero(derivative) ? derivative : multiply(factor, derivative)
    }

    private mutating func quotient(_ derivative: Node, _ divisor: Node) -> Node {
        isZero(derivative) ? derivative : divide(derivative, divisor)
    }
}

extension Graph.Variable {
    fileprivate func isLeaf(_ entry: Graph.Entry) -> Bool {
        switch self {
        case .parameter(let position): entry.operation == .parameter && entry.detail == Int32(position)
        case .input(let position): entry.operation == .column && entry.detail == Int32(position)
        case .unknown(let depth): entry.operation == .unknown && entry.detail == Int32(depth)
        }
    }
}
