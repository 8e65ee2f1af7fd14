// The derivative of a formula as a formula: differentiated in the graph, printed back from it.

extension Formula {
    /// The exact derivative of the prediction by a column or parameter, as a formula without a response.
    ///
    /// Parts that are used more than once become definitions, under the names of the formula's own definitions where
    /// they are the same, so that the result grows with the formula and not with its derivative written out. An
    /// indexed parameter, `E[dataset]`, counts as the one value that the row takes.
    ///
    /// At a kink (`abs`, `min`, `max`, `clamp`) it is the derivative from one side, and the derivative of a comparison
    /// is zero. A choice between two numbers is written with comparisons, which are 1 or 0: `1 - 2 * (x < 0)` for
    /// abs(x), any other as a table. It is not a number where the base of a power is 0 and the exponent varies.
    ///
    /// - Parameter name: a name of the formula that is not one of its definitions.
    /// - Throws: ``FormulaError`` if the formula has no such name, or if the result is too long to be read back.
    public func derivative(by name: String) throws(FormulaError) -> Formula {
        guard symbols.contains(where: { $0.name == name }) else {
            let near = Suggestion.nearest(to: name, among: symbols.map(\.name))
            throw FormulaError(.unknownVariable(name, suggestion: near), in: "", at: 0..<0)
        }
        let leaves = FreeSymbols(symbols)
        var lowering = Lowering(self) { .input(.column($0.description), positive: false) }
        lowering.allowsArgumentsOnRows = true
        if scheduleColumns.contains(where: { $0.schedule == name || $0.step == name }) {
            throw FormulaError(.noDerivative(name), in: "", at: 0..<0)
        }
        let root: Graph.Node
        do { root = try lowering.lower(prediction) } catch {
            // A parsed formula lowers, but for the laws that it calls.
            throw FormulaError(.noDerivative(name), in: "", at: 0..<0)
        }
        let variable = lowering.graph.inputs.firstIndex { leaves[$0]?.name == name }
        let derivative =
            variable.map { lowering.graph.derivative(of: root, by: .input($0)) } ?? lowering.graph.constant(0)
        var printer = GraphPrinter(
            lowering.graph, symbols: leaves.byDescription, unknownNames: lowering.unknownNames)
        for (definition, node) in zip(definitions, lowering.definitionNodes) {
            printer.prefer(definition.name, for: node)
        }
        let printed = printer.print(derivative)
        // Derivatives of functions of schedules are computed and have no text.
        let isWritten = lowering.graph.reachable(from: [derivative]).enumerated().allSatisfy { position, isReached in
            !isReached || lowering.graph.isWritten(Graph.Node(position))
        }
        if !isWritten { throw FormulaError(.noDerivative(name), in: "", at: 0..<0) }
        if printer.isTooLong { throw FormulaError(.tooLong(bytes: Lexer.longestText + 1), in: "", at: 0..<0) }
        let formula = Formula(definitions: printed.definitions, response: nil, prediction: printed.expression)
        let text = formula.description
        guard text.utf8.count <= Lexer.longestText else {
            throw FormulaError(.tooLong(bytes: text.utf8.count), in: "", at: 0..<0)
        }
        return Formula(
            definitions: formula.definitions, response: nil, prediction: formula.prediction, text: text)
    }
}

/// The symbols of a formula by the name under which the graph reads them.
private struct FreeSymbols {
    let byDescription: [String: Symbol]

    init(_ symbols: [Symbol]) {
        byDescription = Dictionary(symbols.map { ($0.description, $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(_ input: Graph.Input) -> Symbol? {
        guard case .column(let description) = input else { return nil }
        return byDescription[description]
    }
}
