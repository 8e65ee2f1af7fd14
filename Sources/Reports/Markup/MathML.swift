// A formula as MathML, which browsers set as mathematics.

import Formulas

enum MathML {
    /// The formula as an element, or nil where it has a form that this does not set: sums, tables, equations, calls
    /// of laws and of curves.
    static func element(_ formula: Formula) -> String? {
        guard let prediction = row(formula.prediction) else { return nil }
        var rows: [String] = []
        if let response = formula.response {
            guard let left = row(response) else { return nil }
            rows.append(left + "<mo>=</mo>" + prediction)
        } else {
            rows.append(prediction)
        }
        for definition in formula.definitions {
            guard let value = row(definition.value) else { return nil }
            rows.append("<mtext>where&#160;</mtext>" + symbol(Symbol(definition.name)) + "<mo>=</mo>" + value)
        }
        let start = "<math display=\"block\" alttext=\"\(XML.escaped("\(formula)"))\">"
        if rows.count == 1 { return start + "<mrow>\(rows[0])</mrow></math>" }
        return start + "<mtable>" + rows.map { "<mtr><mtd>\($0)</mtd></mtr>" }.joined() + "</mtable></math>"
    }

    private static func row(_ expression: Expression) -> String? {
        switch expression {
        case .number(let value): return value < 0 ? minus + number(-value) : number(value)
        case .label(let label): return "<mtext>\(XML.escaped(label))</mtext>"
        case .symbol(let symbol): return self.symbol(symbol)
        case .negate(let operand): return operand.mathFactor.map { minus + $0 }
        case .binary(.divide, let left, let right):
            guard let left = row(left), let right = row(right) else { return nil }
            return "<mfrac><mrow>\(left)</mrow><mrow>\(right)</mrow></mfrac>"
        case .binary(.power, let base, let exponent):
            guard let base = base.mathBase, let exponent = row(exponent) else { return nil }
            return "<msup><mrow>\(base)</mrow><mrow>\(exponent)</mrow></msup>"
        case .binary(.multiply, let left, let right):
            // What is taken the negative of may stand first without brackets: -k (L - L_0).
            guard let left = left.mathFirst, let right = right.mathFactor else { return nil }
            let dot = right.hasPrefix("<mn>") ? "<mo>·</mo>" : "<mo>&#8290;</mo><mspace width=\"0.15em\"/>"
            return left + dot + right
        case .binary(let operation, let left, let right):
            guard let sign = operation.sign, let left = row(left), let right = right.mathTerm(after: operation) else {
                return nil
            }
            return left + "<mo>\(sign)</mo>" + right
        case .call(let function, let arguments):
            let inside = arguments.compactMap(row)
            guard inside.count == arguments.count else { return nil }
            switch function.name {
            case "sqrt": return "<msqrt>\(inside.joined())</msqrt>"
            case "abs": return "<mo>|</mo>\(inside.joined())<mo>|</mo>"
            case "exp": return "<msup><mi>e</mi><mrow>\(inside.joined())</mrow></msup>"
            default:
                let name = "<mi>\(XML.escaped(function.name))</mi><mo>&#8289;</mo>"
                return name + bracketed(inside.joined(separator: "<mo>,</mo>"))
            }
        default: return nil
        }
    }

    /// The sign, which is wider than the hyphen of the keyboard.
    fileprivate static let minus = "<mo>\u{2212}</mo>"

    fileprivate static func set(_ expression: Expression) -> String? { row(expression) }

    fileprivate static func bracketed(_ inside: String) -> String { "<mrow><mo>(</mo>\(inside)<mo>)</mo></mrow>" }

    private static func number(_ value: Double) -> String { "<mn>\(Expression.decimal(value))</mn>" }

    private static func symbol(_ symbol: Symbol) -> String {
        var base = symbol.name
        var below: [String] = []
        if let underscore = base.firstIndex(of: "_"), underscore != base.startIndex {
            below.append(String(base[base.index(after: underscore)...]))
            base = String(base[..<underscore])
        }
        below += symbol.indices
        let letter = word(base)
        return below.isEmpty
            ? letter : "<msub>\(letter)<mrow>\(below.map(word).joined(separator: "<mo>,</mo>"))</mrow></msub>"
    }

    // One letter leans, a word does not; MathML knows that by their length.
    private static func word(_ text: String) -> String { "<mi>\(XML.escaped(greek[text] ?? text))</mi>" }

    private static let greek: [String: String] = [
        "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
        "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
        "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ",
        "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ",
        "Psi": "Ψ", "Omega": "Ω",
    ]
}

extension Expression {
    // The first factor of a product.
    fileprivate var mathFirst: String? {
        if case .negate(let operand) = self, case .symbol = operand { return MathML.set(self) }
        return mathFactor
    }

    // What begins with a sign.
    private var isNegative: Bool {
        switch self {
        case .negate: true
        case .number(let value): value < 0
        case .binary(.multiply, let left, _): left.isNegative
        default: false
        }
    }

    // A sum that is multiplied stands in brackets.
    fileprivate var mathFactor: String? {
        switch self {
        case _ where isNegative: MathML.set(self).map(MathML.bracketed)
        case .binary(.multiply, _, _), .binary(.divide, _, _), .binary(.power, _, _): MathML.set(self)
        case .binary, .negate, .not: MathML.set(self).map(MathML.bracketed)
        default: MathML.set(self)
        }
    }

    fileprivate var mathBase: String? {
        switch self {
        case .number(let value) where value >= 0: MathML.set(self)
        case .symbol: MathML.set(self)
        default: MathML.set(self).map(MathML.bracketed)
        }
    }

    fileprivate func mathTerm(after operation: BinaryOperator) -> String? {
        switch self {
        case _ where isNegative: MathML.set(self).map(MathML.bracketed)
        case .binary(.add, _, _) where operation == .add: MathML.set(self)
        case .binary(.add, _, _), .binary(.subtract, _, _): MathML.set(self).map(MathML.bracketed)
        default: MathML.set(self)
        }
    }
}

extension BinaryOperator {
    fileprivate var sign: String? {
        switch self {
        case .add: "+"
        case .subtract: "\u{2212}"
        case .equal: "="
        case .notEqual: "≠"
        case .less: "&lt;"
        case .lessOrEqual: "≤"
        case .greater: "&gt;"
        case .greaterOrEqual: "≥"
        case .or, .and, .multiply, .divide, .power: nil
        }
    }
}
