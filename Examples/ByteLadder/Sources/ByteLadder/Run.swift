/// Everything that decides what a run computes: the same value gives the same weights on the same machine.
public struct Run: Codable, Sendable, Equatable {
    /// Its folder and its row.
    public var name: String
    /// A label for the table; `Recipe` gives the defaults that go with it.
    public var recipe: String
    /// Why it was made: `ladder`, `sweep`, `seed`, `schedule`, `promise`.
    public var purpose: String
    public var seed: UInt64
    public var shape: Shape
    /// Bytes to train on; rounded up to whole steps.
    public var requestedTokens: Int
    /// Bytes in a step: a multiple of the context.
    public var batchTokens: Int
    /// The peak learning rate.
    public var rate: Double
    public var schedule: Schedule
    public var optimizer: AdamW
    /// Held-out evaluations over the run, the last at its end.
    public var evaluations: Int
    /// Bytes of each evaluation but the last, which takes the whole held-out part.
    public var evaluationTokens: Int

    public var steps: Int { max(1, (requestedTokens + batchTokens - 1) / batchTokens) }
    public var tokens: Int { steps * batchTokens }
    public var sequences: Int { batchTokens / shape.context }

    /// Steps after which the held-out part is evaluated, besides the last.
    func evaluates(after step: Int) -> Bool {
        guard evaluations > 1, step < steps else { return false }
        return step * evaluations / steps != (step - 1) * evaluations / steps
    }

    public func validate() throws(LadderError) {
        try shape.validate()
        try schedule.validate()
        try optimizer.validate()
        guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), !name.contains(","), !name.contains("\"")
        else {
            throw .option(
                "--name '\(name)' cannot name a folder and a row", help: "letters, digits, '-', '_' and '.'")
        }
        guard requestedTokens > 0 else {
            throw .option("--tokens \(requestedTokens) trains on nothing", help: "--tokens 1M")
        }
        guard batchTokens > 0, batchTokens % shape.context == 0 else {
            throw .option(
                "--batch \(batchTokens) is not a multiple of the context, \(shape.context)",
                help: "--batch \(max(1, batchTokens / shape.context) * shape.context)")
        }
        guard rate > 0, rate.isFinite else {
            throw .option("--lr \(rate) is no learning rate", help: "a positive number, such as 3e-3")
        }
        guard evaluationTokens >= shape.context else {
            throw .option(
                "--evaluation-tokens \(evaluationTokens) is less than one window", help: "at least \(shape.context)")
        }
    }
}

/// The defaults that go by one name: two ways of training that really differ.
public enum Recipe: String, CaseIterable, Sendable {
    /// Gated feed-forward, rotary positions, a head of its own; cosine to zero.
    case gated
    /// Plain feed-forward, learned positions, tied output; a constant rate after warm-up, no weight decay.
    case plain

    /// A run of this recipe that still lacks a name and a budget.
    public var defaults: Run {
        var run = Run(
            name: "", recipe: rawValue, purpose: "ladder", seed: 1,
            shape: Shape(width: 64, layers: 3, heads: 4, hidden: 0, context: 128), requestedTokens: 1_000_000,
            batchTokens: 256, rate: 8e-3, schedule: Schedule(.cosine), optimizer: AdamW(), evaluations: 8,
            evaluationTokens: 32_768)
        if self == .plain {
            run.shape.feedForward = .plain
            run.shape.positions = .learned
            run.shape.output = .tied
            run.schedule = Schedule(.constant)
            run.optimizer.decay = 0
            run.rate = 4e-3
        }
        return run
    }
}
