// A law compiled with its coefficients: value and gradient at every point in one pass.

import Fitting
import Formulas
import Tables

/// A formula whose names have their meaning, run over the columns of some points.
struct Predictor {
    /// Parameters that stand at one place of the formula: one value, or one a label.
    private struct Family {
        let symbol: Symbol
        /// Where the value stands among the coefficients, on each row for an indexed family.
        let position: Int
        let codes: [Int32]?
    }

    private let law: Law
    private let names: [String: Int]
    private let coefficients: [Double]
    /// How many coefficients come from the estimates; fixed values follow them.
    private let freeCount: Int
    private let points: Points
    private var families: [Family] = []
    private let level: VectorLevel

    init(_ law: Law, _ estimates: Estimates, _ points: Points, level: VectorLevel) throws(ScalingError) {
        self.law = law
        self.points = points
        self.level = level
        let held = law.fixedValues.filter { estimates[$0.key] == nil }.sorted { $0.key < $1.key }
        freeCount = estimates.names.count
        coefficients = estimates.values + held.map(\.value)
        let all = estimates.names + held.map(\.key)
        names = Dictionary(zip(all, all.indices)) { first, _ in first }
        let ties = law.ties
        let tied = ties.sorted { $0.key < $1.key }.flatMap { $0.value.prediction.symbols }
        for symbol in law.parameterSymbols + tied where !families.contains(where: { $0.symbol == symbol }) {
            if ties[symbol.name] == nil { families.append(try family(symbol)) }
        }
    }

    private func family(_ symbol: Symbol) throws(ScalingError) -> Family {
        if symbol.indices.isEmpty || names[symbol.name] != nil {
            return Family(symbol: symbol, position: try position(of: symbol.name), codes: nil)
        }
        var known: [[String]: Int32] = [:]
        var codes: [Int32] = []
        codes.reserveCapacity(points.count)
        let columns = symbol.indices.map { labels(of: $0) }
        for row in 0..<points.count {
            let key = columns.map { $0[row] }
            if let code = known[key] {
                codes.append(code)
                continue
            }
            let code = Int32(try position(of: "\(symbol.name)[\(key.joined(separator: ", "))]"))
            known[key] = code
            codes.append(code)
        }
        return Family(symbol: symbol, position: 0, codes: codes)
    }

    private func position(of name: String) throws(ScalingError) -> Int {
        if let position = names[name] { return position }
        let base = name.prefix { $0 != "[" }
        let known = names.keys.filter { $0 == base || $0.hasPrefix(base + "[") }.sorted()
        throw .noValue(parameter: name, law: law.id, known: known)
    }

    private func labels(of name: String) -> [String] {
        if let labels = points.labels[name] { return labels }
        let found = Column(name: name, numbers: points.numbers[name] ?? []).labels()
        return (0..<points.count).map { found[$0] ?? "" }
    }

    // MARK: - Running

    /// The value at every point, and with `gradients` the derivatives by the estimates, point by point.
    func run(gradients: Bool) throws(ScalingError) -> (values: [Double], gradients: [Double]) {
        var lowering = try lowered()
        var outputs = [lowering.root]
        if gradients {
            for k in families.indices { outputs.append(lowering.graph.derivative(of: lowering.root, by: .parameter(k))) }
        }
        let program = Program(lowering.graph, outputs: outputs, level: level)
        let binding = Binding(
            program, columns: program.inputs.map(column), rowCount: points.count, offsets: families.map(\.position),
            codes: families.map { $0.codes ?? [] })
        var values = [Double](repeating: 0, count: points.count)
        var jacobian = [Double](repeating: 0, count: gradients ? points.count * freeCount : 0)
        let workspace = Workspace(binding)
        // The machine wants the address of at least one parameter.
        (coefficients.isEmpty ? [0] : coefficients).withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            workspace.begin(base)
            for start in stride(from: 0, to: points.count, by: Program.blockSize) {
                let count = min(Program.blockSize, points.count - start)
                workspace.run(from: start, count: count)
                for row in 0..<count { values[start + row] = workspace.output(0, row) }
                guard gradients else { continue }
                for (k, family) in families.enumerated() {
                    for row in start..<start + count {
                        let position = family.codes.map { Int($0[row]) } ?? family.position
                        if position >= freeCount { continue }
                        jacobian[row * freeCount + position] += workspace.output(k + 1, row - start)
                    }
                }
            }
        }
        return (values, jacobian)
    }

    private func lowered() throws(ScalingError) -> (graph: Graph, root: Graph.Node) {
        guard let formula = law.formula else { throw .claimHasNoFormula(id: law.id) }
        let (families, coefficients, points, ties) = (families, coefficients, points, law.ties)
        var lowering = Lowering(formula) { symbol in
            if let k = families.firstIndex(where: { $0.symbol == symbol }) {
                let positions = families[k].codes.map { Set($0).map(Int.init) } ?? [families[k].position]
                return .parameter(
                    k, indexed: families[k].codes != nil, positive: positions.allSatisfy { coefficients[$0] > 0 })
            }
            if let tie = ties[symbol.name] { return .expression(tie.prediction) }
            let column = points.numbers[symbol.name]
            if column == nil { throw ScalingError.wrongKind(symbol.name, isLabel: true, law: "") }
            return .input(.column(symbol.name), positive: column?.allSatisfy { $0 > 0 } ?? false)
        }
        do {
            let root = try lowering.lower(formula.prediction)
            return (lowering.graph, root)
        } catch ScalingError.wrongKind(let name, _, _) {
            throw .labelAsNumber(name, law: law.id)
        } catch LoweringError.labelOutsideComparison(let label) {
            throw .labelAsNumber(label, law: law.id)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private func column(_ input: Graph.Input) -> [Double] {
        switch input {
        case .column(let name): points.numbers[name] ?? []
        case .indicator(let name, let label): labels(of: name).map { $0 == label ? 1 : 0 }
        }
    }
}

extension Workspace {
    fileprivate func output(_ k: Int, _ row: Int) -> Double { scale(k) * (rows(k)?[row] ?? 1) }
}
