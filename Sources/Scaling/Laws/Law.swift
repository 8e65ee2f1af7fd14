// A law: a formula with parameters, what its symbols mean, where it holds and where it came from.

import Fitting
import Formulas

/// A published law, a saved fit, or a claim: one value, one file format, taken by everything that predicts and plans.
///
/// A published law has coefficients in ``sets``; a saved fit has them, with their covariance, in ``fit``. A claim
/// reports a trend without a formula. Texts are single lines without space at either end.
public struct Law: Hashable, Sendable, Identifiable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case law
        /// A paper that reports a trend without a formula.
        case claim
        /// Several laws with weights; it has no formula.
        case average
    }

    /// The name that the law is found by: that of its file without `.law`.
    public var id: String
    public var kind: Kind
    public var title: String
    public var authors: String?
    public var year: Int?
    /// `arXiv:…`, `doi:…` or a URL.
    public var identifier: String?
    /// Where in the source the formula stands.
    public var equation: String?
    /// What is scaled: the folder of the atlas.
    public var field: String?
    /// Nil for a claim only.
    public var formula: Formula?
    public var notes: String?
    /// What misleads those who use the law, one sentence each.
    public var traps: [String] = []

    /// Of a claim: what was scaled.
    public var scaled: String?
    /// Of a claim: over which range.
    public var range: String?
    /// Of a claim: what was found.
    public var figures: String?

    /// The columns that the formula reads, in the order of the file.
    public var inputs: [LawInput] = []
    public var response: LawResponse?
    /// What the file says of parameters; a parameter of which it says nothing is missing here.
    public var parameters: [LawParameter] = []
    public var fitting = LawFitting()
    /// Published coefficients.
    public var sets: [LawSet] = []
    public var goldens: [LawGolden] = []
    /// Of an average: its laws.
    public var members: [LawMember] = []
    /// What a fit gave, where the law is a saved fit.
    public var fit: SavedFit?

    public init(id: String, kind: Kind = .law, title: String, formula: Formula? = nil) {
        self.id = id
        self.kind = kind
        self.title = title
        self.formula = formula
    }
}

extension Law {
    /// The parameters of the formula, each once, in order of appearance: its symbols that are no inputs.
    public var parameterSymbols: [Symbol] {
        let inputNames = Set(inputs.map(\.name))
        return formula?.symbols.filter { !inputNames.contains($0.name) } ?? []
    }

    /// The input of exactly this name, or nil.
    public func input(_ name: String) -> LawInput? { inputs.first { $0.name == name } }

    /// Values that parameters are held at, by name (`A`, or `E[C4]` for one value of an indexed parameter).
    public var fixedValues: [String: Double] { table(\.fixed) }

    /// Parameters that are an expression of others, by name.
    public var ties: [String: Formula] { table(\.tie) }

    /// Bounds of parameters that have one, by name.
    public var bounds: [String: Bound] { table { $0.bound == .none ? nil : $0.bound } }

    /// Whether it reads the schedule of a run and the step in it: what is fitted are rows of curves, not runs.
    public var readsCurves: Bool { formula?.scheduleColumns.isEmpty == false }

    /// The smallest and largest value of each input that was fitted, where the file says so.
    public var domain: [(name: String, range: Bound)] {
        inputs.compactMap { $0.range == .none ? nil : ($0.name, $0.range) }
    }

    /// What names of the formula stood for in the table of the saved fit: a column, or an expression of columns.
    public var columns: [String: Formula] {
        let pairs =
            inputs.map { ($0.name, $0.column) } + [(responseSymbol ?? response?.name ?? "", response?.column)]
        return Dictionary(pairs.compactMap { name, column in column.map { (name, $0) } }) { first, _ in first }
    }

    /// The name left of `~` without its backquotes; nil where an expression stands there.
    var responseSymbol: String? {
        if case .symbol(let symbol)? = formula?.response { symbol.name } else { nil }
    }

    /// The set that is used unless another is named: the one marked so, else the first.
    public var defaultSet: LawSet? { sets.first(where: \.isDefault) ?? sets.first }

    func table<T>(_ value: (LawParameter) -> T?) -> [String: T] {
        Dictionary(parameters.compactMap { parameter in value(parameter).map { (parameter.name, $0) } }) { first, _ in
            first
        }
    }
}
