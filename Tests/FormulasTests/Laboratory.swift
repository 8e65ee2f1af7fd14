// A table and parameters to run formulas on: positive columns, columns with zeros and negatives, labels.

@testable import Formulas

struct Laboratory {
    static let columnNames = ["N", "D", "x", "loss/val"]
    static let parameterNames = ["a", "b", "alpha"]

    let rowCount: Int
    let columns: [String: [Double]]
    let labels: [String]
    let codes: [Int32]
    /// One value for each plain parameter, then three for `E[recipe]`.
    var parameters: [Double]

    init(rowCount: Int, seed: UInt64, specials: Bool = true) {
        var random = SplitMix(seed: seed)
        self.rowCount = rowCount
        func column(_ range: ClosedRange<Double>, _ special: [Double]) -> [Double] {
            (0..<rowCount).map { _ in
                specials && !special.isEmpty && random.below(6) == 0 ? random.oneOf(special) : random.number(range)
            }
        }
        columns = [
            "N": column(0.1...20, []), "D": column(0.5...4, [1]), "x": column(-3...3, [0, 1, -1, 2, -0.0]),
            "loss/val": column(-1...5, [0, .nan, .infinity]),
        ]
        codes = (0..<rowCount).map { _ in Int32(random.below(3)) }
        labels = codes.map { ["u", "it's", "w"][Int($0)] }
        parameters = [random.number(-2...2), random.number(-2...2), random.number(0.2...2)]
        parameters += (0..<3).map { _ in random.number(0.5...2) }
        if specials, random.below(5) == 0 { parameters[0] = 0 }
    }

    /// The graph of a formula; `alpha`, `N` and `D` are positive, `a`, `b`, `x` may be anything.
    func lower(_ formula: Formula) throws -> (graph: Graph, root: Graph.Node) {
        var lowering = Lowering(formula) { symbol in
            if !symbol.indices.isEmpty { return .parameter(3, indexed: true, positive: true) }
            if let position = Self.parameterNames.firstIndex(of: symbol.name) {
                return .parameter(position, indexed: false, positive: symbol.name == "alpha")
            }
            return .input(.column(symbol.name), positive: ["N", "D"].contains(symbol.name))
        }
        let root = try lowering.lower(formula.prediction)
        return (lowering.graph, root)
    }

    func bind(_ program: Program) -> Binding {
        let bound: [[Double]] = program.inputs.map { input in
            switch input {
            case .column(let name): columns[name] ?? Array(repeating: .nan, count: rowCount)
            case .indicator(_, let label): labels.map { $0 == label ? 1 : 0 }
            case .schedule(_, let names): labels.map { label in Double(names.firstIndex(of: label) ?? -1) }
            }
        }
        return Binding(
            program, columns: bound, rowCount: rowCount, offsets: [0, 1, 2, 3], codes: [[], [], [], codes])
    }

    /// Every output of the program on every row.
    func run(_ program: Program) -> [[Double]] {
        let workspace = Workspace(bind(program))
        var results = [[Double]](repeating: [], count: program.outputs.count)
        parameters.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            workspace.begin(base)
            for start in stride(from: 0, to: rowCount, by: Program.blockSize) {
                let count = min(Program.blockSize, rowCount - start)
                workspace.run(from: start, count: count)
                for k in results.indices {
                    let (factor, rows) = (workspace.scale(k), workspace.rows(k))
                    for row in 0..<count { results[k].append(rows.map { factor * $0[row] } ?? factor) }
                }
            }
        }
        return results
    }

    func values(_ text: String) throws -> [Double] {
        let (graph, root) = try lower(Formula(text))
        return run(Program(graph, outputs: [root]))[0]
    }

    func value(of symbol: Symbol, row: Int) -> Double {
        if !symbol.indices.isEmpty { return parameters[3 + Int(codes[row])] }
        if let position = Self.parameterNames.firstIndex(of: symbol.name) { return parameters[position] }
        return columns[symbol.name]?[row] ?? .nan
    }
}
