// Where each weight lies in the one array of parameters, and how it starts.

/// One matrix or vector of the model.
struct Tensor: Sendable, Equatable {
    var name: String
    var offset: Int
    var count: Int
    /// Standard deviation at the start; nil is a gain, which starts at 1.
    var deviation: Double?
    /// Matrices decay; gains do not.
    var decays: Bool { deviation != nil }
}

/// The tensors of a shape in order. Matrices are stored input × output, the embedding and the head class × width.
struct Layout: Sendable {
    struct Block: Sendable {
        var attentionGain: Int
        /// width × 3 width: queries, keys, values.
        var attentionIn: Int
        var attentionOut: Int
        var forwardGain: Int
        /// width × hidden, or width × 2 hidden with the gate first.
        var forwardIn: Int
        var forwardOut: Int
    }

    private(set) var tensors: [Tensor] = []
    private(set) var count = 0
    private(set) var embedding = 0
    private(set) var positions: Int?
    private(set) var blocks: [Block] = []
    private(set) var lastGain = 0
    /// Equal to `embedding` when the output is tied.
    private(set) var head = 0

    /// Matrices start with variance 1 / inputs, those that write into the residual stream smaller by the root of how
    /// many of them there are; a head of its own starts small, so that the first loss is close to ln 256.
    init(_ shape: Shape) {
        let d = shape.width
        let inputs = 1 / Double(d).squareRoot()
        let residual = 1 / Double(2 * shape.layers).squareRoot()
        // A tied embedding is also the head: its logits must not start large.
        embedding = add("embedding", Shape.vocabulary * d, shape.output == .tied ? 0.5 * inputs : 0.5)
        if shape.positions == .learned { positions = add("positions", shape.context * d, 0.5 * inputs) }
        for layer in 0..<shape.layers {
            let gates = shape.feedForward == .gated ? 2 : 1
            blocks.append(
                Block(
                    attentionGain: add("\(layer).attention.gain", d, nil),
                    attentionIn: add("\(layer).attention.in", d * 3 * d, inputs),
                    attentionOut: add("\(layer).attention.out", d * d, inputs * residual),
                    forwardGain: add("\(layer).forward.gain", d, nil),
                    forwardIn: add("\(layer).forward.in", d * gates * shape.hidden, inputs),
                    forwardOut: add(
                        "\(layer).forward.out", shape.hidden * d, residual / Double(shape.hidden).squareRoot())))
        }
        lastGain = add("last.gain", d, nil)
        head = shape.output == .tied ? embedding : add("head", Shape.vocabulary * d, 0.1 * inputs)
    }

    private mutating func add(_ name: String, _ size: Int, _ deviation: Double?) -> Int {
        let offset = count
        tensors.append(Tensor(name: name, offset: offset, count: size, deviation: deviation))
        count += size
        return offset
    }

    /// The starting weights of a seed.
    func fill(_ parameters: Buffer, seed: UInt64) {
        for (number, tensor) in tensors.enumerated() {
            let start = parameters.start + tensor.offset
            guard let deviation = tensor.deviation else {
                start.update(repeating: 1, count: tensor.count)
                continue
            }
            // A stream a tensor: a model with one tensor more starts the others alike.
            var chance = Chance(seed: seed, stream: 1000 + UInt64(number))
            var index = 0
            while index < tensor.count {
                let (a, b) = chance.normals()
                start[index] = Float(a * deviation)
                if index + 1 < tensor.count { start[index + 1] = Float(b * deviation) }
                index += 2
            }
        }
    }
}
