import Foundation
import LadderKernels
import Testing

@testable import ByteLadder

/// The backward pass against finite differences of the reference, for every tensor of every kind of model.
@Suite struct GradientTests {
    static let shapes = [
        Shape(width: 12, layers: 2, heads: 2, hidden: 20, context: 37),
        Shape(
            width: 12, layers: 2, heads: 3, hidden: 24, context: 11, feedForward: .plain, positions: .learned,
            output: .tied),
        Shape(width: 8, layers: 1, heads: 1, hidden: 9, context: 5, feedForward: .plain, positions: .none),
        Shape(width: 16, layers: 1, heads: 1, hidden: 16, context: 34, output: .tied),
    ]

    /// A model with weights large enough that nothing is nearly linear, and gains that differ.
    static func model(_ shape: Shape, sequences: Int) throws -> Transformer {
        let model = try Transformer(shape, sequences: sequences, seed: 5)
        var chance = Chance(seed: 9)
        for tensor in model.layout.tensors {
            for i in tensor.offset..<tensor.offset + tensor.count {
                let noise = Float(chance.uniform() - 0.5)
                model.parameters.start[i] = tensor.decays ? model.parameters.start[i] + 0.4 * noise : 1 + noise
            }
        }
        return model
    }

    @Test("The loss is the reference's to 1 part in 10⁵", arguments: shapes)
    func lossAgrees(shape: Shape) throws {
        let model = try GradientTests.model(shape, sequences: 2)
        let inputs = someBytes(2 * shape.context, seed: 1)
        let targets = someBytes(2 * shape.context, seed: 2)
        let ours = model.loss(inputs: inputs, targets: targets) / Double(inputs.count)
        let theirs = Reference(model).loss(inputs: inputs, targets: targets)
        #expect(abs(ours - theirs) < 1e-5 * theirs)
    }

    @Test(
        "Each tensor's gradient agrees with finite differences along its own direction and at single weights",
        arguments: shapes)
    func gradientAgrees(shape: Shape) throws {
        let model = try GradientTests.model(shape, sequences: 2)
        let inputs = someBytes(2 * shape.context, seed: 3)
        let targets = someBytes(2 * shape.context, seed: 4)
        _ = model.lossAndGradient(inputs: inputs, targets: targets)
        let gradient = model.gradients.values.map { Double($0) }
        let reference = Reference(model)
        func slope(_ direction: [(index: Int, amount: Double)]) -> Double {
            let step = 1e-5
            var (above, below) = (reference, reference)
            for (index, amount) in direction {
                above.weights[index] += step * amount
                below.weights[index] -= step * amount
            }
            return (above.loss(inputs: inputs, targets: targets) - below.loss(inputs: inputs, targets: targets))
                / (2 * step)
        }
        var chance = Chance(seed: 11)
        for tensor in model.layout.tensors {
            let range = tensor.offset..<tensor.offset + tensor.count
            // Along the gradient itself the slope is its norm: no single error can hide.
            let norm = range.reduce(0.0) { $0 + gradient[$1] * gradient[$1] }.squareRoot()
            #expect(norm > 0, "\(tensor.name)")
            let along = slope(range.map { ($0, gradient[$0] / norm) })
            #expect(abs(along - norm) < 2e-4 * norm, "\(tensor.name): \(along) and \(norm)")
            for _ in 0..<2 {
                let index = range.lowerBound + chance.index(below: tensor.count)
                let one = slope([(index, 1)])
                #expect(abs(one - gradient[index]) < 1e-3 * abs(one) + 2e-5 * norm, "\(tensor.name)[\(index)]")
            }
            // A random direction sees errors that are orthogonal to the gradient.
            let signs = range.map { ($0, chance.uniform() < 0.5 ? -1.0 : 1.0) }
            let expected = signs.reduce(0.0) { $0 + $1.1 * gradient[$1.0] }
            #expect(abs(slope(signs) - expected) < 1e-3 * abs(expected) + 1e-3 * norm, "\(tensor.name), signs")
        }
    }
}
