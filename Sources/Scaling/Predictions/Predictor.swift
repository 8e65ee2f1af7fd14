// A law compiled with its coefficients: value and gradient at every point in one pass.

import Fitting
import Formulas
import Tables

/// A formula whose names have their meaning, run over the columns of some points.
package struct Predictor {
    /// Derivatives are by the estimates, point by point, and by each input that was asked for.
    package struct Result {
        package var values: [Double]
        /// ∂f/∂θ: points × estimates, row-major; empty unless asked for.
        package var gradients: [Double] = []
        /// ∂f/∂x for each input asked for, one value a point.
        package var slopes: [[Double]] = []
        /// Equations without a root, or with several.
        package var roots = RootReport()
    }

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

    package init(_ law: Law, _ estimates: Estimates, _ points: Points, level: VectorLevel = .best)
        throws(ScalingError)
    {
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

    /// The value at every point, with the derivatives that are asked for.
    package func run(gradients: Bool = false, slopes inputs: [String] = []) throws(ScalingError) -> Result {
        var (graph, root) = try lowered()
        let families = gradients ? families : []
        var outputs = [root]
        for k in families.indices { outputs.append(graph.derivative(of: root, by: .parameter(k))) }
        for name in inputs {
            let leaf = graph.inputs.firstIndex(of: .column(name))
            outputs.append(leaf.map { graph.derivative(of: root, by: .input($0)) } ?? graph.constant(0))
        }
        var result = Result(values: Array(repeating: 0, count: points.count))
        if gradients { result.gradients = Array(repeating: 0, count: points.count * freeCount) }
        result.slopes = Array(repeating: result.values, count: inputs.count)
        let workspace = workspace(graph, outputs: outputs)
        workspace.countsRoots = points.count <= Self.mostCounted
        // The machine wants the address of at least one parameter.
        (coefficients.isEmpty ? [0] : coefficients).withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            workspace.begin(base)
            for start in stride(from: 0, to: points.count, by: Program.blockSize) {
                let count = min(Program.blockSize, points.count - start)
                workspace.run(from: start, count: count)
                for row in 0..<count { result.values[start + row] = workspace.output(0, row) }
                for (k, family) in families.enumerated() {
                    for row in 0..<count {
                        let position = family.codes.map { Int($0[start + row]) } ?? family.position
                        if position >= freeCount { continue }
                        result.gradients[(start + row) * freeCount + position] += workspace.output(k + 1, row)
                    }
                }
                for i in inputs.indices {
                    for row in 0..<count {
                        result.slopes[i][start + row] = workspace.output(1 + families.count + i, row)
                    }
                }
            }
            result.roots = workspace.roots
        }
        return result
    }

    /// The value at every point for each draw: blocks of points, each point with its values by draw.
    func values(ofDraws draws: Draws, _ take: ([[Double]]) -> Void) {
        guard let (graph, root) = try? lowered() else { return }
        let workspace = workspace(graph, outputs: [root])
        let held = Array(coefficients[freeCount...])
        for start in stride(from: 0, to: points.count, by: Program.blockSize) {
            let count = min(Program.blockSize, points.count - start)
            var block = Array(repeating: Array(repeating: 0.0, count: draws.count), count: count)
            for place in 0..<draws.count {
                (Array(draws.draw(place)) + held).withUnsafeBufferPointer { buffer in
                    guard let base = buffer.baseAddress else { return }
                    workspace.begin(base)
                    workspace.run(from: start, count: count)
                    for row in 0..<count { block[row][place] = workspace.output(0, row) }
                }
            }
            take(block)
        }
    }

    private func workspace(_ graph: Graph, outputs: [Graph.Node]) -> Workspace {
        let program = Program(graph, outputs: outputs, level: level)
        return Workspace(
            Binding(
                program, columns: program.inputs.map(column), rowCount: points.count,
                offsets: families.map(\.position), codes: families.map { $0.codes ?? [] }))
    }

    // Counting the roots of an equation costs ten times its solution.
    private static let mostCounted = 20_000

    private func lowered() throws(ScalingError) -> (graph: Graph, root: Graph.Node) {
        guard let formula = law.formula else { throw law.noFormula }
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
        lowering.schedules = try schedules(formula)
        do {
            // In order, so that a long chain of definitions takes no deep recursion.
            for definition in formula.definitions { _ = try lowering.lower(.name(definition.name)) }
            let root = try lowering.lower(formula.prediction)
            return (lowering.graph, root)
        } catch ScalingError.wrongKind(let name, _, _) {
            throw .labelAsNumber(name, law: law.id)
        } catch LoweringError.labelOutsideComparison(let label) {
            throw .labelAsNumber(label, law: law.id)
        } catch LoweringError.unresolvedLaw(let name) {
            throw .lawCall(.unknownLaw(name, near: []))
        } catch LoweringError.argumentOnRows(let what) {
            throw .notTheSameEverywhere(what, law: law.id)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    // The rates of the schedules that the points name.
    private func schedules(_ formula: Formula) throws(ScalingError) -> [String: [Double]] {
        var rates: [String: [Double]] = [:]
        for (schedule, step) in formula.scheduleColumns {
            let texts = labels(of: schedule)
            guard let steps = points.numbers[step] else { throw .notTheSameEverywhere("the step", law: law.id) }
            for (text, step) in zip(texts, steps) {
                if rates[text] == nil {
                    if let given = points.schedules[text] {
                        rates[text] = given
                    } else {
                        rates[text] = try Schedule(text).rates
                    }
                }
                let count = rates[text]?.count ?? 0
                guard step == step.rounded(), step >= 0, step < Double(count) else {
                    throw .stepOutsideSchedule(step, schedule: text, steps: count)
                }
            }
        }
        return rates
    }

    private func column(_ input: Graph.Input) -> [Double] {
        switch input {
        case .column(let name): points.numbers[name] ?? []
        case .indicator(let name, let label): labels(of: name).map { $0 == label ? 1 : 0 }
        case .schedule(let name, let known):
            labels(of: name).map { label in Double(known.firstIndex(of: label) ?? -1) }
        }
    }
}

extension Workspace {
    fileprivate func output(_ k: Int, _ row: Int) -> Double { scale(k) * (rows(k)?[row] ?? 1) }
}
