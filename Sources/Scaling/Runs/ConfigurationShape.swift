// The shape of a transformer from a configuration: Hugging Face's config.json, Megatron's arguments, nanoGPT's.

import Formulas
import Tables

extension ModelShape {
    /// The shape that settings describe, with the software whose names they use; nil where they describe none.
    static func shape(of settings: SettingLookup) -> (shape: ModelShape, of: String)? {
        for (numbers, name) in [
            (huggingFace(settings), "Hugging Face"), (megatron(settings), "Megatron"), (nanoGPT(settings), "nanoGPT"),
        ] {
            if let numbers, let shape = try? ModelShape(numbers) { return (shape, name) }
        }
        return nil
    }

    /// The numbers of a shape, by the names of ``ModelShape/names``, from the keys of a Hugging Face configuration.
    ///
    /// What a configuration leaves out is its family's default. GPT-2's old names are known too.
    public static func numbers(
        configuration number: (String) -> Double?, family: String?, tied: Bool?
    ) -> [String: Double] {
        func first(_ names: String...) -> Double? { names.lazy.compactMap(number).first }
        let isOld = ["gpt2", "gpt_neo", "opt"].contains(family ?? "")
        let isTied = tied ?? (isOld || family?.hasPrefix("gemma") == true)
        let plain = ["bloom", "codegen", "falcon", "gpt_bigcode", "gpt_neox", "gptj", "mpt", "phi", "starcoder2"]
        let experts = first("num_local_experts", "n_routed_experts", "num_experts")
        var numbers: [String: Double] = [:]
        for (name, value) in [
            ("layers", first("num_hidden_layers", "n_layer")), ("width", first("hidden_size", "n_embd")),
            ("heads", first("num_attention_heads", "n_head")), ("vocab", first("vocab_size")),
            ("ffn", (experts == nil ? nil : first("moe_intermediate_size")) ?? first("intermediate_size", "n_inner")),
            ("context", first("max_position_embeddings", "n_positions")), ("kv-heads", first("num_key_value_heads")),
            ("head-width", first("head_dim")), ("experts", experts), ("active-experts", first("num_experts_per_tok")),
        ] { if let value { numbers[name] = value } }
        numbers["gated"] = isOld || plain.contains(family ?? "") ? 0 : 1
        numbers["tied"] = isTied ? 1 : 0
        numbers["biases"] = isOld ? 1 : 0
        numbers["positions"] = isOld ? 1 : 0
        return numbers
    }

    private static func huggingFace(_ settings: SettingLookup) -> [String: Double]? {
        guard let family = settings.text("model_type"), settings.number("hidden_size", "n_embd") != nil else {
            return nil
        }
        return numbers(
            configuration: { settings.number($0) }, family: family, tied: settings.truth("tie_word_embeddings"))
    }

    // Arguments have defaults, but a log prints them all.
    private static func megatron(_ settings: SettingLookup) -> [String: Double]? {
        guard let vocabulary = settings.number("padded_vocab_size"), let layers = settings.number("num_layers"),
            let width = settings.number("hidden_size"), let heads = settings.number("num_attention_heads"),
            let context = settings.number("seq_length")
        else { return nil }
        var numbers = ["layers": layers, "width": width, "heads": heads, "vocab": vocabulary, "context": context]
        numbers["ffn"] = settings.number("ffn_hidden_size")
        numbers["head-width"] = settings.number("kv_channels")
        if settings.truth("group_query_attention") == true {
            numbers["kv-heads"] = settings.number("num_query_groups")
        }
        if let experts = settings.number("num_experts") {
            numbers["experts"] = experts
            numbers["active-experts"] = settings.number("moe_router_topk")
            numbers["ffn"] = settings.number("moe_ffn_hidden_size") ?? numbers["ffn"]
        }
        numbers["gated"] = settings.truth("swiglu") == true ? 1 : 0
        numbers["tied"] = settings.truth("untie_embeddings_and_output_weights") == true ? 0 : 1
        numbers["biases"] = settings.truth("add_bias_linear") == false ? 0 : 1
        numbers["positions"] = settings.text("position_embedding_type").map { $0 == "learned_absolute" ? 1 : 0 } ?? 0
        return numbers
    }

    private static func nanoGPT(_ settings: SettingLookup) -> [String: Double]? {
        guard let layers = settings.number("n_layer"), let heads = settings.number("n_head"),
            let width = settings.number("n_embd"), let context = settings.number("block_size"),
            let vocabulary = settings.number("vocab_size")
        else { return nil }
        return [
            "layers": layers, "width": width, "heads": heads, "vocab": vocabulary, "context": context, "tied": 1,
            "positions": 1, "gated": 0, "biases": settings.truth("bias") == true ? 1 : 0,
        ]
    }
}
