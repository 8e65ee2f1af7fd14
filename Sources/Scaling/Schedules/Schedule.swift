// The learning rate of every step of a run, as a value.

import Formulas
import VectorMath

/// A schedule of the learning rate: warm-up in equal steps from 0 to the peak, and what follows.
///
/// Steps count from 0. With W steps of warm-up the rate of step k < W is peak·k/(W − 1); the phases that follow are in
/// fractions k/n of their n steps, so that their first step still has the rate before them.
public struct Schedule: Hashable, Sendable {
    /// What follows the warm-up.
    public enum Family: Hashable, Sendable {
        case constant
        /// end + (peak − end)(1 + cos(πk/n))/2
        case cosine(end: Double)
        /// peak + (end − peak)k/n
        case linear(end: Double)
        /// Constant, and over the last `decay` steps down to `end`: in a line, or by equal factors.
        case warmupStableDecay(decay: Int, end: Double, exponential: Bool)
        /// Constant at the peak before step `at`, and at `second` from there on.
        case twoStage(second: Double, at: Int)
        /// peak·((t + 1)/W)^−exponent at step t, with W the steps of warm-up.
        case power(exponent: Double)
    }

    public let family: Family
    public let peak: Double
    public let warmup: Int
    public let steps: Int

    /// The rate of each step.
    public var rates: [Double] {
        var rates: [Double] = []
        rates.reserveCapacity(steps)
        let increment = warmup > 1 ? peak / Double(warmup - 1) : 0
        for k in 0..<warmup { rates.append(k == warmup - 1 ? peak : Double(k) * increment) }
        switch family {
        case .constant: rates += Array(repeating: peak, count: steps - warmup)
        case .cosine(let end): rates += cosine(end, steps - warmup)
        case .linear(let end): rates += line(end, steps - warmup)
        case .warmupStableDecay(let decay, let end, let exponential):
            rates += Array(repeating: peak, count: steps - warmup - decay)
            if !exponential {
                rates += line(end, decay)
            } else {
                let fall = Elementary.ln(end / peak)
                rates += (0..<decay).map { peak * Elementary.exp(fall * (Double($0) / Double(decay))) }
            }
        case .twoStage(let second, let at):
            rates += Array(repeating: peak, count: at - warmup)
            rates += Array(repeating: second, count: steps - at)
        case .power(let exponent):
            let scale = Double(max(1, warmup))
            rates += (warmup..<steps).map { peak * Elementary.power(Double($0 + 1) / scale, -exponent) }
        }
        return rates
    }

    private func line(_ end: Double, _ count: Int) -> [Double] {
        (0..<count).map { peak + (end - peak) * Double($0) / Double(count) }
    }

    private func cosine(_ end: Double, _ count: Int) -> [Double] {
        let angles = (0..<count).map { Double.pi * Double($0) / Double(count) }
        var values = angles
        VectorLevel.portable.kernels.cosine(&values, angles, count)
        for k in values.indices { values[k] = end + (peak - end) * 0.5 * (1 + values[k]) }
        return values
    }
}
