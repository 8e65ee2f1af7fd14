import LadderKernels

/// A model with its weights, their gradients and the activations of one batch. Not thread-safe: one a worker.
public final class Transformer {
    public let shape: Shape
    /// Sequences that one pass can hold.
    public let sequences: Int
    let layout: Layout
    public let parameters: Buffer
    public let gradients: Buffer
    let activations: Activations

    public init(_ shape: Shape, sequences: Int, seed: UInt64) throws(LadderError) {
        try shape.validate()
        self.shape = shape
        self.sequences = sequences
        layout = Layout(shape)
        parameters = Buffer(layout.count)
        gradients = Buffer(layout.count)
        activations = Activations(shape, rows: sequences * shape.context)
        layout.fill(parameters, seed: seed)
    }

    /// The sum over bytes of −ln p(target | bytes before), in nats.
    ///
    /// - Parameters:
    ///   - inputs: `sequences × context` bytes.
    ///   - targets: as many: the byte after each.
    public func loss(inputs: [UInt8], targets: [UInt8]) -> Double {
        let rows = forward(inputs)
        return ladder_cross_entropy(Int32(rows), Int32(Shape.vocabulary), targets, 0, activations.logits.start)
    }

    /// The same sum; afterwards `gradients` holds the gradient of its mean.
    public func lossAndGradient(inputs: [UInt8], targets: [UInt8]) -> Double {
        let rows = forward(inputs)
        let total = ladder_cross_entropy(
            Int32(rows), Int32(Shape.vocabulary), targets, 1 / Float(rows), activations.logits.start)
        gradients.clear()
        backward(inputs)
        return total
    }

    // MARK: Forward

    private func forward(_ inputs: [UInt8]) -> Int {
        let rows = inputs.count
        precondition(rows % shape.context == 0 && rows <= sequences * shape.context)
        let (d, m, a, p) = (shape.width, shape.hidden, activations, parameters.start)
        let count = rows / shape.context
        ladder_embed(
            Int32(rows), Int32(d), Int32(shape.context), inputs, p + layout.embedding,
            layout.positions.map { UnsafePointer(p + $0) }, a.stream[0].start)
        for (layer, block) in layout.blocks.enumerated() {
            let (x, kept) = (a.stream[layer].start, a.blocks[layer])
            ladder_norm(
                Int32(rows), Int32(d), x, p + block.attentionGain, kept.attentionNorm.start,
                kept.attentionInverse.start)
            product(rows, 3 * d, d, kept.attentionNorm.start, p + block.attentionIn, into: kept.qkv.start)
            rotate(kept.qkv.start, sequences: count, direction: 1)
            ladder_attention(
                Int32(count), Int32(shape.context), Int32(shape.heads), Int32(shape.head), kept.qkv.start,
                kept.probabilities.start, kept.mixed.start)
            // The middle of the residual stream: what attention read plus what it wrote.
            let middle = kept.middle.start
            middle.update(from: x, count: rows * d)
            product(rows, d, d, kept.mixed.start, p + block.attentionOut, into: middle, accumulate: true)
            ladder_norm(
                Int32(rows), Int32(d), middle, p + block.forwardGain, kept.forwardNorm.start,
                kept.forwardInverse.start)
            let wide = shape.feedForward == .gated ? 2 * m : m
            product(rows, wide, d, kept.forwardNorm.start, p + block.forwardIn, into: kept.wide.start)
            switch shape.feedForward {
            case .gated: ladder_gated(Int32(rows), Int32(m), kept.wide.start, kept.hidden.start)
            case .plain: ladder_gelu(rows * m, kept.wide.start, kept.hidden.start)
            }
            let next = a.stream[layer + 1].start
            next.update(from: middle, count: rows * d)
            product(rows, d, m, kept.hidden.start, p + block.forwardOut, into: next, accumulate: true)
        }
        ladder_norm(
            Int32(rows), Int32(d), a.stream[shape.layers].start, p + layout.lastGain, a.lastNorm.start,
            a.lastInverse.start)
        // logits = y Hᵀ
        ladder_multiply(
            0, 1, Int32(rows), Int32(Shape.vocabulary), Int32(d), a.lastNorm.start, Int32(d), p + layout.head,
            Int32(d),
            0, a.logits.start, Int32(Shape.vocabulary))
        return rows
    }

    // MARK: Backward

    private func backward(_ inputs: [UInt8]) {
        let rows = inputs.count
        let (d, m, a, p, g) = (shape.width, shape.hidden, activations, parameters.start, gradients.start)
        let classes = Shape.vocabulary
        let count = rows / shape.context
        // dH += dlogitsᵀ y, dy = dlogits H
        ladder_multiply(
            1, 0, Int32(classes), Int32(d), Int32(rows), a.logits.start, Int32(classes), a.lastNorm.start, Int32(d),
            1,
            g + layout.head, Int32(d))
        ladder_multiply(
            0, 0, Int32(rows), Int32(d), Int32(classes), a.logits.start, Int32(classes), p + layout.head, Int32(d), 0,
            a.dnarrow.start, Int32(d))
        let dx = a.dstream.start
        dx.update(repeating: 0, count: rows * d)
        ladder_norm_backward(
            Int32(rows), Int32(d), a.stream[shape.layers].start, p + layout.lastGain, a.lastInverse.start,
            a.dnarrow.start, dx, g + layout.lastGain)
        for layer in stride(from: shape.layers - 1, through: 0, by: -1) {
            let (block, kept) = (layout.blocks[layer], a.blocks[layer])
            let wide = shape.feedForward == .gated ? 2 * m : m
            productBackward(
                rows, d, m, dy: dx, x: kept.hidden.start, weights: block.forwardOut, dx: a.dhidden.start)
            switch shape.feedForward {
            case .gated:
                ladder_gated_backward(Int32(rows), Int32(m), kept.wide.start, a.dhidden.start, a.dwide.start)
            case .plain: ladder_gelu_backward(rows * m, kept.wide.start, a.dhidden.start, a.dwide.start)
            }
            productBackward(
                rows, wide, d, dy: a.dwide.start, x: kept.forwardNorm.start, weights: block.forwardIn,
                dx: a.dnarrow.start)
            ladder_norm_backward(
                Int32(rows), Int32(d), kept.middle.start, p + block.forwardGain, kept.forwardInverse.start,
                a.dnarrow.start, dx, g + block.forwardGain)
            productBackward(
                rows, d, d, dy: dx, x: kept.mixed.start, weights: block.attentionOut, dx: a.dnarrow.start)
            ladder_attention_backward(
                Int32(count), Int32(shape.context), Int32(shape.heads), Int32(shape.head), kept.qkv.start,
                kept.probabilities.start, a.dnarrow.start, a.dqkv.start)
            rotate(a.dqkv.start, sequences: count, direction: -1)
            productBackward(
                rows, 3 * d, d, dy: a.dqkv.start, x: kept.attentionNorm.start, weights: block.attentionIn,
                dx: a.dnarrow.start)
            ladder_norm_backward(
                Int32(rows), Int32(d), a.stream[layer].start, p + block.attentionGain, kept.attentionInverse.start,
                a.dnarrow.start, dx, g + block.attentionGain)
        }
        ladder_embed_backward(
            Int32(rows), Int32(d), Int32(shape.context), inputs, dx, g + layout.embedding,
            layout.positions.map { g + $0 })
    }

    // MARK: Pieces

    private func rotate(_ qkv: UnsafeMutablePointer<Float>, sequences: Int, direction: Int32) {
        guard shape.positions == .rotary else { return }
        ladder_rotate(
            Int32(sequences), Int32(shape.context), Int32(shape.heads), Int32(shape.head), activations.cosine.start,
            activations.sine.start, direction, qkv)
    }

    /// y = x W, with W inputs × outputs.
    private func product(
        _ rows: Int, _ outputs: Int, _ inputs: Int, _ x: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>, accumulate: Bool = false
    ) {
        ladder_multiply(
            0, 0, Int32(rows), Int32(outputs), Int32(inputs), x, Int32(inputs), weights, Int32(outputs),
            accumulate ? 1 : 0, y, Int32(outputs))
    }

    /// dW += xᵀ dy and dx = dy Wᵀ.
    private func productBackward(
        _ rows: Int, _ outputs: Int, _ inputs: Int, dy: UnsafePointer<Float>, x: UnsafePointer<Float>, weights: Int,
        dx: UnsafeMutablePointer<Float>
    ) {
        ladder_multiply(
            1, 0, Int32(inputs), Int32(outputs), Int32(rows), x, Int32(inputs), dy, Int32(outputs), 1,
            gradients.start + weights, Int32(outputs))
        ladder_multiply(
            0, 1, Int32(rows), Int32(inputs), Int32(outputs), dy, Int32(outputs), parameters.start + weights,
            Int32(outputs), 0, dx, Int32(inputs))
    }
}
