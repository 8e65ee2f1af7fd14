// What the search for a schedule is asked for.

/// A request for the best schedules under a law of whole curves.
public struct ScheduleRequest: Codable, Hashable, Sendable {
    /// A law file, or the id of a law of the atlas.
    public var law: String
    /// Families with ranges: `wsd peak=1e-4..1e-3 warmup=2160 decay=5%..40% steps=24000`.
    public var families: [String]
    /// The steps of every family that does not say its own.
    public var steps: Int?
    /// The other inputs of the law: `N=100M`.
    public var at: String?
    /// Folders with laws of one's own.
    public var atlas: [String]?
    /// The set of coefficients; the saved fit or the default set unless given.
    public var set: String?
    /// The probability of the interval; 0.95 unless given.
    public var level: Double?
    /// How wide the arithmetic runs.
    public var arithmetic: String?

    public init(law: String, families: [String]) {
        self.law = law
        self.families = families
    }
}
