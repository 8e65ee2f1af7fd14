// What a forecast gives, as data. Every key is documented in docs/json.md.

import Fitting
import Scaling

/// The rest of a run in progress.
public struct ForecastReply: Codable, Hashable, Sendable {
    public struct Value: Codable, Hashable, Sendable {
        public var step: Double
        @Nullable public var value: Double?
        @Nullable public var interval: PredictReply.Ends?
    }

    /// A forecast made from earlier rows: of a row already seen, or of the end.
    public struct Trial: Codable, Hashable, Sendable {
        public var origin: Double
        public var target: Double
        public var said: Double
        public var outcome: Double
    }

    /// The last row of the table, where it was not to be read, and what is forecast of it.
    public struct Outcome: Codable, Hashable, Sendable {
        public var loss: Double
        public var forecast: Value
    }

    public struct Departure: Codable, Hashable, Sendable {
        public var step: Double
        public var origin: Double
        public var excess: Double
    }

    public struct Coefficient: Codable, Hashable, Sendable {
        public var value: Double
        @Nullable public var standardError: Double?
        /// What was known of it beforehand.
        @Nullable public var prior: String?
    }

    public var schema: Int
    public var version: String
    public var law: String
    public var schedule: String
    public var level: Double
    public var residual: String
    /// The last row that was read.
    public var now: Value
    public var rows: Int
    public var omitted: [Omission]
    public var forecast: [Value]
    public var end: Value
    @Nullable public var outcome: Outcome?
    /// On the scale of the residual.
    @Nullable public var noise: Double?
    public var lawError: Double
    public var autocorrelation: Double
    /// As many independent rows as the rows are worth.
    public var effectiveRows: Double
    public var backtests: [Trial]
    public var earlier: [Trial]
    @Nullable public var departure: Departure?
    public var coefficients: [String: Coefficient]
    public var held: [String: Double]
    public var warnings: [Warning]
}

extension ForecastReply {
    init(_ forecast: Forecast) {
        schema = Version.schema
        version = Version.product
        law = forecast.law
        schedule = forecast.schedule.label
        level = forecast.level
        residual = forecast.residual.rawValue
        now = Value(step: forecast.now, value: forecast.loss.finite, interval: nil)
        rows = forecast.rows
        omitted = forecast.omissions
        self.forecast = forecast.values.map(Value.init)
        end = Value(forecast.end)
        outcome = forecast.outcome.map { Outcome(loss: $0.loss, forecast: Value($0.forecast)) }
        noise = forecast.fit.noise.finite
        lawError = forecast.lawError
        autocorrelation = forecast.autocorrelation.coefficient
        effectiveRows = forecast.fit.observations
        backtests = forecast.backtests.map { Trial($0, forecast.residual) }
        earlier = forecast.earlier.map { Trial($0, forecast.residual) }
        departure = forecast.departure.map { Departure(step: $0.step, origin: $0.origin, excess: $0.excess) }
        let estimates = forecast.fit.estimates
        var coefficients: [String: Coefficient] = [:]
        for (position, name) in estimates.names.enumerated() {
            coefficients[name] = Coefficient(
                value: estimates.values[position], standardError: estimates.standardErrors?[position].finite,
                prior: forecast.priors.first { $0.subject.symbols.map(\.name) == [name] }.map { "\($0)" })
        }
        self.coefficients = coefficients
        held = forecast.held
        warnings = forecast.warnings
    }
}

extension ForecastReply.Value {
    init(_ value: Forecast.Value) {
        step = value.step
        self.value = value.value.finite
        interval = value.lower.flatMap { lower in
            value.upper.flatMap { upper in
                lower.isFinite && upper.isFinite ? PredictReply.Ends(lower: lower, upper: upper) : nil
            }
        }
    }
}

extension ForecastReply.Trial {
    init(_ trial: Forecast.Trial, _ scale: Residual) {
        origin = trial.origin
        target = trial.target
        said = scale.restored(trial.said)
        outcome = scale.restored(trial.outcome)
    }
}
