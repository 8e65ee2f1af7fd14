// Runs of several recipes at the same point of the design: what makes a comparison paired.

import Fitting
import Formulas

/// Fitted rows by the point of the design that they measure, across recipes.
///
/// Rows belong to one cell where every input agrees within 5 per cent: two recipes of one width rarely have exactly as
/// many parameters. Where that would chain rows of different points into one cell, only equal inputs count.
public struct DesignCells: Hashable, Sendable {
    /// The cell of each fitted row, counted from 0 in order of first appearance.
    public let codes: [Int]
    public let count: Int
    /// Cells that hold runs of two recipes or more.
    public let shared: Int
    /// Whether enough of them are shared for draws to be paired: three.
    public var isPaired: Bool { shared >= Self.fewest }

    static let tolerance = 0.05
    static let fewest = 3
    /// Beyond this many rows only equal inputs are looked for.
    private static let mostCompared = 4_000

    /// - Parameters:
    ///   - columns: the inputs, one number a fitted row each.
    ///   - recipes: the recipe of each fitted row.
    public init(columns: [[Double]], recipes: [Int]) {
        var codes = Self.equal(columns, recipes.count)
        if recipes.count <= Self.mostCompared, let near = Self.near(columns, recipes.count) { codes = near }
        self.init(codes: codes, recipes: recipes)
    }

    /// Cells that somebody named: those of a column.
    public init(labels: [String], recipes: [Int]) {
        var known: [String: Int] = [:]
        let codes = labels.map { label in
            let code = known[label] ?? known.count
            known[label] = code
            return code
        }
        self.init(codes: codes, recipes: recipes)
    }

    private init(codes: [Int], recipes: [Int]) {
        self.codes = codes
        count = (codes.max() ?? -1) + 1
        var held = [Set<Int>](repeating: [], count: count)
        for (code, recipe) in zip(codes, recipes) { held[code].insert(recipe) }
        shared = held.count { $0.count > 1 }
    }

    /// How residuals of different recipes in one cell go together: Σ ab / √(Σ a² Σ b²) over all pairs of runs of one cell
    /// and two recipes; nil without such pairs.
    public func correlation(of residuals: [Double], recipes: [Int]) -> Double? {
        var members = [[Int]](repeating: [], count: count)
        for (row, code) in codes.enumerated() { members[code].append(row) }
        var (products, first, second) = (0.0, 0.0, 0.0)
        for cell in members {
            for a in cell {
                for b in cell where recipes[a] < recipes[b] {
                    products += residuals[a] * residuals[b]
                    first += residuals[a] * residuals[a]
                    second += residuals[b] * residuals[b]
                }
            }
        }
        let size = (first * second).squareRoot()
        return size > 0 ? products / size : nil
    }

    // MARK: - Finding cells

    private static func equal(_ columns: [[Double]], _ rows: Int) -> [Int] {
        var known: [[Double]: Int] = [:]
        return (0..<rows).map { row in
            let key = columns.map { $0[row] }
            let code = known[key] ?? known.count
            known[key] = code
            return code
        }
    }

    // Nil where cells would be chains.
    private static func near(_ columns: [[Double]], _ rows: Int) -> [Int]? {
        let scaled = columns.map { column in
            column.allSatisfy { $0 > 0 } ? column.map(Elementary.ln) : column
        }
        let reach = columns.map { $0.allSatisfy { $0 > 0 } ? Elementary.ln(1 + tolerance) : 0 }
        var codes = [Int](repeating: -1, count: rows)
        var next = 0
        for start in 0..<rows where codes[start] < 0 {
            codes[start] = next
            var pending = [start]
            while let row = pending.popLast() {
                for other in 0..<rows where codes[other] < 0 {
                    let isNear = columns.indices.allSatisfy {
                        (scaled[$0][row] - scaled[$0][other]).magnitude <= reach[$0]
                    }
                    if isNear {
                        codes[other] = next
                        pending.append(other)
                    }
                }
            }
            next += 1
        }
        for k in columns.indices {
            var low = [Double](repeating: .infinity, count: next)
            var high = [Double](repeating: -.infinity, count: next)
            for row in 0..<rows {
                low[codes[row]] = min(low[codes[row]], scaled[k][row])
                high[codes[row]] = max(high[codes[row]], scaled[k][row])
            }
            if zip(low, high).contains(where: { $1 - $0 > 2 * reach[k] }) { return nil }
        }
        return codes
    }
}
