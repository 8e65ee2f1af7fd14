// A number that follows from the parameters: what an interval is asked for.

import Formulas

/// A number that follows from the parameters of a problem: a parameter, a formula of parameters, the law at a point.
///
/// Value, gradient and second derivatives are exact; they come from the same graph as those of the law.
public struct Estimand: Sendable {
    /// As it was asked for: `alpha`, `beta/(alpha+beta)`, `loss at N = 70B, D = 1.4T`.
    public let name: String
    /// The position of the parameter that this is, or nil.
    package let parameter: Int?
    private let binding: Binding
    /// The parameters that it depends on, by position.
    private let dependencies: [Int]
    /// (k, l, output) of the second derivatives that are not zero, by places in `dependencies`.
    private let seconds: [(Int, Int, Int)]
    private let count: Int

    /// A parameter of the problem: `alpha`, `E[C4]`.
    ///
    /// - Throws: ``FitError/unknownParameter(name:option:parameters:)``.
    public init(parameter name: String, of problem: Problem, option: String = "--profile") throws(FitError) {
        guard let position = problem.parameterNames.firstIndex(of: name) else {
            throw .unknownParameter(name: name, option: option, parameters: problem.parameterNames)
        }
        self.init(name: name, parameter: position, of: problem, graph: Graph()) { graph in
            graph.parameter(position, indexed: false, positive: problem.parameters[position].bound.lower >= 0)
        }
    }

    /// A formula of parameters and numbers: `beta/(alpha+beta)`, `E[C4] - E[RedPajama]`.
    ///
    /// Fixed and tied parameters may stand in it. A plain parameter name is that parameter.
    ///
    /// - Parameter option: what a message says the formula was given to.
    /// - Throws: ``FitError/unknownParameter(name:option:parameters:)`` for a name that is no parameter.
    public init(_ formula: Formula, of problem: Problem, option: String = "--profile") throws(FitError) {
        if case .symbol(let symbol) = formula.prediction, formula.definitions.isEmpty,
            problem.parameterNames.contains(Self.name(symbol, labels: nil))
        {
            try self.init(parameter: Self.name(symbol, labels: nil), of: problem, option: option)
            return
        }
        try self.init(name: "\(formula)", formula, of: problem, point: nil, labels: [:], option: option)
    }

    /// The law's prediction f at a point, on the response's own scale.
    ///
    /// - Parameters:
    ///   - point: a number for every input of the formula that is not a label.
    ///   - labels: for every label column that indexes a parameter, or that the formula compares, which label.
    /// - Throws: ``FitError/estimandNeedsInput(name:inputs:)`` where an input is missing,
    ///   ``FitError/unknownParameter(name:option:parameters:)`` for a label that the fit has not seen.
    public init(predictionAt point: [String: Double], labels: [String: String] = [:], of problem: Problem)
        throws(FitError)
    {
        let response = problem.formula.response.map { "\(Formula(definitions: [], response: nil, prediction: $0))" }
        let columns = problem.inputNames
        let indices = labels.keys.filter { !columns.contains($0) }.sorted()
        let place = (columns + indices).compactMap { input in
            labels[input].map { "\(input) = \($0)" }
                ?? point[input].map { "\(input) = \(Numeral.quantity($0, digits: 6))" }
        }.joined(separator: ", ")
        try self.init(
            name: (response ?? "prediction") + (place.isEmpty ? "" : " at \(place)"), problem.formula, of: problem,
            point: point, labels: labels, option: "interval")
    }

    private init(
        name: String, _ formula: Formula, of problem: Problem, point: [String: Double]?, labels: [String: String],
        option: String
    ) throws(FitError) {
        let positions = Dictionary(uniqueKeysWithValues: problem.parameterNames.enumerated().map { ($1, $0) })
        let held = problem.held
        guard formula.scheduleColumns.isEmpty else {
            throw .unusableOption(option, value: name, reason: "a law of whole curves has its intervals from predict")
        }
        var lowering = Lowering(formula) { symbol in
            let known = Self.name(symbol, labels: point == nil ? nil : labels)
            if let position = positions[known] ?? positions[symbol.name] {
                return .parameter(
                    position, indexed: false, positive: problem.parameters[position].bound.lower >= 0)
            }
            if let expression = held[known] ?? held[symbol.name] { return .expression(expression) }
            if let value = point?[symbol.name] { return .expression(.number(value)) }
            if point != nil, symbol.indices.isEmpty {
                throw FitError.estimandNeedsInput(name: symbol.name, inputs: problem.inputNames)
            }
            throw FitError.unknownParameter(
                name: known, option: option, parameters: problem.parameterNames + held.keys.sorted())
        }
        let root: Graph.Node
        do {
            for definition in formula.definitions { _ = try lowering.lower(.name(definition.name)) }
            root = try lowering.lower(formula.prediction)
        } catch let error as FitError {
            throw error
        } catch LoweringError.labelOutsideComparison(let label) {
            throw .unusableOption(option, value: label, reason: "quoted text can only be compared with a column")
        } catch LoweringError.unresolvedLaw(let name) {
            throw .unusableOption(option, value: name, reason: "no law can be called here")
        } catch {
            preconditionFailure("\(error)")
        }
        // What the formula asks of labels, the point answers.
        var answers: [[Double]] = []
        for input in lowering.graph.inputs {
            switch input {
            case .column(let name): throw .estimandNeedsInput(name: name, inputs: problem.inputNames)
            case .indicator(let column, let wanted):
                guard let label = labels[column] else {
                    throw .estimandNeedsInput(name: column, inputs: problem.inputNames)
                }
                answers.append([label == wanted ? 1 : 0])
            case .schedule(let column, let names):
                guard let label = labels[column] else {
                    throw .estimandNeedsInput(name: column, inputs: problem.inputNames)
                }
                answers.append([Double(names.firstIndex(of: label) ?? -1)])
            }
        }
        self.init(name: name, parameter: nil, of: problem, graph: lowering.graph, answers: answers) { _ in root }
    }

    private init(
        name: String, parameter: Int?, of problem: Problem, graph given: Graph, answers: [[Double]] = [],
        root: (inout Graph) -> Graph.Node
    ) {
        var graph = given
        let root = root(&graph)
        let dependencies = graph.leaves(of: root).families.sorted()
        var (first, second): ([Graph.Node], [Graph.Node]) = ([], [])
        var seconds: [(Int, Int, Int)] = []
        for k in dependencies { first.append(graph.derivative(of: root, by: .parameter(k))) }
        let zero = graph.constant(0)
        for k in dependencies.indices {
            for l in 0...k {
                let node = graph.derivative(of: first[k], by: .parameter(dependencies[l]))
                if node == zero { continue }
                seconds.append((k, l, 1 + dependencies.count + second.count))
                second.append(node)
            }
        }
        self.name = name
        self.parameter = parameter
        self.dependencies = dependencies
        self.seconds = seconds
        count = problem.parameters.count
        binding = Binding(
            Program(graph, tiers: [[root], first, second], level: problem.model.level), columns: answers, rowCount: 1,
            offsets: Array(0..<count), codes: Array(repeating: [], count: count))
    }

    private static func name(_ symbol: Symbol, labels: [String: String]?) -> String {
        if symbol.indices.isEmpty { return symbol.name }
        let words = symbol.indices.map { labels?[$0] ?? $0 }
        return "\(symbol.name)[\(words.joined(separator: ", "))]"
    }

    // MARK: - Values

    /// What is known of an estimand at some parameters.
    package struct Local {
        package var value: Double
        /// By all parameters of the problem, in their order.
        package var gradient: [Double]
        package var hessian: SymmetricMatrix
    }

    /// The value at `parameters`, in the order of the problem's.
    public func value(_ parameters: [Double]) -> Double {
        parameters.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress else { return .nan }
            let workspace = Workspace(binding)
            workspace.begin(base, tier: 0)
            workspace.run(from: 0, count: 1)
            return output(0, workspace)
        }
    }

    /// The value at each row of `draws`, parameters fastest.
    public func values(ofDraws draws: [Double]) -> [Double] {
        let workspace = Workspace(binding)
        return draws.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress else { return [] }
            return stride(from: 0, to: draws.count, by: count).map { start in
                workspace.begin(base + start, tier: 0)
                workspace.run(from: 0, count: 1)
                return output(0, workspace)
            }
        }
    }

    package func derivatives(_ parameters: [Double]) -> Local {
        var local = Local(
            value: .nan, gradient: Array(repeating: 0, count: count), hessian: SymmetricMatrix(count: count))
        parameters.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress else { return }
            let workspace = Workspace(binding)
            workspace.begin(base)
            workspace.run(from: 0, count: 1)
            local.value = output(0, workspace)
            for (k, position) in dependencies.enumerated() { local.gradient[position] = output(k + 1, workspace) }
            for (k, l, place) in seconds {
                local.hessian[dependencies[k], dependencies[l]] = output(place, workspace)
                local.hessian[dependencies[l], dependencies[k]] = output(place, workspace)
            }
        }
        return local
    }

    private func output(_ k: Int, _ workspace: Workspace) -> Double {
        workspace.scale(k) * (workspace.rows(k)?[0] ?? 1)
    }
}
