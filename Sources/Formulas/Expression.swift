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

    /// The expression for a plain name.
    public static func name(_ name: String) -> Expression { .symbol(Symbol(name)) }

    /// Every symbol of the expression, each once, in order of first appearance.
    public var symbols: [Symbol] {
        var seen = Set<Symbol>()
        var ordered: [Symbol] = []
        visitSymbols { if seen.insert($0).inserted { ordered.append($0) } }
        return ordered
    }

    private func visitSymbols(_ visit: (Symbol) -> Void) {
        switch self {
        case .number, .label: break
        case .symbol(let symbol): visit(symbol)
        case .negate(let operand), .not(let operand): operand.visitSymbols(visit)
        case .binary(_, let left, let right):
            left.visitSymbols(visit)
            right.visitSymbols(visit)
        case .call(_, let arguments):
            for argument in arguments { argument.visitSymbols(visit) }
        }
    }
}
