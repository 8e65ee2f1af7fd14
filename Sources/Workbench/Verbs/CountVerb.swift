// count: the shape of a model, to its parameters and operations by every way of counting.

import FoundationEssentials
import Reports
import Scaling
import Tables

/// A request to count a shape: text, or a file.
public struct CountRequest: Codable, Hashable, Sendable {
    /// Numbers by name: `{"layers": 32, "width": 4096, …}`. This or `config`.
    public var shape: [String: Double]?
    /// A Hugging Face `config.json`.
    public var config: String?
    /// Tokens of training, for operations in all.
    public var tokens: Double?

    public init(shape: [String: Double]? = nil, config: String? = nil) {
        self.shape = shape
        self.config = config
    }
}

/// Parameters and operations of a shape.
public struct CountReply: Codable, Hashable, Sendable {
    public var schema: Int
    public var version: String
    /// The shape, by the names that are typed.
    public var shape: [String: Double]
    /// By way of counting: `all`, `non-embedding`, `transformer`, `active`.
    public var parameters: [String: Double]
    /// FLOP a token of training, by way of counting.
    public var operations: [String: Double]
    /// The same for all tokens; null without.
    @Nullable public var total: [String: Double]?
}

/// Counts what a shape has.
public enum CountVerb: Verb {
    public static let name = "count"

    /// - Throws: `ScalingError` for a shape with a part that is missing, unknown or not above zero, and for a file that is
    ///   no configuration.
    public static func answer(_ request: CountRequest) throws -> Answer<CountReply> {
        let shape = try shape(request.shape, config: request.config)
        if let tokens = request.tokens, !(tokens > 0 && tokens.isFinite) {
            throw ScalingError.shape(.unusable("tokens", tokens))
        }
        let count = ShapeCount(shape, tokens: request.tokens)
        let largest = count.operations.map { ($0.name, $0.value * (request.tokens ?? 1)) }
        if let bad = (count.parameters.map { ($0.name, $0.value) } + largest).first(where: { !$0.1.isFinite }) {
            throw ScalingError.shape(.unusable(bad.0, bad.1))
        }
        return Answer(CountReply(count), report: { .count(count) })
    }

    /// The shape of some parts, or of a configuration with some parts changed.
    static func shape(_ parts: [String: Double]?, config: String?) throws -> ModelShape {
        var numbers = parts ?? [:]
        if let config { numbers = try read(config).merging(numbers) { $1 } }
        return try ModelShape(numbers)
    }

    private static func read(_ path: String) throws -> [String: Double] {
        let text: String
        do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
            let isThere = FileManager.default.fileExists(atPath: path)
            throw ScalingError.shape(
                .unreadable(file: path, problem: isThere ? "cannot be read" : "there is no such file"))
        }
        guard let config = try? JSON.decode(Config.self, from: text) else {
            throw ScalingError.shape(.unreadable(file: path, problem: "is no configuration of a transformer"))
        }
        return config.numbers
    }

    /// The keys of configurations that say what a shape says, GPT-2's old names among them.
    private struct Config: Codable {
        var model_type: String?
        var num_hidden_layers, n_layer, hidden_size, n_embd, num_attention_heads, n_head: Double?
        var intermediate_size, n_inner, moe_intermediate_size, vocab_size: Double?
        var max_position_embeddings, n_positions, num_key_value_heads, head_dim: Double?
        var num_local_experts, n_routed_experts, num_experts, num_experts_per_tok: Double?
        var tie_word_embeddings: Bool?

        var numbers: [String: Double] {
            let known: [String: Double?] = [
                "num_hidden_layers": num_hidden_layers, "n_layer": n_layer, "hidden_size": hidden_size,
                "n_embd": n_embd,
                "num_attention_heads": num_attention_heads, "n_head": n_head, "intermediate_size": intermediate_size,
                "n_inner": n_inner, "moe_intermediate_size": moe_intermediate_size, "vocab_size": vocab_size,
                "max_position_embeddings": max_position_embeddings, "n_positions": n_positions,
                "num_key_value_heads": num_key_value_heads, "head_dim": head_dim,
                "num_local_experts": num_local_experts,
                "n_routed_experts": n_routed_experts, "num_experts": num_experts,
                "num_experts_per_tok": num_experts_per_tok,
            ]
            return ModelShape.numbers(
                configuration: { known[$0] ?? nil }, family: model_type, tied: tie_word_embeddings)
        }
    }
}

extension CountReply {
    init(_ count: ShapeCount) {
        schema = Version.schema
        version = Version.product
        shape = count.shape.numbers
        parameters = Dictionary(count.parameters.map { ($0.name, $0.value) }) { first, _ in first }
        operations = Dictionary(count.operations.map { ($0.name, $0.value) }) { first, _ in first }
        total = count.tokens.map { tokens in operations.mapValues { $0 * tokens } }
    }
}
