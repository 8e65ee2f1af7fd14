// Inputs that say the same: one is the other times a constant, or a power of it.

import Formulas

/// Pairs of inputs whose logarithms lie on one straight line to rounding, as in a ray of runs with D = 20 N.
enum TwinInputs {
    /// 1 less the correlation at which rounding alone keeps two inputs from lying on a line.
    private static let rounding = 1e-12

    static func exist(in problem: Problem) -> Bool {
        let columns = zip(problem.model.graph.inputs, problem.model.thinned.columns).compactMap {
            input, values -> [Double]? in
            guard case .column = input, let low = values.min(), low > 0, values.max() ?? low > low else { return nil }
            return values.map(Elementary.ln)
        }
        return columns.indices.contains { i in
            columns[..<i].contains { 1 - Judgement.correlation($0, columns[i]).magnitude < rounding }
        }
    }
}
