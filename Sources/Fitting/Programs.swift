// A model compiled: value, gradient and second derivatives as tiers of one program.

import Formulas

/// The compiled program of a model, bound to its columns once and shared by all threads. Its outputs are the value,
/// the first derivative by each family, and the second derivatives that are not zero.
package struct Programs: Sendable {
    static let valueTier = 0
    static let gradientTier = 1
    static let hessianTier = 2

    let binding: Binding
    /// (k, l, output) for every second derivative that is not zero.
    let seconds: [(Int, Int, Int)]

    package init(_ model: Model) {
        var secondNodes: [Graph.Node] = []
        var seconds: [(Int, Int, Int)] = []
        for (k, row) in model.second.enumerated() {
            for (l, node) in row.enumerated() {
                guard let node else { continue }
                seconds.append((k, l, 1 + model.first.count + secondNodes.count))
                secondNodes.append(node)
            }
        }
        self.seconds = seconds
        binding = model.binding(
            Program(model.graph, tiers: [[model.prediction], model.first, secondNodes], level: model.level))
    }
}
