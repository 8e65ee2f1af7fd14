// What a law asks of a run, and the names under which software says it.

/// A quantity of a run that laws are about.
public enum RunQuantity: String, CaseIterable, Hashable, Sendable {
    /// Every parameter.
    case parameters = "params"
    case nonEmbedding = "params_non_embedding"
    /// Tokens of training up to the final loss.
    case tokens
    /// Tokens a step.
    case batchTokens = "batch_tokens"
    /// Sequences a step.
    case batch = "batch_size"
    case sequence = "sequence_length"
    /// Steps that were planned.
    case plannedSteps = "planned_steps"
    /// Operations of training, as the software counted them.
    case operations = "flops"
    /// The highest learning rate.
    case rate = "lr"
    case warmup = "warmup_steps"
    case schedule

    /// What software calls it, in small letters with underscores.
    public var names: [String] {
        switch self {
        case .parameters:
            [
                "params", "num_params", "n_params", "num_parameters", "n_parameters", "number_of_parameters",
                "total_params",
                "params_total", "total_parameters", "parameters", "param_count", "parameter_count",
                "model_num_parameters",
            ]
        case .nonEmbedding:
            [
                "params_non_embedding", "non_embedding_params", "n_params_non_embedding",
                "num_non_embedding_parameters",
                "non_embedding_parameters", "num_params_non_embedding", "params_no_embedding",
            ]
        case .tokens:
            ["tokens", "total_tokens", "train_tokens", "training_tokens", "num_tokens", "n_tokens", "tokens_seen"]
        case .batchTokens:
            [
                "batch_tokens", "tokens_per_step", "tokens_per_iteration", "tokens_per_batch", "batch_size_tokens",
                "batch_size_in_tokens", "tokens_per_update",
            ]
        case .batch:
            ["global_batch_size", "global_train_batch_size", "total_train_batch_size", "effective_batch_size"]
        case .sequence:
            [
                "seq_length", "seq_len", "sequence_length", "block_size", "context_length", "max_seq_len",
                "max_seq_length",
                "ctx_len", "max_sequence_length",
            ]
        case .plannedSteps:
            [
                "max_steps", "train_iters", "max_iters", "total_steps", "num_train_steps", "num_training_steps",
                "training.steps", "train_steps", "num_iterations", "max_train_steps", "steps",
            ]
        case .operations: ["total_flos", "total_flops", "flops", "train_flops"]
        case .rate: ["learning_rate", "lr", "max_lr", "peak_lr", "base_lr"]
        case .warmup: ["warmup_steps", "warmup_iters", "lr_warmup_iters", "num_warmup_steps", "lr_warmup_steps"]
        case .schedule:
            ["lr_scheduler_type", "lr_decay_style", "lr_schedule", "schedule", "scheduler", "lr_scheduler"]
        }
    }

    /// How far two sources may be apart that say the same: a log rounds 10.65M.
    var tolerance: Double {
        switch self {
        case .parameters, .nonEmbedding: 0.01
        case .tokens: 0.02
        default: 1e-6
        }
    }

    /// Series that count tokens, and those that count sequences.
    static let tokenSeries = [
        "tokens", "train/tokens", "tokens_seen", "num_input_tokens_seen", "consumed tokens", "consumed_tokens",
        "total_tokens", "n_tokens_seen", "num_tokens_seen", "train/num_tokens", "tokens_processed",
    ]
    static let sampleSeries = ["consumed samples", "consumed_samples"]
    /// Series of the learning rate.
    static let rateSeries = [
        "lr", "learning_rate", "learning rate", "train/lr", "train/learning_rate", "learning-rate/learning-rate",
        "lr-AdamW",
        "optimizer/lr", "learning-rate",
    ]
}
