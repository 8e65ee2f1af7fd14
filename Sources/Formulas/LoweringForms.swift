// Sums, tables, equations and called laws in the graph.

extension Lowering {
    mutating func lower(_ repetition: Repetition) throws -> Graph.Node {
        var result: Graph.Node?
        let outside = (indices[repetition.index], bound[repetition.index])
        for value in repetition.range(indices) {
            indices[repetition.index] = value
            bound[repetition.index] = graph.constant(Double(value))
            let term = try lower(repetition.body)
            switch repetition.operation {
            case .sum: result = result.map { graph.add($0, term) } ?? term
            case .prod: result = result.map { graph.multiply($0, term) } ?? term
            }
        }
        (indices[repetition.index], bound[repetition.index]) = outside
        return result ?? graph.constant(repetition.operation == .sum ? 0 : 1)
    }

    mutating func lower(_ lookup: Lookup) throws -> Graph.Node {
        var result = try lookup.otherwise.map { try lower($0) } ?? graph.constant(.nan)
        var tests: [(Graph.Node, Graph.Node)] = []
        for row in lookup.rows {
            let test: Graph.Node
            switch row.key {
            case .label(let label):
                guard case .symbol(let symbol) = lookup.subject, let indicator = indicator(symbol, label) else {
                    throw LoweringError.labelOutsideComparison(label)
                }
                test = indicator
            case .number(let number): test = graph.equal(try lower(lookup.subject), graph.constant(number))
            }
            tests.append((test, try lower(row.value)))
        }
        for (test, value) in tests.reversed() { result = graph.select(test, value, result) }
        return result
    }

    mutating func lower(_ equation: Equation) throws -> Graph.Node {
        let (from, to) = (try lower(equation.from), try lower(equation.to))
        let outside = bound[equation.unknown]
        bound[equation.unknown] = graph.unknown(depth, positive: graph.positive(from))
        if unknownNames[depth] == nil { unknownNames[depth] = equation.unknown }
        depth += 1
        let left = try lower(equation.left)
        let difference = graph.subtract(left, try lower(equation.right))
        depth -= 1
        bound[equation.unknown] = outside
        return graph.root(depth, from: from, to: to, equation: difference)
    }

    mutating func lower(_ call: CurveCall) throws -> Graph.Node {
        var arguments: [Graph.Node] = []
        for (name, argument) in zip(call.function.arguments, call.arguments) {
            let node = try lower(argument)
            if graph.onRows(node), !allowsArgumentsOnRows {
                throw LoweringError.argumentOnRows("\(name) of \(call.function.rawValue)")
            }
            arguments.append(node)
        }
        guard case .input(let step, _) = try names.meaning(Symbol(call.step)) else {
            throw LoweringError.argumentOnRows("the step of \(call.function.rawValue)")
        }
        _ = graph.input(step, positive: false)
        let curve = Graph.Curve(
            function: call.function, schedule: graph.schedules(call.schedule, schedules),
            step: graph.inputs.firstIndex(of: step) ?? 0, orders: Array(repeating: 0, count: arguments.count))
        return graph.curve(curve, arguments)
    }

    // The called formula among names of its own: its inputs are the arguments, its parameters numbers.
    mutating func lower(_ call: LawCall) throws -> Graph.Node {
        guard let callee = call.callee else { throw LoweringError.unresolvedLaw(call.name) }
        var nodes: [String: Graph.Node] = [:]
        var labels: [String: String] = [:]
        for argument in call.arguments {
            if case .label(let label) = argument.value {
                labels[argument.name] = label
            } else {
                nodes[argument.name] = try lower(argument.value)
            }
        }
        let outside = (names, bound, indices, depth)
        let (given, known) = (nodes, labels)
        names = Names(callee.formula.definitions) { symbol in
            if let node = given[symbol.name] { return .node(node) }
            if let tie = callee.ties[symbol.name] { return .expression(tie) }
            let words = symbol.indices.map { known[$0] ?? "" }
            let name = words.isEmpty ? symbol.name : "\(symbol.name)[\(words.joined(separator: ", "))]"
            guard let value = callee.coefficients[name] ?? callee.coefficients[symbol.name] else {
                throw LoweringError.unresolvedLaw(call.name)
            }
            return .expression(Lookup.Key.number(value).expression)
        }
        names.labels = labels
        // Definitions of the callee may close over unknowns of this formula only through its arguments, whose nodes are
        // made; its own equations count from here on, so that none takes the number of one around.
        (bound, indices) = ([:], [:])
        for definition in callee.formula.definitions { names.definitionNodes.append(try lower(definition.value)) }
        let node = try lower(callee.formula.prediction)
        (names, bound, indices, depth) = outside
        return node
    }
}
