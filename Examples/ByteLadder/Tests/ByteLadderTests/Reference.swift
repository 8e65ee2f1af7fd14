@testable import ByteLadder

import Foundation

/// The same model in double precision, one number at a time, straight from the definitions: the second opinion on the
/// kernels, and exact enough for finite differences.
struct Reference {
    let shape: Shape
    let layout: Layout
    var weights: [Double]

    init(_ model: Transformer) {
        shape = model.shape
        layout = model.layout
        weights = model.parameters.values.map { Double($0) }
    }

    /// Mean of −ln p over the bytes.
    func loss(inputs: [UInt8], targets: [UInt8]) -> Double {
        let (d, context) = (shape.width, shape.context)
        var total = 0.0
        for sequence in 0..<inputs.count / context {
            var stream: [[Double]] = (0..<context).map { position in
                let byte = Int(inputs[sequence * context + position])
                return (0..<d).map { i in
                    weights[layout.embedding + byte * d + i]
                        + (layout.positions.map { weights[$0 + position * d + i] } ?? 0)
                }
            }
            for block in layout.blocks {
                let read = stream.map { multiply(norm($0, block.attentionGain), block.attentionIn, 3 * d) }
                for (position, mixed) in attention(read).enumerated() {
                    stream[position] = add(stream[position], multiply(mixed, block.attentionOut, d))
                }
                for position in 0..<context {
                    let x = norm(stream[position], block.forwardGain)
                    let hidden: [Double]
                    switch shape.feedForward {
                    case .gated:
                        let wide = multiply(x, block.forwardIn, 2 * shape.hidden)
                        hidden = (0..<shape.hidden).map { wide[$0] / (1 + exp(-wide[$0])) * wide[shape.hidden + $0] }
                    case .plain:
                        hidden = multiply(x, block.forwardIn, shape.hidden).map { v in
                            0.5 * v * (1 + tanh((2 / Double.pi).squareRoot() * (v + 0.044715 * v * v * v)))
                        }
                    }
                    stream[position] = add(stream[position], multiply(hidden, block.forwardOut, d))
                }
            }
            for position in 0..<context {
                let y = norm(stream[position], layout.lastGain)
                let logits = (0..<256).map { byte in
                    (0..<d).reduce(0.0) { $0 + y[$1] * weights[layout.head + byte * d + $1] }
                }
                let target = Int(targets[sequence * context + position])
                total += log(logits.reduce(0.0) { $0 + exp($1) }) - logits[target]
            }
        }
        return total / Double(inputs.count)
    }

    private func norm(_ x: [Double], _ gain: Int) -> [Double] {
        let mean = x.reduce(0.0) { $0 + $1 * $1 } / Double(x.count)
        return x.indices.map { x[$0] / (mean + 1e-6).squareRoot() * weights[gain + $0] }
    }

    private func multiply(_ x: [Double], _ matrix: Int, _ outputs: Int) -> [Double] {
        (0..<outputs).map { j in
            x.indices.reduce(0.0) { $0 + x[$1] * weights[matrix + $1 * outputs + j] }
        }
    }

    private func add(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + $1 } }

    private func rotated(_ x: [Double], _ position: Int) -> [Double] {
        guard shape.positions == .rotary else { return x }
        let half = shape.head / 2
        var y = x
        for i in 0..<half {
            let angle = Double(position) * pow(10000, -2 * Double(i) / Double(shape.head))
            y[i] = x[i] * cos(angle) - x[i + half] * sin(angle)
            y[i + half] = x[i + half] * cos(angle) + x[i] * sin(angle)
        }
        return y
    }

    private func attention(_ read: [[Double]]) -> [[Double]] {
        let (d, head) = (shape.width, shape.head)
        var mixed = [[Double]](repeating: [Double](repeating: 0, count: d), count: read.count)
        for h in 0..<shape.heads {
            let part = { (position: Int, which: Int) in
                Array(read[position][which * d + h * head..<which * d + (h + 1) * head])
            }
            let queries = read.indices.map { rotated(part($0, 0), $0) }
            let keys = read.indices.map { rotated(part($0, 1), $0) }
            for t in read.indices {
                let scores = (0...t).map { s in
                    zip(queries[t], keys[s]).reduce(0.0) { $0 + $1.0 * $1.1 } / Double(head).squareRoot()
                }
                let sum = scores.reduce(0.0) { $0 + exp($1) }
                for s in 0...t {
                    let value = part(s, 2)
                    for i in 0..<head { mixed[t][h * head + i] += exp(scores[s]) / sum * value[i] }
                }
            }
        }
        return mixed
    }
}

/// Arbitrary bytes of few kinds, so that each is met often.
func someBytes(_ count: Int, seed: UInt64) -> [UInt8] {
    var chance = Chance(seed: seed)
    return (0..<count).map { _ in UInt8(chance.index(below: 19) * 13) }
}
