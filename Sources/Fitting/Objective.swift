// The objective of a problem: value, gradient and second derivatives at a point, block by block.
//
// With residual r = g(y) − g(f), the chain rule needs three numbers a row and no more derivatives of the formula than
// those of f itself:
//     ∇  = −Σ u₁ ∂f           u₁ = ψ g′(f)
//     ∇² =  Σ u₂ ∂f ∂fᵀ − Σ u₁ ∂²f    u₂ = ρ″ g′² − ψ g″
// where ψ = ρ′(r). The convex companion replaces ρ″ by ψ/r (iteratively reweighted least squares) and drops ∂²f.

import Formulas
import VectorMath

/// What is known of the objective at one point.
package struct Evaluation {
    package var value = 0.0
    package var gradient: [Double] = []
    /// The exact matrix of second derivatives.
    package var hessian = SymmetricMatrix(count: 0)
    /// The positive semidefinite companion of reweighted least squares.
    package var companion = SymmetricMatrix(count: 0)
}

/// Evaluates the objective Σ wᵢ ρ(g(yᵢ) − g(f(xᵢ, θ))) of a problem at any parameters; for one thread.
///
/// Fits should be compared by their objective before their coefficients: two programs that print other digits may be
/// equally right, and one of them may not have converged.
public final class Objective {
    /// How the loss is computed; a corner is rounded while `smoothing` is set.
    private enum Shape {
        case squared
        case huber(delta: Double, up: Double, down: Double)
        case corner(up: Double, down: Double)
    }

    public let problem: Problem
    private let model: Model
    private let programs: Programs
    private let kernels: vm_kernels
    private let work: Workspace
    private var weights: [Double]?
    private var response: [Double]  // g(y)
    private(set) var responseSquares: Double  // Σ g(y)²
    private var rowCount: Int
    private var codes: [[Int32]?]  // by family, of the rows
    // One block each, allocated once; `factor` is u₁ for ψ, u₂ for ρ″, and its like for the companion.
    private let residual: UnsafeMutablePointer<Double>
    private let predicted: UnsafeMutablePointer<Double>
    private let psi: UnsafeMutablePointer<Double>
    private let curvature: UnsafeMutablePointer<Double>
    private let companion: UnsafeMutablePointer<Double>
    private let slope: UnsafeMutablePointer<Double>
    /// (k, l, output) for every second derivative that is not zero.
    private let seconds: [(Int, Int, Int)]
    /// The threshold inside which a loss with a corner is rounded, or nil for the loss itself.
    package var smoothing: Double?
    /// Rows whose ψ is given instead of computed: the multipliers of points that a corner passes through.
    package var pinned: [(row: Int, psi: Double)] = []
    /// Terms that depend on the parameters alone.
    package var penalties: [Penalty] = []
    /// Calls of `value` and `evaluate`, for benchmarks and tests.
    public private(set) var evaluations = 0

    public convenience init(_ problem: Problem) {
        self.init(problem, programs: Programs(problem.model), weights: problem.weights)
    }

    package init(_ problem: Problem, programs: Programs, weights: [Double]?) {
        self.problem = problem
        model = problem.model
        self.programs = programs
        kernels = problem.model.level.kernels
        work = Workspace(programs.binding)
        seconds = programs.seconds
        self.weights = weights
        response = problem.response
        responseSquares = problem.response.reduce(0) { $0 + $1 * $1 }
        rowCount = problem.model.rowCount
        codes = problem.model.families.map(\.codes)
        func block() -> UnsafeMutablePointer<Double> {
            let raw = UnsafeMutableRawPointer.allocate(byteCount: Program.blockSize * 8, alignment: 64)
            let block = raw.bindMemory(to: Double.self, capacity: Program.blockSize)
            block.initialize(repeating: 0, count: Program.blockSize)
            return block
        }
        (residual, predicted, psi) = (block(), block(), block())
        (curvature, companion, slope) = (block(), block(), block())
    }

    deinit { for block in [residual, predicted, psi, curvature, companion, slope] { block.deallocate() } }

    /// Takes other rows, weights and responses than the problem's, until the next call.
    package func take(_ resample: Resample) {
        work.select(resample.rows)
        codes = model.families.map { family in
            family.codes.map { all in resample.rows.map { $0.map { all[Int($0)] } } ?? all }
        }
        rowCount = resample.response.count
        weights = resample.weights
        response = resample.response
        var squares = 0.0
        for value in response { squares += value * value }
        responseSquares = squares
    }

    /// Evaluates as if the loss were squared.
    fileprivate var asSquared = false

    private var shape: Shape {
        if asSquared { return .squared }
        let (up, down) = problem.loss.slopes
        switch problem.loss {
        case .squared: return .squared
        case .huber(let delta): return .huber(delta: delta, up: 1, down: 1)
        case .absolute, .quantile:
            guard let smoothing else { return .corner(up: up, down: down) }
            return .huber(delta: smoothing, up: up / smoothing, down: down / smoothing)
        }
    }

    // MARK: - Value

    /// The objective at `parameters`; NaN or infinite where the formula is undefined on some row.
    public func value(_ parameters: [Double]) -> Double {
        evaluations += 1
        return parameters.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress else { return .nan }
            work.begin(base, tier: Programs.valueTier)
            var total = 0.0
            forEachBlock { start, count in
                work.run(from: start, count: count)
                residuals(start, count)
                total += lossOfBlock(start, count)
            }
            for penalty in penalties { total += penalty.value(parameters) }
            return total
        }
    }

    /// The residuals g(y) − g(f), one a row.
    public func residuals(_ parameters: [Double]) -> [Double] {
        var all = [Double](repeating: 0, count: rowCount)
        parameters.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress else { return }
            work.begin(base, tier: Programs.valueTier)
            forEachBlock { start, count in
                work.run(from: start, count: count)
                residuals(start, count)
                for row in 0..<count { all[start + row] = residual[row] }
            }
        }
        return all
    }

    /// The prediction f, one a row.
    public func predictions(_ parameters: [Double]) -> [Double] {
        parameters.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress else { return [] }
            work.begin(base, tier: Programs.valueTier)
            return work.values(rowCount: rowCount)
        }
    }

    /// The weight of one row.
    package func weight(_ row: Int) -> Double { weights?[row] ?? 1 }

    /// The residual of one row.
    package func residual(_ parameters: [Double], row: Int) -> Double {
        parameters.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress else { return .nan }
            work.begin(base, tier: Programs.valueTier)
            work.run(from: row, count: 1)
            residuals(row, 1)
            return residual[0]
        }
    }

    /// The gradient of the residual of one row.
    package func residualGradient(_ parameters: [Double], row: Int) -> [Double] {
        var result = [Double](repeating: 0, count: parameters.count)
        parameters.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress else { return }
            work.begin(base, tier: Programs.gradientTier)
            work.run(from: row, count: 1)
            let prediction = work.rows(0).map { $0[0] * work.scale(0) } ?? work.scale(0)
            let slope = scaleSlope(prediction)
            for k in model.families.indices {
                let derivative = (work.rows(k + 1)?[0] ?? 1) * work.scale(k + 1)
                let position = position(k, row)
                result[position] -= slope * derivative
            }
        }
        return result
    }

    // MARK: - Derivatives

    /// The objective and its exact gradient by the parameters, in the order of `problem.parameters`.
    public func gradient(_ parameters: [Double]) -> (value: Double, gradient: [Double]) {
        let evaluation = evaluate(parameters, second: false)
        return (evaluation.value, evaluation.gradient)
    }

    /// Value, gradient, and with `second` the exact Hessian and its convex companion.
    package func evaluate(_ parameters: [Double], second: Bool = true) -> Evaluation {
        evaluations += 1
        var result = Evaluation()
        let count = parameters.count
        result.gradient = Array(repeating: 0, count: count)
        if second {
            result.hessian = SymmetricMatrix(count: count)
            result.companion = SymmetricMatrix(count: count)
        }
        parameters.withUnsafeBufferPointer { pointer in
            guard let base = pointer.baseAddress else { return }
            work.begin(base, tier: second ? Programs.hessianTier : Programs.gradientTier)
            forEachBlock { start, rows in
                work.run(from: start, count: rows)
                residuals(start, rows)
                result.value += lossOfBlock(start, rows)
                rowFactors(rows, second: second)
                accumulate(&result, start, rows, second: second)
            }
        }
        if !asSquared { for penalty in penalties { penalty.add(to: &result, at: parameters, second: second) } }
        result.hessian.mirror()
        result.companion.mirror()
        return result
    }

    private func accumulate(_ result: inout Evaluation, _ start: Int, _ rows: Int, second: Bool) {
        let families = model.families
        for k in families.indices {
            let (scale, column) = (work.scale(k + 1), work.rows(k + 1))
            if codes[k] == nil {
                result.gradient[families[k].offset] -= scale * weighted(psi, column, nil, rows)
            } else {
                for row in 0..<rows {
                    result.gradient[position(k, start + row)] -= scale * psi[row] * (column?[row] ?? 1)
                }
            }
            guard second else { continue }
            for l in 0...k {
                accumulateProduct(&result, k, l, start, rows)
            }
        }
        guard second else { return }
        for (k, l, output) in seconds {
            let (scale, column) = (work.scale(output), work.rows(output))
            if codes[k] == nil, codes[l] == nil {
                result.hessian[families[k].offset, families[l].offset] -=
                    scale * weighted(psi, column, nil, rows)
            } else {
                for row in 0..<rows {
                    let (i, j) = (position(k, start + row), position(l, start + row))
                    let value = scale * psi[row] * (column?[row] ?? 1)
                    result.hessian[max(i, j), min(i, j)] -= value
                }
            }
        }
    }

    private func accumulateProduct(_ result: inout Evaluation, _ k: Int, _ l: Int, _ start: Int, _ rows: Int) {
        let families = model.families
        let scale = work.scale(k + 1) * work.scale(l + 1)
        let (first, other) = (work.rows(k + 1), work.rows(l + 1))
        if codes[k] == nil, codes[l] == nil {
            let (i, j) = (families[k].offset, families[l].offset)
            result.hessian[i, j] += scale * weighted(curvature, first, other, rows)
            result.companion[i, j] += scale * weighted(companion, first, other, rows)
            return
        }
        for row in 0..<rows {
            let (i, j) = (position(k, start + row), position(l, start + row))
            let product = scale * (first?[row] ?? 1) * (other?[row] ?? 1)
            result.hessian[max(i, j), min(i, j)] += curvature[row] * product
            result.companion[max(i, j), min(i, j)] += companion[row] * product
        }
    }

    private func position(_ family: Int, _ row: Int) -> Int {
        model.families[family].offset + (codes[family].map { Int($0[row]) } ?? 0)
    }

    // Σ u·a·b, with nil for a column of ones.
    private func weighted(
        _ u: UnsafePointer<Double>, _ a: UnsafePointer<Double>?, _ b: UnsafePointer<Double>?, _ count: Int
    ) -> Double {
        switch (a, b) {
        case (let a?, let b?): kernels.dot3(u, a, b, count)
        case (let a?, nil), (nil, let a?): kernels.dot(u, a, count)
        case (nil, nil): kernels.sum(u, count)
        }
    }

    // MARK: - Rows of a block

    private func residuals(_ start: Int, _ count: Int) {
        let (scale, column) = (work.scale(0), work.rows(0))
        if let column {
            if scale == 1 {
                predicted.update(from: column, count: count)
            } else {
                kernels.multiply_vs(predicted, column, scale, count)
            }
        } else {
            kernels.fill(predicted, scale, count)
        }
        response.withUnsafeBufferPointer { response in
            guard let base = response.baseAddress else { return }
            switch problem.residual {
            case .raw: kernels.subtract_vv(residual, base + start, predicted, count)
            case .log:
                kernels.logarithm(residual, predicted, count)
                kernels.subtract_vv(residual, base + start, residual, count)
            case .logit:
                kernels.logarithm(residual, predicted, count)
                kernels.subtract_sv(slope, 1, predicted, count)
                kernels.logarithm(slope, slope, count)
                kernels.subtract_vv(residual, residual, slope, count)
                kernels.subtract_vv(residual, base + start, residual, count)
            }
        }
    }

    private func lossOfBlock(_ start: Int, _ count: Int) -> Double {
        guard let weights else { return loss(nil, start, count) }
        return weights.withUnsafeBufferPointer { loss($0.baseAddress.map { $0 + start }, start, count) }
    }

    private func loss(_ weights: UnsafePointer<Double>?, _ start: Int, _ count: Int) -> Double {
        switch shape {
        case .squared:
            let value = kernels.squared(residual, weights, count, psi)
            if let weights {
                kernels.multiply_vs(curvature, weights, 2, count)
                kernels.multiply_vs(companion, weights, 2, count)
            } else {
                kernels.fill(curvature, 2, count)
                kernels.fill(companion, 2, count)
            }
            return value
        case .huber(let delta, let up, let down):
            return kernels.tilted_huber(
                residual, weights, count, delta, up, down, psi, companion, curvature)
        case .corner(let up, let down):
            kernels.fill(curvature, 0, count)
            kernels.fill(companion, 0, count)
            let value = kernels.tilted_absolute(residual, weights, count, up, down, psi)
            for (row, multiplier) in pinned where row >= start && row < start + count {
                psi[row - start] = multiplier
            }
            return value
        }
    }

    // Turns ψ, ρ″ and ψ/r into u₁, u₂ and the companion's factor by the scale's slope g′ and curvature g″.
    private func rowFactors(_ count: Int, second: Bool) {
        switch problem.residual {
        case .raw: return
        case .log:
            // g′ = 1/f, g″ = −1/f²
            kernels.reciprocal(slope, predicted, count)
            if second {
                kernels.add_vv(curvature, curvature, psi, count)
                for factor in [curvature, companion] {
                    kernels.multiply_vv(factor, factor, slope, count)
                    kernels.multiply_vv(factor, factor, slope, count)
                }
            }
            kernels.multiply_vv(psi, psi, slope, count)
        case .logit:
            // g′ = 1/(f(1−f)), g″ = (2f−1) g′²
            for row in 0..<count {
                let f = predicted[row]
                let first = 1 / (f * (1 - f))
                let square = first * first
                curvature[row] = (curvature[row] - psi[row] * (2 * f - 1)) * square
                companion[row] *= square
                psi[row] *= first
            }
        }
    }

    private func scaleSlope(_ f: Double) -> Double {
        switch problem.residual {
        case .raw: 1
        case .log: 1 / f
        case .logit: 1 / (f * (1 - f))
        }
    }

    private func forEachBlock(_ body: (Int, Int) -> Void) {
        var start = 0
        while start < rowCount {
            let count = min(Program.blockSize, rowCount - start)
            body(start, count)
            start += count
        }
    }
}

extension Objective {
    /// JᵀWJ, with J the derivatives of the residuals and W the weights: the information about the parameters but for
    /// the variance of the noise.
    package func information(_ parameters: [Double]) -> SymmetricMatrix {
        asSquared = true
        defer { asSquared = false }
        var matrix = evaluate(parameters).companion
        for k in matrix.elements.indices { matrix.elements[k] /= 2 }
        return matrix
    }

    /// What priors add to the curvature of the objective, where they bend upwards.
    package func priorCurvature(_ parameters: [Double]) -> SymmetricMatrix {
        var evaluation = Evaluation()
        evaluation.gradient = Array(repeating: 0, count: parameters.count)
        evaluation.hessian = SymmetricMatrix(count: parameters.count)
        evaluation.companion = evaluation.hessian
        for penalty in penalties { penalty.add(to: &evaluation, at: parameters, second: true) }
        evaluation.companion.mirror()
        return evaluation.companion
    }

    /// JᵀWJ with other weights than the problem's.
    package func information(_ parameters: [Double], weights: [Double]) -> SymmetricMatrix {
        Objective(problem, programs: programs, weights: weights).information(parameters)
    }
}
