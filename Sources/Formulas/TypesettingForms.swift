// Sums, tables, equations and called laws as text and as LaTeX.

extension Expression {
    func writeForm(to text: inout String) {
        switch self {
        case .repetition(let it):
            text += "\(it.operation.rawValue)(\(Symbol(it.index)), \(it.from.description), \(it.to.description), "
            it.body.write(to: &text, above: 0)
        case .lookup(let lookup):
            text += "lookup("
            lookup.subject.write(to: &text, above: 0)
            for row in lookup.rows {
                text += ", \(row.key.expression): "
                row.value.write(to: &text, above: 0)
            }
            if let otherwise = lookup.otherwise {
                text += ", "
                otherwise.write(to: &text, above: 0)
            }
        case .solve(let it):
            text += "solve(\(Symbol(it.unknown)), "
            it.from.write(to: &text, above: 0)
            text += ", "
            it.to.write(to: &text, above: 0)
            text += ", "
            it.left.write(to: &text, above: Self.comparisonStrength + 1)
            text += " == "
            it.right.write(to: &text, above: Self.comparisonStrength + 1)
        case .law(let call):
            text += "law(\(Self.quoted(call.name))"
            for argument in call.arguments {
                text += ", \(Symbol(argument.name)) = "
                argument.value.write(to: &text, above: 0)
            }
        case .curve(let call):
            text += "\(call.function.rawValue)(\(Symbol(call.schedule)), \(Symbol(call.step))"
            for argument in call.arguments {
                text += ", "
                argument.write(to: &text, above: 0)
            }
        default: preconditionFailure("no form")
        }
        text += ")"
    }

    func latexForm() -> String {
        switch self {
        case .member(let member):
            let below = member.subscripts.map { subscripted in
                Symbol(subscripted.index).latex
                    + (subscripted.shift == 0
                        ? "" : subscripted.shift < 0 ? "-\(-subscripted.shift)" : "+\(subscripted.shift)")
            }
            return
                "\(Symbol(member.name).latex)_{\((below + member.labels.map { Symbol($0).latex }).joined(separator: ", "))}"
        case .repetition(let it):
            let sign = it.operation == .sum ? "\\sum" : "\\prod"
            let (from, to) = (it.from.latex, it.to.latex)
            return "\(sign)_{\(Symbol(it.index).latex)=\(from)}^{\(to)} \(it.body.latexFactor())"
        case .lookup(let lookup):
            var rows = lookup.rows.map { row in
                "\(row.value.latex()) & \(lookup.subject.latex()) = \(row.key.expression.latex())"
            }
            if let otherwise = lookup.otherwise { rows.append("\(otherwise.latex()) & \\text{otherwise}") }
            return "\\begin{cases} \(rows.joined(separator: " \\\\ ")) \\end{cases}"
        case .solve(let it):
            let unknown = Symbol(it.unknown).latex
            return "\\left\\{\(unknown) \\in \\left[\(it.from.latex()), \(it.to.latex())\\right] : "
                + "\(it.left.latex()) = \(it.right.latex())\\right\\}"
        case .curve(let call):
            let words = [Symbol(call.schedule).latex, Symbol(call.step).latex] + call.arguments.map { $0.latex() }
            return "\\operatorname{\(call.function.rawValue)}\\left(\(words.joined(separator: ", "))\\right)"
        case .law(let call):
            let arguments = call.arguments.map { "\(Symbol($0.name).latex) = \($0.value.latex())" }
            return "\\text{\(Symbol.escaped(call.name))}\\left(\(arguments.joined(separator: ", "))\\right)"
        default: preconditionFailure("no form")
        }
    }

    // What stands right of a sum sign: a sum there needs brackets.
    private func latexFactor() -> String {
        strength <= BinaryOperator.add.strength ? "\\left(\(latex())\\right)" : latex()
    }
}

extension Repetition.Limit {
    fileprivate var latex: String {
        switch self {
        case .number(let number): "\(number)"
        case .index(let name): Symbol(name).latex
        }
    }
}
