// A formula as LaTeX, for papers and reports.

extension Formula {
    /// The formula as LaTeX in mathematics mode; definitions follow after "where".
    public var latex: String {
        let left = response.map { $0.latex() + " = " } ?? ""
        let main = left + prediction.latex()
        guard !definitions.isEmpty else { return main }
        let definitions = definitions.map { "\(Symbol($0.name).latex) = \($0.value.latex())" }
        return main + ", \\quad \\text{where } " + definitions.joined(separator: ",\\; ")
    }
}

extension Expression {
    /// The expression as LaTeX in mathematics mode.
    public func latex() -> String {
        switch self {
        case .number(let value): return Self.latexNumber(value)
        case .label(let label): return "\\text{\(Symbol.escaped(label))}"
        case .symbol(let symbol): return symbol.latex
        case .not(let operand): return "\\lnot " + operand.latex(above: Self.negationStrength)
        case .negate(let operand): return "-" + operand.latex(above: BinaryOperator.multiply.strength)
        case .call(let function, let arguments): return Self.latexCall(function, arguments)
        case .bound(let name): return Symbol(name).latex
        case .member, .repetition, .lookup, .solve, .law, .curve: return latexForm()
        case .binary(.divide, let left, let right): return "\\frac{\(left.latex())}{\(right.latex())}"
        case .binary(.power, let base, let exponent):
            return base.latex(above: Self.atomStrength, asBase: true) + "^{\(exponent.latex())}"
        case .binary(let operation, let left, let right):
            let strength = operation.strength
            let rightMinimum = operation == .add || operation == .multiply ? strength : strength + 1
            var second = right.latex(above: rightMinimum)
            if second.hasPrefix("-") { second = Self.bracketed(second) }
            return left.latex(above: strength) + operation.latex(before: right) + second
        }
    }

    private func latex(above minimum: Int, asBase: Bool = false) -> String {
        var weak = strength < minimum
        if case .binary(.divide, _, _) = self { weak = asBase }  // a fraction needs brackets only under an exponent
        if asBase, case .call = self { weak = true }
        if case .repetition = self { weak = minimum > 0 }
        let text = latex()
        if asBase, case .number = self, text.hasSuffix("}") { weak = true }  // a power of ten
        return weak ? Self.bracketed(text) : text
    }

    private static func bracketed(_ text: String) -> String { "\\left(\(text)\\right)" }

    private static func latexCall(_ function: Function, _ arguments: [Expression]) -> String {
        let inside = arguments.map { $0.latex() }.joined(separator: ", ")
        switch function.name {
        case "sqrt": return "\\sqrt{\(inside)}"
        case "abs": return "\\left|\(inside)\\right|"
        case "exp": return "e^{\(inside)}"
        default: return "\(function.latex)\\left(\(inside)\\right)"
        }
    }

    private static func latexNumber(_ value: Double) -> String {
        if value == Double.pi { return "\\pi" }
        let text = decimal(value)
        guard let e = text.firstIndex(of: "e") else { return text }
        let exponent = text[text.index(after: e)...].drop { $0 == "+" }
        let digits = exponent.hasPrefix("-") ? "-" + exponent.dropFirst().drop { $0 == "0" } : String(exponent)
        let mantissa = String(text[..<e])
        let short = mantissa.hasSuffix(".0") ? String(mantissa.dropLast(2)) : mantissa
        return short == "1" ? "10^{\(digits)}" : "\(short) \\times 10^{\(digits)}"
    }
}

extension BinaryOperator {
    fileprivate func latex(before right: Expression) -> String {
        switch self {
        case .or: " \\lor "
        case .and: " \\land "
        case .equal: " = "
        case .notEqual: " \\ne "
        case .less: " < "
        case .lessOrEqual: " \\le "
        case .greater: " > "
        case .greaterOrEqual: " \\ge "
        case .add: " + "
        case .subtract: " - "
        case .multiply: if case .number = right { " \\cdot " } else { " \\, " }
        case .divide, .power: ""
        }
    }
}

extension Symbol {
    /// The symbol as LaTeX: Greek names become letters, `E_0` and `b1` get subscripts, long names stand upright.
    public var latex: String {
        var base = name
        var below: [String] = []
        if let underscore = name.firstIndex(of: "_"), underscore != name.startIndex {
            base = String(name[..<underscore])
            below.append(Self.upright(String(name[name.index(after: underscore)...])))
        } else if let digit = name.firstIndex(where: \.isNumber), digit != name.startIndex,
            name[digit...].allSatisfy(\.isNumber)
        {
            base = String(name[..<digit])
            below.append(String(name[digit...]))
        }
        below += indices.map(Self.upright)
        let letter = Self.greek.contains(base) ? "\\\(base)" : Self.upright(base)
        return below.isEmpty ? letter : "\(letter)_{\(below.joined(separator: ", "))}"
    }

    private static func upright(_ word: String) -> String {
        if greek.contains(word) { return "\\\(word)" }
        if !word.utf8.allSatisfy(\.isNamePart) { return "\\text{\(escaped(word))}" }
        return word.utf8.count <= 1 || word.allSatisfy(\.isNumber) ? escaped(word) : "\\mathrm{\(escaped(word))}"
    }

    /// The words as LaTeX text.
    static func escaped(_ words: String) -> String {
        words.map { character in
            switch character {
            case "_", "%", "&", "#", "$", "{", "}": "\\\(character)"
            case "\\": "\\textbackslash{}"
            case "^": "\\textasciicircum{}"
            case "~": "\\textasciitilde{}"
            default: String(character)
            }
        }.joined()
    }

    private static let greek: Set<String> = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
        "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta",
        "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
    ]
}
