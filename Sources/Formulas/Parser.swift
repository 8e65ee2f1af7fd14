// Tokens to a formula: recursive descent, one function a production.
//
//     formula     = { "let" name "=" expression ";" } [ expression "~" ] expression [ ";" ]
//     expression  = conjunction { "or" conjunction }
//     conjunction = negation { "and" negation }
//     negation    = "not" negation | comparison
//     comparison  = sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=") sum ]
//     sum         = product { ("+" | "-") product }
//     product     = unary { ("*" | "/") unary }
//     unary       = ("-" | "+") unary | power
//     power       = atom [ "^" unary ]                  right associative: -x^2 is -(x^2), 2^-3 is fine
//     atom        = number | "text" | name [ "[" name { "," name } "]" ]
//                 | function "(" expression { "," expression } ")" | "(" expression ")"
//                 | sum, prod, lookup, solve, law: see ParserForms.swift
//
// A name is letters, digits and underscores, or anything in backquotes.

struct Parser {
    let text: String
    let tokens: [Token]
    var position = 0
    var depth = 0
    var places: [String: Range<Int>] = [:]
    var defined: Set<String> = []
    var beingDefined: String?
    var indexed: Set<Int> = []  // where the names stand that have an index
    var scopes: [Scope] = []  // what is bound here, from the outside in
    var unrolledSize = 0  // of the sums and products so far

    /// Brackets, signs and exponents may nest this deep.
    private static let deepestNesting = 64
    /// The tree may be this high: a sum of a thousand terms.
    private static let highestTree = 1_000

    /// A subtree and its height: every later pass over the tree may recurse, because this is bounded.
    struct Tree {
        let expression: Expression
        let height: Int
        /// How many nodes it has once sums and products are unrolled.
        var size = 1
        /// The place of a quoted label that is the whole subtree: it can only be compared with a column.
        var label: Range<Int>?
    }

    init(_ text: String) throws(FormulaError) {
        self.text = text
        tokens = try Lexer.tokens(of: text)
    }

    mutating func parseFormula(ofParameters: Bool = false) throws(FormulaError) -> Formula {
        var definitions: [Formula.Definition] = []
        while current.kind == .separator { advance() }
        if current.kind == .end { throw fault(.empty) }
        while current.kind == .name("let") { definitions.append(try parseDefinition()) }
        let start = position
        var prediction = try whole()
        var response: Expression?
        if current.kind == .symbol("~") {
            try checkResponse(from: start)
            advance()
            response = prediction
            prediction = try whole()
            if current.kind == .symbol("~") { throw fault(.twoResponses) }
        }
        while current.kind == .separator { advance() }
        try expectEnd()
        if !ofParameters { try checkIndices(definitions.map(\.value) + [prediction]) }
        return Formula(
            definitions: definitions, response: response, prediction: prediction, text: text, places: places)
    }

    private mutating func parseDefinition() throws(FormulaError) -> Formula.Definition {
        advance()
        let token = current
        guard let name = token.name else { throw fault(.expected("a name", found: currentInQuotes)) }
        if case .name = token.kind, Self.isTaken(name) || Self.forms.contains(name) {
            throw fault(.definitionOfReservedName(name))
        }
        if defined.contains(name) { throw fault(.definedTwice(name)) }
        if let place = places[name] { throw FormulaError(.usedBeforeDefinition(name), in: text, at: place) }
        advance()
        if current.kind == .symbol("[") { throw fault(.indexedDefinition(name)) }
        guard accept("=") else { throw fault(.expected("'='", found: currentInQuotes)) }
        beingDefined = name
        let value = try whole()
        beingDefined = nil
        if current.kind == .symbol("~") { throw fault(.responseInDefinition) }
        guard current.kind == .separator else {
            throw fault(.expected("';' after the definition of '\(name)'", found: currentInQuotes))
        }
        while current.kind == .separator { advance() }
        defined.insert(name)
        return Formula.Definition(name: name, value: value)
    }

    // The response is an expression of columns: no definition, and no indexed parameter.
    private func checkResponse(from start: Int) throws(FormulaError) {
        for token in tokens[start..<position] {
            guard let name = token.name, defined.contains(name) || indexed.contains(token.range.lowerBound) else {
                continue
            }
            throw FormulaError(.parameterInResponse(name), in: text, at: token.range)
        }
    }

    // One name, one index: E[dataset] beside E or E[size] would be two parameters of one name.
    private func checkIndices(_ expressions: [Expression]) throws(FormulaError) {
        var indices: [String: [String]] = [:]
        for symbol in expressions.flatMap(\.symbols) {
            if let known = indices[symbol.name], known != symbol.indices {
                throw FormulaError(
                    .indexedDifferently(symbol.name), in: text, at: places[symbol.name] ?? 0..<0)
            }
            indices[symbol.name] = symbol.indices
        }
    }

    // MARK: - Productions

    @inline(never)
    private mutating func whole() throws(FormulaError) -> Expression {
        let tree = try nestedExpression()
        try checkNoLabel(tree)
        return tree.expression
    }

    mutating func nestedExpression() throws(FormulaError) -> Tree {
        try descend()
        let tree = try expression(atLeast: BinaryOperator.or.strength)
        depth -= 1
        return tree
    }

    // All productions from the expression down to the product, by the strength of their operators: one function calls
    // itself where the grammar has five, and deep brackets need little stack.
    mutating func expression(atLeast minimum: Int) throws(FormulaError) -> Tree {
        var left = try operand(atLeast: minimum)
        while let operation = binaryOperator, operation.strength >= minimum {
            advance()
            left = try join(operation, left, expression(atLeast: operation.strength + 1))
            if operation.isComparison, let next = binaryOperator, next.isComparison {
                throw fault(.chainedComparison)
            }
        }
        if isAt("=") { throw fault(.singleEquals) }
        return left
    }

    private mutating func operand(atLeast minimum: Int) throws(FormulaError) -> Tree {
        guard minimum <= Expression.negationStrength, accept(word: "not") else { return try unary() }
        try descend()
        let operand = try expression(atLeast: Expression.negationStrength)
        depth -= 1
        try checkNoLabel(operand)
        return Tree(expression: .not(operand.expression), height: operand.height + 1, size: operand.size + 1)
    }

    private mutating func unary() throws(FormulaError) -> Tree {
        let isNegated = accept("-")
        if isNegated || accept("+") {
            try descend()
            let operand = try unary()
            depth -= 1
            try checkNoLabel(operand)
            if !isNegated { return operand }
            return Tree(
                expression: .negate(operand.expression), height: operand.height + 1, size: operand.size + 1)
        }
        let base = try atom()
        guard accept("^") else { return base }
        try descend()
        let tree = try join(.power, base, unary())
        depth -= 1
        return tree
    }

    private mutating func atom() throws(FormulaError) -> Tree {
        let token = current
        switch token.kind {
        case .number(let value):
            advance()
            return Tree(expression: .number(value), height: 1)
        case .quoted(let label):
            advance()
            return Tree(expression: .label(label), height: 1, label: token.range)
        case .backquoted(let name):
            advance()
            return try indexedName(name, at: token)
        case .name(let name):
            return try named(name, at: token)
        case .symbol("("):
            advance()
            let inside = try nestedExpression()
            try close(")", opened: token)
            return inside
        case .symbol(")"), .symbol("]"):
            throw fault(depth <= 1 ? .unopened(currentText) : .expected("a value", found: currentInQuotes))
        default:
            throw fault(.expected("a value", found: currentInQuotes))
        }
    }

    @inline(never)
    private mutating func named(_ name: String, at token: Token) throws(FormulaError) -> Tree {
        if Self.operatorWords.contains(name) { throw fault(.expected("a value", found: "'\(name)'")) }
        advance()
        if current.kind == .symbol("(") {
            return try Self.forms.contains(name) ? form(name, at: token) : call(name, at: token)
        }
        if current.kind != .symbol("["), let bound = bound(name) { return bound }
        if name == "pi" { return Tree(expression: .number(Double.pi), height: 1) }
        if Function.named(name) != nil {
            throw FormulaError(.functionWithoutArguments(name), in: text, at: token.range)
        }
        return try indexedName(name, at: token)
    }

    @inline(never)
    mutating func indexedName(_ name: String, at token: Token) throws(FormulaError) -> Tree {
        let bracket = current
        if scopes.isEmpty == false, let bound = bound(name), !isAt("[") { return bound }
        var indices: [String] = []
        if accept("[") {
            if defined.contains(name) { throw fault(.indexOfDefinition(name)) }
            indexed.insert(token.range.lowerBound)
            let subscripts = try subscripts()
            if !subscripts.isEmpty { return try member(name, subscripts, at: token, opened: bracket) }
            repeat {
                guard let index = current.name else {
                    throw fault(.expected("the name of a label column", found: currentInQuotes))
                }
                indices.append(index)
                advance()
            } while accept(",")
            try close("]", opened: bracket)
        }
        if name == beingDefined { throw FormulaError(.definitionUsesItself(name), in: text, at: token.range) }
        if places[name] == nil { places[name] = token.range }
        return Tree(expression: .symbol(Symbol(name, indices: indices)), height: 1)
    }

    @inline(never)
    private mutating func call(_ name: String, at token: Token) throws(FormulaError) -> Tree {
        guard let function = Function.named(name) else {
            if name == "log" { throw FormulaError(.bareLog, in: text, at: token.range) }
            let near = Suggestion.nearest(to: name, among: Function.all.map(\.name) + Self.forms.sorted())
            throw FormulaError(.unknownFunction(name, suggestion: near), in: text, at: token.range)
        }
        let bracket = current
        advance()
        var arguments: [Tree] = []
        if current.kind != .symbol(")") {
            repeat {
                let argument = try nestedExpression()
                try checkNoLabel(argument)
                arguments.append(argument)
            } while accept(",")
        }
        try close(")", opened: bracket)
        guard function.arity.contains(arguments.count) else {
            throw FormulaError(
                .arity(function: name, takes: function.arityInWords, found: arguments.count), in: text,
                at: token.range.lowerBound..<tokens[position - 1].range.upperBound)
        }
        let height = (arguments.map(\.height).max() ?? 0) + 1
        return Tree(
            expression: .call(function, arguments.map(\.expression)), height: height,
            size: arguments.reduce(1) { $0 + $1.size })
    }

    // MARK: - Tokens

    private static let operatorWords: Set<String> = ["and", "or", "not", "let"]
    /// What is called but is no function of numbers; a column may have such a name.
    static let forms = Set(["sum", "prod", "solve", "lookup", "law"] + CurveFunction.allCases.map(\.rawValue))

    /// Whether the language means something by the name, so that a column of that name stands in backquotes.
    static func isTaken(_ name: String) -> Bool {
        name == "pi" || operatorWords.contains(name) || Function.named(name) != nil
    }

    var current: Token { tokens[position] }
    var currentText: String { String(decoding: Array(text.utf8)[current.range], as: UTF8.self) }
    var currentInQuotes: String { current.kind == .end ? "the end" : "'\(currentText)'" }

    mutating func advance() { position = min(position + 1, tokens.count - 1) }

    // Out of line, as all that the recursive functions call: their frames then stay small.
    @inline(never)
    func isAt(_ symbol: String) -> Bool { current.kind == .symbol(symbol) }

    @inline(never)
    mutating func accept(_ symbol: String) -> Bool {
        guard current.kind == .symbol(symbol) else { return false }
        advance()
        return true
    }

    @inline(never)
    mutating func accept(word: String) -> Bool {
        guard current.kind == .name(word) else { return false }
        advance()
        return true
    }

    @inline(never)
    mutating func close(_ bracket: String, opened: Token) throws(FormulaError) {
        if accept(bracket) { return }
        if current.kind == .end || current.kind == .separator || current.kind == .symbol("~") {
            throw FormulaError(.unclosed(bracket == ")" ? "(" : "["), in: text, at: opened.range)
        }
        throw fault(.expected("'\(bracket)' or an operator", found: currentInQuotes))
    }

    private func expectEnd() throws(FormulaError) {
        switch current.kind {
        case .end: return
        case .symbol(")"), .symbol("]"): throw fault(.unopened(currentText))
        case .symbol("="): throw fault(.singleEquals)
        default: throw fault(.expected("an operator or the end", found: currentInQuotes))
        }
    }

    @inline(never)
    private func join(_ operation: BinaryOperator, _ left: Tree, _ right: Tree) throws(FormulaError) -> Tree {
        let height = max(left.height, right.height) + 1
        if height > Self.highestTree { throw fault(.tooDeep) }
        if left.label != nil || right.label != nil {
            guard operation == .equal || operation == .notEqual, isColumn(left) || isColumn(right) else {
                try checkNoLabel(left)
                try checkNoLabel(right)
                preconditionFailure("one of the two is a label")
            }
        }
        return Tree(
            expression: .binary(operation, left.expression, right.expression), height: height,
            size: left.size + right.size + 1)
    }

    // What a label may be compared with.
    func isColumn(_ tree: Tree) -> Bool {
        guard case .symbol(let symbol) = tree.expression else { return false }
        return symbol.indices.isEmpty && !defined.contains(symbol.name)
    }

    @inline(never)
    func checkNoLabel(_ tree: Tree) throws(FormulaError) {
        guard let place = tree.label, case .label(let label) = tree.expression else { return }
        throw FormulaError(.labelOutsideComparison(label), in: text, at: place)
    }

    @inline(never)
    mutating func descend() throws(FormulaError) {
        depth += 1
        if depth > Self.deepestNesting { throw fault(.tooDeep) }
    }

    // The operator at the current token, but for '^', which belongs to the operand.
    @inline(never)
    private var binaryOperator: BinaryOperator? {
        switch current.kind {
        case .symbol(let sign): Self.operators[sign]
        case .name("or"): .or
        case .name("and"): .and
        default: nil
        }
    }

    private static let operators: [String: BinaryOperator] = Dictionary(
        uniqueKeysWithValues: BinaryOperator.allCases.filter { ![.or, .and, .power].contains($0) }.map {
            ($0.rawValue, $0)
        })

    @inline(never)
    func fault(_ problem: FormulaError.Problem) -> FormulaError {
        FormulaError(problem, in: text, at: current.range)
    }
}
