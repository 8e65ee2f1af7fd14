// What a prediction gives, as data. Every key is documented in docs/json.md.

import Fitting
import Formulas
import Scaling

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
        /// Of an average, on the scale of the residual, and what each of its laws says.
        @Nullable public var spread: Double?
        public var values: [Nullable<Double>]
        @Nullable public var distance: Double?
        /// By input, for those whose range is known.
        public var distances: [String: Nullable<Double>]
        public var warnings: [Warning]
    }

    /// A law of an average.
    public struct Member: Codable, Hashable, Sendable {
        public var law: String
        public var weight: Double
    }

    /// A step before the law.
    public struct Step: Codable, Hashable, Sendable {
        /// The input of the law that the step predicts.
        public var input: String
        public var law: String
        @Nullable public var intervalFrom: String?
        @Nullable public var calibration: BacktestReply.Calibrated?
        /// One a prediction; null without.
        public var intervals: [Nullable<Ends>]
    }

    public var schema: Int
    public var version: String
    public var law: String
    public var formula: String
    /// The laws of an average; empty for any other.
    public var members: [Member]
    /// Laws that predicted inputs of this one; empty for a law alone.
    public var through: [Step]
    @Nullable public var set: String?
    @Nullable public var response: String?
    @Nullable public var unit: String?
    public var residual: String
    public var level: Double
    /// `mean` or `new-run`.
    public var interval: String
    /// What intervals hold: `parameters`, `run-noise`, `extrapolation`, `choice-of-law`; empty without intervals.
    public var intervalsHold: [String]
    /// What calibrated the intervals; nil where nothing did.
    @Nullable public var calibration: BacktestReply.Calibrated?
    /// `calibrated`, `draws` or `delta`: where intervals come from; nil without.
    @Nullable public var intervalFrom: String?
    /// The noise of one run that `new-run` adds, on the scale of the residual, and how much of it is evaluation.
    @Nullable public var runNoise: Double?
    @Nullable public var evaluationNoise: Double?
    public var predictions: [Value]
    /// What is doubtful about the law itself.
    public var warnings: [Warning]
}

extension PredictReply {
    /// - Parameter last: the law itself, where `law` is the chain that ends in it.
    init(_ predictions: Predictions, _ law: Law, last: Law) {
        schema = Version.schema
        version = Version.product
        self.law = last.id
        members = last.members.map { Member(law: $0.law.id, weight: $0.weight) }
        through = predictions.steps.map { step in
            Step(
                input: step.input, law: step.law, intervalFrom: step.predictions.source?.rawValue,
                calibration: step.predictions.calibration.map(BacktestReply.Calibrated.init),
                intervals: step.predictions.map { prediction in
                    Nullable(
                        wrappedValue: prediction.interval.map { Ends(lower: $0.lower, upper: $0.upper) })
                })
        }
        formula = law.formula.map { "\($0)" } ?? ""
        set = predictions.set
        response = law.response?.name ?? law.formula?.response.map { "\($0)" }
        unit = law.response?.unit
        residual = predictions.residual.rawValue
        level = predictions.level
        interval = predictions.kind.word
        intervalsHold = predictions.doubts.map(\.rawValue)
        calibration = predictions.calibration.map(BacktestReply.Calibrated.init)
        intervalFrom = predictions.source?.rawValue
        let isSaved = predictions.set == nil
        runNoise = isSaved ? last.fit?.noise?.finite : nil
        evaluationNoise = isSaved ? last.fit?.evaluationNoise : nil
        self.predictions = predictions.enumerated().map { row, prediction in
            var value = Value(prediction, level: predictions.level)
            value.spread = predictions.averaged?.spreads[row].finite
            value.values = (predictions.averaged?.predictions ?? []).map {
                Nullable(wrappedValue: $0.values[row].finite)
            }
            return value
        }
        warnings = predictions.warnings
    }
}

extension PredictReply.Value {
    init(_ prediction: Prediction, level: Double) {
        inputs = prediction.point.values.mapValues(PredictReply.Input.init)
        value = prediction.value.finite
        interval = prediction.interval.map { PredictReply.Ends(lower: $0.lower, upper: $0.upper) }
        self.level = level
        standardError = prediction.standardError?.finite
        (spread, values) = (nil, [])
        distance = prediction.distance?.finite
        distances = Dictionary(
            prediction.distances.map { ($0.input, Nullable(wrappedValue: $0.factor.finite)) }
        ) { first, _ in first }
        warnings = prediction.warnings
    }
}
