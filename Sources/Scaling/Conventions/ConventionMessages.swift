// The wording of doubts about countings and units.

import Fitting
import Formulas

extension Warning {
    static func counting(
        _ input: LawInput, _ column: String, _ counted: ColumnMeaning.Counting, wanted: ColumnMeaning.Counting,
        _ cost: Cost?
    ) -> Warning {
        var message =
            "\(input.name) of the law counts \(wanted.words), the column '\(column)' counts \(counted.words)"
        guard let cost else {
            return Warning(
                code: "counting-mismatch", message: message,
                hint: "give a column that counts \(wanted.words), or fit the law again with what you count")
        }
        message += ": \(Numeral.significant(cost.ratio, digits: 3)) times '\(cost.column)' in the middle"
        if let effect = cost.effect {
            let percent = Numeral.significant(effect.magnitude * 100, digits: 2)
            message += ", which moves the law's value by \(percent) %"
        }
        return Warning(
            code: "counting-mismatch", message: message, hint: "--column '\(input.name)=\(Symbol(cost.column))'")
    }

    /// - Parameter factor: what the column is to be multiplied by.
    static func unit(
        _ input: LawInput, _ wanted: ColumnMeaning, column: String, unit: Double, factor: Double
    ) -> Warning {
        let found = ColumnMeaning(wanted.kind, unit: unit).unitName ?? ""
        return Warning(
            code: "unit-mismatch",
            message:
                "\(input.name) of the law is in \(input.unit ?? ""), the column '\(column)' in \(found): the factor is "
                + ColumnMeaning.written(factor),
            hint: "--column '\(input.name)=\(ColumnMeaning.written(factor)) * \(Symbol(column))'")
    }

    /// - Parameter factor: what would bring the value back into the range.
    static func magnitude(
        _ input: LawInput, _ wanted: ColumnMeaning, example: Double, factor: Double
    ) -> Warning {
        let times = ColumnMeaning.written(factor > 1 ? factor : 1 / factor)
        let unit = (wanted.unit ?? 1) * factor
        let given = ColumnMeaning(wanted.kind, unit: (unit - 1).magnitude < 1e-9 ? 1 : unit).unitName ?? ""
        return Warning(
            code: "unit-mismatch",
            message: "\(input.name) = \(Numeral.quantity(example, digits: 3)) lies far outside of the fitted range "
                + "\(Numeral.quantities(input.range, digits: 3)) [\(input.unit ?? "")]; \(factor > 1 ? "times" : "divided by") "
                + "\(times) it would lie there: is it in \(given)?",
            hint: "give \(input.name) in \(input.unit ?? "")")
    }
}

extension ColumnMeaning.Counting {
    /// What is counted, as a sentence says it.
    var words: String {
        switch self {
        case .all: "all parameters"
        case .nonEmbedding: "the parameters without embeddings"
        case .transformer: "the parameters of the layers alone"
        case .active: "the parameters that are active for a token"
        case .total: "the parameters of all experts"
        case .sixND: "6 N D operations"
        case .exact: "operations one by one"
        }
    }
}
