// laws show: all that is known of one law.

import Formulas
import Reports
import Scaling

/// A request to show a law.
public struct LawsShowRequest: Codable, Hashable, Sendable {
    /// A law file, or the id of a law of the atlas.
    public var law: String
    /// Folders with laws of one's own.
    public var atlas: [String]?

    public init(law: String, atlas: [String]? = nil) {
        self.law = law
        self.atlas = atlas
    }
}

/// All that is known of a law.
public struct LawReply: Codable, Hashable, Sendable {
    public struct Symbol: Codable, Hashable, Sendable {
        public var name: String
        /// `input`, `response` or `parameter`.
        public var role: String
        @Nullable public var meaning: String?
        @Nullable public var unit: String?
        /// Which parameters or which compute an input counts.
        @Nullable public var counting: String?
        /// Of an input: where the law was fitted. Of a parameter: its bound.
        @Nullable public var range: FitReply.Limits?
        /// Of the response: `decrease` or `increase`.
        @Nullable public var direction: String?
    }

    public struct CoefficientSet: Codable, Hashable, Sendable {
        public var name: String
        public var isDefault: Bool
        public var values: [String: Double]
        @Nullable public var certainty: String?
        @Nullable public var data: String?
        @Nullable public var objective: String?
        @Nullable public var uncertainty: String?
        @Nullable public var range: String?
        @Nullable public var source: String?
        @Nullable public var note: String?
    }

    public var schema: Int
    public var version: String
    public var id: String
    public var kind: String
    public var title: String
    @Nullable public var field: String?
    @Nullable public var authors: String?
    @Nullable public var year: Int?
    @Nullable public var identifier: String?
    @Nullable public var equation: String?
    @Nullable public var formula: String?
    @Nullable public var latex: String?
    public var symbols: [Symbol]
    public var sets: [CoefficientSet]
    @Nullable public var loss: String?
    @Nullable public var residual: String?
    @Nullable public var recipe: String?
    @Nullable public var notes: String?
    public var traps: [String]
    /// The laws of an average.
    public var members: [PredictReply.Member]
    @Nullable public var scaled: String?
    @Nullable public var range: String?
    @Nullable public var figures: String?
    @Nullable public var bibTeX: String?
}

/// Shows a law or a claim.
public enum LawsShowVerb: Verb {
    public static let name = "laws show"

    public static func answer(_ request: LawsShowRequest) throws -> Answer<LawReply> {
        let law = try Law.load(request.law, atlas: try AtlasSource.atlas(request.atlas))
        return Answer(LawReply(law)) { .law(law) }
    }
}

extension LawReply {
    init(_ law: Law) {
        schema = Version.schema
        version = Version.product
        id = law.id
        kind = law.kind.rawValue
        title = law.title
        field = law.field
        authors = law.authors
        year = law.year
        identifier = law.identifier
        equation = law.equation
        formula = law.formula.map { "\($0)" }
        latex = law.formula?.latex
        symbols = Symbol.all(of: law)
        sets = law.sets.map(CoefficientSet.init)
        loss = law.fitting.loss.map { "\($0)" }
        residual = law.fitting.residual?.rawValue
        recipe = law.fitting.recipe
        notes = law.notes
        traps = law.traps
        members = law.members.map { PredictReply.Member(law: $0.law.id, weight: $0.weight) }
        scaled = law.scaled
        range = law.range
        figures = law.figures
        bibTeX = law.bibTeX
    }
}

extension LawReply.Symbol {
    static func all(of law: Law) -> [LawReply.Symbol] {
        var symbols = law.inputs.map { input in
            LawReply.Symbol(
                name: input.name, role: "input", meaning: input.meaning, unit: input.unit, counting: input.counting,
                range: FitReply.Limits(input.range), direction: nil)
        }
        if let response = law.response {
            symbols.append(
                LawReply.Symbol(
                    name: response.name, role: "response", meaning: response.meaning, unit: response.unit,
                    counting: nil, range: nil, direction: response.direction?.rawValue))
        }
        for symbol in law.parameterSymbols {
            let said = law.parameters.first { $0.name == symbol.name }
            symbols.append(
                LawReply.Symbol(
                    name: "\(symbol)", role: "parameter", meaning: said?.meaning, unit: nil, counting: nil,
                    range: said.flatMap { FitReply.Limits($0.bound) }, direction: nil))
        }
        return symbols
    }
}

extension LawReply.CoefficientSet {
    init(_ set: LawSet) {
        self.init(
            name: set.name, isDefault: set.isDefault,
            values: Dictionary(set.values.map { ($0.name, $0.value) }) { first, _ in first },
            certainty: set.certainty?.rawValue, data: set.data, objective: set.objective,
            uncertainty: set.uncertainty,
            range: set.range, source: set.source, note: set.note)
    }
}
