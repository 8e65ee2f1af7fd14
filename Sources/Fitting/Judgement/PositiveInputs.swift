// The inputs that a law takes powers of: above zero, and different between runs.

import Formulas

/// The logarithms of every input that is above zero and differs between the fitted runs, over at most 2,048 of them.
struct PositiveInputs {
    /// As the formula calls them.
    let names: [String]
    /// One column an input.
    let logarithms: [[Double]]

    init(_ problem: Problem) {
        var (names, logarithms): ([String], [[Double]]) = ([], [])
        for (input, values) in zip(problem.model.graph.inputs, problem.model.thinned.columns) {
            guard case .column(let name) = input, let low = values.min(), low > 0, let high = values.max(), high > low
            else { continue }
            names.append(problem.symbol(ofColumn: name))
            logarithms.append(values.map(Elementary.ln))
        }
        (self.names, self.logarithms) = (names, logarithms)
    }

    /// The correlation of the logarithms of every two inputs, in their order.
    var correlations: [(first: String, second: String, value: Double)] {
        names.indices.flatMap { i in
            names.indices.dropFirst(i + 1).map { j in
                (names[i], names[j], Self.correlation(logarithms[i], logarithms[j]))
            }
        }
    }

    /// 1 less the correlation at which rounding alone keeps two inputs from lying on a line.
    private static let rounding = 1e-12

    /// Whether two inputs say the same: one is the other times a constant, or a power of it, as on a ray of runs with
    /// D = 20 N.
    var haveTwins: Bool { correlations.contains { 1 - $0.value.magnitude < Self.rounding } }

    private static func correlation(_ a: [Double], _ b: [Double]) -> Double {
        let n = Double(a.count)
        let (meanA, meanB) = (a.reduce(0, +) / n, b.reduce(0, +) / n)
        var (ab, aa, bb) = (0.0, 0.0, 0.0)
        for (x, y) in zip(a, b) {
            ab += (x - meanA) * (y - meanB)
            aa += (x - meanA) * (x - meanA)
            bb += (y - meanB) * (y - meanB)
        }
        return aa > 0 && bb > 0 ? ab / (aa * bb).squareRoot() : 0
    }
}
