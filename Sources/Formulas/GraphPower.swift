// Powers in the graph.
//
// A power of something positive becomes exp(y·ln x), so that ln of a column is computed once a table and the power
// costs one exponential a row; any other power keeps the meaning of C's `pow`. Both agree but for the cases that `pow`
// defines as 1: x overflows to infinity or underflows to 0 and y is exactly 0, or x is 1 and y is not finite. There
// the exponential form is not a number.

extension Graph {
    /// x^y with the meaning of C's `pow`; small whole exponents become products.
    package mutating func power(_ x: Node, _ y: Node) -> Node {
        if let exponent = value(y) {
            if exponent == 0 { return constant(1) }
            if let base = value(x) { return constant(Program.fold(.power, base, exponent)) }
            if let plain = power(x, exponent) { return plain }
        }
        if value(x) == 1 { return x }
        if let logarithm = exponentLogarithm(of: x, depth: 0) {
            return apply(Function.exponential, to: multiply(y, logarithm))
        }
        return binary(.power, x, y, positive: false)
    }

    // The exponents that need no logarithm. A square root alone would give −0 for −0 and NaN for −∞ where `pow` does
    // not; the kernel of a power by 0.5 takes care of both.
    private mutating func power(_ x: Node, _ exponent: Double) -> Node? {
        switch exponent {
        case 1: return x
        case 2: return multiply(x, x)
        case 3: return multiply(multiply(x, x), x)
        case 4:
            let square = multiply(x, x)
            return multiply(square, square)
        case 0.5: return positive(x) ? apply(Function.squareRoot, to: x) : nil
        case -0.5, -1, -2, -3, -4: return divide(constant(1), power(x, constant(-exponent)))
        default: return nil
        }
    }

    // ln x as it stands in an exponent, or nil where x may be zero or negative. Of a product or quotient with a part
    // that does not change with the row and the parameters at once, it is the sum or difference of the logarithms:
    // (A/N)^alpha then needs no logarithm a row. Only an exponent may use it, where the absolute error counts.
    private mutating func exponentLogarithm(of x: Node, depth: Int) -> Node? {
        let entry = entries[Int(x)]
        if entry.operation == .unary, entry.detail == Function.exponential { return entry.a }
        guard positive(x) else { return nil }
        if depth < 4, entry.operation == .multiply || entry.operation == .divide, entry.a != entry.b,
            !(isRow(entry.a) && isRow(entry.b)), isRow(x) || depth > 0,
            let left = exponentLogarithm(of: entry.a, depth: depth + 1),
            let right = exponentLogarithm(of: entry.b, depth: depth + 1)
        {
            return entry.operation == .multiply ? add(left, right) : subtract(left, right)
        }
        return apply(Function.logarithm, to: x)
    }

    // Computed on every row in every call.
    private func isRow(_ node: Node) -> Bool { onRows(node) && onParameters(node) }
}
