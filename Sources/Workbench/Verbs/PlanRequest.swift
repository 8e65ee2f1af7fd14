// What a plan is asked for.

/// A request for the best allocation of a budget under a law.
public struct PlanRequest: Codable, Hashable, Sendable {
    /// A law file, or the id of a law of the atlas.
    public var law: String
    /// Folders with laws of one's own.
    public var atlas: [String]?
    /// What may be spent, in the unit of the cost: FLOP unless `cost` says otherwise. One of this, `gpuHours`, `dollars`
    /// and `target`, or an input in `fixed`.
    public var budget: Double?
    /// Hours of one accelerator; with `gpu`.
    public var gpuHours: Double?
    /// With `gpu` and `price`.
    public var dollars: Double?
    /// Dollars for an hour of one accelerator.
    public var price: Double?
    /// The value of the law that is to be reached at the least cost.
    public var target: Double?
    /// An accelerator of the catalogue, for hours, dollars and training time.
    public var gpu: String?
    /// How many run at once.
    public var gpus: Double?
    /// Model FLOPs utilisation; 0.4 unless given.
    public var utilisation: Double?
    /// A table with accelerators of one's own.
    public var hardware: TableSource?
    /// Inputs that are held, as typed: `{"N": "7B", "corpus": "pile"}`.
    public var fixed: [String: String]?
    /// Inputs that are an expression of others: `{"P_a": "P_w"}`.
    public var ties: [String: String]?
    /// Tokens per parameter.
    public var ratio: Double?
    /// The least and the most of inputs.
    public var least: [String: Double]?
    public var most: [String: Double]?
    /// The most parameters.
    public var maxParameters: Double?
    /// The formula of the cost; 6·N·D unless given.
    public var cost: String?
    /// The parts of a shape, whose exact operations are the cost: `{"layers": 32, …}`; with `config`, changes to it.
    public var shape: [String: Double]?
    /// A Hugging Face `config.json` of such a shape.
    public var config: String?
    /// Layers grow as the width to this power; 1 unless given.
    public var depthPower: Double?
    /// Comparisons that must hold.
    public var limits: [String]?
    public var inferenceTokens: Double?
    public var uniqueTokens: Double?
    /// Inputs that are whole numbers.
    public var whole: [String]?
    /// The set of coefficients; the saved fit or the default set unless given.
    public var set: String?
    /// The probability of intervals; 0.95 unless given.
    public var level: Double?
    /// `draws` or `delta`; draws unless given, where the law keeps them.
    public var intervalFrom: String?
    public var arithmetic: String?

    public init(law: String, budget: Double? = nil) {
        self.law = law
        self.budget = budget
    }
}
