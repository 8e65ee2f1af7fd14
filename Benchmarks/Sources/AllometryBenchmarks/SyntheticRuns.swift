// Tables of runs that never were, drawn from a seed, so that no benchmark needs data from elsewhere.

import Tables

/// Runs as in Hoffmann et al. (2022): 44 million to 16 billion parameters, 0.3 to 300 billion tokens, a two-term law with
/// the constants of Besiroglu et al. (2024), 1 % noise, one run in twenty up to 10 % above it.
struct SyntheticRuns {
    private(set) var sizes: [Double] = []
    private(set) var tokens: [Double] = []
    private(set) var losses: [Double] = []

    /// - Parameter nearCollinear: whether tokens follow parameters, 20 for each within a quarter.
    init(rows: Int, seed: UInt64, nearCollinear: Bool = false) {
        var state = seed
        // SplitMix64 (Steele, Lea & Flood 2014), to [0, 1).
        func uniform() -> Double {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
            return Double((word ^ word >> 31) >> 11) * 0x1p-53
        }
        for _ in 0..<rows {
            let n = 44e6 * exp(uniform() * log(16e9 / 44e6))
            let d = nearCollinear ? 20 * n * (0.75 + 0.5 * uniform()) : 3e8 * exp(uniform() * log(1000))
            let normal = (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform())
            let outlier = uniform() < 0.05 ? 0.1 * uniform() : 0
            sizes.append(n)
            tokens.append(d)
            let expected = 1.8172 + 482.01 * pow(n, -0.3478) + 2085.43 * pow(d, -0.3658)
            losses.append(expected * exp(0.01 * normal + outlier))
        }
    }

    var table: Table {
        Table(
            name: "synthetic runs",
            columns: [
                Column(name: "N", numbers: sizes), Column(name: "D", numbers: tokens),
                Column(name: "loss", numbers: losses),
            ])
    }

    static func printCSV(rows: Int, seed: UInt64, nearCollinear: Bool = false) {
        let runs = SyntheticRuns(rows: rows, seed: seed, nearCollinear: nearCollinear)
        print("N,D,loss")
        for row in 0..<rows { print("\(runs.sizes[row]),\(runs.tokens[row]),\(runs.losses[row])") }
    }
}
