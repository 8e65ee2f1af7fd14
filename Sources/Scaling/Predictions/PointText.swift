// A point as a person types it: what the grammar of points reads back as the same point.

import Formulas

extension Law {
    /// A point as it is typed after `--at`: ``N=70B, `data set`=C4``.
    ///
    /// A name that is no plain word stands in backquotes, and a label that holds a comma or begins with a quotation mark in
    /// quotes.
    ///
    /// - Parameter number: how numbers are written.
    package func typed(_ point: Point, number: (Double) -> String) -> String {
        inputs.compactMap { input in
            switch point[input.name] {
            case .number(let value): "\(Symbol(input.name))=\(number(value))"
            case .label(let label): "\(Symbol(input.name))=\(PointGrammar.typed(label: label))"
            case nil: nil
            }
        }.joined(separator: ", ")
    }
}

extension PointGrammar {
    /// A label as ``Points/init(_:for:)`` reads it; none is known for one that holds both quotation marks and a comma.
    static func typed(label: String) -> String {
        let isBare =
            !label.isEmpty && !label.contains(",") && !(label.contains("@") && label.contains(".."))
            && label.first.map { !"\"' \t".contains($0) } ?? false && label.last != " "
        if isBare { return label }
        return label.contains("\"") ? "'\(label)'" : "\"\(label)\""
    }
}
