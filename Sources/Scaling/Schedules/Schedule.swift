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
        [Double](unsafeUninitializedCapacity: steps) { buffer, count in
            count = steps
            guard let start = buffer.baseAddress else { return }
            for (step, rate) in Self.warmup(to: peak, steps: warmup).enumerated() { start[step] = rate }
            let (after, left) = (start + warmup, steps - warmup)
            switch family {
            case .constant: after.initialize(repeating: peak, count: left)
            case .cosine(let end): Cooldown.cosine.write(from: peak, to: end, steps: left, into: after)
            case .linear(let end): Cooldown.linear.write(from: peak, to: end, steps: left, into: after)
            case .warmupStableDecay(let decay, let end, let shape):
                after.initialize(repeating: peak, count: left - decay)
                shape.write(from: peak, to: end, steps: decay, into: after + (left - decay))
            case .twoStage(let second, let at):
                after.initialize(repeating: peak, count: at - warmup)
                (start + at).initialize(repeating: second, count: steps - at)
            case .power(let exponent):
                let scale = Double(max(1, warmup))
                for step in warmup..<steps {
                    start[step] = peak * Elementary.power(Double(step + 1) / scale, -exponent)
                }
            }
        }
    }

    /// Equal steps from 0 to the peak, which the last of them has.
    static func warmup(to peak: Double, steps: Int) -> [Double] {
        let increment = steps > 1 ? peak / Double(steps - 1) : 0
        return (0..<steps).map { $0 == steps - 1 ? peak : Double($0) * increment }
    }
}
