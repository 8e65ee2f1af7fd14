// What can be wrong with a request to compare, and its wording.

import Formulas

/// A fault in what is to be compared.
public enum ComparisonError: Error, Sendable {
    case oneRecipe(column: String, only: String?, table: String)
    case tooManyRecipes(column: String, count: Int, limit: Int)
    case tooFewRuns(recipe: String, column: String, runs: Int, parameters: Int)
    case noOverlap(input: String, first: String, second: String, ranges: (String, String))
    case columnInFormula(String)
    case unknownRecipe(String, option: String, recipes: [String])
    case unknownShared(String, parameters: [String])
    case priors
    case pathWithoutCost(inputs: [String])
    case optimumNeedsTwo(inputs: [String])
    case pathNeedsPositive(input: String)
}

extension ComparisonError: CustomStringConvertible {
    public var description: String { diagnostic.text }

    private var diagnostic: Diagnostic {
        switch self {
        case .oneRecipe(let column, let only, let table):
            return Diagnostic(
                summary: only.map { "all fitted rows of \(table) have \(column) '\($0)': nothing to compare" }
                    ?? "no fitted row of \(table) has a value of \(column)",
                help: "name a column that tells recipes apart: --by COLUMN, or let --where keep more of them")
        case .tooManyRecipes(let column, let count, let limit):
            return Diagnostic(
                summary: "\(column) has \(count) different values; at most \(limit) are compared",
                help: "keep some of them: --where '\(Symbol(column)) == \"…\"', or name another column")
        case .tooFewRuns(let recipe, let column, let runs, let parameters):
            return Diagnostic(
                summary: "\(column) '\(recipe)' has \(runs) run\(runs == 1 ? "" : "s") for \(parameters) parameters",
                details: ["each recipe is fitted by itself first, which takes \(parameters + 1) runs"],
                help:
                    "leave it out: --where '\(Symbol(column)) != \"\(recipe)\"', hold parameters with --fix, or add runs"
            )
        case .noOverlap(let input, let first, let second, let ranges):
            return Diagnostic(
                summary: "the runs of '\(first)' and '\(second)' have no range of \(input) in common",
                details: ["\(first): \(input) in \(ranges.0)", "\(second): \(input) in \(ranges.1)"],
                help: "add runs of one of them where the other has runs; what differs now may be \(input) alone")
        case .columnInFormula(let column):
            return Diagnostic(
                summary: "--by: the formula already reads '\(column)'",
                help: "write the formula of one recipe, E rather than E[\(column)]: what is shared is tested")
        case .unknownRecipe(let name, let option, let recipes):
            return Diagnostic(
                summary: "\(option): there is no recipe '\(Diagnostic.plain(name))'",
                details: ["recipes: " + recipes.joined(separator: ", ")],
                help: Suggestion.nearest(to: name, among: recipes).map { "did you mean '\($0)'?" })
        case .unknownShared(let name, let parameters):
            return Diagnostic(
                summary: "--share: the formula has no parameter '\(Diagnostic.plain(name))'",
                details: ["parameters: " + parameters.joined(separator: ", ")],
                help: Suggestion.nearest(to: name, among: parameters).map { "did you mean '\($0)'?" }
                    ?? "write auto, none, or names: --share 'alpha, beta'")
        case .priors:
            return Diagnostic(
                summary: "--prior cannot be used in a comparison",
                help: "a prior would decide what recipes share; give bounds, or hold the parameter with --fix")
        case .pathWithoutCost(let inputs):
            return Diagnostic(
                summary: "--path: the law does not say what a run costs",
                details: ["inputs: " + inputs.joined(separator: ", ")],
                help: "name the inputs N (parameters) and D (tokens), or C (compute)")
        case .optimumNeedsTwo(let inputs):
            return Diagnostic(
                summary: "--path optimal: there is no choice to make between \(inputs.joined(separator: ", "))",
                help: "leave it out, or fit a law of parameters and tokens")
        case .pathNeedsPositive(let input):
            return Diagnostic(
                summary: "--path: \(input) is not above zero", help: "give a point such as 'N=1M, D=20M'")
        }
    }
}
