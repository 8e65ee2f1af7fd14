// The screen: for given nonlinear parameters the linear ones follow from a small least squares problem, so thousands
// of starts can be judged in the time of a few fits.
//
// With log residuals nothing is linear; there the residual relative to the observation, f/y − 1, stands in: it is
// linear again and equal to first order. Outliers are calmed by a few rounds of reweighting (Huber 1964).

import Formulas
import VectorMath

/// Solves for the linear parameters at given values of the others.
final class Screen {
    private let problem: Problem
    private let model: Model
    private let linear: [Int]  // families
    private let columns: [Int]  // their parameters, flattened
    private let rows: [Int]
    private let workspace: Workspace
    private let rowWeights: [Double]  // √ of the precision of f on its own scale
    private let observed: [Double]
    // rows × (1 + families): what does not depend on the linear parameters, then each family's factor
    private var basis: [[Double]]

    /// Rows beyond this many are thinned evenly: a screen needs no more.
    private static let mostRows = 2_048

    init(_ problem: Problem, linear: [Int]) {
        self.problem = problem
        model = problem.model
        self.linear = linear
        columns = linear.flatMap { k in
            (problem.model.families[k].offset..<(problem.model.families[k].offset + problem.model.families[k].count))
        }
        let stride = max(1, (model.rowCount + Self.mostRows - 1) / Self.mostRows)
        let rows = Array(Swift.stride(from: 0, to: model.rowCount, by: stride))
        self.rows = rows
        let outputs = [model.prediction] + linear.map { problem.model.first[$0] }
        var program = Program(model.graph, outputs: outputs, level: model.level)
        if stride > 1 {
            let thinned = problem.model.thinned(to: rows)
            program = Program(thinned.graph, outputs: outputs, level: model.level)
            workspace = Workspace(thinned.binding(program))
        } else {
            workspace = Workspace(model.binding(program))
        }
        let observed = rows.map { problem.residual.restored(problem.response[$0]) }
        self.observed = observed
        rowWeights = rows.indices.map { k in
            let y = observed[k]
            let unit = switch problem.residual {
            case .raw: 1.0
            case .log: 1 / y
            case .logit: 1 / (y * (1 - y))
            }
            return unit * (problem.weights?[rows[k]] ?? 1).squareRoot()
        }
        basis = Array(repeating: [Double](repeating: 0, count: rows.count), count: 1 + linear.count)
    }

    /// The parameters with the linear ones solved for, and how badly they fit; nil where the formula is undefined.
    func solve(_ parameters: [Double], robust: Bool) -> (parameters: [Double], score: Double)? {
        var point = parameters
        for k in columns { point[k] = 0 }
        fillBasis(point)
        var robustness = [Double](repeating: 1, count: rows.count)
        var score = Double.infinity
        for round in 0..<(robust ? 4 : 1) {
            guard let solution = leastSquares(robustness) else { return nil }
            for (k, value) in zip(columns, solution) { point[k] = value }
            let residuals = relativeResiduals(solution)
            let magnitudes = residuals.map(\.magnitude)
            guard magnitudes.allSatisfy(\.isFinite) else { return nil }
            if !robust || round == 3 {
                score = robust ? magnitudes.reduce(0, +) : residuals.reduce(0) { $0 + $1 * $1 }
                break
            }
            // 1.345 times the normal-consistent median absolute residual: 95 % efficient for normal errors.
            let threshold = max(1.345 * 1.4826 * Self.median(magnitudes), 1e-300)
            for row in rows.indices { robustness[row] = min(1, threshold / max(magnitudes[row], 1e-300)) }
        }
        return (point, score)
    }

    private func fillBasis(_ point: [Double]) {
        point.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress else { return }
            workspace.begin(base)
            for start in stride(from: 0, to: rows.count, by: Program.blockSize) {
                let count = min(Program.blockSize, rows.count - start)
                workspace.run(from: start, count: count)
                for k in basis.indices {
                    let (scale, values) = (workspace.scale(k), workspace.rows(k))
                    basis[k].withUnsafeMutableBufferPointer { column in
                        for row in 0..<count {
                            column[start + row] = (values.map { scale * $0[row] } ?? scale) * rowWeights[start + row]
                        }
                    }
                }
            }
        }
    }

    private func target(_ row: Int) -> Double { observed[row] * rowWeights[row] - basis[0][row] }

    // Weighted normal equations, with parameters beyond their bounds held there one after another.
    private func leastSquares(_ robustness: [Double]) -> [Double]? {
        if columns.isEmpty { return [] }
        let count = columns.count
        var normal = SymmetricMatrix(count: count)
        var right = [Double](repeating: 0, count: count)
        var starts: [Int] = []
        var total = 0
        for k in linear {
            starts.append(total)
            total += model.families[k].count
        }
        func place(_ k: Int, _ row: Int) -> Int {
            starts[k] + (model.families[linear[k]].codes.map { Int($0[rows[row]]) } ?? 0)
        }
        for k in linear.indices {
            for l in 0...k where model.families[linear[k]].codes == nil && model.families[linear[l]].codes == nil {
                var sum = 0.0
                for row in rows.indices { sum += robustness[row] * basis[k + 1][row] * basis[l + 1][row] }
                normal[starts[k], starts[l]] = sum
            }
            for l in 0...k where model.families[linear[k]].codes != nil || model.families[linear[l]].codes != nil {
                for row in rows.indices {
                    let (i, j) = (place(k, row), place(l, row))
                    normal[max(i, j), min(i, j)] += robustness[row] * basis[k + 1][row] * basis[l + 1][row]
                }
            }
            for row in rows.indices { right[place(k, row)] += robustness[row] * basis[k + 1][row] * target(row) }
        }
        normal.mirror()
        return bounded(normal, right)
    }

    private func bounded(_ normal: SymmetricMatrix, _ right: [Double]) -> [Double]? {
        var held: [Int: Double] = [:]
        for _ in 0...columns.count {
            let free = columns.indices.filter { held[$0] == nil }
            var solution = [Double](repeating: 0, count: columns.count)
            for (k, value) in held { solution[k] = value }
            if !free.isEmpty {
                guard let factor = normal.selecting(free).factored(damping: 1e-13) else { return nil }
                let pushed = free.map { k in right[k] - held.reduce(0.0) { $0 + normal[k, $1.key] * $1.value } }
                for (k, value) in zip(free, factor.solve(pushed)) { solution[k] = value }
            }
            let beyond = free.filter { !problem.parameters[columns[$0]].bound.contains(solution[$0]) }
            if beyond.isEmpty { return solution }
            for k in beyond { held[k] = problem.parameters[columns[k]].bound.clamped(solution[k]) }
        }
        return nil
    }

    private func relativeResiduals(_ solution: [Double]) -> [Double] {
        var starts = 0
        var residuals = rows.indices.map(target)
        for (k, family) in linear.enumerated() {
            let codes = model.families[family].codes
            for row in rows.indices {
                let value = solution[starts + (codes.map { Int($0[rows[row]]) } ?? 0)]
                residuals[row] -= value * basis[k + 1][row]
            }
            starts += model.families[family].count
        }
        return residuals
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}

extension Model {
    /// The same model over some of its rows.
    func thinned(to rows: [Int]) -> Model {
        Model(
            graph: graph, prediction: prediction,
            families: families.map { family in
                Family(
                    symbol: family.symbol, offset: family.offset, count: family.count,
                    codes: family.codes.map { codes in rows.map { codes[$0] } })
            },
            symbols: symbols, first: first, second: second,
            columns: columns.map { column in rows.map { column[$0] } }, rowCount: rows.count, level: level)
    }
}
