// The recipes of a table: which rows are whose, and the law fitted to each by itself.

import Fitting
import Formulas
import Tables

/// The fitted rows of a table by recipe, with one fit each.
public struct Recipes: Sendable {
    /// The column that tells them apart.
    public let column: String
    /// In alphabetical order.
    public let names: [String]
    /// The law fitted to each by itself.
    public let fits: [Fit]
    /// Rows that were left out, with reasons.
    public let omissions: [Omission]
    /// The rows that are compared, in the table's order.
    let table: Table
    /// The recipe of each of them.
    let codes: [Int]
    let specification: Specification
    let starts: Int?
    let seed: UInt64
    private let source: Law?

    static let most = 30

    /// - Parameter law: the law that the specification came from.
    /// - Throws: ``ComparisonError``, `FitError`, `TableError`.
    public init(
        _ specification: Specification, law: Law? = nil, table: Table, by column: String, starts: Int?, seed: UInt64
    ) throws {
        source = law
        let labels = try table.column(column).labels()
        let read =
            specification.formula.symbols.flatMap { [$0.name] + $0.indices }
            + specification.columns.values.flatMap { $0.prediction.symbols.map(\.name) }
        if read.contains(column) { throw ComparisonError.columnInFormula(column) }
        if !specification.priors.isEmpty { throw ComparisonError.priors }
        let whole = try Problem(specification, table: table)
        let rows = whole.rows.filter { labels.codes[$0] >= 0 }
        let missing = whole.rows.count - rows.count
        omissions =
            whole.omissions + (missing > 0 ? [Omission(reason: "no value of \(column)", count: missing)] : [])
        let names = Set(rows.map { labels.names[Int(labels.codes[$0])] }).sorted()
        guard names.count > 1 else {
            throw ComparisonError.oneRecipe(column: column, only: names.first, table: table.name)
        }
        guard names.count <= Self.most else {
            throw ComparisonError.tooManyRecipes(column: column, count: names.count, limit: Self.most)
        }
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let codes = rows.map { places[labels.names[Int(labels.codes[$0])]] ?? 0 }
        let kept = table.rows(at: rows)
        var fits: [Fit] = []
        for (place, name) in names.enumerated() {
            let own = kept.rows(at: codes.indices.filter { codes[$0] == place })
            let problem = try Problem(specification, table: own)
            let free = problem.parameters.count { $0.bound.lower < $0.bound.upper }
            guard own.rowCount > free else {
                throw ComparisonError.tooFewRuns(
                    recipe: name, column: column, runs: own.rowCount, parameters: free)
            }
            fits.append(try Fit(problem, starts: starts, seed: seed))
        }
        (self.column, self.names, self.codes, self.table) = (column, names, codes, kept)
        (self.specification, self.starts, self.seed, self.fits) = (specification, starts, seed, fits)
    }

    /// The runs of each recipe.
    public var runs: [Int] { names.indices.map { place in codes.count { $0 == place } } }

    /// The law of any one recipe, without the column that tells recipes apart; its coefficients are the first one's.
    func law() -> Law {
        Law(
            fits[0], specification: specification, of: source, id: source?.id ?? "the law", title: "the law",
            version: "", table: table)
    }

    /// The inputs of the law at every row that is compared.
    func points() throws(ScalingError) -> Points { try Points(table, for: law(), columns: specification.columns) }

    /// Refuses recipes that were never measured in one range: what differs between them may be that range.
    func checkOverlap(_ points: Points) throws(ComparisonError) {
        for input in points.names {
            guard let values = points.numbers[input] else { continue }
            let ranges = names.indices.map { place in
                let own = values.indices.filter { codes[$0] == place }.map { values[$0] }
                return (low: own.min() ?? .nan, high: own.max() ?? .nan)
            }
            let slack = 1 + DesignCells.tolerance
            for b in ranges.indices {
                for a in 0..<b {
                    let (low, high) = (max(ranges[a].low, ranges[b].low), min(ranges[a].high, ranges[b].high))
                    if low <= high || (low > 0 && low <= high * slack) { continue }
                    func words(_ k: Int) -> String {
                        "\(Numeral.quantity(ranges[k].low, digits: 3))..\(Numeral.quantity(ranges[k].high, digits: 3))"
                    }
                    throw .noOverlap(
                        input: input, first: names[a], second: names[b], ranges: (words(a), words(b)))
                }
            }
        }
    }
}
