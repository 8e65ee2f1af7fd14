// One evaluation of the objective with its gradient, beside the bare cost of the exponentials and the logarithm in it.

import Fitting
import Formulas
import VectorMath

enum EvaluationTimes {
    static func run(rows: Int) throws {
        let runs = SyntheticRuns(rows: rows, seed: 1)
        for (name, level) in Chinchilla.levels {
            let objective = Objective(try Chinchilla.problem(runs.table, level: level))
            var sink = 0.0
            let both = Clock.median { sink += objective.gradient(Chinchilla.parameters).value }
            let value = Clock.median { sink += objective.value(Chinchilla.parameters) }
            let bare = bareSeconds(runs, level)
            AllometryBenchmarks.report("\(name).gradient", both / Double(rows))
            AllometryBenchmarks.report("\(name).value", value / Double(rows))
            AllometryBenchmarks.report("\(name).bare", bare / Double(rows))
            AllometryBenchmarks.report("\(name).sum", sink)  // so that no call is left out
        }
    }

    // Two exponentials and a logarithm a row, in blocks that stay in the first cache, of columns that are ready.
    private static func bareSeconds(_ runs: SyntheticRuns, _ level: VectorLevel) -> Double {
        let kernels = vm_kernels_at(level == .avx2 ? .avx2 : vm_level_best()).pointee
        let first = runs.sizes.map { -0.3473 * log($0) }
        let second = runs.tokens.map { -0.3672 * log($0) }
        var block = [Double](repeating: 0, count: 512)
        let rows = first.count
        return first.withUnsafeBufferPointer { first in
            second.withUnsafeBufferPointer { second in
                runs.losses.withUnsafeBufferPointer { losses in
                    block.withUnsafeMutableBufferPointer { block in
                        guard let a = first.baseAddress, let b = second.baseAddress, let c = losses.baseAddress,
                            let target = block.baseAddress
                        else { return .nan }
                        return Clock.median {
                            for start in stride(from: 0, to: rows, by: 512) {
                                let count = min(512, rows - start)
                                kernels.exponential(target, a + start, count)
                                kernels.exponential(target, b + start, count)
                                kernels.logarithm(target, c + start, count)
                            }
                        }
                    }
                }
            }
        }
    }
}

enum CompileTimes {
    /// Text to parsed formula, and text to a program with value, gradient and second derivatives that is bound to a
    /// table of two rows.
    static func run() throws {
        let table = SyntheticRuns(rows: 2, seed: 1).table
        AllometryBenchmarks.report("parse", try Clock.median { _ = try Formula(Chinchilla.text) })
        AllometryBenchmarks.report("problem", try Clock.median { _ = try Chinchilla.problem(table) })
        AllometryBenchmarks.report("program", try Clock.median { _ = Objective(try Chinchilla.problem(table)) })
    }
}
