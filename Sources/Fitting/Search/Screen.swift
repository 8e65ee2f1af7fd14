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
    private let starts: [Int]  // where each family begins in `columns`
    private let kernels: vm_kernels
    private let workspace: Workspace
    private let count: Int  // screened rows
    private let memory: ScreenMemory

    init(_ problem: Problem, linear: [Int]) {
        self.problem = problem
        self.linear = linear
        let rows = Model.thinnedRows(of: problem.model.rowCount)
        model = problem.model.thinned
        var starts: [Int] = []
        var columns: [Int] = []
        for k in linear {
            starts.append(columns.count)
            columns += model.families[k].parameters
        }
        (self.starts, self.columns) = (starts, columns)
        kernels = model.level.kernels
        let outputs = [model.prediction] + linear.map { problem.model.first[$0] }
        workspace = Workspace(model.binding(Program(model.graph, outputs: outputs, level: model.level)))
        count = rows.count
        memory = ScreenMemory(columns: linear.count + 6, rows: count)
        for (k, row) in rows.enumerated() {
            let y = problem.residual.restored(problem.response[row])
            let unit =
                switch problem.residual {
                case .raw: 1.0
                case .log: 1 / y
                case .logit: 1 / (y * (1 - y))
                }
            memory[weightColumn][k] = unit * (problem.weights?[row] ?? 1).squareRoot()
            memory[observedColumn][k] = y
        }
    }

    // Columns of the memory: what does not depend on the linear parameters, each family's factor, and work space.
    private var observedColumn: Int { linear.count + 1 }
    private var weightColumn: Int { linear.count + 2 }
    private var targetColumn: Int { linear.count + 3 }
    private var residualColumn: Int { linear.count + 4 }
    private var robustnessColumn: Int { linear.count + 5 }

    /// The parameters with the linear ones solved for, and how badly they fit (the sum of absolute relative
    /// residuals, or of squares where `robust` is false); nil where the formula is undefined.
    func solve(_ parameters: [Double], robust: Bool, rounds: Int = 4) -> (parameters: [Double], score: Double)? {
        var point = parameters
        for k in columns { point[k] = 0 }
        fillBasis(point)
        let (residual, robustness) = (memory[residualColumn], memory[robustnessColumn])
        kernels.fill(robustness, 1, count)
        for round in 1... {
            guard let solution = leastSquares() else { return nil }
            for (k, value) in zip(columns, solution) { point[k] = value }
            fillResiduals(solution)
            let largest = kernels.maximum_absolute(residual, count)
            guard largest.isFinite else { return nil }
            if !robust { return (point, kernels.dot(residual, residual, count)) }
            kernels.absolute(residual, residual, count)
            if round == rounds { return (point, kernels.sum(residual, count)) }
            // 1.345 times the normal-consistent median absolute residual: 95 % efficient for normal errors.
            let threshold = max(1.345 * 1.4826 * memory.median(residualColumn), 1e-300)
            for row in 0..<count { robustness[row] = residual[row] <= threshold ? 1 : threshold / residual[row] }
        }
        return nil
    }

    private func fillBasis(_ point: [Double]) {
        point.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress else { return }
            workspace.begin(base)
            let weight = memory[weightColumn]
            for start in stride(from: 0, to: count, by: Program.blockSize) {
                let rows = min(Program.blockSize, count - start)
                workspace.run(from: start, count: rows)
                for k in 0...linear.count {
                    let (scale, values) = (workspace.scale(k), workspace.rows(k))
                    if let values {
                        kernels.multiply_vv(memory[k] + start, values, weight + start, rows)
                        if scale != 1 { kernels.multiply_vs(memory[k] + start, memory[k] + start, scale, rows) }
                    } else {
                        kernels.multiply_vs(memory[k] + start, weight + start, scale, rows)
                    }
                }
            }
            let target = memory[targetColumn]
            kernels.multiply_vv(target, memory[observedColumn], weight, count)
            kernels.subtract_vv(target, target, memory[0], count)
        }
    }

    private func place(_ k: Int, _ row: Int) -> Int {
        starts[k] + (model.families[linear[k]].codes.map { Int($0[row]) } ?? 0)
    }

    private func isPlain(_ k: Int) -> Bool { model.families[linear[k]].codes == nil }

    // Weighted normal equations, with parameters beyond their bounds held there one after another.
    private func leastSquares() -> [Double]? {
        if columns.isEmpty { return [] }
        var normal = SymmetricMatrix(count: columns.count)
        var right = [Double](repeating: 0, count: columns.count)
        let (robustness, target) = (memory[robustnessColumn], memory[targetColumn])
        for k in linear.indices {
            let first = memory[k + 1]
            for l in 0...k {
                let other = memory[l + 1]
                if isPlain(k), isPlain(l) {
                    normal[starts[k], starts[l]] = kernels.dot3(robustness, first, other, count)
                } else {
                    for row in 0..<count {
                        let (i, j) = (place(k, row), place(l, row))
                        normal[max(i, j), min(i, j)] += robustness[row] * first[row] * other[row]
                    }
                }
            }
            if isPlain(k) {
                right[starts[k]] = kernels.dot3(robustness, first, target, count)
            } else {
                for row in 0..<count { right[place(k, row)] += robustness[row] * first[row] * target[row] }
            }
        }
        normal.mirror()
        return bounded(normal, right)
    }

    private func bounded(_ normal: SymmetricMatrix, _ right: [Double]) -> [Double]? {
        let ridge = 1e-13
        if let solution = normal.factored(damping: ridge)?.solve(right),
            columns.indices.allSatisfy({ problem.parameters[columns[$0]].bound.contains(solution[$0]) })
        {
            return solution
        }
        var held: [Int: Double] = [:]
        for _ in 0...columns.count {
            let free = columns.indices.filter { held[$0] == nil }
            var solution = [Double](repeating: 0, count: columns.count)
            for (k, value) in held { solution[k] = value }
            if !free.isEmpty {
                guard let factor = normal.selecting(free).factored(damping: ridge) else { return nil }
                let pushed = free.map { k in right[k] - held.reduce(0.0) { $0 + normal[k, $1.key] * $1.value } }
                for (k, value) in zip(free, factor.solve(pushed)) { solution[k] = value }
            }
            let beyond = free.filter { !problem.parameters[columns[$0]].bound.contains(solution[$0]) }
            if beyond.isEmpty { return solution }
            for k in beyond { held[k] = problem.parameters[columns[k]].bound.clamped(solution[k]) }
        }
        return nil
    }

    private func fillResiduals(_ solution: [Double]) {
        let (residual, target) = (memory[residualColumn], memory[targetColumn])
        residual.update(from: target, count: count)
        for k in linear.indices {
            let column = memory[k + 1]
            if isPlain(k) {
                kernels.multiply_add_vsv(residual, column, -solution[starts[k]], residual, count)
            } else {
                for row in 0..<count { residual[row] -= solution[place(k, row)] * column[row] }
            }
        }
    }
}

/// Columns of work space, aligned for the kernels.
private final class ScreenMemory {
    private let base: UnsafeMutablePointer<Double>
    private let stride: Int
    private let rows: Int
    private var sorted: [Double]

    init(columns: Int, rows: Int) {
        stride = (rows + 7) / 8 * 8
        self.rows = rows
        let raw = UnsafeMutableRawPointer.allocate(byteCount: max(1, columns * stride) * 8, alignment: 64)
        base = raw.bindMemory(to: Double.self, capacity: max(1, columns * stride))
        base.initialize(repeating: 0, count: max(1, columns * stride))
        sorted = Array(repeating: 0, count: rows)
    }

    deinit { base.deallocate() }

    subscript(column: Int) -> UnsafeMutablePointer<Double> { base + column * stride }

    /// The upper median of a column, by selection (Hoare 1961).
    func median(_ column: Int) -> Double {
        let values = self[column]
        for row in 0..<rows { sorted[row] = values[row] }
        return sorted.withUnsafeMutableBufferPointer { buffer in
            var (low, high) = (0, rows - 1)
            let middle = rows / 2
            while low < high {
                let pivot = buffer[(low + high) / 2]
                var (i, j) = (low, high)
                while i <= j {
                    while buffer[i] < pivot { i += 1 }
                    while buffer[j] > pivot { j -= 1 }
                    if i <= j {
                        buffer.swapAt(i, j)
                        i += 1
                        j -= 1
                    }
                }
                if middle <= j { high = j } else if middle >= i { low = i } else { break }
            }
            return buffer.isEmpty ? 0 : buffer[middle]
        }
    }
}
