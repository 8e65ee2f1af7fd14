// The learning rate of every step of a run, as a value.

import Formulas

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
        /// Constant, and over the last `decay` steps down to `end`.
        case warmupStableDecay(decay: Int, end: Double, shape: Cooldown)
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
        var rates = Self.warmup(to: peak, steps: warmup)
        rates.reserveCapacity(steps)
        switch family {
        case .constant: rates += Array(repeating: peak, count: steps - warmup)
        case .cosine(let end): rates += Cooldown.cosine.rates(from: peak, to: end, steps: steps - warmup)
        case .linear(let end): rates += Cooldown.linear.rates(from: peak, to: end, steps: steps - warmup)
        case .warmupStableDecay(let decay, let end, let shape):
            rates += Array(repeating: peak, count: steps - warmup - decay)
            rates += shape.rates(from: peak, to: end, steps: decay)
        case .twoStage(let second, let at):
            rates += Array(repeating: peak, count: at - warmup)
            rates += Array(repeating: second, count: steps - at)
        case .power(let exponent):
            let scale = Double(max(1, warmup))
            rates += (warmup..<steps).map { peak * Elementary.power(Double($0 + 1) / scale, -exponent) }
        }
        return rates
    }

    /// Equal steps from 0 to the peak, which the last of them has.
    static func warmup(to peak: Double, steps: Int) -> [Double] {
        let increment = steps > 1 ? peak / Double(steps - 1) : 0
        return (0..<steps).map { $0 == steps - 1 ? peak : Double($0) * increment }
    }
}
