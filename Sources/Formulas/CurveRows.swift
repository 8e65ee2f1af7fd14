// Functions of schedules, computed for all rows at once: one pass over a schedule serves every row of it.
//
// Derivatives by the arguments come from the same pass: for λ see `AnnealingSums`; for the multi-power sum they are sums
// over the same powers.

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
        /// For each query the terms of its multi-power sum; none for the changes themselves.
        let terms: [[Range<Int>]]
    }

    let runs: [Run]
    let rowCount: Int

    /// - Parameters:
    ///   - rates: the rates of each schedule by step.
    ///   - codes: which schedule each row has; a row without has no value.
    ///   - steps: the step of each row, counted from 0.
    ///   - multiplies: whether the multi-power sum will be asked for, which needs a list of changes.
    init(
        rates: [[Double]], codes: UnsafePointer<Double>, steps: UnsafePointer<Double>, rowCount: Int, multiplies: Bool
    ) {
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
            let sorted = queries.sorted { ($0.step, $0.row) < ($1.step, $1.row) }
            let (changes, terms) =
                multiplies
                ? Self.terms(RateChanges(rates, sums), sums, sorted.map(\.step)) : (RateChanges([], []), [])
            return Run(
                rates: rates, sums: sums, firstFall: fall, queries: sorted, changes: changes, terms: terms)
        }
    }

    /// Fewer terms take about as long to find as the whole sums take; they are for fits, not for one look.
    private static let manyTerms = 1 << 18

    private static func terms(
        _ changes: RateChanges, _ sums: [Double], _ steps: [Int]
    ) -> (RateChanges, [[Range<Int>]]) {
        var counts: [Int] = []
        var count = 0
        for step in steps {
            while count < changes.steps.count, changes.steps[count] <= step { count += 1 }
            counts.append(count)
        }
        if counts.reduce(0, +) < manyTerms { return (changes, steps.map { _ in [] }) }
        var stretches = ChangeStretches(changes)
        let terms = zip(steps, counts).map { step, count in stretches.terms(count, total: sums[step]) }
        return (stretches.changes, terms)
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
            case .annealing: anneal(run, arguments[0], outputs, kernels)
            case .multipower: multiply(run, arguments, outputs, kernels)
            }
        }
    }

    // MARK: - Annealing

    private func anneal(
        _ run: Run, _ lambda: Double, _ outputs: [(orders: [Int], column: UnsafeMutablePointer<Double>)],
        _ kernels: vm_kernels
    ) {
        let highest = min(2, outputs.map { $0.orders[0] }.max() ?? 0)
        var position = 0
        // Before the first fall there is none.
        while position < run.queries.count, run.queries[position].step < run.firstFall {
            for output in outputs { output.column[run.queries[position].row] = output.orders[0] > 2 ? .nan : 0 }
            position += 1
        }
        guard let last = run.queries.last?.step, last >= run.firstFall else { return }
        let sums = AnnealingSums(lambda, highest: highest, kernels)
        run.rates.withUnsafeBufferPointer { rates in
            guard let base = rates.baseAddress else { return }
            for start in stride(from: run.firstFall, through: last, by: AnnealingSums.block) {
                let count = min(AnnealingSums.block, last - start + 1)
                sums.add(base + start, count)
                while position < run.queries.count, run.queries[position].step < start + count {
                    let (step, row) = run.queries[position]
                    for output in outputs where output.orders[0] <= 2 {
                        output.column[row] = sums.areas(output.orders[0])[step - start]
                    }
                    position += 1
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
        for (query, terms) in zip(run.queries, run.terms) {
            sums.evaluate(at: query.step, total: run.sums[query.step], order: order, terms: terms)
            for output in outputs { output.column[query.row] = sums.derivative(output.orders) }
        }
    }
}
