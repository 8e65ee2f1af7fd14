// The tree of a formula, as written: what the parser builds and the printers print.
//
// It is not what is evaluated: `Graph` shares, simplifies and differentiates, `Program` runs.

/// A name in a formula, with the label columns that index it: `alpha`, `E[dataset]`, `beta[language, weight]`.
public struct Symbol: Hashable, Sendable {
    public let name: String
    /// The label columns between the brackets; empty for a plain name.
    public let indices: [String]

    public init(_ name: String, indices: [String] = []) {
        self.name = name
        self.indices = indices
    }
}

/// An operator between two operands.
public enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
    case or, and
    case equal = "==", notEqual = "!="
    case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
    case add = "+", subtract = "-", multiply = "*", divide = "/", power = "^"
}

/// An expression of the formula language.
public indirect enum Expression: Hashable, Sendable {
    case number(Double)
    /// Quoted text, compared with a label column: `recipe == "a"`.
    case label(String)
    case symbol(Symbol)
    case negate(Expression)
    case not(Expression)
    case binary(BinaryOperator, Expression, Expression)
    case call(Function, [Expression])
    /// A name that `sum`, `prod` or `solve` around it binds: an index or an unknown.
    case bound(String)
    /// `d[i]`, one of numbered names, inside a sum or product over `i`.
    case member(Member)
    case repetition(Repetition)
    case lookup(Lookup)
    case solve(Equation)
    case law(LawCall)
    case curve(CurveCall)

    /// The expression for a plain name.
    public static func name(_ name: String) -> Expression { .symbol(Symbol(name)) }

    /// Every symbol of the expression, each once, in order of first appearance; sums and products are unrolled.
    public var symbols: [Symbol] {
        var seen = Set<Symbol>()
        var ordered: [Symbol] = []
        visitSymbols([:]) { if seen.insert($0).inserted { ordered.append($0) } }
        return ordered
    }

    // `indices` are the values of the indices of the sums and products around.
    private func visitSymbols(_ indices: [String: Int], _ visit: (Symbol) -> Void) {
        switch self {
        case .number, .label, .bound: break
        case .symbol(let symbol): visit(symbol)
        case .member(let member): visit(member.symbol(indices))
        case .negate(let operand), .not(let operand): operand.visitSymbols(indices, visit)
        case .binary(_, let left, let right):
            left.visitSymbols(indices, visit)
            right.visitSymbols(indices, visit)
        case .call(_, let arguments):
            for argument in arguments { argument.visitSymbols(indices, visit) }
        case .repetition(let repetition):
            for value in repetition.range(indices) {
                repetition.body.visitSymbols(indices.merging([repetition.index: value]) { $1 }, visit)
            }
        case .lookup(let lookup):
            for part in [lookup.subject] + lookup.rows.map(\.value) + (lookup.otherwise.map { [$0] } ?? []) {
                part.visitSymbols(indices, visit)
            }
        case .solve(let equation):
            for part in [equation.from, equation.to, equation.left, equation.right] {
                part.visitSymbols(indices, visit)
            }
        case .law(let call):
            for argument in call.arguments { argument.value.visitSymbols(indices, visit) }
        case .curve(let call):
            visit(Symbol(call.schedule))
            visit(Symbol(call.step))
            for argument in call.arguments { argument.visitSymbols(indices, visit) }
        }
    }
}
