// Where a law is asked if nobody says where: ten times beyond its largest run.

import Formulas
import Reports
import Scaling
import Tables

/// The point with ten times the largest value of every input.
struct FartherPoint {
    /// The law whose inputs a point gives.
    let law: Law
    /// What its inputs are called in the table of its runs.
    let columns: [String: Formula]

    /// So many combinations of labels are tried at most.
    private static let most = 200

    init(_ law: Law, columns: [String: Formula]) { (self.law, self.columns) = (law, columns) }

    /// Its numbers alone, as they are typed: to one digit.
    var numbers: Point {
        var point = Point()
        for input in law.inputs where !input.isLabel {
            let largest = input.range.upper
            let wanted = largest.isFinite && largest > 0 ? largest * 10 : 1
            point[input.name] = .number(Quantity.parse(Numbers.quantity(wanted, digits: 1)) ?? wanted)
        }
        return point
    }

    /// Nil where an input is text, and no row of the table says which.
    ///
    /// - Parameter isKnown: whether a point can be predicted: a table may hold labels that no fitted row has.
    func point(_ table: Table?, _ isKnown: (Points) -> Bool) -> Point? {
        let numbers = numbers
        let names = law.inputs.filter(\.isLabel).map(\.name)
        if names.isEmpty { return numbers }
        guard let table, let labelled = labels(names, of: table) else { return nil }
        func with(_ labels: [String]) -> Point {
            var whole = numbers
            for (name, label) in zip(names, labels) { whole[name] = .label(label) }
            return whole
        }
        let known = labelled.first { labels in
            (try? Points([with(labels)], for: law)).map(isKnown) ?? false
        }
        return (known ?? labelled.first).map(with)
    }

    // The labels that stand together in a row, each combination once, in the order of the table.
    private func labels(_ names: [String], of table: Table) -> [[String]]? {
        var found: [Column.Labels] = []
        for name in names {
            var column = name
            if case .symbol(let symbol)? = columns[name]?.prediction { column = symbol.name }
            guard let labels = table[column]?.labels() else { return nil }
            found.append(labels)
        }
        var known: Set<[String]> = []
        var combinations: [[String]] = []
        for row in 0..<table.rowCount where combinations.count < Self.most {
            let labels = found.compactMap { $0[row] }
            if labels.count == names.count, known.insert(labels).inserted { combinations.append(labels) }
        }
        return combinations
    }
}
