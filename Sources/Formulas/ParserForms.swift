// What looks like a function and binds a name, holds a table or calls a law.
//
//     sum, prod   "(" name "," limit "," limit "," expression ")"     limit: whole number, or an index around
//     lookup      "(" expression { "," key ":" expression } [ "," expression ] ")"
//     solve       "(" name "," expression "," expression "," sum "==" sum ")"
//     annealing … "(" name "," name { "," expression } ")"
//     law         "(" "text" { "," name "=" expression } ")"
//     subscript   an index, or an index plus or minus a whole number: d[i], d[i - 1], d[i, column]

/// A name that is bound inside a form.
struct Scope {
    enum Kind {
        case index(ClosedRange<Int>)
        case unknown
    }

    let name: String
    let kind: Kind
    var isUsed = false
}

extension Parser {
    /// A sum or product has so many terms at most.
    private static let mostTerms = 1_000
    /// The nodes of all sums and products of a formula, written out.
    private static let mostOperations = 50_000

    /// The bound name as a value, or nil where nothing binds it.
    @inline(never)
    mutating func bound(_ name: String) -> Tree? {
        guard let position = scopes.lastIndex(where: { $0.name == name }) else { return nil }
        scopes[position].isUsed = true
        return Tree(expression: .bound(name), height: 1)
    }

    @inline(never)
    mutating func form(_ name: String, at token: Token) throws(FormulaError) -> Tree {
        let bracket = current
        advance()
        let tree: Tree
        switch name {
        case "sum", "prod": tree = try repetition(name == "sum" ? .sum : .prod, at: token)
        case "lookup": tree = try lookup()
        case "solve": tree = try equation()
        case "law": tree = try lawCall()
        default: tree = try curve(name, at: token)
        }
        try close(")", opened: bracket)
        return tree
    }

    // MARK: - Sums and products

    private mutating func repetition(_ operation: Repetition.Operation, at token: Token) throws(FormulaError) -> Tree
    {
        let index = try newName("the name of an index")
        let (from, first) = try limit()
        let toToken = current
        let (to, last) = try limit()
        if case .number(let low) = from, case .number(let high) = to, low > high {
            throw FormulaError(.emptyRange(from: low, to: high), in: text, at: toToken.range)
        }
        let (lower, upper) = (first.lowerBound, max(first.lowerBound, last.upperBound))
        let terms = max(1, upper - lower + 1)
        if terms > Self.mostTerms {
            throw FormulaError(.tooManyTerms(limit: Self.mostOperations), in: text, at: token.range)
        }
        scopes.append(Scope(name: index, kind: .index(lower...upper)))
        let body = try nestedExpression()
        scopes.removeLast()
        try checkNoLabel(body)
        let size = (body.size + 1) * terms
        if size > Self.mostOperations {
            throw FormulaError(.tooManyTerms(limit: Self.mostOperations), in: text, at: token.range)
        }
        let expression = Expression.repetition(
            Repetition(operation: operation, index: index, from: from, to: to, body: body.expression))
        if !scopes.contains(where: { if case .index = $0.kind { true } else { false } }) {
            unrolledSize += size
            if unrolledSize > Self.mostOperations {
                throw FormulaError(.tooManyTerms(limit: Self.mostOperations), in: text, at: token.range)
            }
            try place(expression, at: token)
        }
        return Tree(expression: expression, height: body.height + 1, size: size)
    }

    // The numbered names that the body stands for, as if they were written here.
    private mutating func place(_ expression: Expression, at token: Token) throws(FormulaError) {
        for symbol in expression.symbols {
            if symbol.name == beingDefined {
                throw FormulaError(.definitionUsesItself(symbol.name), in: text, at: token.range)
            }
            if !symbol.indices.isEmpty, defined.contains(symbol.name) {
                throw FormulaError(.indexOfDefinition(symbol.name), in: text, at: token.range)
            }
            if places[symbol.name] == nil { places[symbol.name] = token.range }
        }
    }

    // A limit, the comma after it, and the values that it takes.
    private mutating func limit() throws(FormulaError) -> (Repetition.Limit, ClosedRange<Int>) {
        let limit: Repetition.Limit
        let range: ClosedRange<Int>
        if let name = current.name, let scope = scopes.last(where: { $0.name == name }),
            case .index(let values) = scope.kind
        {
            (limit, range) = (.index(name), values)
            advance()
        } else {
            let start = current
            let isNegative = accept("-")
            guard case .number(let value) = current.kind, value == value.rounded(), value <= 1e6 else {
                throw FormulaError(
                    .expected("a whole number", found: found(from: start)), in: text, at: current.range)
            }
            advance()
            let number = isNegative ? -Int(value) : Int(value)
            (limit, range) = (.number(number), number...number)
        }
        try comma()
        return (limit, range)
    }

    private func found(from token: Token) -> String { current.kind == .end ? "the end" : currentInQuotes }

    /// The indices of sums and products that begin the brackets of a name.
    @inline(never)
    mutating func subscripts() throws(FormulaError) -> [Member.Subscript] {
        var found: [Member.Subscript] = []
        while case .name(let name) = current.kind, let scope = scopes.last(where: { $0.name == name }),
            case .index(let values) = scope.kind
        {
            let token = current
            advance()
            var shift = 0
            if isAt("+") || isAt("-") {
                let sign = isAt("-") ? -1 : 1
                advance()
                guard case .number(let value) = current.kind, value == value.rounded(), value <= 1e6 else {
                    throw fault(.expected("a whole number", found: currentInQuotes))
                }
                advance()
                shift = sign * Int(value)
            }
            if values.lowerBound + shift < 0 {
                throw FormulaError(.negativeSubscript(name), in: text, at: token.range)
            }
            found.append(Member.Subscript(index: name, shift: shift))
            if !isAt(",") { break }
            // The comma belongs to what comes after the last subscript.
            guard case .name(let next) = tokens[position + 1].kind,
                scopes.contains(where: { if case .index = $0.kind { $0.name == next } else { false } })
            else { break }
            advance()
        }
        return found
    }

    /// The rest of a name whose brackets began with subscripts.
    @inline(never)
    mutating func member(
        _ name: String, _ subscripts: [Member.Subscript], at token: Token, opened bracket: Token
    ) throws(FormulaError) -> Tree {
        var labels: [String] = []
        while accept(",") {
            guard let label = current.name else {
                throw fault(.expected("the name of a label column", found: currentInQuotes))
            }
            labels.append(label)
            advance()
        }
        try close("]", opened: bracket)
        return Tree(expression: .member(Member(name: name, subscripts: subscripts, labels: labels)), height: 1)
    }

    // MARK: - Tables

    private mutating func lookup() throws(FormulaError) -> Tree {
        let start = current
        let subject = try nestedExpression()
        try checkNoLabel(subject)
        var rows: [Lookup.Row] = []
        var otherwise: Expression?
        var (height, size) = (subject.height, subject.size)
        while accept(",") {
            if otherwise != nil { throw fault(.lastRowFirst) }
            let place = current
            let key = try key()
            if let key {
                if rows.count == Lookup.longest { throw fault(.tooDeep) }
                if let first = rows.first?.key, Self.isLabel(first) != Self.isLabel(key) {
                    throw FormulaError(.mixedKeys, in: text, at: place.range)
                }
                if rows.contains(where: { $0.key == key }) {
                    throw FormulaError(.repeatedKey("\(key.expression)"), in: text, at: place.range)
                }
                if Self.isLabel(key), !isColumn(subject) {
                    throw FormulaError(.keysNeedColumn("\(key.expression)"), in: text, at: start.range)
                }
            }
            let value = try nestedExpression()
            try checkNoLabel(value)
            (height, size) = (max(height, value.height), size + value.size + 1)
            if let key {
                rows.append(Lookup.Row(key: key, value: value.expression))
            } else {
                otherwise = value.expression
            }
        }
        if rows.isEmpty { throw fault(.expected("', key: value'", found: currentInQuotes)) }
        return Tree(
            expression: .lookup(Lookup(subject: subject.expression, rows: rows, otherwise: otherwise)),
            height: height + 1, size: size + 1)
    }

    // A key and its colon, or nil where a value without a key stands.
    private mutating func key() throws(FormulaError) -> Lookup.Key? {
        let isNegative = isAt("-")
        let token = tokens[min(position + (isNegative ? 1 : 0), tokens.count - 1)]
        let after = tokens[min(position + (isNegative ? 2 : 1), tokens.count - 1)]
        guard after.kind == .symbol(":") else { return nil }
        let key: Lookup.Key
        switch token.kind {
        case .quoted(let label) where !isNegative: key = .label(label)
        case .number(let number): key = .number(isNegative ? -number : number)
        default: throw fault(.expected("a quoted label or a number as key", found: currentInQuotes))
        }
        if isNegative { advance() }
        advance()
        advance()
        return key
    }

    private static func isLabel(_ key: Lookup.Key) -> Bool { if case .label = key { true } else { false } }

    // MARK: - Equations

    private mutating func equation() throws(FormulaError) -> Tree {
        let start = current
        let unknown = try newName("the name of the unknown")
        let from = try end()
        let to = try end()
        let depth = scopes.count { if case .unknown = $0.kind { true } else { false } }
        if depth == Equation.deepest { throw FormulaError(.solveTooDeep, in: text, at: start.range) }
        scopes.append(Scope(name: unknown, kind: .unknown))
        let equationStart = current
        let tree = try nestedExpression()
        let scope = scopes.removeLast()
        guard case .binary(.equal, let left, let right) = tree.expression else {
            throw FormulaError(.solveNeedsEquation, in: text, at: equationStart.range)
        }
        for side in [left, right] {
            if case .label = side { throw FormulaError(.solveNeedsEquation, in: text, at: equationStart.range) }
        }
        if !scope.isUsed { throw FormulaError(.unknownNotInEquation(unknown), in: text, at: equationStart.range) }
        return Tree(
            expression: .solve(
                Equation(unknown: unknown, from: from.expression, to: to.expression, left: left, right: right)),
            height: max(from.height, to.height, tree.height) + 1, size: from.size + to.size + tree.size + 1)
    }

    private mutating func end() throws(FormulaError) -> Tree {
        let tree = try nestedExpression()
        try checkNoLabel(tree)
        try comma()
        return tree
    }

    // MARK: - Laws

    private mutating func lawCall() throws(FormulaError) -> Tree {
        guard case .quoted(let name) = current.kind else {
            throw fault(.expected("the name of a law in quotes", found: currentInQuotes))
        }
        advance()
        var arguments: [LawCall.Argument] = []
        var (height, size) = (0, 1)
        while accept(",") {
            guard let argument = current.name else {
                throw fault(.expected("an input of the law, N = …", found: currentInQuotes))
            }
            if arguments.contains(where: { $0.name == argument }) { throw fault(.argumentTwice(argument)) }
            advance()
            guard accept("=") else { throw fault(.expected("'='", found: currentInQuotes)) }
            let value = try nestedExpression()
            (height, size) = (max(height, value.height), size + value.size)
            arguments.append(LawCall.Argument(name: argument, value: value.expression))
        }
        return Tree(
            expression: .law(LawCall(name: name, arguments: arguments, callee: nil)), height: height + 1, size: size)
    }

    // MARK: - Schedules

    private mutating func curve(_ name: String, at token: Token) throws(FormulaError) -> Tree {
        guard let function = CurveFunction(rawValue: name) else {
            throw fault(.unknownFunction(name, suggestion: nil))
        }
        let schedule = try columnName("the name of a column of schedules")
        if !accept(",") { throw fault(.expected("','", found: currentInQuotes)) }
        let step = try columnName("the name of a column of steps")
        var arguments: [Tree] = []
        while accept(",") {
            let argument = try nestedExpression()
            try checkNoLabel(argument)
            arguments.append(argument)
        }
        if arguments.count != function.arguments.count {
            let needed = (["schedule", "step"] + function.arguments).joined(separator: ", ")
            throw FormulaError(
                .arity(function: name, takes: "(\(needed))", found: arguments.count + 2), in: text,
                at: token.range.lowerBound..<tokens[position - 1].range.upperBound)
        }
        return Tree(
            expression: .curve(
                CurveCall(function: function, schedule: schedule, step: step, arguments: arguments.map(\.expression))),
            height: (arguments.map(\.height).max() ?? 0) + 1, size: arguments.reduce(1) { $0 + $1.size })
    }

    private mutating func columnName(_ what: String) throws(FormulaError) -> String {
        guard let name = current.name, !defined.contains(name), !scopes.contains(where: { $0.name == name }) else {
            throw fault(.expected(what, found: currentInQuotes))
        }
        if places[name] == nil { places[name] = current.range }
        advance()
        return name
    }

    // MARK: - Names and commas

    // A name that the form binds, and the comma after it.
    private mutating func newName(_ what: String) throws(FormulaError) -> String {
        guard let name = current.name else { throw fault(.expected(what, found: currentInQuotes)) }
        if case .name = current.kind, Self.isTaken(name) || Self.forms.contains(name) {
            throw fault(.definitionOfReservedName(name))
        }
        if defined.contains(name) || name == beingDefined || scopes.contains(where: { $0.name == name }) {
            throw fault(.boundTwice(name))
        }
        advance()
        try comma()
        return name
    }

    private mutating func comma() throws(FormulaError) {
        if !accept(",") { throw fault(.expected("','", found: currentInQuotes)) }
    }
}
