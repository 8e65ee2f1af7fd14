// The functions of a plan (the law, the cost, limits) compiled with their first and second derivatives by the inputs.
//
// Parameters are columns here, not parameters of the program: one pass then serves thousands of draws, each row with
// its own parameters and its own inputs.

import Formulas

/// Functions of free inputs, run over rows that each have their own inputs and parameters.
struct PlanFunctions {
    /// What is put into the graph.
    struct Source {
        let formula: Formula
        let meaning: (Symbol) throws -> Lowering.Meaning
        /// Parameters that derivatives are wanted by besides the inputs; empty for most.
        var parameters: [String] = []
    }

    /// The functions at one row, in logarithms of the inputs.
    struct Values {
        var value: Double
        /// ∂f/∂ln x.
        var gradient: [Double]
        /// ∂²f/∂ln x∂ln x, row by row.
        var hessian: [Double]
    }

    let inputs: [String]
    let parameters: [String]
    let count: Int
    private let program: Program
    private let labels: [String: String]
    private let parametersOfLaw: Bool

    static func column(ofInput name: String) -> String { "input \(name)" }
    static func column(ofParameter name: String) -> String { "parameter \(name)" }

    /// - Parameters:
    ///   - inputs: the free inputs, in the order of every gradient.
    ///   - byParameters: whether the law's derivatives by parameters, ∂f/∂θ and ∂²f/∂x∂θ, are computed as well.
    init(
        _ sources: [Source], inputs: [String], parameters: [String], labels: [String: String], byParameters: Bool,
        level: VectorLevel
    ) throws {
        (self.inputs, self.parameters, self.labels, count) = (inputs, parameters, labels, sources.count)
        parametersOfLaw = byParameters
        var graph = Graph()
        var roots: [Graph.Node] = []
        for source in sources {
            var lowering = Lowering(source.formula, meaning: source.meaning)
            lowering.graph = graph
            for definition in source.formula.definitions { _ = try lowering.lower(.name(definition.name)) }
            roots.append(try lowering.lower(source.formula.prediction))
            graph = lowering.graph
        }
        func derivative(_ node: Graph.Node, _ name: String) -> Graph.Node {
            guard let leaf = graph.inputs.firstIndex(of: .column(name)) else { return graph.constant(0) }
            return graph.derivative(of: node, by: .input(leaf))
        }
        var outputs: [Graph.Node] = []
        for (position, root) in roots.enumerated() {
            let first = inputs.map { derivative(root, Self.column(ofInput: $0)) }
            outputs.append(root)
            outputs += first
            for (i, slope) in first.enumerated() {
                outputs += inputs[i...].map { derivative(slope, Self.column(ofInput: $0)) }
            }
            guard position == 0, byParameters else { continue }
            for name in parameters {
                outputs.append(derivative(root, Self.column(ofParameter: name)))
                outputs += first.map { derivative($0, Self.column(ofParameter: name)) }
            }
        }
        program = Program(graph, outputs: outputs, level: level)
    }

    /// All outputs, one column each, at rows of logarithms of inputs and of parameters.
    ///
    /// - Parameters:
    ///   - logarithms: rows × inputs.
    ///   - parameters: of each row its parameters.
    func run(_ logarithms: [[Double]], parameters rows: [[Double]]) -> PlanValues {
        let rowCount = logarithms.count
        let natural = inputs.indices.map { k in logarithms.map { Elementary.exp($0[k]) } }
        let columns = program.inputs.map { input -> [Double] in
            switch input {
            case .column(let name):
                if let k = inputs.firstIndex(where: { Self.column(ofInput: $0) == name }) { return natural[k] }
                if let k = parameters.firstIndex(where: { Self.column(ofParameter: $0) == name }) {
                    return rows.map { $0[k] }
                }
                return Array(repeating: .nan, count: rowCount)
            case .indicator(let column, let label):
                return Array(repeating: labels[column] == label ? 1 : 0, count: rowCount)
            case .schedule: return Array(repeating: 0, count: rowCount)
            }
        }
        let workspace = Workspace(Binding(program, columns: columns, rowCount: rowCount))
        let outputCount = count * stride + (parametersOfLaw ? parameters.count * (1 + inputs.count) : 0)
        var outputs = [[Double]](repeating: Array(repeating: 0, count: rowCount), count: outputCount)
        [0.0].withUnsafeBufferPointer { none in
            guard let base = none.baseAddress else { return }
            workspace.begin(base)
            for start in Swift.stride(from: 0, to: rowCount, by: Program.blockSize) {
                let count = min(Program.blockSize, rowCount - start)
                workspace.run(from: start, count: count)
                for k in 0..<outputCount {
                    let (scale, values) = (workspace.scale(k), workspace.rows(k))
                    for row in 0..<count { outputs[k][start + row] = scale * (values?[row] ?? 1) }
                }
            }
        }
        return PlanValues(functions: self, natural: natural, outputs: outputs)
    }

    /// How many outputs a function has: its value, its slopes and the upper triangle of its second derivatives.
    var stride: Int { 1 + inputs.count + inputs.count * (inputs.count + 1) / 2 }

    /// Where the first output of a function stands.
    func start(_ function: Int) -> Int {
        function == 0 || !parametersOfLaw
            ? function * stride : function * stride + parameters.count * (1 + inputs.count)
    }
}

/// What a pass over rows gave.
struct PlanValues {
    fileprivate let functions: PlanFunctions
    fileprivate let natural: [[Double]]
    fileprivate let outputs: [[Double]]

    /// The value of a function at a row.
    func value(_ function: Int, _ row: Int) -> Double { outputs[functions.start(function)][row] }

    /// A function at a row with its derivatives by the logarithms of the inputs.
    func values(_ function: Int, _ row: Int) -> PlanFunctions.Values {
        let n = natural.count
        let start = functions.start(function)
        var result = PlanFunctions.Values(
            value: outputs[start][row], gradient: Array(repeating: 0, count: n),
            hessian: Array(repeating: 0, count: n * n))
        for i in 0..<n { result.gradient[i] = natural[i][row] * outputs[start + 1 + i][row] }
        var place = start + 1 + n
        for i in 0..<n {
            for j in i..<n {
                var second = natural[i][row] * natural[j][row] * outputs[place][row]
                if i == j { second += result.gradient[i] }
                result.hessian[i * n + j] = second
                result.hessian[j * n + i] = second
                place += 1
            }
        }
        return result
    }

    /// ∂f/∂θ and ∂²f/∂ln x∂θ of the law by parameter `k` at a row.
    func byParameter(_ k: Int, _ row: Int) -> (value: Double, gradient: [Double]) {
        let n = natural.count
        let start = functions.stride + k * (1 + n)
        return (outputs[start][row], (0..<n).map { natural[$0][row] * outputs[start + 1 + $0][row] })
    }
}
