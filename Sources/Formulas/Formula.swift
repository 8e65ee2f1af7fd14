// A formula: definitions, an optional response, and what predicts it.

/// A checked expression of the formula language, with its named intermediates and, where it is to be fitted, its
/// response: `let Nhat = N * (1 + k * ln(P)); loss ~ E + (A / Nhat)^alpha`.
///
/// Two formulas are equal when they say the same; the text that one was parsed from does not count.
public struct Formula: Sendable {
    /// A named intermediate, `let name = value`.
    public struct Definition: Hashable, Sendable {
        public let name: String
        public let value: Expression

        package init(name: String, value: Expression) {
            self.name = name
            self.value = value
        }
    }

    /// The `let` definitions, in order; each may use those before it.
    public let definitions: [Definition]
    /// What stands left of `~`: an expression of columns. Nil for a bare expression.
    public let response: Expression?
    /// What stands right of `~`, or the whole of a bare expression.
    public let prediction: Expression
    /// The text that the formula was parsed from.
    public let text: String
    /// Where each name first stands in `text`, in bytes; for messages.
    package let places: [String: Range<Int>]

    package init(
        definitions: [Definition], response: Expression?, prediction: Expression, text: String = "",
        places: [String: Range<Int>] = [:]
    ) {
        self.definitions = definitions
        self.response = response
        self.prediction = prediction
        self.text = text
        self.places = places
    }

    /// Parses a formula; see `docs/formulas.md` for the language.
    ///
    /// - Throws: ``FormulaError`` with the place, for any text that is not a formula. Linear in the length of the
    ///   text; text over 65,536 bytes is refused.
    public init(_ text: String) throws(FormulaError) {
        var parser = try Parser(text)
        self = try parser.parseFormula()
    }

    /// Parses a formula of parameters' values, in which an index names a label: `E[C4] - E[RedPajama]`.
    ///
    /// - Throws: as ``init(_:)``.
    public init(ofParameters text: String) throws(FormulaError) {
        var parser = try Parser(text)
        self = try parser.parseFormula(ofParameters: true)
    }

    /// Every symbol right of `~` and in the definitions that is not itself a definition, in order of appearance.
    public var symbols: [Symbol] {
        let defined = Set(definitions.map(\.name))
        var seen = Set<Symbol>()
        return (definitions.map(\.value) + [prediction]).flatMap(\.symbols)
            .filter { !defined.contains($0.name) && seen.insert($0).inserted }
    }
}

extension Formula: Hashable {
    public static func == (left: Formula, right: Formula) -> Bool {
        left.definitions == right.definitions && left.response == right.response
            && left.prediction == right.prediction
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(definitions)
        hasher.combine(response)
        hasher.combine(prediction)
    }
}
