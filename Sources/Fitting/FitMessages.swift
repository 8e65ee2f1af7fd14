// The wording of every fault in a request to fit.

import Formulas
import Tables

extension FitError: CustomStringConvertible {
    public var description: String { diagnostic.text }

    private var diagnostic: Diagnostic {
        switch self {
        case .formula(let error, let option):
            return Diagnostic(summary: "\(option): \(error)")
        case .table(let error):
            return Diagnostic(summary: "\(error)")
        case .noResponse(let formula):
            return Diagnostic(
                summary: "the formula does not say what it predicts", details: [formula],
                help: "write 'loss ~ \(formula)', with the column that was measured left of '~'")
        case .responseNotAColumn(let name, let table, let header):
            return Diagnostic(
                summary: "unknown column '\(name)' left of '~'", details: [Self.list(table, header)],
                help: Self.suggestion(name, header) ?? Suggestion.column(name, nil))
        case .twoSided(let parameters, let measured, let implicit):
            let names = parameters.map { "'\($0)'" }.joined(separator: ", ")
            return Diagnostic(
                summary: "\(names) left of '~' \(parameters.count == 1 ? "is no column" : "are no columns")",
                details: ["a side that shrinks with its parameters fits anything; what is fitted is measured"],
                help: "write '\(implicit)', with numbers or parameters for FROM and TO, "
                    + "between which \(measured) lies")
        case .nearMiss(let parameter, let column, let table, let header):
            return Diagnostic(
                summary: "'\(parameter)' is no column, and close to '\(column)'",
                details: [Self.list(table, header)],
                help: "write '\(Symbol(column))' in the formula, or \(Suggestion.column(parameter, column)); "
                    + "rename it if it is meant as a parameter")
        case .lawNeedsInput(let name, let unit, let near, let table, let header):
            let need = "the law needs \(name)\(unit.isEmpty ? "" : " [\(unit)]")"
            return Diagnostic(
                summary: "no column '\(name)'",
                details: [Self.list(table, header), near.map { "\(need); did you mean '\($0)'?" } ?? need],
                help: Suggestion.column(name, near))
        case .columnIndexed(let name):
            return Diagnostic(
                summary: "'\(name)' is a column and cannot have an index",
                help: "only a parameter is indexed: E[dataset]")
        case .indexNotAColumn(let index, let symbol, let table, let header):
            return Diagnostic(
                summary: "the index '\(index)' of '\(symbol)' is no column", details: [Self.list(table, header)],
                help: Self.suggestion(index, header) ?? Suggestion.column(index, nil))
        case .unknownParameter(let name, let option, let parameters):
            return Diagnostic(
                summary: "\(option): the formula has no parameter '\(name)'",
                details: ["parameters: " + parameters.joined(separator: ", ")],
                help: Self.suggestion(name, parameters))
        case .unknownColumnOption(let name, let symbols):
            return Diagnostic(
                summary: "--column: the formula has no name '\(name)'",
                details: ["names: " + symbols.joined(separator: ", ")],
                help: Self.suggestion(name, symbols) ?? "the name of the formula stands first: --column N=params")
        case .unusableOption(let option, let value, let reason):
            return Diagnostic(summary: "\(option): '\(value)' cannot be used", help: reason)
        case .startOutsideBound(let name, let start, let bound):
            return Diagnostic(
                summary: "--start: \(name) = \(Expression.decimal(start)) lies outside of its bound \(bound)")
        case .tieCycle(let name):
            return Diagnostic(
                summary: "--tie: '\(name)' is tied to itself", help: "keep one of the tied parameters free")
        case .estimandNeedsInput(let name, let inputs):
            return Diagnostic(
                summary: "the point has no value of '\(name)'",
                details: ["the law reads: " + inputs.joined(separator: ", ")], help: "add it: '\(name)=1e9'")
        case .badPrior(let text, let reason):
            return Diagnostic(
                summary: "--prior: '\(text)' is no prior: \(reason)",
                help: "write 'alpha ~ normal(0.35, 0.1)', lognormal(mean, sd of the logarithm), "
                    + "uniform(lower, upper) or student(mean, scale, degrees of freedom)")
        case .badLevel(let level):
            return Diagnostic(
                summary: "the level \(Expression.decimal(level)) is no probability between 0 and 1",
                help: "--level 0.9 asks for intervals of 90 per cent")
        case .nothingToFit(let formula):
            return Diagnostic(
                summary: "nothing is left to fit", details: [formula],
                help: "every name is a column, fixed or tied; leave a parameter free")
        case .responseOutsideScale(let residual, let value, let column, let place):
            let domain = residual == .log ? "above zero" : "between 0 and 1"
            return Diagnostic(
                summary: "\(place): \(column) is \(Expression.decimal(value)); residuals on the \(residual.rawValue) "
                    + "scale need values \(domain)",
                help: "use --residual raw, or leave the row out: --where '\(column) > 0"
                    + (residual == .logit ? " and \(column) < 1'" : "'"))
        case .badWeight(let weight, let place):
            return Diagnostic(
                summary:
                    "\(place): the weight \(Expression.decimal(weight)) is \(weight < 0 ? "negative" : "infinite")")
        case .noRows(let table, let omissions):
            return Diagnostic(
                summary: "no row of \(table) is left to fit",
                details: omissions.map { "\($0.count) left out: \($0.reason)" })
        case .notFiniteAtStart(let names):
            return Diagnostic(
                summary: "the formula has no finite value at the start",
                details: ["start: " + names.joined(separator: ", ")],
                help: "give another --start, or none: starts are then found from the data")
        case .nowhereFinite:
            return Diagnostic(
                summary: "no start was found where the formula is finite on every row",
                help: "give --start or --bound, or leave out the rows that it cannot describe with --where")
        }
    }

    private static func list(_ table: String, _ header: [String]) -> String {
        let shown = header.prefix(20).joined(separator: ", ")
        return "\(table), header: \(shown)\(header.count > 20 ? ", … (\(header.count) columns)" : "")"
    }

    private static func suggestion(_ name: String, _ known: [String]) -> String? {
        Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
    }
}
