#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Everything that the way back needs, for one batch. Rows are bytes.
final class Activations {
    final class Block {
        let attentionNorm, attentionInverse, qkv, probabilities, mixed, middle: Buffer
        let forwardNorm, forwardInverse, wide, hidden: Buffer

        init(_ shape: Shape, rows: Int) {
            attentionNorm = Buffer(rows * shape.width)
            attentionInverse = Buffer(rows)
            qkv = Buffer(rows * 3 * shape.width)
            probabilities = Buffer(rows * shape.heads * shape.context)
            mixed = Buffer(rows * shape.width)
            middle = Buffer(rows * shape.width)
            forwardNorm = Buffer(rows * shape.width)
            forwardInverse = Buffer(rows)
            wide = Buffer(rows * shape.hidden * (shape.feedForward == .gated ? 2 : 1))
            hidden = Buffer(rows * shape.hidden)
        }
    }

    let blocks: [Block]
    /// The residual stream before each block, and after the last.
    let stream: [Buffer]
    let lastNorm, lastInverse, logits: Buffer
    /// Gradients on their way back; `dnarrow`, `dhidden`, `dwide` and `dqkv` are used again by each block.
    let dstream, dnarrow, dhidden, dwide, dqkv: Buffer
    /// context × head/2, angles position · 10000^(−2i/head).
    let cosine, sine: Buffer

    init(_ shape: Shape, rows: Int) {
        blocks = (0..<shape.layers).map { _ in Block(shape, rows: rows) }
        stream = (0...shape.layers).map { _ in Buffer(rows * shape.width) }
        lastNorm = Buffer(rows * shape.width)
        lastInverse = Buffer(rows)
        logits = Buffer(rows * Shape.vocabulary)
        dstream = Buffer(rows * shape.width)
        dnarrow = Buffer(rows * shape.width)
        dhidden = Buffer(rows * shape.hidden)
        dwide = Buffer(rows * shape.hidden * (shape.feedForward == .gated ? 2 : 1))
        dqkv = Buffer(rows * 3 * shape.width)
        let half = shape.head / 2
        cosine = Buffer(shape.context * half)
        sine = Buffer(shape.context * half)
        for position in 0..<shape.context {
            for pair in 0..<half {
                let angle = Double(position) * pow(10000, -2 * Double(pair) / Double(shape.head))
                cosine.start[position * half + pair] = Float(cos(angle))
                sine.start[position * half + pair] = Float(sin(angle))
            }
        }
    }
}
