// What a model is made of, and what it costs. No weights here.

/// The two-layer network after attention.
public enum FeedForward: String, Codable, Sendable, CaseIterable {
    /// `(silu(x G) * x U) D`, three matrices.
    case gated
    /// `gelu(x U) D`, two matrices.
    case plain
}

/// How a model knows where a byte stands.
public enum Positions: String, Codable, Sendable, CaseIterable {
    /// Queries and keys are rotated by angles proportional to the position.
    case rotary
    /// A learned vector for each position is added to the embedding.
    case learned
    /// The causal mask alone tells.
    case none
}

/// The matrix that turns the last hidden state into logits.
public enum Output: String, Codable, Sendable, CaseIterable {
    /// The embedding is used again.
    case tied
    /// A matrix of its own.
    case untied
}

/// The shape of a decoder-only transformer over bytes.
public struct Shape: Codable, Sendable, Equatable {
    /// Width of the residual stream.
    public var width: Int
    /// Number of blocks.
    public var layers: Int
    /// Attention heads in a block; `width / heads` must be even.
    public var heads: Int
    /// Width of the feed-forward network.
    public var hidden: Int
    /// Bytes of context.
    public var context: Int
    public var feedForward: FeedForward
    public var positions: Positions
    public var output: Output

    /// Bytes are the tokens.
    public static let vocabulary = 256

    public init(
        width: Int, layers: Int, heads: Int, hidden: Int, context: Int, feedForward: FeedForward = .gated,
        positions: Positions = .rotary, output: Output = .untied
    ) {
        self.width = width
        self.layers = layers
        self.heads = heads
        self.hidden = hidden
        self.context = context
        self.feedForward = feedForward
        self.positions = positions
        self.output = output
    }

    /// The customary hidden width: `8/3 width` for three matrices and `4 width` for two, so that both have `8 width²`
    /// weights; to the nearest multiple of 8.
    public static func customaryHidden(width: Int, feedForward: FeedForward) -> Int {
        feedForward == .gated ? max(8, (width * 8 / 3 + 4) / 8 * 8) : 4 * width
    }

    /// Width of one head.
    public var head: Int { width / heads }

    /// Weights in the matrix products of one block.
    var blockMatrices: Int { 4 * width * width + (feedForward == .gated ? 3 : 2) * width * hidden }

    /// Every weight of the blocks and the last norm: the N of scaling laws here.
    public var nonEmbeddingParameters: Int { layers * (blockMatrices + 2 * width) + width }

    /// Embedding, learned positions and, when untied, the output head.
    public var embeddingParameters: Int {
        Shape.vocabulary * width * (output == .untied ? 2 : 1) + (positions == .learned ? context * width : 0)
    }

    public var parameters: Int { nonEmbeddingParameters + embeddingParameters }

    /// Floating-point operations of one training token: every matrix product of the forward pass, the head included,
    /// a multiply and an add each, attention over the `(context + 1) / 2` bytes that a byte sees on average; and twice
    /// that for the backward pass. Norms, softmax and the optimizer are left out.
    public var trainingOperationsPerToken: Double {
        let attention = 4 * Double(width) * Double(context + 1) / 2
        let block = 2 * Double(blockMatrices) + attention
        return 3 * (Double(layers) * block + 2 * Double(Shape.vocabulary * width))
    }

    /// Throws when no such model can be made.
    public func validate() throws(LadderError) {
        for (name, value) in [
            ("width", width), ("layers", layers), ("heads", heads), ("hidden", hidden), ("context", context),
        ] where value < 1 {
            throw .shape("--\(name) is \(value)", help: "every size is at least 1")
        }
        guard width % heads == 0 else {
            throw .shape(
                "--width \(width) does not divide into \(heads) heads",
                help: usableHeads.map { "--heads \($0)" } ?? "an even --width")
        }
        guard positions != .rotary || head % 2 == 0 else {
            throw .shape(
                "rotary positions need heads of even width, and \(width) / \(heads) is \(head)",
                help: "another --heads, or --positions learned")
        }
        guard context <= 4096 else {
            throw .shape(
                "--context \(context) needs more memory than attention here is made for", help: "at most 4096")
        }
        guard parameters < 1 << 31 else {
            throw .shape("\(parameters) parameters are too many for one machine's trainer", help: "a smaller --width")
        }
    }

    /// The number of heads nearest to the one asked for that divides the width into even parts.
    private var usableHeads: Int? {
        (1...width).filter { width % $0 == 0 && (width / $0) % 2 == 0 }.min {
            (abs($0 - heads), $0) < (abs($1 - heads), $1)
        }
    }
}
