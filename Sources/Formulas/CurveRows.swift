// Functions of schedules, computed for all rows at once: one pass over a schedule serves every row of it.
//
// Derivatives by the arguments come from the same pass. For λ they are recurrences of their own, m′ᵢ = mᵢ₋₁ + λ m′ᵢ₋₁ and
// m″ᵢ = 2 m′ᵢ₋₁ + λ m″ᵢ₋₁; for the multi-power sum they are sums over the same powers.

import VectorMath

/// The rows of a table as queries to schedules.
final class CurveRows: Sendable {
    /// One schedule with the rows that ask for it.
    struct Run: Sendable {
        let rates: [Double]
        /// rates[0] + … + rates[t]
        let sums: [Double]
        /// The first step at which the rate falls.
        let firstFall: Int
        /// (step, row), by step.
        let queries: [(step: Int, row: Int)]
        let changes: RateChanges
    }

    let runs: [Run]
    let rowCount: Int

    /// - Parameters:
    ///   - rates: the rates of each schedule by step.
    ///   - codes: which schedule each row has; a row without has no value.
    ///   - steps: the step of each row, counted from 0.
    init(rates: [[Double]], codes: UnsafePointer<Double>, steps: UnsafePointer<Double>, rowCount: Int) {
        self.rowCount = rowCount
        var queries = [[(step: Int, row: Int)]](repeating: [], count: rates.count)
        for row in 0..<rowCount {
            let (code, step) = (codes[row], steps[row].rounded())
            guard code >= 0, Int(code) < rates.count, step >= 0, step < Double(rates[Int(code)].count) else {
                continue
            }
            queries[Int(code)].append((Int(step), row))
        }
        runs = zip(rates, queries).compactMap { rates, queries in
            if queries.isEmpty { return nil }
            var sums: [Double] = []
            sums.reserveCapacity(rates.count)
            var total = 0.0
            for rate in rates {
                total += rate
                sums.append(total)
            }
            let fall = rates.indices.dropFirst().first { rates[$0] < rates[$0 - 1] } ?? rates.count
            return Run(
                rates: rates, sums: sums, firstFall: fall,
                queries: queries.sorted { ($0.step, $0.row) < ($1.step, $1.row) },
                changes: RateChanges(rates, sums))
        }
    }

    /// Computes derivatives of a function on every row.
    ///
    /// - Parameters:
    ///   - arguments: one number for each argument of the function.
    ///   - outputs: the orders of each derivative and where it goes, one number a row.
    func compute(
        _ function: CurveFunction, _ arguments: [Double],
        _ outputs: [(orders: [Int], column: UnsafeMutablePointer<Double>)], _ kernels: vm_kernels
    ) {
        for output in outputs { output.column.update(repeating: .nan, count: rowCount) }
        for run in runs {
            switch function {
            case .rate, .ratesum:
                for output in outputs {
                    for query in run.queries {
                        output.column[query.row] = function == .rate ? run.rates[query.step] : run.sums[query.step]
                    }
                }
            case .annealing: anneal(run, arguments[0], outputs)
            case .multipower: multiply(run, arguments, outputs, kernels)
            }
        }
    }

    // MARK: - Annealing

    private func anneal(
        _ run: Run, _ lambda: Double, _ outputs: [(orders: [Int], column: UnsafeMutablePointer<Double>)]
    ) {
        let highest = outputs.map { $0.orders[0] }.max() ?? 0
        var areas = (0.0, 0.0, 0.0)
        run.rates.withUnsafeBufferPointer { rates in
            var momentum = (0.0, 0.0, 0.0)
            var step = run.firstFall - 1
            for query in run.queries {
                if highest == 0 {
                    while step < query.step {
                        step += 1
                        momentum.0 = lambda * momentum.0 + (rates[step - 1] - rates[step])
                        areas.0 += momentum.0
                    }
                } else {
                    while step < query.step {
                        step += 1
                        momentum.2 = lambda * momentum.2 + 2 * momentum.1
                        momentum.1 = lambda * momentum.1 + momentum.0
                        momentum.0 = lambda * momentum.0 + (rates[step - 1] - rates[step])
                        areas.0 += momentum.0
                        areas.1 += momentum.1
                        areas.2 += momentum.2
                    }
                }
                for output in outputs {
                    output.column[query.row] =
                        switch output.orders[0] {
                        case 0: areas.0
                        case 1: areas.1
                        case 2: areas.2
                        default: .nan
                        }
                }
            }
        }
    }

    // MARK: - The multi-power sum

    private func multiply(
        _ run: Run, _ arguments: [Double], _ outputs: [(orders: [Int], column: UnsafeMutablePointer<Double>)],
        _ kernels: vm_kernels
    ) {
        let sums = MultiPowerSums(run.changes, c: arguments[0], beta: arguments[1], gamma: arguments[2], kernels)
        let order = outputs.map { $0.orders.reduce(0, +) }.max() ?? 0
        for query in run.queries {
            sums.evaluate(at: query.step, total: run.sums[query.step], order: order)
            for output in outputs { output.column[query.row] = sums.derivative(output.orders) }
        }
    }
}
