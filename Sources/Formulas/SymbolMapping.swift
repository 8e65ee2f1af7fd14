// A formula with other names in the place of its own: parameters indexed by a column, columns that stand for others.

extension Formula {
    /// The formula with the named parameters indexed by one more label column: `E` becomes `E[recipe]`, `E[corpus]`
    /// becomes `E[corpus, recipe]`.
    ///
    /// - Parameter names: of the symbols that are indexed; others stay as they are.
    package func indexing(_ names: Set<String>, by column: String) -> Formula {
        mappingSymbols { symbol in
            guard names.contains(symbol.name) else { return symbol }
            return Symbol(symbol.name, indices: symbol.indices + [column])
        }
    }

    /// The formula with every symbol right of `~` and in the definitions replaced.
    ///
    /// The numbered names of a sum or product are replaced together, as the first of them would be, and keep their stem.
    package func mappingSymbols(_ replace: (Symbol) -> Symbol) -> Formula {
        let defined = Set(definitions.map(\.name))
        // A definition's own name is no symbol of the table.
        func kept(_ symbol: Symbol) -> Symbol { defined.contains(symbol.name) ? symbol : replace(symbol) }
        return Formula(
            definitions: definitions.map { Definition(name: $0.name, value: $0.value.mappingSymbols([:], kept)) },
            response: response, prediction: prediction.mappingSymbols([:], kept))
    }
}

extension Expression {
    // `indices` are the first values of the indices of the sums and products around.
    fileprivate func mappingSymbols(_ indices: [String: Int], _ replace: (Symbol) -> Symbol) -> Expression {
        func mapped(_ expression: Expression) -> Expression { expression.mappingSymbols(indices, replace) }
        switch self {
        case .number, .label, .bound: return self
        case .symbol(let symbol): return .symbol(replace(symbol))
        case .member(let it):
            let labels = replace(it.symbol(indices)).indices
            return .member(Member(name: it.name, subscripts: it.subscripts, labels: labels))
        case .negate(let operand): return .negate(mapped(operand))
        case .not(let operand): return .not(mapped(operand))
        case .binary(let operation, let left, let right): return .binary(operation, mapped(left), mapped(right))
        case .call(let function, let arguments): return .call(function, arguments.map(mapped))
        case .repetition(let it):
            let inner = indices.merging([it.index: it.range(indices).lowerBound]) { $1 }
            return .repetition(
                Repetition(
                    operation: it.operation, index: it.index, from: it.from, to: it.to,
                    body: it.body.mappingSymbols(inner, replace)))
        case .lookup(let it):
            return .lookup(
                Lookup(
                    subject: mapped(it.subject),
                    rows: it.rows.map { Lookup.Row(key: $0.key, value: mapped($0.value)) },
                    otherwise: it.otherwise.map(mapped)))
        case .curve(let it):
            return .curve(
                CurveCall(
                    function: it.function, schedule: replace(Symbol(it.schedule)).name,
                    step: replace(Symbol(it.step)).name, arguments: it.arguments.map(mapped)))
        case .solve(let it):
            return .solve(
                Equation(
                    unknown: it.unknown, from: mapped(it.from), to: mapped(it.to), left: mapped(it.left),
                    right: mapped(it.right)))
        case .law(let it):
            return .law(
                LawCall(
                    name: it.name,
                    arguments: it.arguments.map { LawCall.Argument(name: $0.name, value: mapped($0.value)) },
                    callee: it.callee))
        }
    }
}
