// What a ladder is asked for.

/// A request for a ladder of runs under a published law.
public struct LadderRequest: Codable, Hashable, Sendable {
    /// A law file, or the id of a law of the atlas.
    public var law: String
    /// Folders with laws of one's own.
    public var atlas: [String]?
    /// Which published coefficients; the default set unless given.
    public var set: String?
    /// `loss at N=70B, D=1.4T`, `optimal N at 1e24`, or a formula of parameters.
    public var target: String?
    /// What all runs together may cost.
    public var spend: Double?
    /// The most that one run may cost; a quarter of `spend` unless given.
    public var largest: Double?
    /// At most so many runs; 24 unless given.
    public var runs: Int?
    /// A formula of inputs: `6*N*D` unless given.
    public var cost: String?
    /// Points and grids to choose from; unless given nine sizes about the best of each of nine budgets.
    public var candidates: [String]?
    /// The standard deviation of one run on the scale of the residual; half a per cent unless given.
    public var noise: Double?
    /// How wrong the law may be, as a share of the response.
    public var doubt: Double?
    /// What each run costs besides: `1e18` in the unit of the cost, or `1%` of the most that one run may cost; nothing
    /// unless given.
    public var overhead: String?
    /// Laws of N, D, C or L that give the peak learning rate and the batch.
    public var learningRate: String?
    public var batch: String?
    /// The command of a run: `python train.py --n {N} --d {D}`; also {run}, {lr}, {batch}, {steps} and {folder}.
    public var command: String?
    /// The probability of intervals; 0.95 unless given.
    public var level: Double?
    /// Where the ladder is written; nowhere unless given.
    public var folder: String?

    public init(law: String) { self.law = law }
}

/// A request to look at a ladder that was begun.
public struct LadderStatusRequest: Codable, Hashable, Sendable {
    /// The folder that `ladder` wrote.
    public var folder: String

    public init(folder: String) { self.folder = folder }
}
