// What a reading gives, as data. Every key is documented in docs/json.md.

import Scaling
import Tables

/// The runs that were found, and the table that they became.
public struct ReadReply: Codable, Hashable, Sendable {
    public struct Run: Codable, Hashable, Sendable {
        public var name: String
        public var source: String
        public var formats: [String]
        /// `ended`, `interrupted` or `diverged`.
        public var state: String
        /// Null where it is in the table.
        @Nullable public var setAside: Reason?
        /// The series that is the loss.
        @Nullable public var loss: String?
        /// The step of the final loss.
        @Nullable public var step: Int?
        public var finals: [Final]
        public var series: [Series]
        public var quantities: [Quantity]
        public var settings: [Setting]
    }

    public struct Reason: Codable, Hashable, Sendable {
        public var code: String
        public var reason: String
    }

    public struct Final: Codable, Hashable, Sendable {
        /// `mean:100`.
        public var choice: String
        @Nullable public var value: Double?
    }

    public struct Series: Codable, Hashable, Sendable {
        public var name: String
        public var rows: Int
        public var first: Int
        public var last: Int
    }

    public struct Quantity: Codable, Hashable, Sendable {
        public var name: String
        @Nullable public var value: Double?
        @Nullable public var text: String?
        /// Where it is said, or how it was derived.
        public var origin: String
    }

    public struct Setting: Codable, Hashable, Sendable {
        public var key: String
        @Nullable public var number: Double?
        @Nullable public var text: String?
        @Nullable public var truth: Bool?
        public var source: String
    }

    public var schema: Int
    public var version: String
    public var runs: [Run]
    /// Rows of the table.
    public var rows: Int
    public var columns: [String]
    /// The names that the loss has, the first of which counts.
    public var loss: [String]
    /// Where the table was written.
    @Nullable public var saved: String?
    public var files: Int
    public var warnings: [Notice]

    public struct Notice: Codable, Hashable, Sendable {
        public var code: String
        public var message: String
        public var hint: String
    }
}

extension ReadReply {
    init(_ reading: RunReading, _ table: Table, saved: String?) {
        schema = Version.schema
        version = Version.product
        runs = reading.runs.map { Run($0, reading.choices) }
        rows = table.rowCount
        columns = table.columns.map(\.name)
        loss = reading.loss.names
        self.saved = saved
        files = reading.logs.files
        warnings = reading.notices.map { Notice(code: $0.code, message: $0.message, hint: $0.hint) }
    }
}

extension ReadReply.Run {
    fileprivate init(_ run: ReadRun, _ choices: RunChoices) {
        name = run.log.name
        source = run.log.source
        formats = run.formats
        state = run.state.word
        setAside = run.setAside.map { ReadReply.Reason(code: $0.code, reason: $0.reason) }
        loss = run.loss?.name
        step = run.step
        finals = zip(choices.finals, run.finals).map { ReadReply.Final(choice: $0.text, value: $1?.finite) }
        series = run.log.series.compactMap { series in
            guard let first = series.steps.min(), let last = series.steps.max() else { return nil }
            return ReadReply.Series(name: series.name, rows: series.steps.count, first: first, last: last)
        }
        quantities = run.facts.facts.map { fact in
            var quantity = ReadReply.Quantity(
                name: fact.quantity.rawValue, value: nil, text: nil, origin: fact.origin)
            switch fact.value {
            case .number(let number): quantity.value = number.finite
            case .text(let text): quantity.text = text
            }
            return quantity
        }
        settings = run.log.settings.map { setting in
            var result = ReadReply.Setting(
                key: setting.key, number: nil, text: nil, truth: nil, source: setting.source)
            switch setting.value {
            case .number(let number): result.number = number.finite
            case .text(let text): result.text = text
            case .truth(let truth): result.truth = truth
            }
            return result
        }
    }
}
