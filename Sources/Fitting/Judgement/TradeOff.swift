// The direction in which parameters trade against each other at least cost, and the run that would tell them apart.

import Formulas

/// One standard error along the direction of the parameters that the data determine least.
struct TradeOff {
    /// How far each parameter moves, in the problem's order.
    let step: [Double]
    let parameters: [Double]
    let names: [String]

    /// The parameters that move most, as `A +62 %, alpha +7.1 %`.
    ///
    /// A parameter counts where its move is at least a tenth of the largest one, both in units of its own value.
    var statement: String {
        let shares = zip(step, parameters).map { $1 == 0 ? ($0 == 0 ? 0 : Double.infinity) : $0 / $1.magnitude }
        let largest = shares.map(\.magnitude).filter(\.isFinite).max() ?? 0
        let moved = shares.indices.filter { shares[$0].magnitude >= 0.1 * largest && shares[$0] != 0 }
            .sorted { shares[$0].magnitude > shares[$1].magnitude }
        // The first of the list rises.
        let sign = moved.first.map { shares[$0] < 0 ? -1.0 : 1.0 } ?? 1
        return moved.prefix(5).map { k in
            guard shares[k].isFinite else { return "\(names[k]) \(Self.signed(sign * step[k]))" }
            return "\(names[k]) \(Self.signed(100 * sign * shares[k])) %"
        }.joined(separator: ", ")
    }

    private static func signed(_ value: Double) -> String {
        (value > 0 ? "+" : "") + Numeral.short(value, digits: 2)
    }

    /// A run within the ranges of the fitted ones, and by how many standard deviations of noise its response differs
    /// between the two ends of this step.
    struct Run {
        let inputs: [(name: String, value: Double)]
        let shift: Double
    }

    /// The run at the ends or the middle of the inputs' ranges that tells most; nil without inputs that vary.
    func separatingRun(_ problem: Problem, noise: Double) -> Run? {
        let model = problem.model
        var axes: [(column: Int, name: String, values: [Double])] = []
        for (column, input) in model.graph.inputs.enumerated() {
            guard case .column(let name) = input, let low = model.columns[column].min(),
                let high = model.columns[column].max(), low < high
            else { continue }
            let middle = low > 0 ? (low * high).squareRoot() : (low + high) / 2
            axes.append((column, problem.symbol(ofColumn: name), [low, middle, high]))
        }
        guard !axes.isEmpty, axes.count <= 6, noise > 0 else { return nil }
        let count = axes.reduce(1) { count, _ in 3 * count }
        var columns = model.columns.map { Array(repeating: $0[0], count: count) }
        var stride = 1
        for axis in axes {
            for row in 0..<count { columns[axis.column][row] = axis.values[row / stride % 3] }
            stride *= 3
        }
        let shifts = shifts(problem, columns, count)
        guard let best = shifts.indices.filter({ shifts[$0].isFinite }).max(by: { shifts[$0] < shifts[$1] }) else {
            return nil
        }
        return Run(inputs: axes.map { ($0.name, columns[$0.column][best]) }, shift: shifts[best] / noise)
    }

    // |∇z · step| at every candidate, z on the scale of the residual.
    private func shifts(_ problem: Problem, _ columns: [[Double]], _ count: Int) -> [Double] {
        let model = problem.model.at(columns: columns, rowCount: count)
        let program = Program(model.graph, outputs: [model.prediction] + model.first, level: model.level)
        let workspace = Workspace(model.binding(program))
        var result = [Double](repeating: 0, count: count)
        parameters.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress else { return }
            workspace.begin(base)
            for start in stride(from: 0, to: count, by: Program.blockSize) {
                let rows = min(Program.blockSize, count - start)
                workspace.run(from: start, count: rows)
                for row in 0..<rows {
                    func output(_ k: Int) -> Double { workspace.scale(k) * (workspace.rows(k)?[row] ?? 1) }
                    var shift = 0.0
                    for (k, family) in model.families.enumerated() { shift += output(k + 1) * step[family.offset] }
                    let f = output(0)
                    let slope =
                        switch problem.residual {
                        case .raw: 1.0
                        case .log: 1 / f
                        case .logit: 1 / (f * (1 - f))
                        }
                    result[start + row] = (shift * slope).magnitude
                }
            }
        }
        return result
    }
}

extension Model {
    /// The same model at other points; an indexed parameter takes the first of its labels.
    fileprivate func at(columns: [[Double]], rowCount: Int) -> Model {
        Model(
            graph: graph, prediction: prediction,
            families: families.map { family in
                Family(
                    symbol: family.symbol, offset: family.offset, count: family.count,
                    codes: family.codes.map { _ in Array(repeating: 0, count: rowCount) })
            },
            symbols: symbols, first: first, second: second, columns: columns, rowCount: rowCount, level: level)
    }
}
