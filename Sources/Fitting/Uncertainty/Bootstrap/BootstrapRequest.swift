// A bootstrap as it is asked for in words, before any table is seen.

import Formulas
import Tables

/// A bootstrap written as on the command line: `4000`, `wild:4000`, `cluster:run:4000`.
public struct BootstrapRequest: Hashable, Sendable {
    /// `pairs`, `cluster`, `wild`, `residual`, `parametric` or `bayesian`.
    public let name: String
    /// The column whose labels keep rows together.
    public let column: String?
    /// How many replicates.
    public let replicates: Int

    private static let names = ["pairs", "cluster", "wild", "residual", "parametric", "bayesian"]
    private static let byColumn = ["cluster", "wild", "bayesian"]
    private static let option = "--bootstrap"

    /// Reads `REPLICATES`, `KIND:REPLICATES` or `KIND:COLUMN:REPLICATES`; a number alone is of pairs.
    ///
    /// - Throws: ``FitError/unusableOption(_:value:reason:)``.
    public init(_ text: String) throws(FitError) {
        func unusable(_ reason: String) -> FitError { .unusableOption(Self.option, value: text, reason: reason) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let name = parts.count == 1 ? "pairs" : parts[0]
        guard let last = parts.last, let number = Quantity.parse(last), number >= 2, number <= 1e8,
            number == number.rounded()
        else {
            throw unusable(
                "it ends with how many replicates to draw, 2 or more: \(parts.count > 1 ? "\(name):" : "")4000")
        }
        guard Self.names.contains(name) else {
            let near = Suggestion.nearest(to: name, among: Self.names).map { "; did you mean '\($0)'?" } ?? ""
            throw unusable("a bootstrap is one of \(Self.names.joined(separator: ", "))\(near)")
        }
        // A column may have a colon in its name.
        let column = parts.count > 2 ? parts[1..<(parts.count - 1)].joined(separator: ":") : nil
        if column == nil, name == "cluster" {
            throw unusable("name the column that keeps rows together: cluster:run:\(last)")
        }
        if column != nil, !Self.byColumn.contains(name) {
            throw unusable("only \(Self.byColumn.joined(separator: ", ")) take a column: \(name):\(last)")
        }
        self.name = name
        self.column = column
        replicates = Int(number)
    }

    /// The kind, for a problem that was bound to `table`.
    ///
    /// - Throws: ``FitError`` where the column cannot serve; see ``Clusters``.
    public func kind(of problem: Problem, in table: Table) throws(FitError) -> BootstrapKind {
        var clusters: Clusters?
        if let column { clusters = try Clusters(column: column, of: problem, in: table) }
        switch (name, clusters) {
        case ("cluster", let clusters?): return .cluster(clusters)
        case ("wild", _): return .wild(clusters)
        case ("residual", _): return .residual
        case ("parametric", _): return .parametric
        case ("bayesian", _): return .bayesian(clusters)
        default: return .pairs
        }
    }
}
