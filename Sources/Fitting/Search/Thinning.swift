// Fewer rows, evenly taken: enough to size up parameters, screen starts and see which terms matter.

import Formulas

extension Model {
    /// Rows beyond this many are thinned.
    private static let mostRows = 2_048

    /// The same model over at most 2,048 of its rows.
    var thinned: Model {
        let rows = Self.thinnedRows(of: rowCount)
        return rows.count < rowCount ? thinned(to: rows) : self
    }

    // One row of each equal stretch of the table, at golden steps within it: a table in which every run has as many
    // checkpoints as a stretch has rows would else be seen at one checkpoint only.
    static func thinnedRows(of count: Int) -> [Int] {
        if count <= mostRows { return Array(0..<count) }
        return (0..<mostRows).map { k in
            let (start, end) = (k * count / mostRows, (k + 1) * count / mostRows)
            let golden = Double(k) * 0.618_033_988_749_894_9
            return start + Int((golden - golden.rounded(.down)) * Double(end - start))
        }
    }

    /// The same model over some of its rows.
    func thinned(to rows: [Int]) -> Model {
        Model(
            graph: graph, prediction: prediction,
            families: families.map { family in
                Family(
                    symbol: family.symbol, offset: family.offset, count: family.count,
                    codes: family.codes.map { codes in rows.map { codes[$0] } })
            },
            symbols: symbols, first: first, second: second,
            columns: columns.map { column in rows.map { column[$0] } }, rowCount: rows.count, level: level)
    }
}
