// How the rate comes down at the end of a warm-up, stable, decay schedule.

import Formulas
import VectorMath

/// The shape of a decay from the peak to an end, over x = k/n of its n steps.
public enum Cooldown: String, Hashable, Sendable, CaseIterable {
    /// end + (peak − end)(1 + cos(πx))/2
    case cosine
    /// peak·(end/peak)^x: equal factors, which never reach zero.
    case exponential
    /// peak + (end − peak)x
    case linear
    /// end + (peak − end)(1 − √x): steep first, of Hägele et al. 2024 (2405.18392).
    case sqrt

    /// The rates of a decay of so many steps; the first still has the peak.
    func rates(from peak: Double, to end: Double, steps: Int) -> [Double] {
        let shares = (0..<steps).map { Double($0) / Double(steps) }
        switch self {
        case .cosine:
            let angles = shares.indices.map { Double.pi * Double($0) / Double(steps) }
            var values = angles
            VectorLevel.portable.kernels.cosine(&values, angles, steps)
            return values.map { end + (peak - end) * 0.5 * (1 + $0) }
        case .exponential:
            let fall = Elementary.ln(end / peak)
            return shares.map { peak * Elementary.exp(fall * $0) }
        case .linear: return shares.indices.map { peak + (end - peak) * Double($0) / Double(steps) }
        case .sqrt: return shares.map { end + (peak - end) * (1 - $0.squareRoot()) }
        }
    }
}
