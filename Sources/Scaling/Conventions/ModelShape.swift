// The shape of a transformer, and all that may be meant by its parameters and its operations.

import Formulas

/// A decoder-only transformer.
public struct ModelShape: Hashable, Sendable {
    public var layers: Double
    public var width: Double
    public var heads: Double
    /// Heads of keys and values; fewer than `heads` where these are shared by groups.
    public var keyHeads: Double
    public var headWidth: Double
    /// The width inside of the feed-forward part.
    public var feedForward: Double
    /// Three matrices in the feed-forward part (gated, as SwiGLU), not two.
    public var isGated: Bool
    public var vocabulary: Double
    public var context: Double
    /// One matrix for embedding and output.
    public var isTied: Bool
    /// Experts in every layer, and how many of them a token meets; 1 and 1 without experts.
    public var experts = 1.0
    public var activeExperts = 1.0
    /// Biases everywhere, and learned positions, as GPT-2 has them.
    public var hasBiases = false
    public var learnsPositions = false

    public init(
        layers: Double, width: Double, heads: Double, feedForward: Double? = nil, vocabulary: Double, context: Double,
        isGated: Bool = false, isTied: Bool = false, keyHeads: Double? = nil, headWidth: Double? = nil
    ) {
        (self.layers, self.width, self.heads) = (layers, width, heads)
        (self.vocabulary, self.context, self.isGated, self.isTied) = (vocabulary, context, isGated, isTied)
        self.feedForward = feedForward ?? 4 * width
        self.keyHeads = keyHeads ?? heads
        self.headWidth = headWidth ?? width / heads
    }

    // MARK: - Parameters

    private var attention: Double {
        let matrices = width * headWidth * (2 * heads + 2 * keyHeads)
        return matrices + (hasBiases ? headWidth * (heads + 2 * keyHeads) + width : 0)
    }

    private var expert: Double {
        (isGated ? 3 : 2) * width * feedForward + (hasBiases ? feedForward + width : 0)
    }

    private var router: Double { experts > 1 ? width * experts : 0 }
    private var norms: Double { hasBiases ? 2 * width : width }

    /// Those of the layers, of so many experts in each.
    private func layers(of experts: Double) -> Double {
        layers * (attention + expert * experts + router + 2 * norms) + norms
    }

    /// The input embedding, with learned positions.
    public var embedding: Double { vocabulary * width + (learnsPositions ? context * width : 0) }
    /// The output matrix, where it is one of its own.
    public var head: Double { isTied ? 0 : vocabulary * width }

    /// How many parameters there are by a way of counting.
    public func parameters(_ counting: ColumnMeaning.Counting) -> Double? {
        switch counting {
        case .all, .total: layers(of: experts) + embedding + head
        case .nonEmbedding: layers(of: experts) + head
        case .transformer: layers(of: experts)
        case .active: layers(of: activeExperts) + embedding + head
        case .sixND, .exact: nil
        }
    }

    // MARK: - Operations

    /// How the operations of training are counted.
    public enum Operations: String, Hashable, Sendable, CaseIterable {
        /// 6·N with every parameter that a token meets.
        case sixND = "6ND"
        /// 6·N with the layers alone (Kaplan et al. 2020).
        case transformer = "6ND, layers alone"
        /// With the output matrix: 6·(layers + vocabulary·width).
        case vocabulary
        /// With attention as well: + 12·layers·heads·head width·context (Chowdhery et al. 2022).
        case attention
        /// Every matrix product, attention causal: half of the products of queries and keys are needed.
        case exact
    }

    /// FLOP of training a token: forward and twice as much backward.
    public func operations(_ counting: Operations) -> Double {
        let matrices =
            layers
            * (width * headWidth * (2 * heads + 2 * keyHeads) + router
                + activeExperts * (isGated ? 3 : 2) * width * feedForward)
        let output = vocabulary * width
        let scores = 12 * layers * heads * headWidth * context
        switch counting {
        case .sixND: return 6 * (layers(of: activeExperts) + embedding + head)
        case .transformer: return 6 * layers(of: activeExperts)
        case .vocabulary: return 6 * (layers(of: activeExperts) + output)
        case .attention: return 6 * (layers(of: activeExperts) + output) + scores
        case .exact: return 6 * (matrices + output) + scores / 2
        }
    }
}

extension ModelShape {
    /// The names of a shape as text: `layers=32, width=4096, heads=32, ffn=11008, vocab=32000, context=4096`.
    public static let names = [
        "layers", "width", "heads", "ffn", "vocab", "context", "kv-heads", "head-width", "gated", "tied", "experts",
        "active-experts", "biases", "positions",
    ]

    /// A shape from numbers by name; `gated`, `tied`, `biases` and `positions` are 1 or 0.
    ///
    /// - Throws: ``ScalingError/shape(_:)`` for a name that is missing or unknown, and a number that is not above zero.
    public init(_ numbers: [String: Double]) throws(ScalingError) {
        if let unknown = numbers.keys.filter({ !Self.names.contains($0) }).min() { throw .shape(.unknown(unknown)) }
        func number(_ name: String) throws(ScalingError) -> Double {
            guard let value = numbers[name] else { throw .shape(.missing(name)) }
            return value
        }
        for (name, value) in numbers.sorted(by: { $0.key < $1.key }) {
            let isFlag = ["gated", "tied", "biases", "positions"].contains(name)
            if isFlag ? !(value == 0 || value == 1) : !(value > 0 && value.isFinite) {
                throw .shape(.unusable(name, value))
            }
        }
        self.init(
            layers: try number("layers"), width: try number("width"), heads: try number("heads"),
            feedForward: numbers["ffn"], vocabulary: try number("vocab"), context: try number("context"),
            isGated: numbers["gated"] == 1, isTied: numbers["tied"] == 1, keyHeads: numbers["kv-heads"],
            headWidth: numbers["head-width"])
        experts = numbers["experts"] ?? 1
        activeExperts = numbers["active-experts"] ?? (experts > 1 ? min(2, experts) : 1)
        if activeExperts > experts { throw .shape(.unusable("active-experts", activeExperts)) }
        hasBiases = numbers["biases"] == 1
        learnsPositions = numbers["positions"] == 1
    }
}

/// What can be wrong with a shape.
public enum ShapeFault: Equatable, Sendable {
    case missing(String)
    case unknown(String)
    case unusable(String, Double)
    case unreadable(file: String, problem: String)
}

extension ShapeFault {
    var diagnostic: Diagnostic {
        let example = "allometry count 'layers=32, width=4096, heads=32, ffn=11008, vocab=32000, context=4096'"
        switch self {
        case .missing(let name): return Diagnostic(summary: "the shape has no '\(name)'", help: example)
        case .unknown(let name):
            let near = Suggestion.nearest(to: name, among: ModelShape.names).map { "did you mean '\($0)'?" }
            return Diagnostic(
                summary: "'\(Diagnostic.plain(name))' is no part of a shape",
                details: ["parts: " + ModelShape.names.joined(separator: ", ")], help: near)
        case .unusable(let name, let value):
            let isFlag = ["gated", "tied", "biases", "positions"].contains(name)
            return Diagnostic(
                summary: "\(name) = \(Expression.decimal(value)) cannot be used",
                details: isFlag
                    ? ["it is 1 or 0"] : value > 0 && value.isFinite ? [] : ["it is a finite number above zero"],
                help: example)
        case .unreadable(let file, let problem):
            return Diagnostic(
                summary: "'\(Diagnostic.plain(file))': \(problem)",
                details: ["a config.json of a transformer has hidden_size, num_hidden_layers, num_attention_heads"],
                help:
                    "name such a file, or write the shape: 'layers=32, width=4096, heads=32, vocab=32000, context=4096'"
            )
        }
    }
}

/// Every count of a shape.
public struct ShapeCount: Hashable, Sendable {
    public struct Item: Hashable, Sendable {
        public let name: String
        public let meaning: String
        public let value: Double
    }

    public let shape: ModelShape
    public let parameters: [Item]
    /// FLOP a token of training.
    public let operations: [Item]
    public let tokens: Double?

    public init(_ shape: ModelShape, tokens: Double? = nil) {
        (self.shape, self.tokens) = (shape, tokens)
        let meanings: [(ColumnMeaning.Counting, String)] = [
            (.all, "every parameter"), (.nonEmbedding, "without the input embedding"),
            (.transformer, "the layers alone: neither embedding nor output"),
            (.active, "those that a token meets"),
        ]
        parameters = meanings.compactMap { counting, meaning in
            shape.parameters(counting).map { Item(name: counting.rawValue, meaning: meaning, value: $0) }
        }
        operations = ModelShape.Operations.allCases.map { counting in
            Item(name: counting.rawValue, meaning: counting.meaning, value: shape.operations(counting))
        }
    }
}

extension ModelShape.Operations {
    fileprivate var meaning: String {
        switch self {
        case .sixND: "6 × every active parameter"
        case .transformer: "6 × active parameters of the layers"
        case .vocabulary: "and the output matrix"
        case .attention: "and attention over the whole context"
        case .exact: "every matrix product, attention causal"
        }
    }
}

extension ModelShape {
    /// By the names that are typed.
    public var numbers: [String: Double] {
        [
            "layers": layers, "width": width, "heads": heads, "ffn": feedForward, "vocab": vocabulary,
            "context": context, "kv-heads": keyHeads, "head-width": headWidth, "gated": isGated ? 1 : 0,
            "tied": isTied ? 1 : 0, "experts": experts, "active-experts": activeExperts, "biases": hasBiases ? 1 : 0,
            "positions": learnsPositions ? 1 : 0,
        ]
    }
}
