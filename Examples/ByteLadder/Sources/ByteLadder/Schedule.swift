#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The learning rate over a run: a linear warm-up, then a way down.
public struct Schedule: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Half a cosine from the peak to `final` times the peak.
        case cosine
        /// A straight line from the peak to `final` times the peak.
        case linear
        /// The peak to the end.
        case constant
        /// Warm-up, stable, decay: the peak, then a straight line over the last `decay` of the steps.
        case wsd
    }

    public var kind: Kind
    /// Share of the steps that warm up; at least one step when positive.
    public var warmup: Double
    /// What is left of the peak at the end, for every kind but `constant`.
    public var final: Double
    /// Share of the steps that decay, for `wsd`.
    public var decay: Double

    public init(_ kind: Kind, warmup: Double = 0.05, final: Double = 0, decay: Double = 0.2) {
        self.kind = kind
        self.warmup = warmup
        self.final = final
        self.decay = decay
    }

    public func validate() throws(LadderError) {
        for (name, value) in [("warmup", warmup), ("final", final), ("decay", decay)]
        where !(value >= 0 && value <= 1) {
            throw .option("--\(name) \(value) is not a share", help: "a number from 0 to 1")
        }
    }

    /// The factor on the peak at a step, counted from 0. The last step still learns: the end of the way down lies one
    /// step after it.
    public func factor(step: Int, of steps: Int) -> Double {
        let warm = warmup > 0 ? max(1, Int((warmup * Double(steps)).rounded())) : 0
        if step < warm { return Double(step + 1) / Double(warm) }
        switch kind {
        case .constant: return 1
        case .cosine:
            let way = Double(step - warm) / Double(max(1, steps - warm))
            return final + (1 - final) * 0.5 * (1 + cos(.pi * way))
        case .linear:
            let way = Double(step - warm) / Double(max(1, steps - warm))
            return 1 - (1 - final) * way
        case .wsd:
            let last = max(1, Int((decay * Double(steps)).rounded()))
            let way = Double(step - (steps - last)) / Double(last)
            return way <= 0 ? 1 : 1 - (1 - final) * way
        }
    }
}
