// What a replicate fits in place of the data: other rows, other weights, or another response.

/// The rows of a problem that a replicate fits, how much each weighs, and what it is said to have observed there.
///
/// Rows that weigh nothing are left out: a copy of the data without them would not know of them either.
package struct Resample: Sendable {
    /// Rows of the problem, in any order and as often as wanted; nil for all of them.
    package var rows: [Int32]?
    /// One a row; nil where all weights are 1.
    package var weights: [Double]?
    /// g(y), one a row.
    package var response: [Double]

    package init(rows: [Int32]?, weights: [Double]?, response: [Double]) {
        precondition(rows.map { $0.count == response.count } ?? true)
        precondition(weights.map { $0.count == response.count } ?? true)
        self.rows = rows
        self.weights = weights
        self.response = response
    }

    /// The data themselves.
    package init(_ problem: Problem) {
        self.init(rows: nil, weights: problem.weights, response: problem.response)
    }

    /// The problem's rows with other weights, one for each of them.
    package init(_ problem: Problem, weights: [Double]) {
        let rows = weights.indices.filter { weights[$0] > 0 }
        if rows.count == weights.count {
            self.init(rows: nil, weights: weights, response: problem.response)
        } else {
            self.init(
                rows: rows.map(Int32.init), weights: rows.map { weights[$0] },
                response: rows.map { problem.response[$0] })
        }
    }

    /// The problem's rows and weights with another response.
    package init(_ problem: Problem, response: [Double]) {
        self.init(rows: nil, weights: problem.weights, response: response)
    }
}
