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

    /// Its numbers alone, to one digit.
    var numbers: Point {
        var point = Point()
        for input in law.inputs where !input.isLabel {
            let largest = input.range.upper
            let wanted = largest.isFinite && largest > 0 ? largest * 10 : 1
            point[input.name] = .number(Double(Numeral.scientific(wanted, digits: 1)) ?? wanted)
        }
        return point
    }

    /// Nil where an input is text, and no fitted row of the table says one that can be predicted.
    ///
    /// - Parameters:
    ///   - rows: those that were fitted; nil takes all.
    ///   - isKnown: whether a point can be predicted: a law may be asked with another table than it was fitted to.
    func point(_ table: Table?, rows: [Int]?, _ isKnown: (Points) -> Bool) -> Point? {
        let numbers = numbers
        let names = law.inputs.filter(\.isLabel).map(\.name)
        if names.isEmpty { return numbers }
        guard let table, let labelled = labels(names, of: table, rows) else { return nil }
        func with(_ labels: [String]) -> Point {
            var whole = numbers
            for (name, label) in zip(names, labels) { whole[name] = .label(label) }
            return whole
        }
        return labelled.lazy.map(with).first { point in
            (try? Points([point], for: law)).map(isKnown) ?? false
        }
    }

    // The labels that stand together in a row, each combination once, in the order of the table.
    private func labels(_ names: [String], of table: Table, _ rows: [Int]?) -> [[String]]? {
        var found: [Column.Labels] = []
        for name in names {
            var column = name
            if case .symbol(let symbol)? = columns[name]?.prediction { column = symbol.name }
            guard let labels = table[column]?.labels() else { return nil }
            found.append(labels)
        }
        var known: Set<[String]> = []
        var combinations: [[String]] = []
        for row in rows ?? Array(0..<table.rowCount) where combinations.count < Self.most {
            let labels = found.compactMap { $0[row] }
            if labels.count == names.count, known.insert(labels).inserted { combinations.append(labels) }
        }
        return combinations
    }
}
