// A formula as text: parse(print(f)) == f.

extension Expression: CustomStringConvertible {
    /// The expression in the formula language, with the fewest brackets.
    public var description: String {
        var text = ""
        write(to: &text, above: 0)
        return text
    }

    // Binding strength, weakest first. An operand weaker than its place asks for gets brackets.
    static let (negationStrength, comparisonStrength, unaryStrength, atomStrength) = (3, 4, 7, 9)

    var strength: Int {
        switch self {
        case .number(let value): value < 0 ? Self.unaryStrength : Self.atomStrength
        case .label, .symbol, .call, .bound, .member, .repetition, .lookup, .solve, .law, .curve: Self.atomStrength
        case .not: Self.negationStrength
        case .negate: Self.unaryStrength
        case .binary(let operation, _, _): operation.strength
        }
    }

    // Appends to one string: a long sum would otherwise copy its left part once a term.
    func write(to text: inout String, above minimum: Int) {
        let weak = strength < minimum
        if weak { text += "(" }
        switch self {
        case .number(let value): text += Self.decimal(value)
        case .label(let label): text += Self.quoted(label)
        case .bound(let name): text += Symbol(name).description
        case .member(let member): text += member.description
        case .repetition, .lookup, .solve, .law, .curve: writeForm(to: &text)
        case .symbol(let symbol): text += symbol.description
        case .not(let operand):
            text += "not "
            operand.write(to: &text, above: Self.negationStrength)
        case .negate(let operand):
            text += "-"
            operand.write(to: &text, above: Self.unaryStrength)
        case .call(let function, let arguments):
            text += function.name + "("
            for (position, argument) in arguments.enumerated() {
                if position > 0 { text += ", " }
                argument.write(to: &text, above: 0)
            }
            text += ")"
        case .binary(.power, let base, let exponent):
            base.write(to: &text, above: Self.atomStrength)
            text += "^"
            exponent.write(to: &text, above: Self.unaryStrength)
        case .binary(let operation, let left, let right):
            let strength = operation.strength
            left.write(to: &text, above: strength == Self.comparisonStrength ? strength + 1 : strength)
            text += " \(operation.rawValue) "
            right.write(to: &text, above: strength + 1)
        }
        if weak { text += ")" }
    }

    static func quoted(_ label: String) -> String { label.contains("\"") ? "'\(label)'" : "\"\(label)\"" }

    /// The shortest digits that read back as the same number.
    package static func decimal(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension BinaryOperator {
    var isComparison: Bool { strength == BinaryOperator.less.strength }

    var strength: Int {
        switch self {
        case .or: 1
        case .and: 2
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 4
        case .add, .subtract: 5
        case .multiply, .divide: 6
        case .power: 8
        }
    }
}

extension Symbol: CustomStringConvertible {
    /// The symbol as it is typed; a name that is no identifier stands in backquotes.
    public var description: String {
        indices.isEmpty
            ? Self.quoted(name) : "\(Self.quoted(name))[\(indices.map(Self.quoted).joined(separator: ", "))]"
    }

    private static func quoted(_ name: String) -> String {
        let isPlain = name.utf8.first?.isNameStart ?? false && name.utf8.allSatisfy(\.isNamePart)
        return isPlain && !Parser.isTaken(name) ? name : "`\(name)`"
    }
}

extension Formula: CustomStringConvertible {
    /// The formula in the formula language, on one line.
    public var description: String {
        let definitions = definitions.map { "let \(Symbol($0.name)) = \($0.value); " }.joined()
        return definitions + (response.map { "\($0) ~ " } ?? "") + prediction.description
    }
}
