// Bootstraps that draw weights: pairs, clusters, and Rubin's random weights. No row is ever copied.

/// Pairs: how often each row is drawn, as many draws as there are observations, with replacement.
struct RowCounts: Resampling {
    private let problem: Problem
    private let draws: Int
    /// With frequencies, how many observations stand up to and including each row.
    private let ends: [Double]?

    init(_ problem: Problem) {
        self.problem = problem
        let isFrequency = problem.weightMeaning == .frequency
        ends = (isFrequency ? problem.weights : nil).map { weights in
            var total = 0.0
            return weights.map { weight in
                total += weight
                return total
            }
        }
        draws = max(1, Int((ends?.last ?? Double(problem.response.count)).rounded()))
    }

    func resample(_ random: inout RandomSource) -> Resample {
        var counts = [Double](repeating: 0, count: problem.response.count)
        if let ends, let total = ends.last {
            for _ in 0..<draws { counts[Self.place(random.uniform() * total, ends)] += 1 }
            return Resample(problem, weights: counts)
        }
        for _ in 0..<draws { counts[random.index(below: counts.count)] += 1 }
        if let weights = problem.weights { for row in counts.indices { counts[row] *= weights[row] } }
        return Resample(problem, weights: counts)
    }

    // The first row whose end lies above `value`.
    private static func place(_ value: Double, _ ends: [Double]) -> Int {
        var (low, high) = (0, ends.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] > value { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// How often each cluster is drawn, as many draws as there are clusters, with replacement.
struct ClusterCounts: Resampling {
    private let problem: Problem
    private let clusters: Clusters

    init(_ problem: Problem, _ clusters: Clusters) {
        (self.problem, self.clusters) = (problem, clusters)
    }

    func resample(_ random: inout RandomSource) -> Resample {
        var counts = [Double](repeating: 0, count: clusters.count)
        for _ in 0..<clusters.count { counts[random.index(below: clusters.count)] += 1 }
        return Resample(
            problem,
            weights: clusters.codes.indices.map { row in
                counts[Int(clusters.codes[row])] * (problem.weights?[row] ?? 1)
            })
    }
}

/// The Bayesian bootstrap: weights from the flat Dirichlet distribution, which are exponential numbers over their mean
/// (Rubin 1981). A row that stands for f runs has the sum of f of them, a gamma number.
struct RandomWeights: Resampling {
    private let problem: Problem
    private let clusters: Clusters?

    init(_ problem: Problem, _ clusters: Clusters?) {
        (self.problem, self.clusters) = (problem, clusters)
    }

    func resample(_ random: inout RandomSource) -> Resample {
        let rows = problem.response.indices
        let weights = problem.weights
        var drawn: [Double]
        if let clusters {
            let factors = (0..<clusters.count).map { _ in random.exponential() }
            drawn = rows.map { factors[Int(clusters.codes[$0])] * (weights?[$0] ?? 1) }
        } else if problem.weightMeaning == .frequency, let weights {
            drawn = weights.map { random.gamma(shape: $0) }
        } else {
            drawn = rows.map { random.exponential() * (weights?[$0] ?? 1) }
        }
        // The scale of the weights moves no minimum; this one keeps objectives comparable.
        let scale = (weights?.reduce(0, +) ?? Double(rows.count)) / drawn.reduce(0, +)
        for row in drawn.indices { drawn[row] *= scale }
        return Resample(problem, weights: drawn)
    }
}
