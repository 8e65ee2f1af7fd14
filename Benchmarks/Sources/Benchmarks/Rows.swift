// Objective with gradient, and the bare exponentials and logarithm that it needs, in nanoseconds a row.

import Fitting
import Formulas
import Tables
import VectorMath

enum Rows {
    static func run(_ path: String) throws {
        let table = try Table.read(path: path)
        for count in [245, 10_000, 1_000_000] {
            let rows = (0..<count).map { $0 % table.rowCount }
            let sized = table.rows(at: rows)
            for level in [VectorLevel.avx2, .best] where level.isSupported {
                let objective = Objective(try Standard.problem(sized, level: level))
                let parameters = objective.problem.parameterNames.map { name in
                    ["E": 1.8, "A": 400, "B": 1_000, "alpha": 0.34, "beta": 0.35][name] ?? 1
                }
                let repeats = max(1, 200_000 / count)
                let seconds = median(runs: 41) {
                    for _ in 0..<repeats { _ = objective.gradient(parameters) }
                }
                let name = level == .avx2 ? "avx2" : "best"
                print("gradient_ns_\(count)_\(name)", seconds * 1e9 / Double(repeats * count))
                print("bare_ns_\(count)_\(name)", bare(count, level, repeats))
            }
        }
    }

    // Two exponentials and one logarithm a row, in blocks as the column machine runs them.
    private static func bare(_ count: Int, _ level: VectorLevel, _ repeats: Int) -> Double {
        let vmLevel: vm_level = level == .avx2 ? .avx2 : level == .avx512 ? .avx512 : .portable
        let kernels = vm_kernels_at(vmLevel).pointee
        let input = (0..<count).map { -6 - 2 * Double($0 % 97) / 97 }
        let positive = input.map { -$0 }
        var output = [Double](repeating: 0, count: 512)
        let seconds = median(runs: 41) {
            for _ in 0..<repeats {
                for start in stride(from: 0, to: count, by: 512) {
                    let rows = min(512, count - start)
                    input.withUnsafeBufferPointer { values in
                        guard let base = values.baseAddress else { return }
                        kernels.exponential(&output, base + start, rows)
                        kernels.exponential(&output, base + start, rows)
                    }
                    positive.withUnsafeBufferPointer { values in
                        guard let base = values.baseAddress else { return }
                        kernels.logarithm(&output, base + start, rows)
                    }
                }
            }
        }
        return seconds * 1e9 / Double(repeats * count)
    }
}
