import LadderKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Adam with decoupled weight decay, and the clipping of the whole gradient's norm.
public struct AdamW: Codable, Sendable, Equatable {
    public var beta1 = 0.9
    public var beta2 = 0.98
    public var epsilon = 1e-8
    /// Decay of matrices, as a multiple of the learning rate.
    public var decay = 0.1
    /// Largest norm of the gradient; 0 never clips.
    public var clip = 1.0

    public init() {}

    public func validate() throws(LadderError) {
        for (name, value) in [("beta1", beta1), ("beta2", beta2)] where !(value >= 0 && value < 1) {
            throw .option("--\(name) \(value) is out of range", help: "from 0 to below 1")
        }
        for (name, value) in [("weight-decay", decay), ("clip", clip)] where !(value >= 0 && value.isFinite) {
            throw .option("--\(name) \(value) is out of range", help: "0 or more")
        }
    }
}

/// The running moments of one model.
final class Moments {
    let first, second: Buffer

    init(_ count: Int) {
        first = Buffer(count)
        second = Buffer(count)
    }

    /// One step; returns the norm of the gradient before clipping.
    func update(_ model: Transformer, by optimizer: AdamW, rate: Double, step: Int) -> Double {
        let norm = ladder_sum_of_squares(model.gradients.count, model.gradients.start).squareRoot()
        let factor = optimizer.clip > 0 && norm > optimizer.clip ? optimizer.clip / norm : 1
        let correction1 = 1 - pow(optimizer.beta1, Double(step + 1))
        let correction2 = 1 - pow(optimizer.beta2, Double(step + 1))
        for tensor in model.layout.tensors {
            let at = tensor.offset
            ladder_adamw(
                tensor.count, model.parameters.start + at, model.gradients.start + at, first.start + at,
                second.start + at, Float(factor), Float(rate), Float(optimizer.beta1), Float(optimizer.beta2),
                Float(optimizer.epsilon), tensor.decays ? Float(optimizer.decay) : 0, Float(correction1),
                Float(correction2))
        }
        return norm
    }
}
