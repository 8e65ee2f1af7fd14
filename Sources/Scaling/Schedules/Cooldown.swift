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

    /// Writes the rates of a decay of so many steps; the first still has the peak.
    func write(from peak: Double, to end: Double, steps: Int, into target: UnsafeMutablePointer<Double>) {
        for start in stride(from: 0, to: steps, by: Self.block.count) {
            let count = min(Self.block.count, steps - start)
            write(from: peak, to: end, steps: Double(steps), after: Double(start), into: target + start, count)
        }
    }

    // Blocks stay in the first cache: several plain passes over one cost less than a step at a time.
    private static let block = (0..<512).map(Double.init)

    private func write(
        from peak: Double, to end: Double, steps: Double, after start: Double,
        into x: UnsafeMutablePointer<Double>, _ count: Int
    ) {
        let kernels = VectorLevel.best.kernels
        kernels.add_vs(x, Self.block, start, count)
        switch self {
        case .cosine:
            kernels.multiply_vs(x, x, Double.pi / steps, count)
            kernels.cosine(x, x, count)
            kernels.add_vs(x, x, 1, count)
            kernels.multiply_vs(x, x, (peak - end) * 0.5, count)
            kernels.add_vs(x, x, end, count)
        case .exponential:
            kernels.divide_vs(x, x, steps, count)
            kernels.exponential_scaled(x, x, Elementary.ln(end / peak), count)
            kernels.multiply_vs(x, x, peak, count)
        case .linear:
            kernels.multiply_vs(x, x, end - peak, count)
            kernels.divide_vs(x, x, steps, count)
            kernels.add_vs(x, x, peak, count)
        case .sqrt:
            kernels.divide_vs(x, x, steps, count)
            kernels.power_vs(x, x, 0.5, count)
            kernels.subtract_sv(x, 1, x, count)
            kernels.multiply_vs(x, x, peak - end, count)
            kernels.add_vs(x, x, end, count)
        }
    }
}
