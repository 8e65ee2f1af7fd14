// What a prediction is asked for, and what it gives.

import Fitting

/// A request to evaluate a law at points.
public struct PredictRequest: Codable, Hashable, Sendable {
    /// A law file, or the id of a law of the atlas.
    public var law: String
    /// Folders with laws of one's own.
    public var atlas: [String]?
    /// Points and grids: `N=70B, D=1.4T`, `N=1B..100B@20, D=1T`. This or `table`.
    public var at: [String]?
    /// A table whose rows are the points.
    public var table: TableSource?
    /// What an input stands for in the table: a column, or an expression of columns.
    public var columns: [String: String]?
    /// The set of coefficients; the saved fit or the default set unless given.
    public var set: String?
    /// The probability of the interval; 0.95 unless given.
    public var level: Double?
    /// `mean` (the law's value) or `new-run` (a new measurement, with its noise); `mean` unless given.
    public var interval: String?

    public init(law: String, at: [String]? = nil) {
        self.law = law
        self.at = at
    }
}

/// The values of a law at points.
public struct PredictReply: Codable, Hashable, Sendable {
    /// The value of an input: a number, or the text of a label.
    public enum Input: Codable, Hashable, Sendable {
        case number(Double)
        case label(String)
        /// A number that the table does not have.
        case missing

        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .missing
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .label(try container.decode(String.self))
            }
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let number): try container.encode(number)
            case .label(let label): try container.encode(label)
            case .missing: try container.encodeNil()
            }
        }
    }

    public struct Ends: Codable, Hashable, Sendable {
        public var lower: Double
        public var upper: Double
    }

    public struct Value: Codable, Hashable, Sendable {
        public var inputs: [String: Input]
        @Nullable public var value: Double?
        @Nullable public var interval: Ends?
        public var level: Double
        /// On the scale of the residual.
        @Nullable public var standardError: Double?
        @Nullable public var distance: Double?
        /// By input, for those whose range is known.
        public var distances: [String: Nullable<Double>]
        public var warnings: [Warning]
    }

    public var schema: Int
    public var version: String
    public var law: String
    public var formula: String
    @Nullable public var set: String?
    @Nullable public var response: String?
    @Nullable public var unit: String?
    public var residual: String
    public var level: Double
    /// `mean` or `new-run`.
    public var interval: String
    public var predictions: [Value]
    /// What is doubtful about the law itself.
    public var warnings: [Warning]
}
