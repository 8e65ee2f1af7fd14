// What the search for a schedule gives, as data. Every key is documented in docs/json.md.

import Fitting
import Scaling

/// The best schedule of each family.
public struct ScheduleReply: Codable, Hashable, Sendable {
    /// A number that was left open.
    public struct Choice: Codable, Hashable, Sendable {
        public var value: Double
        /// Whether numbers are per cent of the steps or of the peak.
        public var isShare: Bool
        public var range: PredictReply.Ends
        public var near: PredictReply.Ends
        public var isAtEnd: Bool
    }

    public struct Best: Codable, Hashable, Sendable {
        public var family: String
        public var schedule: String
        @Nullable public var value: Double?
        @Nullable public var interval: PredictReply.Ends?
        /// By key.
        public var choices: [String: Choice]
        public var evaluations: Int
        public var warnings: [Warning]
    }

    public var schema: Int
    public var version: String
    public var law: String
    @Nullable public var set: String?
    /// One a family, in the order of the request.
    public var best: [Best]
}

extension ScheduleReply {
    init(_ found: [BestSchedule], law: String, set: String?) {
        schema = Version.schema
        version = Version.product
        self.law = law
        self.set = set
        best = found.map { found in
            let choices = found.choices.map { choice in
                (
                    choice.key,
                    Choice(
                        value: choice.value, isShare: choice.isShare,
                        range: PredictReply.Ends(lower: choice.lower, upper: choice.upper),
                        near: PredictReply.Ends(lower: choice.near.lowerBound, upper: choice.near.upperBound),
                        isAtEnd: choice.isAtEnd)
                )
            }
            return Best(
                family: found.family.text, schedule: "\(found.schedule)", value: found.prediction.value.finite,
                interval: found.prediction.interval.map { PredictReply.Ends(lower: $0.lower, upper: $0.upper) },
                choices: Dictionary(choices) { first, _ in first }, evaluations: found.evaluations,
                warnings: found.warnings)
        }
    }
}
