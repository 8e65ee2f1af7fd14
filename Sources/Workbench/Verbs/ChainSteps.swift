// --through: the steps before a law, as they are typed, and what their inputs are called in the table of its runs.

import Formulas
import Scaling
import Tables

struct ChainSteps {
    /// Laws, each with the input of the last law that it predicts where that was named.
    let laws: [(input: String?, law: Law)]

    /// `loss.law`, or `L=loss.law` where names differ.
    init(_ texts: [String]?, atlas folders: [String]?) throws {
        guard let texts, !texts.isEmpty else {
            laws = []
            return
        }
        let atlas = try AtlasSource.atlas(folders)
        laws = try texts.map { text in
            // A path may hold an equals sign; a name of an input holds no slash or dot.
            guard let equals = text.firstIndex(of: "="), !text[..<equals].contains(where: { "/.".contains($0) })
            else {
                return (nil, try Law.load(text, atlas: atlas))
            }
            let name = text[..<equals].split(separator: " ").joined(separator: " ")
            return (name, try Law.load(String(text[text.index(after: equals)...].drop { $0 == " " }), atlas: atlas))
        }
    }

    /// The law behind laws that predict its inputs; nil without any.
    static func chain(_ law: Law, through texts: [String]?, atlas folders: [String]?) throws -> Chain? {
        try ChainSteps(texts, atlas: folders).chain(law)
    }

    func chain(_ law: Law) throws -> Chain? { laws.isEmpty ? nil : try Chain(law, through: laws) }

    /// Those of the columns that the last law reads itself. The others say how large its runs are, in the names of the
    /// steps before it.
    ///
    /// - Parameter inputs: of a law; nil for a formula, of which any name may turn out to be a column.
    /// - Throws: ``WorkbenchError`` for a name that no step knows.
    func own(_ given: [String: String]?, of formula: Formula?, inputs: [LawInput]?) throws -> [String: String]? {
        guard !laws.isEmpty, let given, let formula else { return given }
        let left = formula.response?.symbols ?? []
        let read = inputs?.map(\.name) ?? formula.symbols.map(\.name)
        let own = Self.distinct(read + left.map(\.name) + (formula.symbols + left).flatMap(\.indices))
        let before = Self.distinct(laws.flatMap { $0.law.inputs.map(\.name) })
        if let unknown = given.keys.filter({ !own.contains($0) && !before.contains($0) }).min() {
            let names = ["the last law"] + laws.map(\.law.id)
            throw WorkbenchError.columnOfNoInput(
                unknown, law: names.joined(separator: " and "), inputs: Self.distinct(before + own))
        }
        return given.filter { own.contains($0.key) }
    }

    /// Whether a table has what is said to be inputs of a chain. That it says nothing of them is no error; a column that
    /// was named and is not there is one.
    ///
    /// - Throws: as ``Points/init(_:for:columns:)``.
    static func check(_ given: [String: Formula], _ chain: Chain, _ table: Table) throws {
        var named = chain.asked
        named.inputs.removeAll { given[$0.name] == nil }
        _ = try Points(table, for: named, columns: given)
    }

    /// What the inputs of a chain are called in a table: as given, else as the tables of its laws called them.
    static func columns(_ chain: Chain, _ table: Table, given: [String: Formula]) -> [String: Formula] {
        var columns = given
        for law in chain.links.map(\.law) + [chain.law] {
            columns.merge(FitSpecification.keptColumns(law, table, besides: given)) { known, _ in known }
        }
        return columns
    }

    private static func distinct(_ names: [String]) -> [String] {
        var known: Set<String> = []
        return names.filter { known.insert($0).inserted }
    }
}
