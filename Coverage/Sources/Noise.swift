// What a measured loss differs by from the law.

import Fitting
import Formulas

/// The shape of the noise; either has mean 0 and standard deviation 1.
public enum Noise: String, Hashable, Sendable, CaseIterable {
    case normal
    /// Student's t with 3 degrees of freedom over √3: one run in a hundred is more than 2.6 deviations off.
    case heavyTailed = "t3"

    func draw(_ random: inout RandomSource) -> Double {
        switch self {
        case .normal: return Self.normal(&random)
        case .heavyTailed:
            let numerator = Self.normal(&random)
            var squares = 0.0
            for _ in 0..<3 {
                let z = Self.normal(&random)
                squares += z * z
            }
            return numerator / squares.squareRoot()  // t₃ = z/√(χ²₃/3) has variance 3
        }
    }

    // Marsaglia's polar method: logarithm and square root only, so the same bits everywhere.
    private static func normal(_ random: inout RandomSource) -> Double {
        while true {
            let (u, v) = (2 * random.uniform() - 1, 2 * random.uniform() - 1)
            let s = u * u + v * v
            if s > 0, s < 1 { return u * (-2 * Elementary.ln(s) / s).squareRoot() }
        }
    }
}
